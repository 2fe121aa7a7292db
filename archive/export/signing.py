"""Signatures of packages in the anonymous form of wacz-auth 0.1.0.

ECDSA over P-384 with SHA-256 over the text of the hash, as r and s one after the other: what
ArchiveWeb.page writes and ReplayWeb.page checks. Who the key's owner is, the custody log tells: its
checkpoints name the public key.
"""

import base64
import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from archive.custody import Keyring

VERSION = "0.1.0"
_ALGORITHM = ec.ECDSA(SHA256())


class PackageSigner:
    """Signs with the packages' key of a key folder; `software` is name and version."""

    def __init__(self, keys: Path, *, software: str) -> None:
        """The key is made where there is none.

        Raises: NotAnArchive where its file holds something else; StoreUnavailable.
        """
        keyring = Keyring(keys)
        self._key = keyring.wacz()
        self._public = keyring.wacz_public() or ""
        self._software = software

    def sign(self, digest: str, created_at: dt.datetime) -> Mapping[str, str]:
        """The `signedData` object for `digest`."""
        size = (self._key.key_size + 7) // 8
        r, s = decode_dss_signature(self._key.sign(digest.encode(), _ALGORITHM))
        signature = r.to_bytes(size, "big") + s.to_bytes(size, "big")
        return {
            "hash": digest,
            "created": created_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "software": self._software,
            "version": VERSION,
            "signature": base64.b64encode(signature).decode("ascii"),
            "publicKey": self._public,
        }


def is_signed(signed: Mapping[str, str]) -> bool:
    """Whether a `signedData` object's signature is that of its hash, by its key."""
    try:
        key = load_der_public_key(base64.b64decode(signed["publicKey"], validate=True))
        raw = base64.b64decode(signed["signature"], validate=True)
        half = len(raw) // 2
        r, s = int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big")
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        key.verify(encode_dss_signature(r, s), signed["hash"].encode(), _ALGORITHM)
    except (KeyError, ValueError, InvalidSignature):
        return False
    return True
