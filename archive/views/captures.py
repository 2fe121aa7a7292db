"""Captures: where the bytes of anything lie, and what was read in them."""

from collections.abc import Iterable
from typing import TypedDict

from archive.instants import instant
from archive.model import Capture


class CaptureRefView(TypedDict):
    """Where the bytes behind an article lie."""

    record_id: str
    warc: str
    offset: int
    length: int
    payload_digest: str | None
    captured_at: str
    is_tls_verified: bool | None
    """None without TLS; False is a mark that whoever quotes the article should know."""
    found_by: str
    """How its address was come by; `import`: another archive captured it, and not we."""


class ReadingView(TypedDict):
    """What one reader version says of a capture."""

    reader: str
    verdict: str
    reason: str | None
    article_id: str | None
    post: str | None
    """`platform:post_id` of the post that it has an answer about."""
    state: str | None
    """What that answer says of the post."""
    media: str | None
    """The picture that it found."""


class FailureView(TypedDict):
    """Why no whole response came."""

    kind: str
    detail: str


class CaptureView(CaptureRefView):
    """One exchange, kept, and what was read in it."""

    kind: str
    url: str
    method: str
    run_id: str
    status: int | None
    content_type: str | None
    payload_bytes: int | None
    refers_to: str | None
    truncated: str | None
    failure: FailureView | None
    via: str | None
    via_record: str | None
    requested_url: str | None
    redirect_to: str | None
    readings: list[ReadingView]


def capture_ref_view(capture: Capture) -> CaptureRefView:
    """Where a capture lies."""
    return CaptureRefView(
        record_id=capture.record_id,
        warc=capture.locator.warc,
        offset=capture.locator.offset,
        length=capture.locator.length,
        payload_digest=capture.payload_digest,
        captured_at=instant(capture.captured_at),
        is_tls_verified=capture.is_tls_verified,
        found_by=capture.found_by,
    )


def capture_view(capture: Capture, readings: Iterable[ReadingView] = ()) -> CaptureView:
    """A capture, and what was read in it."""
    failure = capture.failure
    return CaptureView(
        **capture_ref_view(capture),
        kind=capture.kind.value,
        url=capture.url,
        method=capture.method,
        run_id=capture.run_id,
        status=capture.status,
        content_type=capture.content_type,
        payload_bytes=capture.payload_bytes,
        refers_to=capture.refers_to,
        truncated=capture.truncated.value if capture.truncated is not None else None,
        failure=FailureView(kind=failure.kind.value, detail=failure.detail) if failure else None,
        via=capture.via,
        via_record=capture.via_record,
        requested_url=capture.requested_url,
        redirect_to=capture.redirect_to,
        readings=list(readings),
    )
