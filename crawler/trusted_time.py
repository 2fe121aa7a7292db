"""Time from outside on what a run has signed, where authorities are configured."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archive import ArchiveError, ArchiveFolder, Stamp, stamp
from crawler.authority import ask_authority
from crawler.errors import ConfigError, CrawlError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Authority:
    """A time stamp authority (RFC 3161), and by what it is known."""

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
