"""Trusted time: RFC 3161 tokens over checkpoints, from whom the operator chose.

    DIR/custody/stamps/SIZE-ID.tsr      the authority's answer, in DER, over the checkpoint's bytes
    DIR/custody/stamps/SIZE-ID.pem      the certificates up to the root that it was checked against

A token shows that the checkpoint, and so every record that it covers, was there at that instant; as
far as one trusts the authority, whose root certificate is the first in the `.pem`. Asking one is
not done here: `ask` carries the request to it.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from archive.custody.folder import CHECKPOINTS, checkpoint_names
from archive.disk.durable import make_folder, write_file
from archive.disk.faults import disk_work
from archive.disk.files import small_file
from archive.disk.folder import ArchiveFolder
from archive.errors import BadProof

STAMPS = "stamps"
ANSWER_LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A checkpoint's trusted time."""

    size: int
    """Of the checkpoint, in entries."""
    at: dt.datetime
    authority: str
    """Subject of the certificate that stamps."""
    root_sha256: str
    """Of the root certificate, in hexadecimal: what a sceptic compares."""


def stamp(folder: ArchiveFolder, ask: Callable[[bytes], bytes], roots: bytes) -> Stamp:
    """Have the newest checkpoint stamped, and keep the answer once it is checked.

    `ask` takes a request in DER, and gives the authority's answer. `roots` are its certificates in
    PEM, the root first.

    Raises: BadProof where there is no checkpoint, or the answer does not hold; StoreUnavailable;
    whatever `ask` raises.
    """
    checkpoints = folder.custody / CHECKPOINTS
    with disk_work("read", checkpoints):
        names = checkpoint_names(checkpoints) if checkpoints.is_dir() else []
        if not names:
            raise BadProof("the custody log was never signed: there is nothing to stamp")
        signed = small_file(checkpoints / names[-1])
    request = TimestampRequestBuilder().data(signed).build()
    answer = ask(request.as_bytes())
    found = check_stamp(answer, roots, signed, size=int(names[-1]), nonce=request.nonce)
    place = folder.custody / STAMPS
    name = f"{names[-1]}-{hashlib.sha256(answer).hexdigest()[:12]}"
    with disk_work("write", place):
        make_folder(place)
        write_file(place / f"{name}.pem", roots)
        write_file(place / f"{name}.tsr", answer)
    return found


def check_stamp(
    answer: bytes, roots: bytes, signed: bytes, *, size: int, nonce: int | None = None
) -> Stamp:
    """Check an authority's answer against a checkpoint as it is signed.

    Raises: BadProof.
    """
    certificates = _certificates(roots)
    builder = VerifierBuilder(
        roots=[certificates[0]], intermediates=list(certificates[1:]), nonce=nonce
    )
    try:
        response = decode_timestamp_response(answer)
        builder.build().verify_message(response, signed)
        signer = _signer(response)
        at = response.tst_info.gen_time
    except (VerificationError, ValueError, TypeError) as error:
        raise BadProof(f"the time stamp does not hold: {str(error)[:200]}") from error
    return Stamp(
        size=size,
        at=at.astimezone(dt.UTC),
        authority=signer,
        root_sha256=certificates[0].fingerprint(SHA256()).hex(),
    )


def stamp_files(custody: Path) -> Iterator[tuple[int, str, bytes, bytes]]:
    """Of each stamp that is kept: its checkpoint's size, its name, answer and certificates.

    May raise OSError.
    """
    place = custody / STAMPS
    for path in sorted(place.glob("*.tsr")) if place.is_dir() else ():
        digits, _, _ = path.name.partition("-")
        chain = path.with_suffix(".pem")
        if digits.isascii() and digits.isdecimal():
            roots = small_file(chain) if chain.is_file() else b""
            yield int(digits), f"custody/{STAMPS}/{path.name}", small_file(path), roots


def _certificates(pem: bytes) -> Sequence[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise BadProof("the authority's certificates are no PEM certificates") from error


def _signer(response: TimeStampResponse) -> str:
    """The subject of the certificate, in the token, that may stamp."""
    for der in response.signed_data.certificates:
        certificate = x509.load_der_x509_certificate(bytes(der))
        try:
            usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except x509.ExtensionNotFound:
            continue
        if ExtendedKeyUsageOID.TIME_STAMPING in usage:
            return certificate.subject.rfc4514_string()
    return "unnamed"
