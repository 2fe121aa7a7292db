"""Whether a page shows its article whole: what it states of its length, and how the text ends."""

from collections.abc import Sequence

from archive import BlockType, BodyBlock, Verdict
from crawler.extract.document.structured import Structured, texts

_LEAST_WORDS = 100
_SHARE = 0.6
"""A text with a smaller share of the words that its page states is only a part."""
_TEASER = 1_000
"""A paywalled text with fewer letters is a teaser."""
_ENDS = ("…", "...", "[…]", "[...]", "…»", "…”")
_UNPARTED = ("zh", "ja", "th", "lo", "km", "my")
"""Languages that put no space between words, so that nobody counts them alike."""
_PROSE = frozenset((BlockType.PARAGRAPH, BlockType.LIST, BlockType.QUOTE, BlockType.HEADING))


def why_partial(
    body: Sequence[BodyBlock], structured: Structured, verdict: Verdict, language: str | None
) -> str | None:
    """One line of why `body` seems to be only a part of the article; None where nothing says so."""
    prose = [block.text for block in body if block.type in _PROSE]
    stated = _stated_words(structured)
    if stated > _LEAST_WORDS and not (language or "").startswith(_UNPARTED):
        words = sum([len(text.split()) for text in prose])
        if stated > _LEAST_WORDS + words / _SHARE:
            return f"{words} words of the {stated} that the page states"
    letters = sum(len(text) for text in prose)
    if verdict is not Verdict.PAYWALL:
        return None
    if letters < _TEASER:
        return f"behind a paywall, and {letters} letters are shown"
    if prose[-1].rstrip().endswith(_ENDS):
        return "behind a paywall, and the text breaks off"
    return None


def _stated_words(structured: Structured) -> int:
    """The words that JSON-LD states: their count, or those of the text that it holds."""
    article = structured.article
    counts = [int(text) for text in texts(article.get("wordCount")) if _is_count(text)]
    held = [len(text.split()) for text in texts(article.get("articleBody"))]
    return max([*counts, *held], default=0)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7
