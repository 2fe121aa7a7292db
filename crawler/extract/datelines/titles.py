"""Names in capitals that are no town's, though one may be in them: `OSLO BOOK FAIR`, `RANKED`."""

import re

from crawler.extract.datelines.countries import is_country, is_region
from crawler.extract.datelines.parts import PARTICLES
from crawler.extract.datelines.place_names import is_known_place
from crawler.extract.datelines.toponyms import is_made_as_place

_PARTICIPLE = re.compile(r"\w{2,}(?:ING|ED)")
"""An English participle opens a headline, `TRENDING —`; few towns end so."""
_AND = frozenset(("and", "und", "et", "y", "e", "och", "og"))
_LINKS = PARTICLES - _AND
_BODIES = frozenset(
    """
    university college institute academy school hospital museum church council committee
    commission ministry department court police army navy force forces guard bank company group
    corporation association federation foundation party movement festival theatre theater airport
    universität universidad université universidade universiteit
    """.split()
)
"""What the last word of a body's name says that it is."""
_SITUATING = frozenset("en aboard near outside inside off around between beyond along".split())
"""What tells where a reporter is from a place: `EN ROUTE TO TOKYO`."""
_CODED = 4
"""Names of regions that are no longer are short forms: `Del`, `Oax`."""


def is_title(name: str, language: str | None) -> bool:
    """Whether `name`, in capitals and of no known place, is a title's, a body's or a person's."""
    words = name.split()
    if len(words) == 1:
        return _PARTICIPLE.fullmatch(name) is not None
    if words[-1].lower() in _BODIES:
        return True
    if is_made_as_place(name) or words[0].lower() in _SITUATING:
        return False
    is_listing = not _AND.isdisjoint(name.lower().split())  # `LOVE AND WAR —`
    return is_listing or _begins_with_place(words, language) or _ends_with_place(words, language)


def _begins_with_place(words: list[str], language: str | None) -> bool:
    if words[1].lower() in _LINKS:  # `SANTIAGO DEL ESTERO`
        return False
    is_wide = is_country(words[0]) or (len(words[0]) > _CODED and is_region(words[0]))
    first = (" ".join(words[:count]) for count in range(1, len(words)))
    return is_wide or any(is_known_place(name, language) for name in first)


def _ends_with_place(words: list[str], language: str | None) -> bool:
    return words[-2].lower() not in _LINKS and is_known_place(words[-1], language)
