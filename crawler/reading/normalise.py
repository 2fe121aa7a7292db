"""Model values in their one form: pure and idempotent, and the same for live and stored pages.

Texts become NFC without control characters and with white space folded; URLs canonical; tags and
names each once. What has no such form (a URL that is none) is left out, never repaired by guess.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from archive import (
    Article,
    Author,
    BlockType,
    BodyBlock,
    CanonicalClaim,
    Citation,
    Dateline,
    InvalidUrl,
    Link,
    Moment,
    canonical_url,
)
from crawler.extract.witnesses.language import language_tag

# Control characters but for tab and line breaks; overrides and isolates that reorder what a reader
# sees (Unicode TR 36, 2.4), with their terminators; byte order marks, soft hyphens, lone
# surrogates and noncharacters. Joiners and the marks LRM, RLM and ALM are part of words.
_JUNK = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u202a-\u202e\u2066-\u2069\ufeff"
    "\u2060\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BREAK = re.compile(r"[\r\n\x85\u2028\u2029]+")
_MAX_TAG = 200


def normalise_text(text: str) -> str:
    """`text` in NFC on one line, single spaces, without junk characters."""
    return " ".join(_clean(text).split())


def normalise_lines(text: str) -> str:
    """As `normalise_text`, but with the lines of `text` kept; empty ones are dropped."""
    lines = (" ".join(line.split()) for line in _BREAK.split(_clean(text)))
    return "\n".join(line for line in lines if line)


def normalise_url(url: str | None) -> str | None:
    """The canonical form of `url`; None where it is no web address."""
    if url is None:
        return None
    try:
        return canonical_url(url)
    except InvalidUrl:
        return None


def normalise_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without `#`, each once whatever its case, in the order of their first mention."""
    found: dict[str, str] = {}
    for tag in tags:
        bare = normalise_text(normalise_text(tag)[:_MAX_TAG].lstrip("#＃ "))
        if bare:
            found.setdefault(bare.casefold(), bare)
    return tuple(found.values())


def normalise_article(article: Article) -> Article:
    """`article` in its one form. Idempotent.

    Blocks that were nothing but junk go, and what pointed at later blocks points at them still. The
    article's own URL stays as it is where it is no web address, as of a page read from a disk.
    """
    blocks, moved = _blocks(article.body)
    return replace(
        article,
        url=normalise_url(article.url) or article.url,
        claim=CanonicalClaim(
            canonical_url=normalise_url(article.claim.canonical_url),
            amp_url=normalise_url(article.claim.amp_url),
        ),
        headline=_text_or_none(article.headline),
        headline_alternatives=_once(map(normalise_text, article.headline_alternatives)),
        subtitle=_text_or_none(article.subtitle),
        authors=_authors(article.authors),
        agencies=_once(map(normalise_text, article.agencies)),
        published_at=_moment(article.published_at),
        modified_at=_moment(article.modified_at),
        dateline=_dateline(article.dateline, moved),
        language=language_tag(article.language or ""),
        section=_text_or_none(article.section),
        tags=normalise_tags(article.tags),
        site_name=_text_or_none(article.site_name),
        image=normalise_url(article.image),
        image_credit=_text_or_none(article.image_credit),
        body=blocks,
        links=tuple(_links(article.links, moved)),
        posts=tuple(
            replace(citation, block=_moved(citation.block, moved))
            for citation in map(normalise_citation, article.posts)
        ),
        quoted=tuple(
            replace(
                one,
                block=_moved(one.block, moved),
                claimed_handle=_handle(one.claimed_handle),
                claimed_name=_text_or_none(one.claimed_name),
                claimed_text=normalise_lines(one.claimed_text or "") or None,
                hashtags=normalise_tags(one.hashtags),
                mentions=_once(_handle(name) or "" for name in one.mentions),
                links=_once(normalise_url(link) or "" for link in one.links),
            )
            for one in article.quoted
        ),
        notices=tuple(
            replace(notice, text=text, block=_moved(notice.block, moved))
            for notice in article.notices
            if (text := normalise_lines(notice.text))
        ),
        other_statements=tuple(
            replace(one, value=value)
            for one in article.other_statements
            if (value := normalise_text(one.value))
        ),
    )


def normalise_citation(citation: Citation) -> Citation:
    """`citation` in its one form: its claims as texts, tags and handles bare. Idempotent."""
    text = normalise_lines(citation.claimed_text or "") or None
    return replace(
        citation,
        claimed_handle=_handle(citation.claimed_handle),
        claimed_name=_text_or_none(citation.claimed_name),
        claimed_text=text,
        hashtags=normalise_tags(citation.hashtags),
        mentions=_once(_handle(name) or "" for name in citation.mentions),
        links=_once(normalise_url(link) or "" for link in citation.links),
    )


def _clean(text: str) -> str:
    if not text.isprintable():  # as no junk is, nor a line break
        text = _JUNK.sub("", text)
    return unicodedata.normalize("NFC", text)


def _handle(text: str | None) -> str | None:
    return normalise_text(text or "").lstrip("@＠ ") or None


def _text_or_none(text: str | None) -> str | None:
    return normalise_text(text or "") or None


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _authors(authors: Iterable[Author]) -> tuple[Author, ...]:
    names = {
        name.casefold(): name for a in reversed(list(authors)) if (name := normalise_text(a.name))
    }
    return tuple(Author(name=name) for name in reversed(names.values()))


def _moment(moment: Moment | None) -> Moment | None:
    return replace(moment, raw=normalise_text(moment.raw)) if moment else None


def _dateline(dateline: Dateline | None, moved: dict[int, int]) -> Dateline | None:
    if dateline is None:
        return None
    return replace(
        dateline,
        raw=normalise_text(dateline.raw),
        place=_text_or_none(dateline.place),
        region=_text_or_none(dateline.region),
        country=_text_or_none(dateline.country),
        agency=_text_or_none(dateline.agency),
        block=_moved(dateline.block, moved),
    )


def _blocks(body: Iterable[BodyBlock]) -> tuple[tuple[BodyBlock, ...], dict[int, int]]:
    """The blocks, and for each old index that stayed its new one."""
    blocks: list[BodyBlock] = []
    moved: dict[int, int] = {}
    for index, block in enumerate(body):
        items = tuple(filter(None, map(normalise_text, block.items)))
        text = "\n".join(items) if items else normalise_lines(block.text)
        url = normalise_url(block.url)
        is_kept = text or block.stated_at or (url and block.type is BlockType.MEDIA)
        is_kept = is_kept or block.type is BlockType.POST  # a quoted one may have neither
        if is_kept:
            moved[index] = len(blocks)
            at = _moment(block.stated_at)
            blocks.append(replace(block, text=text, items=items, url=url, stated_at=at))
    return tuple(blocks), moved


def _links(links: Iterable[Link], moved: dict[int, int]) -> Iterable[Link]:
    for link in links:
        if url := normalise_url(link.url):
            yield Link(url=url, text=normalise_text(link.text), block=_moved(link.block, moved))


def _moved(block: int | None, moved: dict[int, int]) -> int | None:
    return None if block is None else moved.get(block)
