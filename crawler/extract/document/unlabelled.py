"""The charset of a page that states none, or states UTF-8 and is none.

The HTML standard (13.2.3.2) leaves this to who reads. Two bytes a letter are told by how they go
together, one byte a letter by the letters that a language uses most: in the wrong charset these
would be others. What fits nothing is windows-1252.
"""

import re
from collections.abc import Callable

_LOOKED_AT = 200_000
"""Bytes of a page that are looked at."""
_LEAST = 12
"""Letters beyond ASCII without which nothing is said."""
_USED = 0.5
"""The share of the letters that the most used ones have, of the right charset."""
_IN_RUNS = 0.5
"""The share of the bytes beyond ASCII that stand beside another one, where no script is Latin."""

_RUNS = re.compile(rb"[\x80-\xff]+")
_MOST_USED = {
    "cp1251": "оеаинтсрвлк",
    "koi8-r": "оеаинтсрвлк",
    "cp866": "оеаинтсрвлк",
    "cp1253": "αοιετσνηυρπκό",
    "cp1256": "اليمنورتبة",
    "cp1255": "יהולאתרשמבנ",
    "cp874": "านรอกเง่มยลว",
}


def wide_charset(body: bytes) -> str | None:
    """UTF-16 by its Python name, where a page without a mark opens with four letters of ASCII."""
    opening = body[:8]
    if opening[:2] == b"<\0" and opening[1::2] == bytes(4):
        return "utf-16-le"
    return "utf-16-be" if opening[:2] == b"\0<" and opening[::2] == bytes(4) else None


def guess_charset(body: bytes) -> str:
    """The Python name of the charset that `body`, which is no UTF-8, is likely in."""
    sample = body[:_LOOKED_AT]
    for charset, is_right in _DOUBLE:
        text = _decoded(sample, charset)
        if text is not None and is_right(text):
            return charset
    if _share_in_runs(sample) < _IN_RUNS:
        return "cp1252"
    shares = {charset: _share_used(sample, charset) for charset in _MOST_USED}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _USED else "cp1252"


def _decoded(sample: bytes, charset: str) -> str | None:
    """The sample as text, but for a last letter that was cut; None where a byte does not fit."""
    try:
        return sample.decode(charset)
    except UnicodeDecodeError as error:
        is_cut = error.start >= len(sample) - 3 and len(sample) == _LOOKED_AT
        return sample[: error.start].decode(charset) if is_cut else None


def _share(text: str, *ranges: tuple[str, str]) -> float:
    """The share of the letters beyond ASCII that lie in `ranges`; 0 where there are few."""
    letters = [letter for letter in text if letter > "\x7f" and letter.isalpha()]
    if len(letters) < _LEAST:
        return 0.0
    inside = sum(any(low <= one <= high for low, high in ranges) for one in letters)
    return inside / len(letters)


def _is_japanese(text: str) -> bool:
    return _share(text, ("ぁ", "ヿ")) > 0.25 and _share(text, ("ぁ", "ヿ"), ("一", "龥")) > 0.95


def _is_korean(text: str) -> bool:
    return _share(text, ("가", "힣")) > 0.9


def _is_simplified(text: str) -> bool:
    """Whether most characters are of the 3,755 that GB 2312 sorts first, as the most used."""
    return _share_first(text, "gb18030", 0xB0, 0xD7) > 0.8


def _is_traditional(text: str) -> bool:
    """Whether most characters are of the 5,401 that Big5 sorts first, as the most used."""
    return _share_first(text, "big5hkscs", 0xA4, 0xC6) > 0.8


def _share_first(text: str, charset: str, low: int, high: int) -> float:
    letters = [letter for letter in text if letter > "\x7f" and letter.isalpha()]
    if len(letters) < _LEAST:
        return 0.0
    written = (letter.encode(charset, "replace") for letter in letters)
    is_first = (
        len(one) == 2 and low <= one[0] <= high and (charset != "gb18030" or one[1] >= 0xA1)
        for one in written
    )
    return sum(is_first) / len(letters)


_DOUBLE: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("euc_jp", _is_japanese),
    ("cp932", _is_japanese),
    ("cp949", _is_korean),
    ("gb18030", _is_simplified),
    ("big5hkscs", _is_traditional),
)


def _share_in_runs(sample: bytes) -> float:
    lengths = [len(run) for run in _RUNS.findall(sample)]
    return sum(length for length in lengths if length > 1) / max(1, sum(lengths))


def _share_used(sample: bytes, charset: str) -> float:
    """The share of the letters beyond ASCII that are those which its language uses most."""
    text = sample.decode(charset, "replace")
    letters = [letter for letter in text if letter > "\x7f"]
    if len(letters) < _LEAST:
        return 0.0
    used = frozenset(_MOST_USED[charset])
    return sum(letter in used for letter in letters) / len(letters)
