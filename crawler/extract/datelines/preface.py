"""What may stand before a dateline in its own paragraph: who wrote the report, or changed it when.

`By Jane Doe Associated Press LONDON (AP) — The …`, `par Jean Dupont. PARIS (Reuters) - Le …`. Such
words have no end mark of their own, so that every capitalised word behind them may be the
dateline's first.
"""

import re
from collections.abc import Iterator

_LONGEST = 160
"""No such words are longer, in characters."""
_OPENING = re.compile(
    r"(?:By|BY|Par|par|PAR|Por|por|POR|Von|VON|Di|di|Door|door|Oleh|OLEH|Av|Af"
    r"|Reporting by|Written by|Story by|Photo|Photos|Foto|Fotos|Image|Picture|Credit"
    r"|\((?:di|by|par|por|von|de)\s[^()]{3,50}\)"
    r"|\((?:Berichtigung|Korrektur|Wiederholung|Correct(?:s|ion)|Updates?|Adds|Refiles|Rewrites"
    r"|Rectificatif|Corrige|Actualiza)[^()]*\)"
    r"|Updated|UPDATED|Published|Posted|Last updated|Actualizado|Publié|Mis à jour):?\s(?=\S)"
)
_WORD = re.compile(r"(?<=[\s/])(?:\(|[^\W\d_](?=[\w.'’-]))")


def behind_preface(text: str) -> Iterator[int]:
    """Where in `text` a dateline may begin, if the text opens with such words."""
    opening = text[:_LONGEST]
    match = _OPENING.match(opening)
    if match is None:
        return
    for word in _WORD.finditer(opening, max(0, match.end() - 1)):
        if word[0] == "(" or word[0].isupper():
            yield word.start()
