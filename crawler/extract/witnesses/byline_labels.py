"""What stands before the name in a byline, in the languages of the world: `Yazar: Ayşe Yılmaz`."""

import re

# Who wrote, or that it is written; never who edits, photographs or is quoted.
_LABELS = (
    *("text", "texte", "texto", "testo", "tekst", "teksti", "reporter", "author", "auteur"),
    *(
        "autor",
        "autorin",
        "autor[/:*_]in(?:nen)?",
        "autore",
        "autora",
        "autrice",
        "redacción",
        "redactora?",
        "periodista",
    ),
    *("redação", "repórter", "oprac", "opracowanie", "piše", "napisal[ao]", "szerző", "írta"),
    *("penulis", "wartawan", "jurnalis", r"tác\sgiả", r"phóng\sviên", "haber", "yazar", "yazan"),
    *("muhabir", "σύνταξη", "συντάκτης", "συντάκτρια", "ρεπορτάζ", "κείμενο", "автор", "текст"),
    *("كتب", "كتبت", "بقلم", "إعداد", "الكاتب", "نویسنده", "خبرنگار"),
    *("लेखक", "रिपोर्ट", "रिपोर्टर", "מאת", "כתב"),
    *("作者", "記者", "记者", "撰文", "文", "執筆", "執筆者", "著者", "取材・文", "文・写真", "글"),
)
_LABELLED = re.compile(
    rf"(?:(?:{'|'.join(_LABELS)})\s*[:：／]|oprac\.|كتبت?\s?[-–—])\s*(?=\S)", re.IGNORECASE
)
# `كتب أحمد سالم`, `Του Γιώργου Παππά`: a verb or an article, and a name, and nothing else.
_WROTE = re.compile(
    r"(?:كتبت?\s?[/:]?|(?:Του|Της|ΤΟΥ|ΤΗΣ|Των)(?=\s[^\W\d_a-zα-ω])"
    r"|[Dd]e(?=\s[^\W\d_a-z]\S+\s[^\W\d_a-z]))\s([^\W\d_]\S+(?:\s[^\W\d_]\S+){1,2})"
)
# What only a screen reader says of the name behind it.
_SAID_ALOUD = re.compile(
    r"(?:author|autor(?:in|a|es)?|auteure?|autore|автор|الكاتب)\s?[,،]\s+(?=\S)", re.IGNORECASE
)
_KOREAN = re.compile(
    r"\[?([가-힣]{2,4}(?:[·,]\s?[가-힣]{2,4}){0,5})\s?(?:기자|특파원)(?:\s\S+@\S+)?\]?"
)
_HAN = "[\u4e00-\u9fff]"
_CHINESE = re.compile(
    r"(?:^|[\s|/（(【\[])(?:原|本报|本報|本网|本網)?(?:作者|撰文|记者|記者)(?:\s?[:：]\s?|\s)(?:记者|記者)?"
    rf"({_HAN}{{2,4}}(?:[\s、](?!通讯员|通訊員|记者|記者|摄影|攝影|编辑|編輯){_HAN}{{2,4}}){{0,3}}|{_HAN}{{1,6}}(?:·{_HAN}{{1,6}}){{1,2}})(?=$|[\s|/）)】\]])"
)
_FILED = re.compile(
    rf"[〔［\[(（【]?(?:\S{{2,6}})?記者\s?({_HAN}{{2,4}}(?:、{_HAN}{{2,4}}){{0,3}})[／/]{_HAN}{{2,8}}(?:報導|報道)"
    r"[〕］\])）】]?"
)
"""`記者陳小明／台北報導`, as Taiwan's press signs and says from where."""
"""A name has two letters to four, or is one from abroad with points between its parts."""
_LONGEST_UNCASED = 40
"""Where letters have no case, a longer line may be anything."""
_PICTURED = re.compile(
    r"[,;|/·•–-]\s*(?:foto|photo|bild|picture|image|video|kamera|illustrat)\w*\s?(?::|by\b|von\b)",
    re.IGNORECASE,
)


def signed_part(line: str) -> str | None:
    """What of `line` names who wrote, where a label of a byline stands before it; else None."""
    written = _PICTURED.split(line, maxsplit=1)[0].strip()
    if match := _WROTE.fullmatch(written):
        return match[1]
    if match := (
        _KOREAN.fullmatch(written) or _CHINESE.search(written) or _FILED.fullmatch(written)
    ):
        return match[1] if match.re is _KOREAN else match[1].replace(" ", "、")
    match = _LABELLED.match(written) or _SAID_ALOUD.match(written)
    if match is None:
        return None
    rest = written[match.end() :]
    has_case = rest.lower() != rest.upper()
    return rest if has_case or len(rest) <= _LONGEST_UNCASED else None
