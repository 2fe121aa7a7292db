"""Lines that say where an article has it from: `Sources:`, `Quellen`, `via`."""

import re

_SOURCES = "|".join((
    *("sources?", "references?", "citations?", "footnotes?", "endnotes?", "notes", "evidence"),
    *("further reading", "external links?", "via", "h/t", "hat tip"),
    *("quellen?", "quellenangaben?", "belege?", "einzelnachweise?", "fu(?:ß|ss)noten?"),
    *("anmerkung(?:en)?", "nachweise?", "weblinks?", "weiterführende (?:links|informationen)"),
    *("références?", "liens? externes?", "pour aller plus loin"),
    *("fuentes?", "referencias?", "enlaces externos", "notas", "notas al pie", "para saber más"),
    *("fontes?", "referências?", "fonti", "riferimenti", "collegamenti esterni"),
    *("bron", "bronnen", "bronvermelding", "voetnoten", "källor", "källa", "kilder?", "lähteet"),
    *("lähde", "zdroje?", "forrás(?:ok)?", "surs[ae]", "źródł[oa]", "przypisy"),
    *("kaynak(?:lar|ça)?", "источники?", "ссылки", "примечания", "сноски", "джерел[оа]"),
    *("посилання", "πηγ(?:ή|ές)", "المصدر", "المصادر", "مصدر", "مصادر", "المراجع", "منبع"),
    *("منابع", "מקורות?", "स्रोत", "সূত্র"),
    *("nguồn", "sumber", "ที่มา", "出典", "参考(?:資料|文献|资料)?", "ソース", "来源", "资料来源"),
    *("來源", "参考来源", "출처", "참고"),
))  # fmt: skip
_OPENS = re.compile(
    rf"\W{{0,3}}(?:{_SOURCES})(?:\s(?:and|und|et|y|e|i|и|&)\s\w{{3,20}})?\s?[:：]?\W{{0,3}}",
    re.IGNORECASE,
)
_GIVES = re.compile(rf"\W{{0,3}}(?:(?:{_SOURCES})\s?[:：–—]|(?:via|h/t)\s)", re.IGNORECASE)
_LONGEST = 300


def opens_sources(text: str) -> bool:
    """Whether nothing but sources follows the line `text`, as far as its list goes."""
    return _OPENS.fullmatch(text) is not None


def gives_source(text: str) -> bool:
    """Whether the line `text` itself gives a source, after a word for that."""
    return len(text) <= _LONGEST and _GIVES.match(text) is not None
