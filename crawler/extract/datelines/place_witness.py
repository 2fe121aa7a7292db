"""What the rest of a page says about whether a name is a place's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from crawler.extract.datelines.parts import cased
from crawler.extract.datelines.place_names import folded, is_known_place

_LONGEST = 20_000
"""So much of the text is heard, in characters."""

# The words before a place that stand before little else.
_LOCAL = {
    "de": ("in", "nach", "aus", "Stadt", "Gemeinde", "Kreis", "Landkreis", "Ortsteil", "Raum"),
    "en": ("in", "near", "outside", "downtown", "[Cc]ity of", "[Tt]own of", "[Vv]illage of"),
    "fr": ("à", "[Vv]ille de", "[Cc]ommune de", "maire de", "près de"),
    "es": ("en", "[Cc]iudad de", "[Mm]unicipio de", "alcalde de", "alcaldesa de"),
    "ca": ("a", "alcalde de"),
    "pt": ("em", "[Cc]idade de", "[Mm]unicípio de", "[Pp]refeitura de", "prefeito de"),
    "it": ("a", "ad", "[Cc]omune di", "[Ss]indaco di", "città di"),
    "nl": ("in", "te", "gemeente"),
    "pl": ("w", "we", "z", "do"),
    "cs": ("v", "ve", "z", "do"),
    "sk": ("v", "vo", "z", "do"),
    "sl": ("v", "iz"),
    "hr": ("u", "iz"),
    "sr": ("u", "iz", "у", "из"),
    "bg": ("в", "във", "от"),
    "sv": ("i",),
    "da": ("i",),
    "no": ("i",),
    "nb": ("i",),
    "ro": ("în", "la", "din"),
    "el": ("στην", "στη", "στο", "στον", "στις", "στα"),
    "id": ("di", "Kota", "Kabupaten", "Polres"),
    "ms": ("di",),
    "tl": ("sa",),
    "sw": ("katika", "mkoani", "jijini", "mjini", "wilayani"),
    "vi": ("ở", "tại", "TP", "tỉnh", "huyện"),
    "ru": ("в", "во", "из"),
    "uk": ("у", "в", "з"),
    "be": ("у", "ў"),
    "ar": ("في", "مدينة", "محافظة"),
    "fa": ("در", "شهر", "استان"),
}
# What a place is called behind its name: `Mustertown Police`, `Kölner Rat`.
_OF_PLACE = {
    "en": r"\s(?:Police|County|City|Mayor|Fire Dep|Township|Town Council|residents?)\b",
    "de": r"er\s[A-ZÄÖÜ]",
}
# The words behind a place, where prepositions are postpositions.
_BEHIND = {
    "hi": ("में", "जिले", "जिला", "शहर", "पुलिस", "से"),
    "mr": ("मध्ये", "जिल्ह्यात", "शहरात"),
    "ne": ("मा", "जिल्ला"),
    "ur": ("میں", "پولیس", "کے"),
    "pa": ("ਵਿੱਚ", "ਵਿਚ", "ਪੁਲਿਸ"),
    "bn": ("শহরে", "জেলার", "জেলায়"),
}
_INFLECTED = frozenset(("ru", "uk", "pl", "cs", "sk", "sl", "hr", "sr", "be", "el", "ro"))
_STEM = 4
"""So many letters are never a stem and its ending."""
_SCRIPTS = {
    "hi": re.compile("[\u0900-\u097f]"),
    "bn": re.compile("[\u0980-\u09ff]"),
    "ta": re.compile("[\u0b80-\u0bff]"),
    "te": re.compile("[\u0c00-\u0c7f]"),
    "ar": re.compile("[\u0620-\u064a]"),
    "el": re.compile("[\u03b1-\u03c9]"),
    "ru": re.compile("[\u0430-\u044f]"),
}
"""Letters, and the language that most of what is written in them is in."""
_SCRIPT_CHARS = 300
_WORDS_CHARS = 1_000
_LEAST_WORDS = 4
_LEAST_SHARE = 0.08
_SMALL = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and of to was that with for were had his which from said",
        "de": "der die das und nicht mit von den ist ein eine dem im auf sich",
        "fr": "le les des est une dans pour qui du et sur aux avec pas",
        "es": "el los las y del por con una se su más está fue",
        "pt": "os uma não do da dos em ao pela foi são mais um",
        "it": "il che di della per gli nel una sono è dal alla più",
        "nl": "het een van niet voor dat zijn en ook werd door bij",
        "pl": "w na się nie że jest i przez jak został oraz",
        "tr": "ve bir bu için ile olarak daha çok olan en",
        "sv": "och att det som är på av för inte till",
    }.items()
}
"""Small words of each language that few others have."""
_VOICE = re.compile(r"(?:\n|[.!?…”\"]\s)([^\W\d_a-z](?:[^\W\d_a-z]|[.' -]){2,30}):\s(?=\S)")
"""Who speaks next: `MILES: My uncle had one.`"""
_HEAD = re.compile(r"\n([^\W\d_a-z](?:[^\W\d_a-z]|[.'’& -]){2,40}?)\s(?:[-–—]|--)\s(?=\S)")
"""What heads another text of a list: `LANTERN & SONS – Lamps made of tin`."""


def _by_letters(text: str) -> str | None:
    """The language that the letters or the small words of a text point to, if any do."""
    opening = text[:_SCRIPT_CHARS]
    least = len(opening) / 3
    for language, letters in () if opening.isascii() else _SCRIPTS.items():
        if len(letters.findall(opening)) > least:
            return language
    words = text[:_WORDS_CHARS].lower().split()
    counts = {language: sum(map(small.__contains__, words)) for language, small in _SMALL.items()}
    first, second = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    is_clear = counts[first] >= max(_LEAST_WORDS, 2 * counts[second])
    return first if is_clear and counts[first] >= _LEAST_SHARE * len(words) else None


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an opening stands: the page's language and the body behind it."""

    language: str | None = None
    text: str = ""
    titles: str = ""
    """The headline and the summary, which call places so as the text does."""
    places: frozenset[str] = frozenset()
    """Names of places that the page states for machines, folded."""
    site: str | None = None
    """What the page calls its site, in bare letters."""

    @classmethod
    def of(cls, language: str | None, texts: Iterable[str]) -> Self:
        """The setting of a page in `language`, a tag of any detail, with the body `texts`."""
        heard, length = list[str](), 0
        for text in texts:
            heard.append(text[:_LONGEST])
            length += len(text)
            if length >= _LONGEST:
                break
        said = "\n".join(heard)
        primary = language.split("-")[0].lower() if language else _by_letters(said)
        return cls(primary, said)

    def names_place(self, name: str) -> bool:
        """Whether the page says so, or has `name` behind a word such as `in`, which places it.

        Slavic endings may differ; Turkish says it by an ending of its own: `Bursa’da`.
        """
        if self.language == "tr":
            placed = rf"(?<!\w){re.escape(name)}['’][dt][ae]n?\b"
        elif self.language in _BEHIND:
            after = "|".join(_BEHIND[self.language])
            placed = rf"(?<!\S){re.escape(name)}\s(?:{after})(?!\S)"
        else:
            has_endings = self.language in _INFLECTED and len(name) > _STEM
            form = rf"{re.escape(name[:-1])}\w{{0,3}}" if has_endings else re.escape(name)
            words = _LOCAL.get(self.language or "", ("in",))
            opening = (word[0].upper() + word[1:] for word in words if word != "a")
            before = "|".join((*words, *opening))
            placed = rf"\b(?:{before})\s{form}(?![\w-])"
            if behind := _OF_PLACE.get(self.language or ""):
                placed += rf"|(?<!\w){form}{behind}"
        if not name:
            return False
        if self.places and folded(name) in self.places:
            return True
        stem = name[:-1] if self.language in _INFLECTED else name
        heard = (said for said in (self.text, self.titles) if stem in said)
        return any(re.search(placed, said) for said in heard)

    def lowers(self, capitals: str) -> bool:
        """Whether the text has every word of `capitals` in small letters, as no place's is."""
        words = re.findall(r"[^\W\d_]{3,}", capitals.lower())
        return bool(words) and all(re.search(rf"\b{word}\b", self.text) for word in words)

    def speaks(self, rest: str) -> bool:
        """Whether `rest` asks, or a further voice answers it, as in the record of a talk."""
        voices = [*_VOICE.findall(rest), *_VOICE.findall(self.text)]
        return rest.rstrip().endswith("?") or not all(map(is_known_place, voices))

    def lists(self) -> bool:
        """Whether further paragraphs begin with a name and a dash, and none with a place's."""
        heads = _HEAD.findall(self.text)
        return bool(heads) and not any(is_known_place(head, self.language) for head in heads)

    def calls_so(self, person: str) -> bool:
        """Whether the text calls somebody by the last of two names alone, as it calls no town."""
        first, _, last = cased(person).partition(" ")
        alone = rf"(?<!{re.escape(first)}\s)(?<![\w-]){re.escape(last)}(?![\w-])"
        return last.isalpha() and re.search(alone, self.text) is not None

    def has(self, name: str) -> bool:
        """Whether the text or a title has `name`, as written in running text."""
        return any(
            re.search(rf"(?<!\w){re.escape(name)}", said) for said in (self.text, self.titles)
        )

    def repeats(self, capitals: str) -> bool:
        """Whether the text writes `capitals` so again, as it does initialisms and never places."""
        return re.search(rf"(?<!\w){re.escape(capitals)}(?!\w)", self.text) is not None
