"""The names in a byline, however it is written: `By Ann Lee, Staff Writer | May 3, 2021`."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from crawler.extract.agencies import is_agency, is_paper

MAX_CHARS = 100
_MAX_WORDS = 5
_NAME_WORDS = 2

BY_WORDS = r"by|von|par|por|di|door|av|af|przez|oleh|โดย|bởi|מאת|بقلم|توسط"
_LISTED = re.compile(
    r"^(?:(?:view|see|show) )?(?:all )?(?:posts|articles|stories) by\s|"
    r"^(?:zeige )?(?:alle )?(?:beiträge|artikel) (?:von|by)\s|"
    r"^(?:voir )?tous les articles (?:de|par)\s|^ver todas las entradas (?:de|por)\s|"
    r"^(?:ver )?todos os (?:posts|artigos) (?:de|por)\s|^follow\s",
    re.IGNORECASE,
)
# What was made, or how: `Story by Ann Lee`, `Ein Kommentar von Ann Lee`.
MADE = (
    r"(?:an?\s|eine?\s|un[ae]?\s)?"
    r"(?:written|edited|reviewed|posted|published|submitted|reported|contributed"
    r"|compiled|updated|words|text|reporting|ingediend|geplaatst|gepubliceerd|geschreven|story|report|review|opinion|analysis|interview|commentary"
    r"|column|essay|veröffentlicht|geschrieben|verfasst|eingestellt|kommentar|gastbeitrag|analyse"
    r"|kolumne|reportage|bericht|publiée?|écrit|propos\srecueillis|publicad[oa]|escrito"
    r"|pubblicato|a\scura|scritto|rédigée?)\s"
)
_BY = re.compile(
    rf"^(?:{MADE})?(?:{BY_WORDS})[\s:]\s*"
    r"(?:unser\w{1,2}\s(?:\w+\s)?\w*(?:redakteur|korrespondent|reporter|mitarbeiter)(?:in)?\s)?",
    re.IGNORECASE,
)
_PICTURED = (
    r"(?i:foto\w{0,8}|photo\w{0,8}|fotó|fot\.|zdjęci[ae]|pictures?|bild(?:er)?|imag(?:es?|em|en)"
    r"|video|kuvat?|grafik|illustration|фото|відео|видео|φωτο\w{0,8}|ảnh|写真|撮影|图片|사진|צילום"
    r"|تصوير|عکس)\s?(?:[:：/]|(?i:by|von)\b)"
)
OUR_OWN = (
    r"(?:(?:dal(?:la)?|del|de|da|from|von)\s)?"
    r"(?:nostr[oa]|notre|nuestr[oa]|noss[oa]|our|unser(?:er|em)?)\s(?:\w+\s)?(?:inviat[oa]|corrispondente"
    r"|envoyée?|correspondante?|corresponsal|enviad[oa]|correspondent|korrespondent(?:in)?)(?:\s(?:spéciale?|especial))?"
    r"[\s,:]+(?=[^\W\d_]\S*\s[^\W\d_])"
)
"""`Dal nostro inviato Carlo Neri`, `De notre correspondante, Anne Roy`"""
_OUR_OWN = re.compile(OUR_OWN, re.IGNORECASE)
_MADE_PICTURE = re.compile(_PICTURED)
"""What opens the name of who made a picture: `Foto: Bo Ek`."""
# `Text: Ann Lee`, `Автор: Анна Ли`, `作者：李安`
# `de Ana Dobre`, as Romanian papers sign: no surname in small letters opens a whole name.
_DE = re.compile(r"^de\s(?=[^\W\d_a-z]\S*\s[^\W\d_a-z])")
_LABEL = re.compile(rf"^(?!{_PICTURED})[^\W\d_]+(?:/?in)?[:：](?!//)\s*")
_COMPILED = re.compile(r"^opr(?:ac)?\.\s?", re.IGNORECASE)
"""Who made a text of what agencies sent, in Polish: `oprac. Anna Lis`."""
# `Auteur Ann Lee`, where a theme writes what a field is called in an element of its own.
_FIELD = re.compile(
    r"^(?i:authors?|auteure?s?|autor(?:en|es|a|in)?|autore|autori|författare|forfatter|szerző|автор"
    r"|συντάκτης|yazar|penulis|piše|пише|píše|napsal[ao]?|napisał[ao]?|írta|tekste?|texte?)\s(?=[^\W\d_a-z]\S*\s[^\W\d_])"
)
# `记者李安`, `文/李安`
_CHINESE_LABEL = re.compile(r"^\S{0,6}(?:记者|記者)\s*(?=[\u4e00-\u9fff])|^文\s?/\s?")
_HANDLE = re.compile(r"\s\(?@\w*\)?|\s[(<]?[\w.+-]{1,60}@[\w.-]{3,60}[)>]?")
_PICTOGRAMS = re.compile("^[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff\\s]+")
_JOINTS = re.compile(
    r"\s+(?:and|und|et|y|e|en|og|och|и|with|mit|avec|&|/|\||·|•)\s+|\s*[;|、]\s*", re.IGNORECASE
)
_DASH = re.compile(r"\s[-–—]\s")
_OTHERS = re.compile(
    r"(?:foto|photo|picture|bild|image|imagen)s?\s?(?:[:/]|by\b|$)|©|"
    r"^(?:editor|zdroj|source|quelle|fuente|fonte|bron|källa|kilde|kaynak|źródło|редактор|szerkesztő"
    r"|editör|redaktor|edição|edición)s?\s?:|^\W?(?:责任|責任|执行|值班|核稿)?(?:编辑|編輯|责编)\s?[:：/／]",
    re.IGNORECASE,
)
"""Who signs a picture, or is quoted or responsible."""
_PICTURES = re.compile(r"\((?:photo|foto|bild|video|illustr|grafi)", re.IGNORECASE)
"""What one of several made: `Ann Lee (reporting) and Bo Ek (photography)`."""
_BEHIND = re.compile(
    r"\s(?:for|in|aus|from|of|on|heute|gestern|today|yesterday|updated|aktualisiert|actualizado|"
    r"aggiornato|more from|more by|posted|published|publiée?|publicad[oa]|pubblicato|"
    r"veröffentlicht|mis à jour|opublikowano|gepubliceerd|publicera[dt]|publisert|опубликовано|"
    r"от|від|follow|email|[\w-]+\.(?:com|org|net)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:\s.*)?$|\s\([^()]*\)?$|\sop(?:\s[a-z]{2,9})?$",
    re.IGNORECASE,
)
"""For whom, from where or when a name signs: `Ann Lee for Isle News`, `Ann Lee in Beirut`."""
# `한소라·문지호`: Korean names have no spaces, and the point between two of them none either.
_KOREAN_LIST = re.compile(r"(?<=[가-힣]{2})\s?[·,]\s?(?=[가-힣]{2,4}(?:$|[·,\s]))")
ROLE_WORDS = (
    r"reporter|correspondent|writer|editor|columnist|contributor|producer|journalist|author|staff|"
    r"redakteur(?:in)?|korrespondent(?:in)?|chefredakteur(?:in)?"
)
_ROLE = re.compile(rf"(?:^|.*\s)(?:{ROLE_WORDS})", re.IGNORECASE)
"""What the one who signs is: `Senior Isle Correspondent`."""
_ROLE_LINE = re.compile(
    rf"(?:[^\W\d_]+\s){{0,3}}(?:{ROLE_WORDS}|muhabiri?|editörü?|repórter|reportero|reportera"
    r"|periodista|redactora?|redatora?|jornalista|journaliste|giornalista|redattrice|redattore"
    r"|redakcj[ai]|dziennikar(?:z|ka)|reporterka|novinar(?:ka)?|журналист(?:ка)?|корреспондент"
    r"|обозреватель|журналіст(?:ка)?|кореспондент(?:ка)?|δημοσιογράφος|συντάκτ(?:ης|ρια)"
    r"|wartawan|jurnalis|phóng\sviên|újságíró|toimittaja)"
    r"|(?:صحفية?|صحافية?|مراسلة?|محررة?|خبرنگار|כתבת?|संवाददाता|記者|记者|기자)",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"(?<=\w{3})\.$")
_DATE_OPENS = re.compile(
    r"(?<![\s,|])(?>(?:[\s,|]++(?:jan(?:uary)?|feb(?:ruary|rero)?|mar(?:ch|zo)?|apr(?:il)?|mayo?|june?|july?"
    r"|ju[nl]io|aug(?:ust)?|sept?(?:ember)?|oct(?:ober|ubre)?|nov(?:ember|iembre)?|dec(?:ember)?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\.?+)+),?\s*$",
    re.IGNORECASE,
)
"""What of a date stands before its first figure."""
_ROLE_BEHIND = re.compile(rf"\s\((?:[^()]{{1,30}}\s)?(?:{ROLE_WORDS})\)$", re.IGNORECASE)
"""`Ann Lee (Staff Writer)`"""
_CALLING = re.compile(
    r"(?<=\w)\s(?:journalist|journaliste|periodista|jornalista|giornalista|toimittaja|újságíró"
    r"|dziennikar(?:z|ka)|novinar(?:ka)?|журналист(?:ка)?|журналіст(?:ка)?|δημοσιογράφος)$",
    re.IGNORECASE,
)
"""What one does whose name stands before it in the same link: `Ola Nybakk Journalist`."""
_ASIAN_ROLE = re.compile(
    r"\s(?:(?:\S+\s)?(?:기자|특파원|논설위원|칼럼니스트|记者|記者)(?:\s.*)?|关注)$"
)
_NO_NAME = re.compile(
    r"https?:|www\.|\.(?:com|net|org)/|@|\[at\]|^\W*\d|^(?:view|visit|meet|about|see|special\s(?:for|to))\s|"
    r"^(?:admin|administrator|super user|site admin|webmaster|staff"
    r"|google\s?\+|twitter|facebook|linkedin|instagram|rss|e-?mail|archives?"
    r"|editor|unknown|null|none|name|user|author|autor|posted|contact"
    rf"|more|发布于|来源|佚名|未知|匿名|相关文章|{BY_WORDS})$",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    "af al bin da das de del della den der di do dos du e el ibn la le ten ter van von y zu".split()
)


def names_in(text: str) -> Iterator[str]:
    """The names in one byline: `By Ann Lee and Bo Ek` has two. Addresses and roles are none."""
    line = _HANDLE.sub("", " ".join(text.split())[:1000]).strip(" ~→»«|•-–—")
    line = _PICTOGRAMS.sub("", line)
    for opening in (_COMPILED, _LABEL, _FIELD, _LISTED, _OUR_OWN, _BY, _DE, _CHINESE_LABEL):
        line = opening.sub("", line)
    for part in _JOINTS.split(_KOREAN_LIST.sub(" | ", line)):
        first, *rest = _BY.sub("", part).split(", ")
        # `Ann Lee, Bo Ek` are two people, `Lee, Ann` and `Ann Lee, Editor` are not; in
        # `Ann Lee, AFP` an agency signs, too.
        if not all(" " in piece for piece in (first, *rest)):
            rest = [piece for piece in rest if is_agency(piece)]
        people = (first, *(piece for piece in rest if not _ROLE.fullmatch(piece)))
        signing = (piece for piece in people if not _MADE_PICTURE.match(piece))
        for name in chain.from_iterable(map(_slashed, signing)):
            bare = _ROLE_BEHIND.sub("", _ASIAN_ROLE.sub("", name.strip(" ,.-–—·:~→")))
            if bare.count(" ") >= _NAME_WORDS:
                bare = _CALLING.sub("", bare)
            bare = _once(bare)
            if 1 < len(bare) <= MAX_CHARS and not _NO_NAME.search(bare):
                yield bare


def _slashed(name: str) -> Iterator[str]:
    """`Ann Lee` and `AFP` of `Ann Lee/AFP`; a word alone behind a slash is of the name."""
    first, *rest = name.split("/")
    if rest and (" " in first or is_agency(first)) and all(map(_signs_too, rest)):
        yield first
        yield from rest
    else:
        yield name


def _signs_too(part: str) -> bool:
    return " " in part or is_agency(part)


def _once(name: str) -> str:
    """`name`, or its half where both halves are the same: some templates write it twice."""
    words = name.split()
    half = len(words) // 2
    is_twice = half >= _NAME_WORDS and words[:half] == words[half:]
    return " ".join(words[:half]) if is_twice else name


def shown_names(shown: Iterable[str]) -> Iterator[str]:
    """The names in lines that readers see: capitals, and nothing but a name before any figure."""
    for text in shown:
        line = " ".join(text.split())
        if len(line) > MAX_CHARS or _OTHERS.search(line):
            continue
        before_figure, *figures = re.split(r"\d", line, maxsplit=1)
        if figures:
            before_figure = _DATE_OPENS.sub("", before_figure)
        for at, name in enumerate(names_in(before_figure)):
            if is_agency(name):
                yield name
                continue
            if (
                _PICTURES.search(name) or _HOUSE.fullmatch(name) or (at and is_paper(name))
            ):  # `Ann Lee | Isle Courier`
                continue
            signed, *behind = _DASH.split(name)
            bare = _without_role(_BEHIND.split(signed)[0])
            bare = _FULL_STOP.sub("", bare)
            if bare and _looks_named(bare) and (not at or _may_be_second(bare, line)):
                yield bare
                yield from filter(is_agency, behind)  # `Ann Lee – AFP`


_HOUSE = re.compile(
    rf"(?:(?:our|own|staff|special|web|news|foreign|senior|a)\s){{0,3}}(?:{ROLE_WORDS})s?",
    re.IGNORECASE,
)
"""What a house signs that names nobody: `Staff Reporter`, `Our Special Correspondent`."""


def is_role(line: str) -> bool:
    """Whether a line says what somebody is in a newsroom, no more: `Staff Writer`, `Muhabir`."""
    return _ROLE_LINE.fullmatch(line) is not None


def _may_be_second(name: str, line: str) -> bool:
    """Whether a name behind the first is one: a word alone is of a date or a place.

    But not where a comma of East Asia lists them, or Korean names are listed.
    """
    return (
        "、" in line
        or _KOREAN_LIST.search(line) is not None
        or (" " in name and not name.startswith("The "))
    )


def _without_role(name: str) -> str:
    """`Ann van Lee` of `Ann van Lee Senior Isle Correspondent`: up to the second word in capitals.

    So an agency's name goes, too, and what begins with `The`.
    """
    words = name.split()
    large = [at for at, word in enumerate(words) if word.casefold() not in _SMALL_WORDS]
    if len(large) <= _NAME_WORDS:
        return name
    end = large[1] + 1
    rest = " ".join(words[end:])
    is_other = _ROLE.fullmatch(rest) or rest.startswith("The ") or is_agency(rest)
    return " ".join(words[:end]) if is_other else name


def _looks_named(name: str) -> bool:
    words = name.split()
    return (
        len(words) <= _MAX_WORDS
        and not _NO_NAME.search(name)
        and not re.search(r"[?!:：。…\"“”«»]", name)
        and all(word.casefold() in _SMALL_WORDS or not word[0].islower() for word in words)
    )
