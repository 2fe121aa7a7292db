"""Many pages from disk to many lines of JSON: what `dateline extract --batch` does."""

import json
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from archive import InvalidUrl, Reading, Verdict, article_view, canonical_url
from crawler.extract.document.markup import MAX_BYTES
from crawler.extract.flattened.article import read_flattened
from crawler.extract.page import Page
from crawler.json_line import json_line
from crawler.reading.normalise import normalise_article
from crawler.reading.page import READER, read, unreadable, warm_up
from crawler.reading.pool import why_unread
from crawler.reading.rendering import Form, arranged, render_text
from crawler.workers.pool import WorkerPool

TIMEOUT_S = 30.0
_AHEAD = 8
"""Pages in waiting for each worker, so that none waits for the one whose turn it is."""
_MOST_FILE_BYTES = 4 * MAX_BYTES
"""Of a longer file only this much is looked at; gzip makes no page of that size longer."""

_NOWHERE = "http://page.invalid/"  # RFC 6761, 6.4: a name that is sure to be nobody's
_AS_IT_IS = Form()

Line = dict[str, Any]
"""An object of JSON, in or out."""


class Answer(NamedTuple):
    """What came of a line: one line of JSON without its end, and whether it tells an `error`."""

    json: str
    is_fault: bool = False


def read_file(body: bytes, url: str, form: Form = _AS_IT_IS) -> Line:
    """One page, gzipped or not, as JSON: the article's fields, or the verdict and why.

    Raises: EOFError, zlib.error for bytes that begin as gzip and are not.
    """
    return reading_line(read(_page(body, url), ""), url, form)


def read_text_file(text: str, url: str | None, form: Form = _AS_IT_IS) -> Line:
    """Plain text that once was a page, as JSON: the article's fields, as far as they are left."""
    article = normalise_article(read_flattened(text, url))
    reading = Reading(record_id="", reader=READER, verdict=Verdict.CONTENT, article=article)
    return reading_line(reading, url or "", form)


def read_batch(
    listed: Iterable[bytes], folder: Path, jobs: int, form: Form = _AS_IT_IS
) -> Iterator[Answer]:
    """One line of JSON for each line of the list, in its order.

    A line of the list has `page` (a path, relative to `folder`) and `url`; its other keys come out
    again as they are. What cannot be read comes out with `error`, and the others are not touched.
    Files are read, and lines made, by the workers: what passes to them and back is short.

    Raises: WorkersUnavailable.
    """
    with WorkerPool(jobs, TIMEOUT_S, warm_up=warm_up) as pool:
        waiting: deque[Future[Answer]] = deque()
        for line in listed:
            if not line.strip():
                continue
            waiting.append(_submitted(line, folder, pool, form))
            if len(waiting) >= max(1, jobs) * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def reading_line(reading: Reading, url: str, form: Form = _AS_IT_IS) -> Line:
    """A reading as JSON, with the names that every article of `dateline` has, and its `text`."""
    if reading.article is None:
        return {
            "url": url,
            "verdict": reading.verdict.value,
            "reason": reading.reason,
            "reader": reading.reader,
        }
    is_web = _is_web(url)
    article = arranged(reading.article, form)
    view = article_view(
        article if is_web else replace(article, url=_NOWHERE),
        reader=reading.reader,
        verdict=reading.verdict,
        reason=reading.reason,
    )
    text = render_text(reading.article, posts=form.posts, summary=form.summary)
    if is_web:
        return {**view, "text": text}
    # Identity follows from the URL, so that a page without one has none.
    return {**view, "url": url, "id": None, "canonical_url": None, "urls": [], "text": text}


def _is_web(url: str) -> bool:
    try:
        canonical_url(url)
    except InvalidUrl:
        return False
    return True


def _submitted(line: bytes, folder: Path, pool: WorkerPool, form: Form) -> "Future[Answer]":
    try:
        wanted = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _done(_fault({}, f"{type(error).__name__}: {error}"))
    if not isinstance(wanted, dict):
        return _done(_fault({}, "not an object of JSON"))
    url, path = wanted.get("url"), wanted.get("page")
    if not isinstance(url, str) or not isinstance(path, str):
        return _done(_fault(wanted, "`page` and `url` are needed, both text"))
    return pool.submit(
        _read_listed, folder / path, wanted, form, instead=partial(_unread, carried=wanted)
    )


def _read_listed(path: Path, carried: Line, form: Form) -> Answer:
    """The line of one page: what a worker does."""
    try:
        with path.open("rb") as file:
            body = file.read(_MOST_FILE_BYTES)
        line = read_file(body, carried["url"], form)
    except (ValueError, OSError, EOFError, zlib.error) as error:
        return _fault(carried, f"{type(error).__name__}: {error}")
    return Answer(json_line({**line, **carried}))


def _unread(error: Exception, carried: Line) -> Answer:
    """The line of a page that cost its worker."""
    reading = unreadable("", why_unread(error, TIMEOUT_S))
    return Answer(json_line({**reading_line(reading, carried["url"]), **carried}))


def _fault(carried: Line, error: str) -> Answer:
    return Answer(json_line({**carried, "error": error}), is_fault=True)


def _done(answer: Answer) -> "Future[Answer]":
    done: Future[Answer] = Future()
    done.set_result(answer)
    return done


def _page(body: bytes, url: str) -> Page:
    """The page of a file; unpacked no further than a page is read."""
    is_whole = True
    if body.startswith(b"\x1f\x8b"):
        inflate = zlib.decompressobj(wbits=31)
        body = inflate.decompress(body, MAX_BYTES + 1)
        is_whole = len(body) <= MAX_BYTES
    return Page(url=url, body=body, content_type="text/html", is_whole=is_whole)
