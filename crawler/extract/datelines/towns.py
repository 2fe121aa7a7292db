"""Towns by the country that they lie in: whether a bare name may be one, in a language's own press.

The names are those of GeoNames (https://www.geonames.org, CC BY 4.0) of all places with 15,000
people or more, without case and marks, a country a line; to these are added, in Greek and Cyrillic,
the towns from which regions are governed. A report from `Mettmann` needs no agency
to be told from one about a Mr Mettmann in a German paper; in a Spanish one it does.

Scripts that know no capitals show no name as one, so there are names in these, too: a script a
line, of cities with 50,000 people where it is written, with a million anywhere, and capitals of
districts.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files

from crawler.extract.datelines.parts import is_small

# The countries in whose press a language is at home.
_HOMES = {
    "ar": "EG SA IQ SY LB JO PS AE QA KW OM YE BH SD LY TN DZ MA MR",
    "ca": "ES",
    "cs": "CZ SK",
    "da": "DK",
    "de": "DE AT CH LI LU",
    "el": "GR CY",
    "en": "US GB IE CA AU NZ ZA NG KE GH IN PK PH JM SG MY LK BD NP UG TZ ZM ZW BW NA MT TT "
    "AE QA OM KW BH SA TH FJ SL LR GM RW SS CY HK",
    "es": "ES MX AR CO PE VE CL EC GT CU BO DO HN PY SV NI CR PA UY PR",
    "fi": "FI",
    "fr": "FR BE CH CA LU DZ MA TN SN CI CM CD ML BF HT BJ TG NE TD GN GA CG MG NC",
    "hu": "HU",
    "id": "ID",
    "it": "IT CH",
    "nl": "NL BE",
    "no": "NO",
    "nb": "NO",
    "pl": "PL",
    "pt": "PT BR AO MZ",
    "ro": "RO MD",
    "sv": "SE FI",
    "tr": "TR CY",
    "be": "BY",
    "bg": "BG",
    "bs": "BA",
    "et": "EE",
    "hr": "HR BA",
    "lt": "LT",
    "lv": "LV",
    "mk": "MK",
    "ms": "MY BN",
    "ru": "RU BY KZ UA",
    "sk": "SK",
    "sl": "SI",
    "sq": "AL XK MK",
    "sr": "RS BA ME",
    "sw": "TZ KE",
    "tl": "PH",
    "uk": "UA",
    "vi": "VN",
}
_SITUATED = re.compile(r"\s(?:am|im|an der|in der|ob der|vor der|sur|upon)\s.*")
# Words of those languages, or labels, that are towns too: the text must call these a place.
_WORDS = frozenset(
    """
    aue baden bath best central champaign chance commerce corona enterprise essen florida hagen
    halle hof independence info lage liberty man media mesa mobile most nice normal orange police
    reading regen regina see singen split summit surprise temple union update weiden werben wetter
    victoria la plata palma merida natal salto colon libertad independencia bar lens sens weil lauf
    moss
    """.split()
)


def is_home_town(folded: str, language: str | None) -> bool:
    """Whether `folded`, a name without case and marks, is a town's where `language` is at home."""
    if folded in _WORDS:
        return False
    return any(
        folded in _listed("towns.tsv").get(land, ())
        for land in _HOMES.get(language or "", "").split()
    )


def is_city(folded: str) -> bool:
    """Whether `folded`, a name without case and marks, is a city's in a script without capitals."""
    if not folded or folded[0].isascii() or is_small(folded[0]):
        return False
    return any(folded in names for names in _listed("cities.tsv").values())


def unsituated(name: str) -> str:
    """`name` without what tells a town from others so called: `Freiburg im Breisgau`."""
    return _SITUATED.sub("", name)


@functools.cache
def _listed(name: str) -> Mapping[str, frozenset[str]]:
    lines = files(__package__).joinpath(name).read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in lines)
    return {key: frozenset(_with_short(names.split(";"))) for key, _, names in rows}


def _with_short(names: list[str]) -> Iterator[str]:
    """The names, and those that the press shortens as it writes them: `Ludwigshafen`."""
    yield from names
    yield from (short for name in names if (short := unsituated(name)) not in _WORDS)
