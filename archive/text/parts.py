"""An article's text: what of it makes a version, and what makes a story."""

import unicodedata
from typing import NamedTuple

from archive.digest import Digest
from archive.model import Article, BlockType
from archive.text.folding import letters, word_count

STORY_WORDS = 40
"""A body of fewer words is no story: captions, stubs and teasers would all be copies."""

_STORY_BLOCKS = frozenset(
    {BlockType.PARAGRAPH, BlockType.QUOTE, BlockType.LIST, BlockType.ENTRY}
)  # captions, subheads, media and posts are what each outlet adds to a wire story

_TEXT = _STORY_BLOCKS | {BlockType.HEADING}


class Part(NamedTuple):
    """A piece of a version's text: `kind` is `headline`, `subtitle` or a block's type."""

    kind: str
    text: str
    """In NFC, with single spaces; never empty."""


def version_parts(article: Article) -> tuple[Part, ...]:
    """The text that makes a version, in reading order: what a publisher edits.

    Captions, pictures and posts stay out, for they come and go with whatever is shown beside the
    text, as do all that counts, dates and links.
    """
    parts = [("headline", article.headline or ""), ("subtitle", article.subtitle or "")]
    parts += [(block.type.value, block.text) for block in article.body if block.type in _TEXT]
    folded = (
        Part(kind, " ".join(unicodedata.normalize("NFC", text).split())) for kind, text in parts
    )
    return tuple(part for part in folded if part.text)


def text_digest(article: Article) -> Digest:
    """What makes a version: the digest of its `version_parts`.

    Equal texts in equal parts give equal digests; whether a block is a paragraph, a heading or a
    list does not count, for it is the reader who tells them apart.
    """
    titles = {"headline": "", "subtitle": ""}
    lines = []
    for kind, text in version_parts(article):
        if kind in titles:
            titles[kind] = text
        else:
            lines.append(text)
    text = "\n".join((*titles.values(), *lines))
    return Digest.of(text.encode("utf-8", "surrogatepass"))


def story_digest(article: Article) -> Digest | None:
    """What makes an exact copy: the digest of the body's words; None below STORY_WORDS of them.

    Folded as for search, so that case, punctuation and quotation marks do not count, and without
    any white space; without the dateline, captions, subheads, media and posts. Of a script
    without spaces two characters count as a word.
    """
    words, dateline = _story(article)
    story, opening = "".join(words), "".join(dateline)
    is_dated = story.startswith(opening)
    if word_count(words) - (word_count(dateline) if is_dated else 0) < STORY_WORDS:
        return None
    return Digest.of((story[len(opening) :] if is_dated else story).encode())


def story_words(article: Article) -> list[str]:
    """The words of the body, folded: of the blocks that a story digest is of, without dateline."""
    words, dateline = _story(article)
    return words[len(dateline) :] if words[: len(dateline)] == dateline else words


def _story(article: Article) -> tuple[list[str], list[str]]:
    """The folded words of the body's blocks that tell a story, and those of the dateline."""
    body = "\n".join(block.text for block in article.body if block.type in _STORY_BLOCKS)
    dateline = article.dateline.raw if article.dateline is not None else ""
    return letters(body).split(), letters(dateline).split()
