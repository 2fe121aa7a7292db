"""Where private keys lie: in a folder of their owner, never in an archive or an export.

    KEYS/log.pem             the key that signs checkpoints now (Ed25519, PKCS #8)
    KEYS/retired/ID.pem      keys that a rotation put aside; they sign once more, to hand over
    KEYS/wacz.pem            the key that signs exported packages (ECDSA P-384, which is what
                             ReplayWeb.page checks of wacz-auth's anonymous form)

Files are readable for their owner alone, and are not encrypted: who needs that puts the folder on
an encrypted disk.
"""

import base64
import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from archive.custody.note import Signer
from archive.disk.faults import disk_work
from archive.errors import NotAnArchive

PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys in a folder, which is made with its first key.

    Raises: NotAnArchive where the folder is that of a home, and there is none.
    """

    folder: Path

    def __post_init__(self) -> None:
        if str(self.folder).startswith("~"):
            raise NotAnArchive(
                f"{self.folder}: there is no such home here; DATELINE_KEYS names another folder"
            )

    def signer(self) -> Signer:
        """The key that signs checkpoints, made where there is none.

        Raises: NotAnArchive where its file holds something else; StoreUnavailable.
        """
        return _signer(self._key(self.folder / "log.pem", Ed25519PrivateKey.generate))

    def retired(self) -> Sequence[Signer]:
        """The keys that signed before. Raises as `signer`."""
        with disk_work("read", self.folder):
            paths = sorted((self.folder / "retired").glob("*.pem"))
        return [_signer(_load(path)) for path in paths]

    def rotate(self) -> Signer:
        """Put the present key aside and make another. Raises as `signer`."""
        old = self.signer()
        aside = self.folder / "retired"
        with disk_work("write", aside):
            aside.mkdir(mode=0o700, exist_ok=True)
            (self.folder / "log.pem").rename(aside / f"{old.verifier.key_id.hex()}.pem")
        return self.signer()

    def wacz(self) -> ec.EllipticCurvePrivateKey:
        """The key that signs packages, made where there is none. Raises as `signer`."""
        key = self._key(self.folder / "wacz.pem", lambda: ec.generate_private_key(ec.SECP384R1()))
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise NotAnArchive(f"{self.folder / 'wacz.pem'} is no ECDSA key")
        return key

    def wacz_public(self) -> str | None:
        """The public half of the key that signs packages, as wacz-auth spells it; None: no key.

        That is the DER of its SubjectPublicKeyInfo in base64. Raises as `signer`.
        """
        if not (self.folder / "wacz.pem").exists():
            return None
        public = self.wacz().public_key()
        der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(der).decode("ascii")

    def _key(self, path: Path, generate: Callable[[], PrivateKey]) -> PrivateKey:
        if path.exists():
            return _load(path)
        pem = generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with disk_work("write", path):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = path.with_name(f"{path.name}.{os.getpid()}")
            descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(pem)
                file.flush()
                os.fsync(file.fileno())
            try:
                with contextlib.suppress(FileExistsError):  # another process was first
                    os.link(unfinished, path)
            finally:
                unfinished.unlink()
        return _load(path)


def _load(path: Path) -> PrivateKey:
    with disk_work("read", path):
        pem = path.read_bytes()
    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise NotAnArchive(f"{path} holds no key that can be used: {error}") from error
    if not isinstance(key, Ed25519PrivateKey | ec.EllipticCurvePrivateKey):
        raise NotAnArchive(f"{path} holds a key of another kind")
    return key


def _signer(key: PrivateKey) -> Signer:
    """An Ed25519 key under a name that follows from it alone, and tells nothing of its owner."""
    if not isinstance(key, Ed25519PrivateKey):
        raise NotAnArchive("the key that signs checkpoints must be an Ed25519 key")
    return Signer(f"dateline-{key.public_key().public_bytes_raw().hex()[:12]}", key)
