"""Time from outside on what a run has signed, where authorities are configured (RFC 3161)."""

import http.client
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from archive import ArchiveError, ArchiveFolder, Stamp, stamp
from crawler.errors import ConfigError, CrawlError

logger = logging.getLogger(__name__)

TIMEOUT_S = 20
ANSWER_LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Authority:
    """A time stamp authority, and by what it is known."""

    url: str
    roots: bytes
    """Its certificates in PEM, the root first."""


def authorities_of(text: str) -> Sequence[Authority]:
    """The authorities of `DATELINE_TIME_AUTHORITIES`: `URL FILE`, several parted by commas.

    Raises: ConfigError.
    """
    found = []
    for part in filter(None, map(str.strip, text.split(","))):
        url, _, path = part.partition(" ")
        try:
            found.append(Authority(url, Path(path.strip()).read_bytes()))
        except (OSError, ValueError):
            raise ConfigError(
                f"DATELINE_TIME_AUTHORITIES is URL FILE, parted by commas; not {part[:200]!r}"
            ) from None
    return found


def stamp_newest(archive: Path, authorities: Sequence[Authority]) -> Sequence[Stamp]:
    """Have each authority stamp the archive's newest checkpoint.

    One that cannot, or whose answer does not hold, is logged: what was kept is kept all the same.
    """
    stamps = []
    for authority in authorities:
        try:
            stamps.append(_ask(archive, authority))
        except (ArchiveError, CrawlError) as error:
            bare = authority.url.rpartition("@")[2]  # there may be a password
            logger.warning("no trusted time from %s: %s", bare, error)
    return stamps


def _ask(archive: Path, authority: Authority) -> Stamp:
    return stamp(
        ArchiveFolder.open(archive),
        lambda request: ask_authority(authority.url, request),
        authority.roots,
    )


def ask_authority(url: str, request: bytes) -> bytes:
    """The authority's answer to a request in DER: one POST (section 3.4), no redirects.

    Raises: ConfigError where it cannot be asked, or answers with something else.
    """
    parts = urlsplit(url)
    kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    if parts.scheme not in kinds or not parts.hostname or parts.username:
        bare = url.rpartition("@")[2]  # there may be a password
        raise ConfigError(f"{bare[:200]} is no address of a time stamp authority")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection = kinds[parts.scheme](parts.hostname, parts.port, timeout=TIMEOUT_S)
        try:
            kind = {"Content-Type": "application/timestamp-query"}
            connection.request("POST", path, body=request, headers=kind)
            answer = connection.getresponse()
            body: bytes = answer.read(ANSWER_LIMIT + 1)
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise ConfigError(f"{parts.hostname} does not answer: {error}") from error
    if answer.status != 200 or len(body) > ANSWER_LIMIT:
        raise ConfigError(f"{parts.hostname} gives no time stamp: status {answer.status}")
    return body
