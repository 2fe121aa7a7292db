"""Which captures make an article whole: for a package that shows it without the rest."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from archive import ArchiveError, ArchiveReader, Capture, CaptureNotFound
from crawler.extract.page import Page
from crawler.reading.requisites import Need, Requisite, page_requisites, stylesheet_requisites

_MOST_HOPS = 10
_DEEPEST = 3


def parts_of_article(root: Path, named: str) -> frozenset[str]:
    """The record ids of all that belongs to the article that `named` (URL or id) leads to.

    Its captures, the hops that led to them, what was asked for because of them, and the posts it
    cites, wherever else they were found. What its pages need to be seen is taken from what was
    captured nearest in time, because another page may have been the first to name it.

    Raises: CaptureNotFound where that is no article of the archive at `root`; NotAnArchive.
    """
    reader = ArchiveReader.open(root)
    found = reader.catalogue.find(named)
    if found is None or found.kind != "article":
        raise CaptureNotFound(f"no article here is called {named[:200]!r}")
    parts = reader.parts_of(str(found.view.get("id")))
    needed: set[str] = set()
    for record_id in parts:
        needed.update(_needed_by(reader, reader.capture(record_id)))
    return parts | needed


def _needed_by(reader: ArchiveReader, page: Capture) -> Iterator[str]:
    """The record ids of what the page of a capture needs; of anything else nothing."""
    if page.status != 200 or "html" not in (page.content_type or ""):
        return
    try:
        body = reader.body(page)
    except ArchiveError:
        return  # cut, or in no known coding: nobody can see it either
    seen: set[str] = set()
    waiting = [
        (one, 1)
        for one in page_requisites(
            Page(url=page.url, body=body, content_type=page.content_type, status=200)
        )
    ]
    while waiting:
        requisite, depth = waiting.pop()
        if requisite.url in seen:
            continue
        seen.add(requisite.url)
        hops = list(_hops(reader, requisite.url, page.captured_at))
        yield from (hop.record_id for hop in hops)
        if hops and requisite.need is Need.STYLE and depth < _DEEPEST:
            waiting += [(one, depth + 1) for one in _named_by(reader, hops[-1])]


def _named_by(reader: ArchiveReader, style: Capture) -> tuple[Requisite, ...]:
    try:
        return stylesheet_requisites(reader.body(style), style.url)
    except ArchiveError:
        return ()


def _hops(reader: ArchiveReader, url: str, at: dt.datetime) -> Iterator[Capture]:
    """The captures from `url` to where it leads, nearest in time; none where it was not had."""
    target: str | None = url
    for _ in range(_MOST_HOPS):
        if target is None:
            return
        try:
            capture = reader.nearest(target, at)
        except CaptureNotFound:
            return
        yield capture
        target = capture.redirect_to
