"""The pages of a WACZ: where a person begins to look, with titles and texts to be searched.

Source: WACZ 1.1.1, section 5.2.2 (`json-pages-1.0`).
"""

from collections.abc import Iterator

from archive.catalogue import Captures
from archive.codec import to_json
from archive.instants import instant
from archive.model import Article, Capture
from archive.warc.fields import target_uri

HEADER = to_json({"format": "json-pages-1.0", "id": "pages", "title": "Articles", "hasText": True})


def page_lines(captures: Captures, chosen: frozenset[str] | None) -> Iterator[tuple[str, bytes]]:
    """The record id and the line of each article page among `chosen` (None: all), oldest first."""
    for capture, article in captures.pages():
        if chosen is None or capture.record_id in chosen:
            yield capture.record_id, page_line(capture, article)


def page_line(capture: Capture, article: Article) -> bytes:
    """One page."""
    return to_json(
        {
            "id": capture.record_id,
            "url": target_uri(capture.url),
            "ts": instant(capture.captured_at),
            "title": article.headline or capture.url,
            "text": "\n".join(block.text for block in article.body),
        }
    )
