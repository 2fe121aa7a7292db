"""What pages say of themselves around an article's end: whose opinion it is, thanks, that it ends.

A note takes the whole line, in lower case. Each is opened by words that the sites of a language
share, so that a line is searched only where its first words are known.
"""

import re

from crawler.extract.text.phrases.openings import EDGES

_WHOSE = r"\b.{0,120}\b(?:own|not\snecessarily|not\sthose|do\snot|alone)\b.{0,240}"
_LOADING = (
    *("carregando", "cargando", "chargement", "chargement en cours", "caricamento", "laden"),
    *("загрузка", "загружается", "завантаження", "yükleniyor", "ładowanie", "memuat", "đang tải"),
    *("กำลังโหลด", "φόρτωση", "טוען", "جار التحميل", "読み込み中", "加载中", "正在加载", "로딩중"),
)
_BY_OPENING = {
    opening: re.compile(rest)
    for opening, rest in (
        ("thank", r"(?:s|\syou|s\sso\smuch)\sfor\sreading\b.{0,240}"),
        ("the view", rf"s\sexpressed{_WHOSE}"),
        ("views expressed", _WHOSE),
        ("opinions expressed", _WHOSE),
        ("the opinion", rf"s\sexpressed{_WHOSE}"),
        ("if you enjoyed", r"\s.{0,300}"),
        ("did you enjoy", r"\s.{0,200}"),
        ("enjoyed this", r"\s.{0,300}"),
        ("like what you", r"\s.{0,300}"),
        ("liked this", r"\s.{0,200}"),
        ("if you liked", r"\sthis.{0,300}"),
        ("was this", r"\s(?:article|page|story|helpful|useful|information).{0,80}"),
        ("no part of this", r"\s(?:article|story|publication|website).{0,200}"),
        ("have something to say", r"\b.{0,300}"),
        ("note", r"\s?:.{0,60}\bnot responsible for the content of external\b.{0,60}"),
        ("not to be reproduced", r"\b.{0,200}"),
        ("for complete coverage", r"\s.{0,200}"),
        ("for full coverage", r"\s.{0,200}"),
        ("this message was", r"\ssent.{0,200}"),
        ("ends", r""),
        ("die geäußerte", r"n?\smeinung.{0,300}"),
        ("danke", r"\s(?:fürs|für\sdas)\slesen.{0,120}"),
        ("war dieser", r"\s(?:artikel|beitrag|text).{0,80}"),
        ("wie gefällt", r"\s.{0,40}(?:artikel|beitrag|text).{0,40}"),
        ("les opinions", r"\sexprimées.{0,300}"),
        ("cet article vous", r"\s(?:a|plaît).{0,120}"),
        ("vous avez aimé", r"\s.{0,160}"),
        ("merci", r"\s(?:de|d’avoir|d'avoir)\s(?:nous\s)?(?:lire|lu)\b.{0,120}"),
        ("las opiniones", r"\s(?:expresadas|vertidas).{0,300}"),
        ("gracias por", r"\s(?:leer|leernos).{0,160}"),
        ("te gustó", r"\s.{0,120}"),
        ("as opiniões", r"\s(?:expressas|contidas|aqui).{0,300}"),
        ("este texto não", r"\sreflete.{0,200}"),
        ("gostou d", r"(?:o|a|este|esta|essa|esse)\b.{0,160}"),
        ("le opinioni", r"\sespresse.{0,300}"),
        ("ti è piaciuto", r"\s.{0,120}"),
        ("мнение", r"\s(?:автора|редакции|авторов).{0,20}\sможет?\b.{0,200}"),
        ("нашли", r"\s(?:ошибку|опечатку).{0,200}"),
        ("заметили", r"\s(?:ошибку|опечатку).{0,200}"),
        ("если вы", r"\s(?:нашли|заметили|обнаружили)\s(?:ошибку|опечатку).{0,200}"),
        ("понравил", r"(?:ась|ся)\s(?:статья|материал|новость).{0,160}"),
        ("знайшли", r"\sпомилку.{0,200}"),
        ("якщо ви", r"\s(?:знайшли|помітили)\s(?:помилку|орфографічну).{0,200}"),
        ("artykuł przeczytał", r".{0,120}"),
        ("dziękujemy", r",?\sże\sprzeczytał.{0,200}"),
        ("podobał ci się", r".{0,120}"),
        ("yazıda yer alan", r"\s.{0,200}"),
        ("τα σχόλια", r"\s.{0,200}"),
        ("الآراء الواردة", r"\s.{0,300}"),
        ("यह भी", r"\sपढ़ें.{0,200}"),
        ("ये भी", r"\sपढ़ें.{0,200}"),
        ("prenumerera", r"\s.{0,60}\b(?:nyhetsbrev|tidning|kanal)\w*\b.{0,120}"),
        ("διαφήμιση", r""),
        ("πηγή", r"\s?:[^.!;]{2,40}(?:\.\w{2,8})?"),
        ("ακολουθήστε", r"\s.{0,120}\b(?:google|facebook|instagram|viber)\b.{0,160}"),
        ("did you make this", r"\srecipe.{0,120}"),
        ("انتهای پیام", r".{0,20}"),
        ("点击上方", r".{0,30}关注.{0,20}"),
        ("点个在看", r".{0,30}"),
        ("扫码关注", r".{0,30}"),
        ("长按", r".{0,20}(?:二维码|关注).{0,20}"),
        ("ブログランキング", r".{0,30}(?:参加|クリック).{0,60}"),
        ("پایان پیام", r".{0,20}"),
        ("انتهای خبر", r".{0,20}"),
        ("کد خبر", r"\W*\d{3,12}"),
        ("uyarı", r"\s?:\sküfür.{0,300}"),
        ("uyari", r"\s?:\sküfür.{0,300}"),  # a capital I without a dot, in small letters
        ("δείτε όλες", r"\sτις\sτελευταίες\sειδήσεις.{0,200}"),
        ("halaman", r"\s?:\s?\d.{0,30}"),
        ("yorum yazarak", r"\stopluluk.{0,160}"),
        ("konten ini telah", r"\stayang.{0,200}"),
        ("gambas", r":.{1,40}"),
        ("denne artikkelen er", r"\s(?:over|mer\senn)\s.{1,20}\sgammel.{0,60}"),
        ("denne saken er", r"\s(?:over|mer\senn)\s.{1,20}\sgammel.{0,60}"),
        ("bądź na bieżąco", r".{0,60}\b(?:obserwuj|google|facebook|newsletter|wiadomości).{0,120}"),
        *((loading, r"") for loading in _LOADING),
    )
}
_OPENING = re.compile("|".join(map(re.escape, sorted(_BY_OPENING, key=len, reverse=True))))
# Who wrote and who edited, in brackets or behind a title: what East Asian papers close with.
_STAFF = re.compile(
    r"[（(【\[]?\s?(?:本报|本社|综合)?(?:记者|見習記者|责任编辑|責任編輯|责编|编辑|編輯|文/|作者|来源|來源)"
    r"[^。！？]{1,60}[）)】\]]?"
)
_FEW = 60


def is_note(low: str) -> bool:
    """Whether the line, in lower case, is such a note."""
    if len(low) <= _FEW and _STAFF.fullmatch(low):
        return True
    bare = low.strip(EDGES)
    opening = _OPENING.match(bare)
    return opening is not None and bool(_BY_OPENING[opening[0]].fullmatch(bare, opening.end()))
