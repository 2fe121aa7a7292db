"""Reading: page bytes to what this reader version says of them. Never raises, whatever the bytes.

judge the answer → parse → structured data, citations → outline, body → judge → gather → normalise
"""

import gc
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Self

from archive import Article, BlockType, Reading, Relation, Verdict
from crawler.extract.citations.citing import FoundCitation
from crawler.extract.citations.walk import find_citations
from crawler.extract.datelines.asia import reporters_in
from crawler.extract.datelines.local_time import time_disagrees
from crawler.extract.datelines.of_page import PageWords, take_dateline
from crawler.extract.document.canonical import base_of, read_claim
from crawler.extract.document.markup import decode, parse
from crawler.extract.document.stated import Stated, stated
from crawler.extract.document.structured import Structured, read_structured, texts
from crawler.extract.document.tree import Tree
from crawler.extract.page import Page
from crawler.extract.text.biography import without_biographies, without_signatures
from crawler.extract.text.body import Text, read_body, text_blocks
from crawler.extract.text.lines import Placed
from crawler.extract.text.live_blog import LiveEntry, find_entries, with_entries
from crawler.extract.text.notices import MAX_NOTICES, find_notices
from crawler.extract.text.outline import Outline
from crawler.extract.text.outlining import build_outline
from crawler.extract.text.placing import PlacedCitation, put_together
from crawler.extract.text.standing import Footing, Ground
from crawler.extract.verdicts.partial import why_partial
from crawler.extract.verdicts.verdict import judge_answer, judge_content
from crawler.extract.witnesses.headline import stated_headlines
from crawler.extract.witnesses.signed_below import signed_below
from crawler.reading.gathering import Gathering
from crawler.reading.normalise import normalise_article, normalise_text
from crawler.reading.requisites import Requisite, tree_requisites

logger = logging.getLogger(__name__)

READER = "14"
"""The version of this reader. Readings of equal versions can be compared, others cannot."""

_DATELINE = 60
"""So many characters may stand before what a body's opening shares with a description."""
_SCANT = 200
"""A body with fewer letters yields to the one that JSON-LD states, where that has more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """What a page says, and what it needs to be seen, which only an article's page is asked for."""

    reading: Reading
    requisites: tuple[Requisite, ...] = ()


def read(page: Page, record_id: str) -> Reading:
    """What this reader says of `page`, the answer kept as the capture `record_id`.

    Never raises: a page that breaks the reader gets the verdict `unreadable` and the reason.
    """
    return read_page(page, record_id, requisites=False).reading


def read_page(page: Page, record_id: str, *, requisites: bool) -> PageRead:
    """As `read`, and what the page needs where that is wanted: it is parsed once for both."""
    try:
        with _collector_paused():
            return _read(page, record_id, requisites=requisites)
    except Exception as error:  # the boundary of one page's task: hostile bytes end here
        logger.warning("cannot read %s", record_id, exc_info=True)
        why = f"{type(error).__name__}: {str(error)[:200]}"
        return PageRead(reading=unreadable(record_id, why))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A page makes thousands of objects and no garbage in cycles worth the search for it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def unreadable(record_id: str, reason: str) -> Reading:
    """The reading of a page that this reader failed at."""
    return Reading(record_id=record_id, reader=READER, verdict=Verdict.UNREADABLE, reason=reason)


def warm_up() -> None:
    """Load what reading needs and imports late, so that the first page does not wait for it."""
    read(Page(url="about:blank", body=b"<p>", content_type="text/html"), "")
    gc.collect()
    gc.freeze()  # what was loaded stays: the collector need not look through it again and again


@dataclass(frozen=True, slots=True)
class _Source:
    """A page taken apart: what its article is gathered from."""

    page: Page
    tree: Tree
    structured: Structured
    headlines: Sequence[Stated]
    citations: Sequence[FoundCitation]
    entries: Sequence[LiveEntry]
    outline: Outline

    @classmethod
    def of(cls, page: Page) -> Self:
        tree = parse(decode(page))
        structured = read_structured(tree, page.url)
        citations = find_citations(tree, page.url)
        entries = find_entries(tree, structured)
        return cls(
            page,
            tree,
            structured,
            tuple(stated_headlines(tree, structured, page.url)),
            citations,
            entries,
            _outline(tree, citations, entries),
        )


def _read(page: Page, record_id: str, *, requisites: bool) -> PageRead:
    judgement = judge_answer(page)
    article = None
    needed: tuple[Requisite, ...] = ()
    if judgement is None:
        source = _Source.of(page)
        text, ground = _body(source)
        judgement = judge_content(
            source.structured,
            source.tree,
            page.url,
            letters=source.outline.size,
            has_text=bool(text.blocks),
        )
        if judgement.verdict in (Verdict.CONTENT, Verdict.PAYWALL):
            article = _article(source, text, ground, judgement.verdict)
        if requisites and article is not None:
            needed = tree_requisites(source.tree, page.url)
    reading = Reading(
        record_id=record_id,
        reader=READER,
        verdict=judgement.verdict,
        reason=judgement.reason,
        article=article,
    )
    return PageRead(reading=reading, requisites=needed)


def _outline(
    tree: Tree, citations: Sequence[FoundCitation], entries: Sequence[LiveEntry]
) -> Outline:
    """The tree without the embeds' own markup: what it quotes is not the article's text."""
    root = tree.body or tree.root
    assert root is not None, "lexbor gives every document a root"
    noted = {one.placed.mem_id for one in citations} | {entry.mem_id for entry in entries}
    omitted = {one.node.mem_id for one in citations if one.citation.relation is Relation.EMBEDDED}
    return build_outline(root, noted, omitted)


def _body(source: _Source) -> tuple[Text, Ground | None]:
    """The text, and the ground on which citations stand, where there are any to judge."""
    structured = source.structured
    headline = source.headlines[0].text if source.headlines else ""
    description = next((one.text for one in _descriptions(structured)), "")
    base = base_of(source.tree, source.page.url)
    text = read_body(source.outline, headline, description, base)
    ground = None
    if text.container is not None and any(
        one.footing not in (Footing.NONE, Footing.STATED) for one in source.citations
    ):
        placed = text.blocks if text.lead is None else [text.lead, *text.blocks]
        ground = Ground(source.outline, text.container, placed)
    source.outline.release()
    letters = sum(len(one.block.text) for one in text.blocks)
    if letters < _SCANT:
        stated = "\n".join(texts(structured.article.get("articleBody")))
        if len(stated) > max(letters, _SCANT):
            return Text(text_blocks(stated)), None
    return text, ground


def _subtitles(source: _Source, text: Text) -> Iterator[Stated]:
    """The lead, and what the page states of itself, where that is not how its body opens."""
    if text.lead is not None:
        yield Stated(text.lead.block.text, "lead")
    opening = normalise_text(text.blocks[0].block.text).casefold() if text.blocks else ""
    for one in _descriptions(source.structured):
        said = normalise_text(one.text).casefold()
        is_dated = len(said) > _DATELINE >= len(opening) - len(said) and opening.endswith(said)
        if said != opening and not is_dated:
            yield one


def _descriptions(structured: Structured) -> Iterator[Stated]:
    for key in ("alternativeHeadline", "description"):
        yield from stated(f"json-ld {key}", texts(structured.article.get(key)))
    yield from structured.stated_meta("og:description", "description")


def _article(
    source: _Source, text: Text, ground: Ground | None, verdict: Verdict
) -> Article | None:
    """The article; None where there is neither a headline nor any text."""
    page, tree, structured = source.page, source.tree, source.structured
    base = base_of(tree, page.url)
    gathering = Gathering(tree, structured, page.url, base, source.headlines)
    loader = gathering.loader
    loader.add_value("url", page.url)
    loader.add_value("claim", read_claim(tree, page.link_header, base))
    lead = [text.lead] if text.lead is not None else []
    gathering.add_all()
    gathering.add("subtitle", list(_subtitles(source, text)))
    headline = loader.get_output_value("headline")
    placed = _without_headline([*lead, *text.blocks], headline)
    authors = loader.get_output_value("authors") or ()
    if not authors and (signer := signed_below(placed, tree)):
        authors = gathering.add_signers([signer], "line below the text")
    names = [author.name for author in authors]
    placed = without_signatures(without_biographies(placed, names), names)
    if not headline and not placed:
        return None
    published = loader.get_output_value("published_at")
    language = loader.get_output_value("language")
    titles = [headline or "", loader.get_output_value("subtitle") or ""]
    site = loader.get_output_value("site_name")
    words = PageWords.of(tree, structured, language, titles, site)
    placed, dateline, witness = take_dateline(placed, text.above, words, published)
    if dateline is not None:
        if not authors and (reporters := reporters_in(dateline.raw)):
            gathering.add_signers(reporters, "dateline")
        dateline = replace(dateline, time_disagrees=time_disagrees(dateline, published))
    places = source.outline.places
    entries = [
        (places[one.mem_id], one.stated_at) for one in source.entries if one.mem_id in places
    ]
    citations = list(_placed(source.citations, places, ground))
    links = source.outline.links
    body = put_together(with_entries(placed, entries), links, citations, text.media, base)
    loader.add_value("body", body.blocks)
    if dateline is not None and dateline.block is not None:
        opened = placed[dateline.block].block if dateline.block < len(placed) else None
        at = next((at for at, block in enumerate(body.blocks) if block is opened), None)
        dateline = replace(dateline, block=at)
    loader.add_value("dateline", dateline)
    loader.add_value("links", body.links)
    loader.add_value("posts", body.posts)
    loader.add_value("notices", list(find_notices(body.blocks, structured))[:MAX_NOTICES])
    loader.add_value("partial", why_partial(body.blocks, structured, verdict, language))
    if dateline is not None:
        gathering.sources["dateline"] = witness
    if placed:
        is_shown = any(one.span is not None for one in placed)
        gathering.sources["body"] = "page" if is_shown else "json-ld articleBody"
    loader.add_value("field_sources", gathering.sources)
    loader.add_value("other_statements", gathering.others)
    return normalise_article(loader.load_item())


def _placed(
    found: Iterable[FoundCitation], places: Mapping[int, int], ground: Ground | None
) -> Iterator[PlacedCitation]:
    """The citations with their places, without embeds below what follows the article."""
    for one in found:
        at, is_sure = places.get(one.placed.mem_id), one.is_sure
        if ground is not None and one.citation.relation is Relation.LINKED:
            is_sure = ground.admits(at, one.footing)
        elif ground is not None and ground.is_past(at, one.footing):
            continue
        yield PlacedCitation(one.citation, at, is_sure)


def _without_headline(placed: list[Placed], headline: str | None) -> list[Placed]:
    """The body without the headline, where it opens with that."""
    if headline and placed:
        first = placed[0].block
        is_title = first.type in (BlockType.HEADING, BlockType.PARAGRAPH)
        if is_title and normalise_text(first.text).casefold() == headline.casefold():
            return placed[1:]
    return placed
