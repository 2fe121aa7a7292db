"""Rendering: an article to plain text, as someone would copy it off the page.

dateline, then blocks in order, a blank line between them
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from archive import Article, BlockType, BodyBlock, Citation, Dateline
from crawler.reading.normalise import normalise_text


class Posts(StrEnum):
    """Whether the text holds what quoted posts say."""

    INLINE = "inline"
    OMIT = "omit"


class Summary(StrEnum):
    """Whether the text holds the lead that stands above the body."""

    INLINE = "inline"
    APART = "apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The two choices on which truths about an article's text differ."""

    posts: Posts = Posts.INLINE
    summary: Summary = Summary.INLINE


_WITHOUT_TEXT = frozenset((BlockType.CAPTION, BlockType.MEDIA))
"""What belongs to a picture or a player; a reader of the text would not read it."""


def arranged(article: Article, form: Form) -> Article:
    """`article` with a body of that form; what points at its blocks points at them still.

    Without the text of quoted posts, their blocks stay as marks of where they stand, and their
    citations keep what the page claims. A summary that is set apart stays `subtitle`.
    """
    if form.posts is Posts.OMIT:
        body = tuple(
            replace(block, text="") if block.type is BlockType.POST else block
            for block in article.body
        )
        article = replace(article, body=body)
    lead = _lead_of(article)
    if form.summary is Summary.INLINE or lead is None:
        return article

    def moved(block: int | None) -> int | None:
        if block is None or block == lead:
            return None
        return block - 1 if block > lead else block

    return replace(
        article,
        body=article.body[:lead] + article.body[lead + 1 :],
        dateline=replace(article.dateline, block=moved(article.dateline.block))
        if article.dateline is not None
        else None,
        links=tuple(replace(link, block=moved(link.block)) for link in article.links),
        posts=tuple(replace(post, block=moved(post.block)) for post in article.posts),
        quoted=tuple(replace(one, block=moved(one.block)) for one in article.quoted),
        notices=tuple(replace(one, block=moved(one.block)) for one in article.notices),
    )


def render_text(
    article: Article, *, posts: Posts = Posts.INLINE, summary: Summary = Summary.INLINE
) -> str:
    """The article's text without its headline; paragraphs, posts and so on a blank line apart.

    The dateline, which reading takes off, stands before its block again, or else before the first
    paragraph. A quoted post is its text and a line with its author and day, as far as the page
    tells them. The summary is the opening block that says the same as `subtitle`; a `subtitle` that
    is no block of the body was not shown above it and never enters the text.
    """
    article = arranged(article, Form(posts=posts, summary=summary))
    cited = {post.post_key: post for post in article.posts}
    texts = [
        _post_text(block, cited.get(block.post or ""))
        if block.type is BlockType.POST
        else ("" if block.type in _WITHOUT_TEXT else block.text)
        for block in article.body
    ]
    if article.dateline is not None:
        at, raw = _dated(article, article.dateline), article.dateline.raw
        if at < len(texts) and article.body[at].type is BlockType.PARAGRAPH:
            texts[at] = f"{raw} {texts[at]}"
        else:
            texts.insert(at, raw)
    return "\n\n".join(filter(None, texts))


def _dated(article: Article, dateline: Dateline) -> int:
    """The index of the block before which the dateline stands; their number where before none."""
    if dateline.block is not None:
        return dateline.block
    paragraphs = (at for at, one in enumerate(article.body) if one.type is BlockType.PARAGRAPH)
    lead = _lead_of(article)
    return next((at for at in paragraphs if at != lead), len(article.body))


def _lead_of(article: Article) -> int | None:
    """The block that is the summary: the body's first, but for pictures; None where it is none."""
    shown = (at for at, one in enumerate(article.body) if one.type is not BlockType.MEDIA)
    at = next(shown, None)
    if not article.subtitle or at is None:
        return None
    opening = normalise_text(article.body[at].text)
    return at if opening.casefold() == normalise_text(article.subtitle).casefold() else None


def _post_text(block: BodyBlock, citation: Citation | None) -> str:
    """As platforms show a post whose script did not run: text, then `— Name (@handle) day`."""
    if citation is None or not block.text:
        return block.text
    handle = f"@{citation.claimed_handle}" if citation.claimed_handle else ""
    if citation.claimed_name:
        signed = citation.claimed_name + (f" ({handle})" if handle else "")
    else:
        signed = handle
    if signed and citation.claimed_on:
        signed += f" {citation.claimed_on:%B} {citation.claimed_on.day}, {citation.claimed_on.year}"
    return f"{block.text}\n— {signed}" if signed else block.text
