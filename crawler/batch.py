"""Many pages from disk to many lines of JSON: what `dateline extract --batch` does."""

import json
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive import InvalidUrl, Reading, article_view, canonical_url
from crawler.extract.markup import MAX_BYTES
from crawler.extract.page import Page
from crawler.reading import read
from crawler.reading_pool import ReadingPool

TIMEOUT_S = 30.0
_AHEAD = 4
"""Pages in waiting for each worker: enough to keep it busy, few enough to keep in memory."""

_NOWHERE = "http://page.invalid/"  # RFC 6761, 6.4: a name that is sure to be nobody's

Line = dict[str, Any]
"""An object of JSON, in or out."""


def read_file(body: bytes, url: str) -> Line:
    """One page, gzipped or not, as JSON: the article's fields, or the verdict and why."""
    return reading_line(read(_page(body, url), ""), url)


def read_batch(list_path: Path, jobs: int) -> Iterator[Line]:
    """One line of JSON for each line of the list, in its order.

    A line of the list has `page` (a path relative to the list) and `url`; its other keys come out
    again as they are. What cannot be read comes out with `error`, and the others are not touched.

    Raises: OSError where the list itself cannot be read.
    """
    with list_path.open("rb") as lines, ReadingPool(jobs, TIMEOUT_S) as pool:
        waiting: deque[_Waiting] = deque()
        for line in lines:
            if not line.strip():
                continue
            waiting.append(_submitted(line, list_path.parent, pool))
            if len(waiting) >= max(1, jobs) * _AHEAD:
                yield _finished(waiting.popleft())
        while waiting:
            yield _finished(waiting.popleft())


def reading_line(reading: Reading, url: str) -> Line:
    """A reading as JSON, with the names that every article of `dateline` has."""
    if reading.article is None:
        return {
            "url": url,
            "verdict": reading.verdict.value,
            "reason": reading.reason,
            "reader": reading.reader,
        }
    is_web = _is_web(url)
    article = reading.article if is_web else replace(reading.article, url=_NOWHERE)
    view = article_view(
        article, reader=reading.reader, verdict=reading.verdict, reason=reading.reason
    )
    if is_web:
        return dict(view)
    # Identity follows from the URL, so that a page without one has none.
    return {**view, "url": url, "id": None, "canonical_url": None, "urls": []}


def _is_web(url: str) -> bool:
    try:
        canonical_url(url)
    except InvalidUrl:
        return False
    return True


_Waiting = tuple[Line, "Future[Reading] | None"]
"""What is to come out of a line anyway, and its reading where there is one to come."""


def _submitted(line: bytes, folder: Path, pool: ReadingPool) -> _Waiting:
    carried: Line = {}
    try:
        wanted = json.loads(line)
        if not isinstance(wanted, dict):
            return {"error": "not an object of JSON"}, None
        carried = wanted
        url, path = wanted.get("url"), wanted.get("page")
        if not isinstance(url, str) or not isinstance(path, str):
            return {**carried, "error": "`page` and `url` are needed, both text"}, None
        page = _page((folder / path).read_bytes(), url)
    except (ValueError, RecursionError, OSError, EOFError, zlib.error) as error:
        return {**carried, "error": f"{type(error).__name__}: {error}"}, None
    return carried, pool.submit(page, "")


def _finished(waiting: _Waiting) -> Line:
    carried, task = waiting
    if task is None:
        return carried
    return {**reading_line(task.result(), carried["url"]), **carried}


def _page(body: bytes, url: str) -> Page:
    """The page of a file; unpacked no further than a page is read."""
    is_whole = True
    if body.startswith(b"\x1f\x8b"):
        inflate = zlib.decompressobj(wbits=31)
        body = inflate.decompress(body, MAX_BYTES + 1)
        is_whole = len(body) <= MAX_BYTES
    return Page(url=url, body=body, content_type="text/html", is_whole=is_whole)
