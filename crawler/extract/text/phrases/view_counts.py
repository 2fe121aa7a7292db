"""Lines that only count who has read a page: `Post Views: 1,204`, `Bu haber 12 kez okundu`.

Plug-ins of content systems write them at the end of an article's text.
"""

import re

_LONGEST = 60
_NUMBER = re.compile(r"\d[\d.,\s]*[kmкм]?(?![^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")
_READ = frozenset(
    """
    views view reads hits aufrufe beitragsaufrufe seitenaufrufe zugriffe vues visitas
    visualizaciones leído leída visualizações visualizzazioni letture odsłon odsłony wyświetleń
    wyświetlenia zobrazení přečteno okunma okundu görüntülenme görüntüleme dibaca dilihat xem
    megtekintések vizualizări afișări čitanja pregleda weergaven visninger visningar просмотров
    просмотры просмотра прочитано переглядів перегляди прочетена прегледа προβολές εμφανίσεις
    αναγνώσεις المشاهدات مشاهدة بازدید צפיות 閲覧数
    조회수 조회 阅读量 阅读数 阅读 浏览量 浏览次数 浏览数 點閱數 点击数 點擊數
    """.split()
)
"""What was done with the page, or how often."""
_BESIDE = frozenset(
    """
    post total page article artículo articolo artikel times veces vezes volte fois mal razy раз пъти
    bu haber kez defa kali lượt số đã anzahl number of count nombre de número numero liczba počet
    количество число кількість عدد تعداد מספר
    """.split()
)


def counts_views(low: str) -> bool:
    """Whether the line, in lower case, is a number and words of how often the page was read."""
    if len(low) > _LONGEST or (number := _NUMBER.search(low)) is None:
        return False
    words = set(_WORD.findall(low[: number.start()] + " " + low[number.end() :]))
    return not _READ.isdisjoint(words) and words <= _READ | _BESIDE and low[-1] not in "?!"
