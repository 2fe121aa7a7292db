"""An article from plain text that once was its page: quoted posts, dateline, text, no boilerplate.

What copies, feeds and text extractors leave of a page has lost its markup: embeds are told by their
tails, who wrote and when by the short lines below the headline, the article's end by the words that
follow every article.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice, takewhile

from archive import (
    Article,
    Author,
    BlockType,
    BodyBlock,
    Citation,
    Dateline,
    Moment,
    QuotedPost,
    Relation,
)
from crawler.extract.agencies import is_agency
from crawler.extract.citations.carriers import Form
from crawler.extract.citations.citing import MOST_CITATIONS, citation_of
from crawler.extract.citations.prose_addresses import written_addresses
from crawler.extract.datelines.local_time import time_disagrees
from crawler.extract.datelines.opening import MAX_CHARS, read_dateline, read_place_line
from crawler.extract.datelines.place_witness import Setting
from crawler.extract.dates import best_moment, moment_of, url_day
from crawler.extract.flattened.below import is_comment_policy, is_counter, is_figure
from crawler.extract.flattened.lines import plain_lines
from crawler.extract.flattened.posts import find_written_posts
from crawler.extract.flattened.signed import signatures
from crawler.extract.flattened.written_post import WrittenPost, without_targets
from crawler.extract.text.phrases.families import is_phrase, opens_tail
from crawler.extract.text.phrases.small_print import is_small_print
from crawler.extract.witnesses.byline import signers
from crawler.extract.witnesses.timing import is_of_change, is_stamp
from crawler.platforms.registry import everyone

LONGEST = 2_000_000
"""Characters of a text that are read."""
_LONGEST_HEADLINE = 160
_MOST_HEAD = 8
_LONGEST_HEAD = 100
"""Characters of a line between headline and text; a longer one is a paragraph."""
_TELLING = 4
"""So many words in small letters are no `min de lecture`."""
_TOP = 3
"""The dateline opens one of the first paragraphs."""
_POLICY = re.compile(
    r"(?:.{0,40}\s)?(?:comments?|commenting|discussion|community)\s(?:policy|rules|guidelines"
    r"|standards)\b.{0,300}|(?:all|your|our|the|reader)?\s?comments?\s"
    r"(?:are|will\sbe|must|should)\s"
    r".{0,300}|(?:die\s)?netiquette\b.{0,300}|kommentar(?:regeln|richtlinien)\b.{0,300}"
    r"|(?:politique|charte)\sde\scommentaires?.{0,300}|политика\sкомментариев.{0,300}"
    r"|سياسة\sالتعليق.{0,300}",
    re.IGNORECASE,
)


def read_flattened(text: str, url: str | None) -> Article:
    """The article that `text` holds; `url` is where it was found, if that is known.

    Posts without an id are in `quoted`, not in `posts`. Bounded; never raises, whatever the text.
    """
    headline, lines = _headline(plain_lines(text[:LONGEST]))
    written = find_written_posts(lines)
    head = _head(lines[: written[0].start] if written else lines)
    beside = [line for line in head if not _goes_on(line)]
    signed = next((line for line in beside if any(signers([line]))), "")
    names = list(dict.fromkeys(signers([signed])))
    stamps = [line for line in beside if _moment([line])]
    published = _moment(line for line in stamps if not is_of_change(line)) or url_day(url or "")
    lines = _without(lines, (signed, *stamps), len(head))
    blocks, quoted, posts = _blocks(lines, written, url)
    blocks, dateline = _without_dateline(blocks, published)
    if dateline is not None:
        dateline = replace(dateline, time_disagrees=time_disagrees(dateline, published))
    return Article(
        url=url or "",
        headline=headline,
        authors=tuple(Author(name=name) for name in names if not is_agency(name)),
        agencies=tuple(filter(is_agency, names)),
        published_at=published,
        modified_at=_moment(filter(is_of_change, stamps)),
        dateline=dateline,
        body=tuple(blocks),
        posts=tuple(posts),
        quoted=tuple(quoted),
    )


def _headline(lines: list[str]) -> tuple[str | None, list[str]]:
    """The first line, where it is one: short, no sentence, and a longer paragraph below it."""
    first = next((at for at, line in enumerate(lines) if line), None)
    if first is None:
        return None, lines
    line = lines[first]
    following = next((one for one in lines[first + 1 :] if one and not _is_beside(one)), "")
    is_title = len(line) <= _LONGEST_HEADLINE and line[-1] not in ".!…:;,–—-"
    is_title = is_title and not any(signatures(line))
    if is_title and len(following) > len(line) and read_place_line(line) is None:
        return line, lines[first + 1 :]
    return None, lines


def _is_beside(line: str) -> bool:
    """Whether a line below a headline is no paragraph: who wrote, when, how often it was shared."""
    if len(line) > _LONGEST_HEAD:
        return False
    return is_phrase(line) or is_stamp(line) or any(signers([line]))


def _head(lines: Iterable[str]) -> list[str]:
    """The short lines on top: who wrote, when, how often it was shared."""
    head = islice(filter(None, lines), _MOST_HEAD)
    return list(takewhile(lambda line: len(line) <= _LONGEST_HEAD, head))


def _goes_on(line: str) -> bool:
    """Whether a sentence goes on behind the last figure: `On 3 May the ferry to the isle sank`."""
    *before, last = re.split(r"\d", line)
    return bool(before) and sum(word.islower() for word in last.split()) >= _TELLING


def _without(lines: Sequence[str], gone: Collection[str], most: int) -> list[str]:
    """`lines` with those left empty that are among the first `most` and `gone`."""
    filled = accumulate(map(bool, lines))
    return [
        "" if line in gone and count <= most else line
        for line, count in zip(lines, filled, strict=True)
    ]


def _moment(lines: Iterable[str]) -> Moment | None:
    """The moment that stamps among `lines` tell; a dateline is none."""
    stamps = (line for line in lines if is_stamp(line) and read_place_line(line) is None)
    return best_moment(filter(None, map(moment_of, stamps)))


def _blocks(
    lines: Sequence[str], written: Sequence[WrittenPost], own: str | None
) -> tuple[list[BodyBlock], list[QuotedPost], list[Citation]]:
    """The paragraphs and posts in order, up to where the article ends.

    `own` is the address of the page itself: what its site says of its own is no citation.
    """
    starts = {post.start: post for post in written}
    blocks: list[BodyBlock] = []
    quoted: list[QuotedPost] = []
    posts: list[Citation] = []
    at = size = 0
    total = sum(map(len, lines))
    is_counted = False
    while at < len(lines):
        post = starts.get(at)
        if post is not None:
            citation = _citation(post, len(blocks))
            if citation is not None:
                posts.append(citation)
            else:
                quoted.append(_quoted(post, len(blocks)))
            key = citation.post_key if citation is not None else None
            blocks.append(BodyBlock(type=BlockType.POST, text=post.claims.text or "", post=key))
            at = post.end
            continue
        line = lines[at]
        at += 1
        size += len(line)
        if not line:
            continue
        if blocks and _ends_article(line, is_late=2 * size > total):
            break
        above = blocks[-1].text if blocks else ""
        if is_counter(line, above) or is_phrase(line):
            if is_figure(above):
                del blocks[-1]
            is_counted = True
            continue
        if is_counted and is_figure(line):
            continue
        is_counted = False
        found = list(_linked(line, len(blocks), own)) if len(posts) < MOST_CITATIONS else []
        posts += found
        is_post = bool(found) and found[0].relation is Relation.EMBEDDED
        kind, key = (BlockType.POST, found[0].post_key) if is_post else (BlockType.PARAGRAPH, None)
        blocks.append(BodyBlock(type=kind, text="" if is_post else without_targets(line), post=key))
    while blocks and blocks[-1].type is BlockType.PARAGRAPH and is_small_print(blocks[-1].text):
        del blocks[-1]
    return blocks, quoted, [post for post in posts if (post.block or 0) < len(blocks)]


def _linked(line: str, block: int, own: str | None) -> Iterator[Citation]:
    """The posts whose addresses a line has: one alone on its line is what is left of an embed."""
    is_alone = not line.split()[1:]
    known: set[str] = set()
    for address in written_addresses(line):
        ref = everyone().recognise(address if "://" in address else f"https://{address}")
        if ref is None or ref.key in known or _host(ref.url) == _host(own or ""):
            continue
        known.add(ref.key)
        relation = Relation.EMBEDDED if is_alone else Relation.LINKED
        form = Form.URL if is_alone else Form.LINK
        yield citation_of(everyone(), ref, relation, form, block=block)


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")


def _ends_article(line: str, *, is_late: bool) -> bool:
    """Whether comments, their policy or other news begin with this line."""
    if _POLICY.fullmatch(line) is not None:
        return True
    is_tail = len(line) < _LONGEST_HEADLINE and opens_tail(line)
    return is_late and (is_tail or is_comment_policy(line))


def _quoted(post: WrittenPost, block: int) -> QuotedPost:
    claims = post.claims
    return QuotedPost(
        platform=post.platform,
        block=block,
        claimed_handle=claims.handle,
        claimed_name=claims.name,
        claimed_text=claims.text,
        claimed_on=claims.on,
        hashtags=claims.hashtags,
        mentions=claims.mentions,
        links=claims.links,
    )


def _citation(post: WrittenPost, block: int) -> Citation | None:
    """The citation that a tail makes whose link an extractor has kept; None without one."""
    ref = everyone().recognise(post.url) if post.url else None
    if ref is None:
        return None
    return citation_of(everyone(), ref, Relation.QUOTED, "text", post.claims, block=block)


def _without_dateline(
    blocks: list[BodyBlock], published: Moment | None
) -> tuple[list[BodyBlock], Dateline | None]:
    """The blocks without the dateline, and that; indices stay, a place line leaves none behind."""
    day = published.on if published is not None else None
    paragraphs = [at for at, one in enumerate(blocks) if one.type is BlockType.PARAGRAPH]
    for order, at in enumerate(paragraphs[:_TOP]):
        text = blocks[at].text
        setting = Setting.of(None, [text[MAX_CHARS:], *(one.text for one in blocks[at + 1 :])])
        dateline = read_dateline(text, day, setting)
        if dateline is not None:
            rest = text[len(dateline.raw) :].lstrip()
            kept = [*blocks[:at], replace(blocks[at], text=rest), *blocks[at + 1 :]]
            return kept, replace(dateline, block=at)
        if order + 1 < len(paragraphs) and (line := read_place_line(text, day, setting)):
            following = paragraphs[order + 1]
            if following == at + 1:  # the place line gives way to its paragraph
                kept = [*blocks[:at], replace(blocks[at], text=""), *blocks[at + 1 :]]
                return kept, replace(line, block=following)
    return blocks, None
