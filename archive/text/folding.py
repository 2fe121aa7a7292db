"""Folding: what people do not type or cannot agree on is lost, on purpose.

Applied to what search has indexed and to what is asked of it, and where texts are compared by their
words; never to what is kept or shown.
"""

import re
import unicodedata
from collections.abc import Iterator

MAX_QUERY_CHARS = 500
MAX_FIND_CHARS = 200_000
"""How much of a text `find` looks through; it goes letter by letter."""

_LETTERS = {
    # Arabic: what is left of alef, ya, ta marbuta and kaf once NFKD took the hamza off
    "ٱ": "ا",
    "ٲ": "ا",
    "ٳ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ے": "ي",
    "ې": "ي",
    "ة": "ه",
    "ۃ": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ک": "ك",
    "ڪ": "ك",
    "ـ": None,  # tatweel
    # Latin letters whose stroke or ligature NFKD leaves alone
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŧ": "t",
    "þ": "th",
}

# Marks of these blocks are dropped; elsewhere (Thai, Indic) a mark is a vowel, and stays.
_OPTIONAL_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # combining, general
    "\u0591-\u05c7"  # Hebrew points
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff]"  # Arabic
)

# Scripts written without spaces: Han, Kana, Thai, Lao, Myanmar, Khmer.
UNSPACED = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
_UNSPACED_ALPHABET = re.compile("[\u0e01-\u0e4e\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]")
_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”«»]')
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
_RUN = re.compile(f"(?P<unspaced>[{UNSPACED}]+)|[^ {UNSPACED}]+")


class _Folding(dict[int, str | None]):
    """A translation table that fills itself: one decomposed character to its folded form."""

    def __missing__(self, codepoint: int) -> str | None:
        self[codepoint] = folded = self._folded(chr(codepoint))
        return folded

    @staticmethod
    def _folded(character: str) -> str | None:
        if character in _LETTERS:
            return _LETTERS[character]
        category = unicodedata.category(character)
        if category == "Cf" or _OPTIONAL_MARKS.match(character):
            return None  # joiners and direction marks stand inside words
        if category == "Nd":
            return str(unicodedata.digit(character))
        return character if category[0] in "LNM" else " "


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` as the tokens under which search knows it, with single spaces between.

    NFKC, case, Latin and other general diacritics, Arabic letter forms, marks and tatweel are
    folded, digits of all scripts become ASCII, everything but letters, marks and digits divides.
    A run of a script without spaces becomes its overlapping pairs and its last character, so
    that every part of it is the beginning of some token.
    """
    folded = letters(text)
    if folded.isascii() or not _UNSPACED_LETTER.search(folded):  # most texts: far faster
        return " ".join(folded.split())
    return " ".join(token for run in _runs(text) for token in _tokens(run, is_closed=True))


def query(words: str) -> str:
    """The FTS5 expression that finds texts with all of `words`, in any order; "" asks nothing.

    Whatever `words` holds, the expression consists of quoted tokens: what looks like FTS5 syntax
    is punctuation. A word that folds to several tokens is a phrase, and so is what stands between
    quotation marks; a single character of a script without spaces is a prefix.
    """
    phrases = []
    for word in _sought(words):
        for is_unspaced, group in _groups(word):
            tokens = [
                token for run in group for token in _tokens((is_unspaced, run), is_closed=False)
            ]
            is_prefix = is_unspaced and len(tokens[0]) == 1
            phrases.append(f'"{" ".join(tokens)}"{"*" if is_prefix else ""}')
    return " AND ".join(dict.fromkeys(phrases))


def _sought(words: str) -> list[str]:
    """The words of a question; those between quotation marks as one, bound by hyphens."""
    bound = _QUOTED.sub(lambda phrase: f" {'-'.join(phrase[1].split())} ", words[:MAX_QUERY_CHARS])
    return bound.split()


def find(words: str, text: str) -> tuple[int, int] | None:
    """Where the first of `words` that `text` holds lies in it: start and end; None for nowhere.

    Letter by letter, so that a hit is shown in the original's own spelling.
    """
    folded, origin = [], []
    for index, character in enumerate(text[:MAX_FIND_CHARS]):
        for letter in letters(character):
            folded.append(letter)
            origin.append(index)
    haystack = "".join(folded)
    for word in _sought(words):
        for _, run in _runs(word):
            start = _word_start(run, haystack)
            if start >= 0:
                return origin[start], origin[start + len(run) - 1] + 1
    return None


def is_unspaced(folded: str) -> bool:
    """Whether most of a text is of scripts without spaces."""
    return not folded.isascii() and 2 * sum(map(len, _UNSPACED_RUN.findall(folded))) > len(folded)


def is_unspaced_alphabet(folded: str) -> bool:
    """Whether most of it is of those that spell words out, not of Han and kana."""
    return 2 * len(_UNSPACED_ALPHABET.findall(folded)) > len(folded)


_Run = tuple[bool, str]
"""Whether it is of a script without spaces, and its folded letters."""


def letters(text: str) -> str:
    """`text` folded letter by letter, words still whole."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", decomposed.translate(_FOLDING))


def _runs(text: str) -> Iterator[_Run]:
    for match in _RUN.finditer(letters(text)):
        yield match["unspaced"] is not None, match[0]


def word_count(words: list[str]) -> float:
    """How many words there are, two characters of a script without spaces counting as one."""
    text = " ".join(words)
    if text.isascii() or not _UNSPACED_LETTER.search(text):
        return len(words)
    runs = _RUN.finditer(text)
    return sum(len(run[0]) / 2 if run["unspaced"] is not None else 1 for run in runs)


def _groups(word: str) -> Iterator[tuple[bool, list[str]]]:
    """The runs of one word, neighbours of one kind together: `covid-19` is one phrase."""
    group: list[str] = []
    for is_unspaced, run in _runs(word):
        if is_unspaced:
            if group:
                yield False, group
            group = []
            yield True, [run]
        else:
            group.append(run)
    if group:
        yield False, group


def _tokens(run: _Run, *, is_closed: bool) -> list[str]:
    is_unspaced, folded = run
    if not is_unspaced or len(folded) == 1:
        return [folded]
    pairs = [folded[index : index + 2] for index in range(len(folded) - 1)]
    return [*pairs, folded[-1]] if is_closed else pairs


def _word_start(run: str, haystack: str) -> int:
    """Where `run` stands in `haystack`, best as a word of its own."""
    whole = re.search(rf"(?<!\w){re.escape(run)}(?!\w)", haystack)
    return whole.start() if whole else haystack.find(run)
