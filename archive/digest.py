"""The only digest rules: SHA-256, written as WARC writes it."""

import base64
import hashlib
import re
from typing import Self

_BASE32 = re.compile("([A-Za-z2-7]{52})(?:====)?", re.ASCII)
_TO_PYTHON = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz234567",
    "0123456789abcdefghijklmnop0123456789abcdefghijklmnopqrstuv",
)
"""RFC 4648's digits as `int(…, 32)` has them."""


class Digest(str):
    """A labelled digest such as `sha256:3I42…` (base32 with its `=` padding).

    `warcio check` compares the text literally, so the padding stays (WARC 1.1, sections 5.8, 5.9).
    """

    __slots__ = ()

    @classmethod
    def of_sha256(cls, raw: bytes) -> Self:
        """The digest whose 32 raw bytes are `raw`."""
        return cls("sha256:" + base64.b32encode(raw).decode("ascii"))

    @classmethod
    def of(cls, data: bytes) -> Self:
        """SHA-256 of `data`; equal bytes give equal digests, empty bytes are valid."""
        return cls.of_sha256(hashlib.sha256(data).digest())

    def raw(self) -> bytes:
        """The digest's bytes.

        Raises: ValueError where the text is no `sha256:` digest in base32 or hex.
        """
        label, _, text = self.partition(":")
        if label.lower() != "sha256":
            msg = f"not a sha256 digest: {str(self)[:80]!r}"
            raise ValueError(msg)
        if len(text) == 64:
            return bytes.fromhex(text)
        if found := _BASE32.fullmatch(text):
            # As one number in base 32: ten times as fast as base64.b32decode.
            return (int(found[1].translate(_TO_PYTHON), 32) >> 4).to_bytes(32, "big")
        return base64.b32decode(text.upper() + "=" * (-len(text) % 8))


def content_id(prefix: str, *parts: str) -> str:
    """An id that follows from content alone: `prefix` and 26 base32 characters (130 bits).

    Parts are joined by a byte that occurs in none of them, so that ("a", "b") is not ("ab",).
    """
    state = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    return prefix + base64.b32encode(state).decode("ascii")[:26].lower()
