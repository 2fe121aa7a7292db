"""Decides whether a payload is fresh or was kept before. Writes nothing itself.

The other two kinds of sameness are decided where their text is known: the same story under another
URL by its story digest (`archive.text.parts`), the same post by its platform and id.
"""

from collections.abc import Callable
from typing import TypeGuard

from archive.digest import Digest
from archive.model import Capture, CaptureKind, Exchange
from archive.warc.records import Original
from archive.web.http import Payload

FindOriginal = Callable[[Digest], Capture | None]
FindCapture = Callable[[str], Capture | None]


def can_repeat(payload: Payload | None) -> TypeGuard[Payload]:
    """Whether a payload is one that a revisit may stand for.

    An empty one is not: the record would be larger than what it saves. One that was cut has no
    digest and is always kept.
    """
    return payload is not None and payload.size_bytes > 0


def original_of(payload: Payload | None, find_original: FindOriginal) -> Original | None:
    """The kept record whose payload is `payload`, or None where the payload is fresh."""
    found = find_original(payload.digest) if can_repeat(payload) else None
    if found is None:
        return None
    return Original(record_id=found.record_id, url=found.url, captured_at=found.captured_at)


def unmodified_of(exchange: Exchange, find_capture: FindCapture) -> Original | None:
    """The kept record that a 304 says is still the page; None where it says of none that we have.

    Source: WARC 1.1, section 6.7.3 ("Server Not Modified"); RFC 9110, section 15.4.5.
    """
    if exchange.status != 304 or exchange.revalidates is None or exchange.truncated:
        return None
    known = find_capture(exchange.revalidates)
    if known is not None and known.refers_to is not None:
        known = find_capture(known.refers_to)
    if known is None or known.kind is not CaptureKind.RESPONSE or known.truncated:
        return None
    payload = None
    if known.payload_digest is not None and known.payload_bytes is not None:
        payload = Payload(
            digest=known.payload_digest, size_bytes=known.payload_bytes, is_chunked=False
        )
    return Original(
        record_id=known.record_id,
        url=known.url,
        captured_at=known.captured_at,
        is_unmodified=True,
        payload=payload,
    )
