"""What is withdrawn but not destroyed: encrypted to a key whose secret half lies elsewhere.

The file is in the age format (age-encryption.org/v1: X25519, HKDF-SHA-256, ChaCha20-Poly1305), so
that `age --decrypt` opens it without anything of ours. Nobody who has only the archive can.
"""

import os
from pathlib import Path
from types import ModuleType
from typing import Protocol

from archive.disk.durable import make_folder, sync_folder
from archive.disk.faults import disk_work
from archive.errors import SealError, StoreUnavailable

SUFFIX = ".warc.gz.age"
_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how one begins
_UNFINISHED = ".sealing"
_LIMIT = 64 * 1024


class Readable(Protocol):
    """Bytes that are taken piece by piece."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size`; empty at the end."""


def recipient_of(key: str) -> str:
    """The public key that `key` is, or that stands in the file of that name, as `age -R` reads it.

    Raises: SealError where it is none, or is a secret key.
    """
    text = key
    if not key.startswith(("age1", _SECRET)):
        try:
            with Path(key).open(encoding="utf-8") as file:
                lines = [line.strip() for line in file.read(_LIMIT).splitlines()]
        except (OSError, ValueError) as error:
            raise SealError(f"no key {key[:200]!r}: {error}") from None
        text = next((line for line in lines if line and not line.startswith("#")), "")
    if text.upper().startswith(_SECRET):
        raise SealError("this is the secret key: give the public one (age1…), and hide this")
    try:
        _age().x25519.Recipient.from_str(text)
    except _age().RecipientError as error:
        raise SealError(f"no public key of age (age1…): {str(error)[:200]}") from None
    return text


def seal(source: Readable, target: Path, recipient: str) -> None:
    """Encrypt `source` into the new file `target`, durably: whole, or not there.

    Raises: SealError; StoreUnavailable.
    """
    age = _age()
    to = age.x25519.Recipient.from_str(recipient_of(recipient))
    unfinished = target.with_name(target.name + _UNFINISHED)
    with disk_work("write", target):
        make_folder(target.parent)
        with unfinished.open("xb") as file:
            try:
                age.encrypt_io(source, file, [to])
            except age.EncryptError as error:
                raise StoreUnavailable(f"{target} could not be sealed: {error}") from error
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
        sync_folder(target.parent)


def _age() -> ModuleType:
    try:
        import pyrage  # noqa: PLC0415 - an extra
    except ImportError:
        raise SealError("sealing needs pyrage: pip install 'dateline[seal]'") from None
    module: ModuleType = pyrage
    return module
