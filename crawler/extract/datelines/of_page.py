"""The dateline of a page: at the top of its body, above it, in markup of its own, or in JSON-LD.

What the page states elsewhere bears witness to a place: its headline and summary, and the places
that JSON-LD says the report is from or about.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Self

from selectolax.lexbor import LexborNode

from archive import BlockType, Dateline, Moment
from crawler.extract.datelines.opening import MAX_CHARS, read_dateline, read_place_line, read_stated
from crawler.extract.datelines.place_names import folded
from crawler.extract.datelines.place_witness import Setting
from crawler.extract.datelines.set_off import place_before, set_off
from crawler.extract.document.structured import Structured, members, texts
from crawler.extract.document.tree import Tree
from crawler.extract.letters import bare_letters
from crawler.extract.text.lines import Placed

_TOP = 3
"""The dateline opens one of the first paragraphs: a summary may stand before it."""
_MOST = 8
"""So many, if most are short lines: who wrote it, who took the picture, an advertisement's name."""
_SHORT = 60
"""A line with fewer characters is no paragraph of the report."""
_BROKEN = 3
"""So many lines of one paragraph, parted by line breaks, are looked at."""
_MAX_STATED = 8
_PLACES = ("dateline", "locationCreated", "contentLocation")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """What is known of a page beside its body."""

    language: str | None = None
    titles: tuple[str, ...] = ()
    """Its headline and its summary."""
    places: frozenset[str] = frozenset()
    """The places that it states, folded."""
    site: str | None = None
    """What it calls its site, in bare letters."""
    marked: tuple[str, ...] = ()
    """The texts of the elements that are called datelines, and what JSON-LD calls so."""
    set_off: tuple[str, ...] = ()
    """The texts that open paragraphs in elements of their own."""

    @classmethod
    def of(
        cls,
        tree: Tree,
        structured: Structured,
        language: str | None,
        titles: Sequence[str],
        site: str | None,
    ) -> Self:
        """What `tree` and `structured` say; `language` is a tag of any detail."""
        stated = list(islice(_stated_places(structured), _MAX_STATED))
        marked = [" ".join((node.text() or "").split()) for node in _marked(tree)]
        said = [*marked, *texts(structured.article.get("dateline"))]
        return cls(
            language=language,
            titles=tuple(title for title in titles if title),
            places=frozenset(folded(place) for place in stated),
            site=bare_letters(site) if site else None,
            marked=tuple(one for one in said if 2 < len(one) <= MAX_CHARS),
            set_off=set_off(tree),
        )

    def setting(self, texts: Iterator[str]) -> Setting:
        """The setting of an opening with the `texts` behind it."""
        found = Setting.of(self.language, texts)
        return replace(found, titles="\n".join(self.titles), places=self.places, site=self.site)


def take_dateline(
    placed: Sequence[Placed], above: str | None, words: PageWords, published: Moment | None
) -> tuple[list[Placed], Dateline | None, str]:
    """The body without its dateline; that, and where it stood: the name of its witness.

    `above` is the line above the body. A paragraph that was nothing else is gone, and `block` says
    which one followed it.
    """
    day = published.on if published else None
    for index in _openings(placed):
        text = placed[index].block.text
        following = (one.block.text for one in placed[index + 1 :])
        setting = words.setting(chain([text[MAX_CHARS:]], following))
        is_line = "\n" in text or index + 1 < len(placed)
        for kept, opening in _lines(text):
            line = opening.partition("\n")[0]
            dateline = (is_line and read_place_line(line, day, setting)) or read_dateline(
                opening, day, setting
            )
            if dateline is not None:
                rest = kept + opening[len(dateline.raw) :].lstrip()
                return _with_text(placed, index, rest), replace(dateline, block=index), "body"
    setting = words.setting(one.block.text for one in placed)
    if above is not None and (dateline := read_place_line(above, day, setting)):
        return list(placed), dateline, "body"
    for said in words.marked:
        if dateline := read_stated(said, day, setting):
            return _without_marked(placed, said), dateline, "markup"
    return _set_off(placed, words, day)


def _set_off(
    placed: Sequence[Placed], words: PageWords, day: dt.date | None
) -> tuple[list[Placed], Dateline | None, str]:
    """The body without the one place that an element parts from it; several head a text each."""
    setting = words.setting(one.block.text for one in placed)
    places = {
        at: place_before(placed[at].block.text, words.set_off, setting) for at in _openings(placed)
    }
    found = [(at, place) for at, place in places.items() if place]
    dateline = read_stated(found[0][1], day, setting) if len(found) == 1 else None
    if dateline is None:
        return list(placed), None, ""
    [(index, place)] = found
    rest = placed[index].block.text[len(place) :].lstrip()
    return _with_text(placed, index, rest), replace(dateline, block=index), "markup"


def _openings(placed: Sequence[Placed]) -> Iterator[int]:
    """The places of the paragraphs that may open with the dateline."""
    long = 0
    for count, (index, one) in enumerate(
        (index, one) for index, one in enumerate(placed) if one.block.type is BlockType.PARAGRAPH
    ):
        if count >= _MOST or long >= _TOP:
            return
        yield index
        long += len(one.block.text) >= _SHORT


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """The paragraph, and what is behind its first short lines, with these before it."""
    at = 0
    for _ in range(_BROKEN):
        yield text[:at], text[at:]
        end = text.find("\n", at)
        if end < 0 or end - at >= _SHORT:
            return
        at = end + 1


def _with_text(placed: Sequence[Placed], index: int, text: str) -> list[Placed]:
    """With `text` in the block at `index`, or without that block if there is none."""
    block = replace(placed[index].block, text=text)
    kept = [replace(placed[index], block=block)] if text else []
    return [*placed[:index], *kept, *placed[index + 1 :]]


def _without_marked(placed: Sequence[Placed], said: str) -> list[Placed]:
    """Without the text `said` that opens one of the first paragraphs, if one does."""
    for index in _openings(placed):
        text = placed[index].block.text
        if text.startswith(said):
            return _with_text(placed, index, text[len(said) :].lstrip(" -–—:,\n"))
    return list(placed)


def _marked(tree: Tree) -> Iterator[LexborNode]:
    if tree.may_have_class("dateline"):
        yield from islice(tree.with_class_like("dateline"), _MAX_STATED)
    yield from islice(tree.with_property("dateline"), _MAX_STATED)


def _stated_places(structured: Structured) -> Iterator[str]:
    """The names of the places that the article's node states, and of their towns."""
    for key in _PLACES:
        for place in structured.resolved(structured.article.get(key)):
            yield from (name.partition(",")[0] for name in texts(place))
            if isinstance(place, dict):
                for address in members(place.get("address")):
                    if isinstance(address, dict):
                        yield from texts(address.get("addressLocality"))
