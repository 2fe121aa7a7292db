"""Stored captures as the readers take them: the same values that a running crawl makes of answers.

What `crawler.fetch` hands to spiders is bounded, and so is this, alike: a body of more than
`MOST_BYTES`, as sent or decoded, or in a coding that cannot be undone, is none.
"""

from archive import ArchiveReader, BodyError, Capture, Head, decoded_body
from crawler.extract.page import Page
from crawler.extract.verdicts.walls import CHALLENGE_HEADERS
from crawler.platforms.rung import Answered

MOST_BYTES = 8 << 20
"""The defaults of `DATELINE_BODY_MEMORY_BYTES` and `DATELINE_DECODED_BYTES`."""

_PIECE = 1 << 16
_OF_THE_CONNECTION = frozenset(
    {"connection", "content-encoding", "keep-alive", "te", "trailer", "transfer-encoding",
     "upgrade", "proxy-connection"}
)  # fmt: skip


def page_of_stored(reader: ArchiveReader, capture: Capture) -> Page:
    """The page that a capture holds.

    Raises: BadRecord, CaptureNotFound where the archive is not as it was written.
    """
    head = reader.head(capture)
    body, is_whole = _body(reader, capture, head)
    return Page(
        url=capture.url,
        body=body,
        content_type=_last(head, "content-type"),
        link_header=_last(head, "link"),
        status=capture.status or 200,
        is_whole=is_whole and capture.truncated is None,
        is_challenge=any(
            (_last(head, name) or "").strip().lower() in values
            for name, values in CHALLENGE_HEADERS.items()
        ),
    )


def answered_of_stored(reader: ArchiveReader, capture: Capture) -> Answered:
    """The answer that a capture holds, for a rung or a short link. Raises: as `page_of_stored`."""
    head = reader.head(capture)
    body, is_whole = _body(reader, capture, head)
    headers: dict[str, str] = {}
    for name, value in head.fields:
        lower = name.lower()
        if lower not in _OF_THE_CONNECTION:
            headers[lower] = f"{headers[lower]}, {value}" if lower in headers else value
    return Answered(
        url=capture.url,
        status=capture.status or 200,
        headers=headers,
        body=body,
        is_whole=is_whole and capture.truncated is None,
    )


def _body(reader: ArchiveReader, capture: Capture, head: Head) -> tuple[bytes, bool]:
    """The decoded body, and whether it is all of it."""
    sent = bytearray()
    is_whole = True
    try:
        for piece in reader.payload(capture):
            sent += piece
            if len(sent) > MOST_BYTES:
                is_whole = False
                break
    except BodyError:
        is_whole = False
    is_encoded = any(name.lower() == "content-encoding" for name, _ in head.fields)
    if not is_encoded:
        return bytes(sent[:MOST_BYTES]), is_whole
    if not is_whole or not sent:
        return b"", is_whole
    pieces = (bytes(sent[at : at + _PIECE]) for at in range(0, len(sent), _PIECE))
    try:
        return decoded_body(head, pieces, max_bytes=MOST_BYTES), True
    except BodyError:
        return b"", False


def _last(head: Head, wanted: str) -> str | None:
    values = [value for name, value in head.fields if name.lower() == wanted]
    return values[-1] if values else None
