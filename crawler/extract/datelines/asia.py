"""Datelines of the Chinese, Japanese and Korean press, which mark them by form and not by case.

新华社北京4月24日电 · （中央社記者王小明台北24日電） · 【ソウル＝山田太郎】 · 【北京共同】
[東京 3日 ロイター] - · (서울=연합뉴스) 홍길동 기자 =
〔記者王小明／台北報導〕 · 本报讯（记者 王小明）
"""

import datetime as dt
import re

from archive import Dateline
from crawler.extract.dates import day_near

_FIGURE = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DAY = rf"(?:\d{{4}}年)?(?:(?P<month>{_FIGURE})月)?(?P<day>{_FIGURE})日"
_REPORTER = (
    r"\s?[（(](?:[^（()）]{0,12}(?:记者|記者|通讯员|实习生)[^（()）]{1,30}"
    r"|[一-鿿]{2,4}(?:\s[一-鿿]{2,4}){0,3})[）)]"
)
"""Who reports, in brackets behind the wire's name: `电（记者王东）`."""
_CHINESE = re.compile(
    r"[（(【〔]?(?P<agency>[一-鿿]{1,6}(?:社|网|網|报|報)|[一-鿿]{2,6}《[一-鿿]{2,8}》)"
    r"(?:新闻)?(?:(?:记者|記者)(?:[一-鿿]{3}|[一-鿿]{2})(?=[一-鿿]{2}))?"
    rf"(?P<place>[一-鿿]{{0,9}}?)\s?{_DAY}(?:综合|綜合|新媒体)?[专專外]?[电電](?:报导|報導|报道)?[）)】〕]?"
    rf"(?:{_REPORTER})?"
)
_MALAYSIAN = re.compile(rf"[（(](?P<place>[一-鿿]{{2,8}}?){_DAY}[讯訊][)）]")
"""`（吉隆坡3日讯）`"""
_TAIWANESE = re.compile(
    r"(?P<outlet>[一-鿿]{2,6})?[〔【（(]"
    r"(?:(?P<agency>[一-鿿]{2,5})?(?:记者|記者|特派員|特派员|實習記者)"
    r"(?:[一-鿿、]{2,9}\s?[／/╱]\s?|[一-鿿]{3}(?=[一-鿿]{2,4}[报報]))|[一-鿿]{2,4}\s?[／/╱]\s?)"
    r"(?!綜合|综合|記者|记者)(?P<place>[一-鿿]{2,6}?)(?:即時|連線|現場|專題)?(?:报导|報導|报道|報道|電|专电|專電)[〕】）)]"
)
"""Who reports and where from: `〔記者王小明／台北報導〕`."""
_OWN_REPORT = re.compile(
    r"(?P<open>[【（(〔])?(?P<agency>(?:本|[一-鿿]{2,4})(?:报|報|社|网|台))(?:记者)?"
    rf"(?:(?P<place>[一-鿿]{{2,4}}?)?{_DAY}|快)?[讯訊](?:{_REPORTER})?"
    r"(?(open)[】）)〕]|(?:(?<=[）)])|(?=[\s　，,])))"
)
_CHINESE_OUTLET = re.compile(
    r"(?P<agency>[一-鿿]{2,6}(?:社|网|網|报|報|台))(?:消息|讯|訊)[：:]"
    r"|[（(](?P<site>[一-鿿]{3,8}(?:网|網))[）)]"
    r"|[〔【（(](?P<desk>[一-鿿]{2,6})[／/](?:記者|记者)[一-鿿]{2,4}[報报][導导][〕】）)]"
    r"|【(?P<station>[一-鿿]{2,9}[台社报報网網])(?:报道|報道|報導|讯|訊)】"
    r"|【(?P<other>[一-鿿]{2,8})\d{4}年\d{1,2}月\d{1,2}日[讯訊电電]】"
)
_JAPANESE = re.compile(
    r"[【（\[](?!写真|動画|画像|撮影|取材|図|文)(?P<place>[぀-ヿ一-鿿・Ａ-Ｚａ-ｚ]{1,15})\s?[=＝]"
    r"(?P<by>[^【】（）\[\]]{1,40})[】）\]]"
)
_JAPANESE_AGENCY = re.compile(
    r"[【（](?P<place>[぀-ヿ一-鿿・]{1,12}?)?"
    r"(?P<agency>(?:共同|時事|ロイター|聯合ニュース|ＡＦＰ|AFP|ＡＰ|AP|新華社)(?:時事|[＝=]共同|[＝=]時事)?)[】）]"
    r"|(?P<town>[゠-ヿ一-鿿・]{2,10})?[（(](?P<outlet>CNN|ＣＮＮ|AP|ＡＰ|AFP|ロイター)[)）]"
    r"[ \u3000](?=[\u3040-\u30ff\u4e00-\u9fff０-９])"
)
_REUTERS = re.compile(
    rf"[\[［](?:(?P<place>[^\s\]］]{{1,15}})[ 　]+)?{_DAY}[ 　]+(?P<agency>[^\]］]{{1,12}})[\]］]"
    r"\s*[-－―–—]?"
)
# AFP's Japanese reports have a day, and the place in the text.
_DAY_FIRST = re.compile(
    r"【(?P<month>\d{1,2})月(?P<day>\d{1,2})日[ \u3000]+(?P<agency>[A-ZＡ-Ｚぁ-ヿ・.一-鿿]{2,15})】"
)
_KOREAN = re.compile(
    r"[(\[（【](?!사진|자료|영상|그래픽|제공|출처)(?P<place>[가-힣·/]{2,15})(?:\([가-힣]{2,6}\))?\s?[=＝]\s?"
    r"(?P<agency>(?:[A-Z]{2,4}/)?[가-힣A-Za-z]{0,8}(?:뉴스|뉴시스|뉴스1|일보|신문|통신|경제|데일리|타임스|방송|뉴스핌|이데일리|아시아경제))"
    r"(?:\s[가-힣·ㆍ ]{2,20}(?:기자|특파원))?[)\]）】]"
    r"(?:\s?(?:[가-힣·ㆍ ]{2,20}(?:기자|특파원)\s?)?=)?"
)
_KOREAN_REPORTERS = re.compile(r"([가-힣]{2,4}(?:[·ㆍ,]\s?[가-힣]{2,4}){0,5})\s(?:기자|특파원)")
_CHINESE_REPORTERS = re.compile(
    r"(?:记者|記者)[：:\s]?([一-鿿]{2,3}(?:[、\s](?!通讯员|通訊員|实习)[一-鿿]{2,3}){0,5})"
    r"(?=[）)／/╱]|\s(?:通讯员|通訊員|实习))"
)
_BETWEEN_NAMES = re.compile(r"[·ㆍ,、\s]\s?")
_JAPANESE_AGENCIES = frozenset(("共同", "時事", "ロイター", "AFP", "AFP時事", "AP", "AP=共同"))
_LONGEST = 90


def read_east_asian(text: str, published_on: dt.date | None) -> Dateline | None:
    """The dateline in one of these forms that `text` opens with, if any."""
    opening = text[:_LONGEST]
    if not re.match(r"[（(【\[［〔゠-ヿ一-鿿]", opening):
        return None
    for form in (
        _CHINESE,
        _MALAYSIAN,
        _TAIWANESE,
        _OWN_REPORT,
        _DAY_FIRST,
        _REUTERS,
        _KOREAN,
        _JAPANESE_AGENCY,
        _JAPANESE,
        _CHINESE_OUTLET,
    ):
        match = form.match(opening)
        if match and match.groupdict().get("place") != "速報":
            return _dateline(match, published_on)
    return None


def reporters_in(dateline: str) -> list[str]:
    """Who reports, as a Korean or Chinese dateline says: `(서울=연합뉴스) 홍길동 기자 =`."""
    match = _KOREAN_REPORTERS.search(dateline) or _CHINESE_REPORTERS.search(dateline)
    return _BETWEEN_NAMES.split(match[1]) if match is not None else []


def _dateline(match: re.Match[str], published_on: dt.date | None) -> Dateline:
    said = match.groupdict()
    agency = said.get("agency") or said.get("outlet") or said.get("other") or said.get("site")
    agency = agency or said.get("desk") or said.get("station")
    if agency is None and said.get("by", "") in _JAPANESE_AGENCIES:
        agency = said["by"]
    return Dateline(
        raw=match[0],
        place=said.get("place") or said.get("town") or None,
        agency=agency,
        date=_day(said.get("month"), said.get("day"), published_on),
    )


def _day(month: str | None, day: str | None, published_on: dt.date | None) -> dt.date | None:
    if day is None or published_on is None or not f"{month or ''}{day}".isdecimal():
        return None
    if month is not None:
        return day_near(f"{month}月{day}日", published_on)
    for months_back in range(2):  # `24日`: the last such day
        first = (published_on.replace(day=1) - dt.timedelta(days=months_back)).replace(day=1)
        try:
            found = first.replace(day=int(day))
        except ValueError:
            continue
        if found <= published_on + dt.timedelta(days=1):
            return found
    return None
