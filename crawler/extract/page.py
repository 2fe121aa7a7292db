"""The one thing that reading takes in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A fetched page, live or out of the archive.

    `body` is content-decoded: no gzip, no chunks, still in the page's own charset. `content_type`
    and `link_header` are the headers' values, `is_whole` is False for a body that was cut.
    """

    url: str
    body: bytes
    content_type: str | None
    link_header: str | None = None
    status: int = 200
    is_whole: bool = True
    is_challenge: bool = False
    """Whether the server says of its answer that it is a bot check."""
