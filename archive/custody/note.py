"""Signed notes (C2SP `signed-note`): a text, and under it the signatures of Ed25519 keys.

    text, ending in a newline
    (empty line)
    — NAME BASE64(key id, 4 bytes || signature, 64 bytes)

A key is told to others as `NAME+ID+BASE64(0x01 || public key)`.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
_NAME = re.compile(r"[!-*,-~]{1,200}")
_MARK = "\u2014 "
LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under its name."""

    name: str
    public: bytes
    """32 bytes."""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.public) != 32:
            raise ValueError("not the name and the 32 bytes of an Ed25519 key")

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        """Read `NAME+ID+BASE64`.

        Raises: ValueError.
        """
        name, _, rest = text.strip().partition("+")
        _, _, encoded = rest.partition("+")
        raw = _decoded(encoded)
        if raw[:1] != ED25519:
            raise ValueError("not an Ed25519 key")
        key = cls(name, raw[1:])
        if str(key) != text.strip():
            raise ValueError("the key's id is not that of its bytes")
        return key

    @property
    def key_id(self) -> bytes:
        """The four bytes by which signatures name the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        encoded = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    def has_signed(self, text: bytes, signature: bytes) -> bool:
        """Whether `signature` is this key's under `text`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key under its name."""

    name: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """Its public half."""
        return Verifier(self.name, self.private.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"


def sign(text: str, signers: Iterable[Signer]) -> bytes:
    """The note of `text`, which ends in a newline, signed by each."""
    assert text.endswith("\n")
    lines = [text, "\n"]
    for signer in signers:
        raw = signer.verifier.key_id + signer.private.sign(text.encode())
        lines.append(f"{_MARK}{signer.name} {base64.b64encode(raw).decode()}\n")
    return "".join(lines).encode()


def read(note: bytes, verifiers: Iterable[Verifier]) -> tuple[str, Sequence[Verifier]]:
    """The text of a note, and which of `verifiers` signed it; at least one did.

    Signatures of other keys are let be, as the specification asks.

    Raises: ValueError where it is no note, a known key's signature is wrong, or none is there.
    """
    if len(note) > LIMIT:
        raise ValueError("the note is too long")
    text, blank, tail = note.decode("utf-8").rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise ValueError("no signed note")
    text += "\n"
    known = {(key.name, key.key_id): key for key in verifiers}
    signed = []
    for line in tail[:-1].split("\n"):
        mark, name, encoded = line[:2], *line[2:].partition(" ")[::2]
        raw = _decoded(encoded)
        if mark != _MARK or not _NAME.fullmatch(name) or len(raw) < 5:
            raise ValueError("a signature line that cannot be read")
        key = known.get((name, raw[:4]))
        if key is None:
            continue
        if not key.has_signed(text.encode(), raw[4:]):
            raise ValueError(f"the signature of {name} is not that of the text")
        signed.append(key)
    if not signed:
        raise ValueError("no signature of a known key")
    return text, signed


def _decoded(encoded: str) -> bytes:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("broken base64") from error
    if base64.b64encode(raw).decode() != encoded:
        raise ValueError("base64 in an uncommon form")
    return raw
