"""Reading a picture's capture: bytes to what they are. Pure; never raises, whatever the bytes."""

from archive import Digest, Picture, Reading, Verdict
from crawler.extract.page import Page
from crawler.media.header import header_of
from crawler.media.perceptual import is_available, perceptual

READER = "media-1"
"""The version of this reader; with the extra, its readings say more and are `media-1-pdq`."""


def reader_name() -> str:
    """Which reader this is, with what is installed."""
    return f"{READER}-pdq" if is_available() else READER


def read_picture(page: Page, record_id: str) -> Reading:
    """What the capture `record_id` holds: a picture by its first bytes, whatever its label."""
    if page.status != 200:
        verdict = Verdict.GONE if page.status in {404, 410} else Verdict.ERROR_PAGE
        return _reading(record_id, verdict, f"HTTP {page.status}")
    if not page.is_whole:
        return _reading(record_id, Verdict.UNREADABLE, "the picture is cut")
    header = header_of(page.body)
    if header is None:
        label = (page.content_type or "no type")[:100]
        return _reading(record_id, Verdict.ERROR_PAGE, f"no picture that we know: {label}")
    hashed = perceptual(page.body, header)
    picture = Picture(
        digest=Digest.of(page.body),
        type=header.type,
        size_bytes=len(page.body),
        width=header.width,
        height=header.height,
        pdq=hashed.pdq if hashed is not None else None,
        pdq_quality=hashed.quality if hashed is not None else None,
    )
    return Reading(
        record_id=record_id, reader=reader_name(), verdict=Verdict.CONTENT, picture=picture
    )


def _reading(record_id: str, verdict: Verdict, reason: str) -> Reading:
    return Reading(record_id=record_id, reader=reader_name(), verdict=verdict, reason=reason)
