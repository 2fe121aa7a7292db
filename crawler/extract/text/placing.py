"""One order for what was read apart: body blocks, dateline, links and posts.

Blocks, links and posts are brought together by where they lie in the page's letters.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from archive import BlockType, BodyBlock, Citation, Link, Relation
from crawler.extract.document.canonical import absolute
from crawler.extract.text.lines import Placed
from crawler.extract.text.outline import SourceLink, Span

MAX_LINKS = 2_000
_NEAR = 1_500
"""Letters beyond the body's last block (or before its first) at which an embed still is of it."""


class PlacedCitation(NamedTuple):
    """A citation, and where its element begins in the page's letters; None where unknown."""

    citation: Citation
    at: int | None
    is_sure: bool = True
    """False for a link that is a citation only where it stands in a block."""


@dataclass(frozen=True, slots=True)
class Body:
    """An article's body, with indexes that agree."""

    blocks: tuple[BodyBlock, ...]
    links: tuple[Link, ...]
    posts: tuple[Citation, ...]


class _Inserted(NamedTuple):
    """A block that comes between those with text."""

    before: int
    """The block behind which it belongs."""
    at: int
    """Where it begins in the page's letters."""
    block: BodyBlock
    citation: Citation | None = None


def put_together(
    placed: Sequence[Placed],
    links: Sequence[SourceLink],
    citations: Sequence[PlacedCitation],
    media: Iterable[Placed],
    base: str,
) -> Body:
    """The body with its media, and with a block of type post for every embed in its reach.

    Links count where they stand in a block. So do links to posts that are not sure to be citations;
    other posts count wherever they are, with a block where they stand in one or, embeds, near one.
    """
    blocks = [one.block for one in placed]
    where = _Whereabouts(placed)
    inserted: list[_Inserted] = []
    others: list[tuple[int | None, Citation]] = []
    for citation, at, is_sure in citations:
        if citation.relation is Relation.EMBEDDED:
            before = where.last_before(at) if at is not None else None
            if at is None or before is None:
                others.append((None, citation))
            else:
                inserted.append(_Inserted(before, at, _post_block(citation), citation))
        else:
            block = None if at is None else where.holding(at)
            if is_sure or block is not None:
                others.append((block, citation))
    found = list(islice(_links(links, where, base), MAX_LINKS))

    for one in media:
        before = where.last_before(one.span.start) if one.span is not None else None
        if before is not None and one.span is not None:
            inserted.append(_Inserted(before, one.span.start, one.block))

    # They are put in from the first on; each moves what follows it by one.
    inserted.sort(key=lambda one: (one.before, one.at))
    posts: list[Citation] = []
    for count, (before, _, made, cited) in enumerate(inserted):
        index = before + 1 + count
        blocks.insert(index, made)
        if cited is not None:
            posts.append(replace(cited, block=index))
    gaps = [one.before for one in inserted]

    def moved(at: int | None) -> int | None:
        return None if at is None else at + bisect_right(gaps, at - 1)

    posts += [replace(citation, block=moved(holding)) for holding, citation in others]
    posts.sort(key=lambda post: len(blocks) if post.block is None else post.block)
    return Body(
        blocks=tuple(blocks),
        links=tuple(Link(url=url, text=text, block=moved(block)) for block, url, text in found),
        posts=tuple(posts),
    )


class _Whereabouts:
    """Which block lies where in the page's letters."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        spans = [(one.span, index) for index, one in enumerate(placed) if one.span is not None]
        self._spans: list[tuple[Span, int]] = sorted(spans, key=lambda pair: pair[0].start)
        self._starts = [span.start for span, _ in self._spans]

    def holding(self, at: int) -> int | None:
        """The block that holds the letter `at`."""
        found = bisect_right(self._starts, at) - 1
        if found < 0:
            return None
        span, index = self._spans[found]
        return index if at < span.end else None

    def last_before(self, at: int) -> int | None:
        """The block behind which something at `at` belongs, -1 for the very top.

        None where that is out of the body's reach.
        """
        if not self._spans:
            return None
        found = bisect_right(self._starts, at - 1) - 1
        if found < 0:
            return -1 if self._starts[0] - at <= _NEAR else None
        span, index = self._spans[found]
        is_last = found == len(self._spans) - 1
        return None if is_last and at - span.end > _NEAR else index


def _links(
    links: Iterable[SourceLink], where: _Whereabouts, base: str
) -> Iterator[tuple[int, str, str]]:
    """Block, absolute URL and text of the links that stand in a block."""
    for link in links:
        block = where.holding(link.start)
        url = absolute(link.href, base) if block is not None else None
        if block is not None and url is not None:
            yield block, url, link.text


def _post_block(citation: Citation) -> BodyBlock:
    return BodyBlock(type=BlockType.POST, text=citation.claimed_text or "", post=citation.post_key)
