"""Words that names of places are made of: `Fort …`, `San …`, `… Springs`, `… County`."""

import re

_FIRST = frozenset(
    """
    st ste saint sainte san santa santo são sta sto sankt fort ft port porto puerto mount mt monte
    mont lake lago new nueva nuevo nova novo nouveau nouvelle north south east west northern
    southern eastern western upper lower cape cabo camp ciudad villa ville vila rio río cerro isla
    ilha île el la los las le les al bad neu nieder ober kota bandar kuala pulau tanjung bukit ban
    ho joint naval deir beit tel wadi jebel nizhny veliky stary novy nowy nowa lower little great
    """.split()
)
_LAST = frozenset(
    """
    city beach springs township county island islands isle falls heights hills valley park grove
    creek village harbor harbour junction parish borough base afb barracks arsenal camp bay bridge
    town province district region reservation crossing landing mills oaks rapids river rock shore
    shores square strip summit terrace woods field fields prairie plains bluff bluffs ridge
    center centre lakes furnace gap ferry crossroads forge mountain mountains pines corner corners
    meadows mesa haven run station hill
    nagar pur abad district raion oblast bezirk kreis gemeinde
    """.split()
)


def is_made_as_place(name: str) -> bool:
    """Whether a word of `name` is one that names of places begin or end with, and of persons not.

    Of several words only: `Fort Worth`, `Boulder County`, and not `Rock` or `Park`.
    """
    words = re.findall(r"[^\W\d_]+", name.lower())
    return len(words) > 1 and (words[0] in _FIRST or words[-1] in _LAST)
