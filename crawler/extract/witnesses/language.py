"""The language of a page, as a BCP 47 tag (RFC 5646)."""

import re
from collections.abc import Iterator

from crawler.extract.document.stated import Stated, stated
from crawler.extract.document.structured import Structured, texts
from crawler.extract.document.tree import Tree

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<rest>(?:-[a-z0-9]{4,8}){0,3})"
)
# ISO 639-1 codes that were withdrawn (RFC 5646, 3.1.6), and words that name no language.
_RENAMED = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro"}
_NONE = frozenset(("und", "mul", "zxx", "mis", "xx"))
# Whose short dates have the day before the month (CLDR, dateFormats), and where one has not.
_DAY_FIRST = frozenset(
    "am ar az be bg bn bs ca cs cy da de el es et eu fi fr ga gl gu he hi hr hy id is it ka kk kn"
    " ky lb lv mk ml mr ms mt nb nl nn no pa pl ps pt ro ru sk sl sq sr sw ta te tg th tk tr uk ur"
    " uz vi".split()
)
_MONTH_FIRST = frozenset(("es-US", "es-PA", "es-PR", "fr-CA"))


def language_tag(text: str) -> str | None:
    """`text` as a BCP 47 tag in its usual case: `en_us` → `en-US`; None where it is none."""
    bare = text.strip().lower().partition(".")[0].replace("_", "-")
    match = _TAG.fullmatch(bare)
    if match is None or match["language"] in _NONE:
        return None
    parts = [_RENAMED.get(match["language"], match["language"])]
    if match["script"]:
        parts.append(match["script"].title())
    if match["region"]:
        parts.append(match["region"].upper())
    return "-".join(parts) + match["rest"]


def is_day_first(tag: str) -> bool:
    """Whether who writes the language of `tag` means the third of April by `03/04/2020`."""
    return tag not in _MONTH_FIRST and tag.partition("-")[0] in _DAY_FIRST


def stated_languages(tree: Tree, structured: Structured) -> Iterator[Stated]:
    """What the page says of its language, as written, best witness first."""
    yield from stated("json-ld inLanguage", texts(structured.article.get("inLanguage")))
    if tree.root is not None:
        attributes = tree.root.attributes
        yield Stated(attributes.get("lang") or "", "html lang")
        yield Stated(attributes.get("xml:lang") or "", "html xml:lang")
    yield from structured.stated_meta("content-language", "og:locale", "language", "dc.language")
