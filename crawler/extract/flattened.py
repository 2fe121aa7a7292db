"""An article from plain text that once was its page: quoted posts, dateline, text, no boilerplate.

What copies, feeds and text extractors leave of a page has lost its markup: embeds are told by their
tails, the article's end by the words that follow every article.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive import Article, BlockType, BodyBlock, Citation, Dateline, QuotedPost, Relation
from crawler.extract.citations.written_posts import WrittenPost, find_written_posts
from crawler.extract.datelines.opening import MAX_CHARS, read_dateline, read_place_line
from crawler.extract.datelines.place_witness import Setting
from crawler.extract.text.phrases.families import is_phrase, opens_tail
from crawler.extract.text.phrases.small_print import is_small_print
from crawler.platforms.registry import everyone

LONGEST = 2_000_000
"""Characters of a text that are read."""
_MOST_LINES = 20_000
_LONGEST_HEADLINE = 160
_TOP = 3
"""The dateline opens one of the first paragraphs."""
_POLICY = re.compile(
    r"(?:.{0,40}\s)?(?:comments?|commenting|discussion|community)\s(?:policy|rules|guidelines"
    r"|standards)\b.{0,300}|(?:all|your|our|the|reader)?\s?comments?\s(?:are|will\sbe|must|should)\s"
    r".{0,300}|(?:die\s)?netiquette\b.{0,300}|kommentar(?:regeln|richtlinien)\b.{0,300}"
    r"|(?:politique|charte)\sde\scommentaires?.{0,300}|политика\sкомментариев.{0,300}"
    r"|سياسة\sالتعليق.{0,300}",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


def read_flattened(text: str, url: str | None) -> Article:
    """The article that `text` holds; `url` is where it was found, if that is known.

    Posts without an id are in `quoted`, not in `posts`. Bounded; never raises, whatever the text.
    """
    lines = [" ".join(line.split()) for line in _CONTROLS.sub("", text[:LONGEST]).splitlines()][
        :_MOST_LINES
    ]
    if "" not in lines:  # each line is a paragraph
        lines = [piece for line in lines for piece in (line, "")]
    headline, lines = _headline(lines)
    written = find_written_posts(lines)
    blocks, quoted, posts = _blocks(lines, written)
    blocks, dateline = _without_dateline(blocks)
    return Article(
        url=url or "",
        headline=headline,
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
    following = next((one for one in lines[first + 1 :] if one and not is_phrase(one)), "")
    is_title = len(line) <= _LONGEST_HEADLINE and line[-1] not in ".!…:;,–—-"
    if is_title and len(following) > len(line) and read_place_line(line) is None:
        return line, lines[first + 1 :]
    return None, lines


def _blocks(
    lines: Sequence[str], written: Sequence[WrittenPost]
) -> tuple[list[BodyBlock], list[QuotedPost], list[Citation]]:
    """The paragraphs and posts in order, up to where the article ends."""
    starts = {post.start: post for post in written}
    blocks: list[BodyBlock] = []
    quoted: list[QuotedPost] = []
    posts: list[Citation] = []
    at = size = 0
    total = sum(map(len, lines))
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
        if not is_phrase(line):
            blocks.append(BodyBlock(type=BlockType.PARAGRAPH, text=line))
    while blocks and blocks[-1].type is BlockType.PARAGRAPH and is_small_print(blocks[-1].text):
        del blocks[-1]
    return blocks, quoted, posts


def _ends_article(line: str, *, is_late: bool) -> bool:
    """Whether comments, their policy or other news begin with this line."""
    if _POLICY.fullmatch(line) is not None:
        return True
    return is_late and len(line) < _LONGEST_HEADLINE and opens_tail(line)


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
    claims = post.claims
    return Citation(
        platform=ref.platform,
        post_id=ref.post_id,
        url=ref.url,
        relation=Relation.QUOTED,
        form="text",
        block=block,
        claimed_handle=claims.handle,
        claimed_name=claims.name,
        claimed_text=claims.text,
        claimed_on=claims.on,
        hashtags=claims.hashtags,
        mentions=claims.mentions,
        links=claims.links,
        id_at=everyone().id_instant(ref),
    )


def _without_dateline(blocks: list[BodyBlock]) -> tuple[list[BodyBlock], Dateline | None]:
    """The blocks without the dateline, and that; indices stay, a place line leaves none behind."""
    paragraphs = [at for at, one in enumerate(blocks) if one.type is BlockType.PARAGRAPH]
    for order, at in enumerate(paragraphs[:_TOP]):
        text = blocks[at].text
        setting = Setting.of(None, [text[MAX_CHARS:], *(one.text for one in blocks[at + 1 :])])
        dateline = read_dateline(text, None, setting)
        if dateline is not None:
            rest = text[len(dateline.raw) :].lstrip()
            return [*blocks[:at], replace(blocks[at], text=rest), *blocks[at + 1 :]], dateline
        if order + 1 < len(paragraphs) and (line := read_place_line(text, None, setting)):
            following = paragraphs[order + 1]
            if following == at + 1:  # the place line gives way to its paragraph
                return [*blocks[:at], replace(blocks[at], text=""), *blocks[at + 1 :]], line
    return blocks, None
