"""Check a custody proof of Dateline by itself: python check_proof.py PROOF RECORDS KEY.

PROOF is JSON, RECORDS the WARC file (or one record, uncompressed) that came with it, and KEY the
public key, NAME+ID+BASE64, from somebody whom you trust. Exit code 0 only when every record in
RECORDS is in the log that KEY signed. Needs `cryptography` for Ed25519, which the standard library
lacks. Sources: RFC 6962; RFC 9162, section 2.1.3.2; C2SP signed-note and tlog-checkpoint.
"""

import base64
import hashlib
import json
import sys
import zlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def sha256(data):
    return hashlib.sha256(data).digest()


def signed_tree(note, key):
    """The size and the root in a checkpoint, once its signature by `key` is checked."""
    name, _, rest = key.strip().partition("+")
    public = base64.b64decode(rest.partition("+")[2])  # 0x01 for Ed25519, then 32 bytes
    key_id = sha256(name.encode() + b"\n" + public)[:4]
    text, _, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines():
        dash, signer, encoded = line.split(" ")
        signature = base64.b64decode(encoded)
        if dash == "\u2014" and signer == name and signature[:4] == key_id:
            Ed25519PublicKey.from_public_bytes(public[1:]).verify(
                signature[4:], text.encode() + b"\n"
            )
            lines = text.split("\n")
            return int(lines[1]), base64.b64decode(lines[2])
    sys.exit("the checkpoint is not signed by that key")


def root_of(node, index, last, path):
    """The root above a leaf's hash; `last` is the number of the tree's last leaf."""
    for sibling in path:
        if index % 2 or index == last:
            node = sha256(b"\x01" + sibling + node)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            node = sha256(b"\x01" + node + sibling)
        index, last = index // 2, last // 2
    return node if last == 0 else None


with open(sys.argv[1], encoding="utf-8") as file:
    proof = json.load(file)
with open(sys.argv[2], "rb") as file:
    data = file.read() or sys.exit("there is no record")
size, root = signed_tree(proof["checkpoint"], sys.argv[3])
places = {one["sha256"]: one for one in proof["records"]}
while data:
    member = zlib.decompressobj(31)
    packed = data[:2] == b"\x1f\x8b"
    record, data = (member.decompress(data), member.unused_data) if packed else (data, b"")
    one = places.get(sha256(record).hex()) or sys.exit("a record is not one that is proved")
    leaf = sha256(b"\x00" + sha256(record))
    if root_of(leaf, one["index"], size - 1, map(bytes.fromhex, one["path"])) != root:
        sys.exit(f"{one['record_id']} does not lead to the signed root")
    name = record.partition(b"\r\nWARC-Record-ID: <")[2].partition(b">")[0].decode()
    if name != one["record_id"]:
        sys.exit(f"the proof calls the record {name} by another name")
    print("proved:", name)
