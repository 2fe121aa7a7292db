"""The clues in a line's own text, wherever it stands: its form, its letters, and whom it speaks to.

Hardly any word counts here but those that every sentence of a language is built with, and what the
site calls itself: a line that says `you` and `our`, or the site's own name, is seldom reporting.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator

from archive import BlockType
from crawler.extract.letters import count_capitals, count_digits
from crawler.extract.lines import Line
from crawler.extract.phrases import is_offer, is_small_print
from crawler.extract.pruning import SENTENCE_END

LONG = 80
"""Characters from which a line is a paragraph by its length alone."""


class Scale:
    """Names for values by the steps between which they lie: `<30`, `≥350`."""

    def __init__(self, *steps: float) -> None:
        self._steps = steps
        self._names = [*(f"<{step:g}" for step in steps), f"≥{steps[-1]:g}"]

    def __call__(self, value: float) -> str:
        """The name of `value`."""
        return self._names[bisect_right(self._steps, value)]


_LENGTH = Scale(15, 30, 50, 80, 120, 200, 350)
_DENSITY = Scale(0.001, 0.2, 0.5, 0.8)
_CAPITALS = Scale(0.2, 0.5, 0.8)
_SMALL = 330
_LEAST_WORDS = 3
_SYMBOLS = frozenset("|»›→©▶►•…")
_DOMAIN = re.compile(r"[a-z]\.(?:com|net|org|[a-z]{2})\b")
# `we` and `you` with what belongs to them, of the languages that the corpus of news is written in.
_SPOKEN_TO = frozenset((
    *("you", "your", "yours", "we", "us", "our", "ours"),
    *("sie", "ihr", "ihre", "ihren", "ihrem", "ihrer", "wir", "uns", "unser", "unsere", "unserem"),
    *("unseren", "unserer", "dir", "dich", "dein", "deine", "du", "euch"),
    *("vous", "votre", "vos", "nous", "notre", "nos"),
    *("usted", "tu", "te", "nosotros", "nuestro", "nuestra", "nuestros", "nuestras"),
    *("você", "seu", "sua", "nosso", "nossa", "nossos", "nossas"),
    *("tuo", "tua", "tuoi", "voi", "vostro", "vostra", "noi", "nostro", "nostra", "nostri"),
    *("jij", "je", "jouw", "uw", "ons", "onze", "wij"),
    *("twój", "twoje", "nasz", "nasze", "nas", "wam", "ciebie", "váš", "náš", "naše"),
    *("вы", "вас", "вам", "ваш", "ваши", "наш", "наши", "нас", "нам", "ви", "ваші", "нашому"),
    *("din", "ditt", "dina", "vår", "vårt", "våra", "oss", "vores", "våre", "deg", "dig"),
    *("siz", "sizin", "bizim", "anda", "kami"),
))  # fmt: skip


def wording(line: Line, sites: Collection[str]) -> Iterator[str]:
    """The clues in the text of `line`; `sites` is what the site is called, in letters only."""
    text, length = line.text, len(line.text)
    kind = "cell" if line.group is not None and line.group.tag == "table" else line.type.value
    yield f"is {kind}"
    yield f"{kind} of {_LENGTH(length)}"
    yield f"linked {_DENSITY(line.linked / length)}"
    if SENTENCE_END.search(text):
        yield "ends a sentence"
        if length < LONG:
            yield "short sentence"
    if text.endswith((":", "：")):
        yield "ends with a colon"
    elif text.endswith(("?", "!", "？", "！")):
        yield "asks or exclaims"
    if length < _SMALL:
        yield from _of_letters(line)
        yield from _of_words(line, sites)


def _of_letters(line: Line) -> Iterator[str]:
    """The clues in the wording of a line that is not long."""
    text, length = line.text, len(line.text)
    if is_small_print(text):
        yield "small print"
    if is_offer(text):
        yield "linked offer" if line.linked else "offer"
    if not _SYMBOLS.isdisjoint(text):
        yield "has symbols"
    if 6 * count_digits(text) > length:
        yield "has many digits"
    if 3 * count_capitals(text) > length:
        yield "has many capitals"


def _of_words(line: Line, sites: Collection[str]) -> Iterator[str]:
    text = line.text
    low = text.lower()
    if sites:
        letters = low.replace(" ", "")
        if any(site in letters for site in sites):
            yield "names the site"
    if not _SPOKEN_TO.isdisjoint(low.split()):
        yield "speaks to the reader"
    if "@" in text or "://" in text or ("." in text[:-2] and _DOMAIN.search(text)):
        yield "has an address"
    words = text.split()
    if line.type is not BlockType.HEADING and len(words) >= _LEAST_WORDS:
        capitals = sum([word[0].isupper() for word in words])
        yield f"capitals {_CAPITALS(capitals / len(words))}"
