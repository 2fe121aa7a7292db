"""The day that a written date names, in the languages in which platforms sign their embeds."""

import datetime as dt
import re
import unicodedata

_LONGEST = 120
_YEARS = range(2004, 2100)

# January to December. Several forms of a month stand side by side: nominative/genitive, old/new,
# and for English the abbreviations that platforms use.
_MONTHS = {
    "en": "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug "
    "september/sep/sept october/oct november/nov december/dec",
    "de": "januar/jänner februar märz april mai juni juli august september oktober november "
    "dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre "
    "noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "pl": "stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec "
    "lipca/lipiec sierpnia/sierpień września/wrzesień października/październik "
    "listopada/listopad grudnia/grudzień",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "ru": "января/январь февраля/февраль марта/март апреля/апрель мая/май июня/июнь июля/июль "
    "августа/август сентября/сентябрь октября/октябрь ноября/ноябрь декабря/декабрь",
    "uk": "січня/січень лютого/лютий березня/березень квітня/квітень травня/травень "
    "червня/червень липня/липень серпня/серпень вересня/вересень жовтня/жовтень "
    "листопада/листопад грудня/грудень",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    # Syria, Lebanon, Iraq, Jordan, Palestine; `_` joins a name of two words
    "ar-levant": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول "
    "تشرين_الثاني كانون_الأول",
    "ar-maghreb": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου "
    "οκτωβρίου νοεμβρίου δεκεμβρίου",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta "
    "syyskuuta lokakuuta marraskuuta joulukuuta",
    "hu": "január február március április május június július augusztus szeptember október "
    "november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie "
    "noiembrie decembrie",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    # Everyday words of some language are left out: `ago`, `des`, `mag`, `out`, `set`, `sie`.
    "short": "janv/ene/sty/янв févr/fev/lut/фев/февр mrt/mär avr/abr/kwi/апр mei giu/cze/июн "
    "juil/lug/июл agu/авг wrz/сен/сент okt/ott/paź/окт ноя/нояб dez/dic/дек",
    "fa": "ژانویه فوریه مارس آوریل مه/می ژوئن ژوئیه/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر",
}

# Letters that Arabic and Persian keyboards, or careless writers, exchange; marks go elsewhere.
_FOLDED = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ي": "ی", "ى": "ی", "ك": "ک", "ـ": None, "ı": "i"}
)


def _fold(text: str) -> str:
    """`text` without case, marks and letter variants, so that one spelling finds the other."""
    if text.isascii():
        return text.casefold()
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


def _month_numbers() -> dict[str, int]:
    return {
        _fold(form): number
        for names in _MONTHS.values()
        for number, forms in enumerate(names.split(), start=1)
        for form in forms.split("/")
    }


_NUMBERS = _month_numbers()

# Chinese, Japanese and Korean write the unit behind the number. NFKD takes Hangul apart, NFC in
# `_fold` puts it together again.
_UNITS = {"年": "year", "년": "year", "月": "month", "월": "month", "日": "day", "일": "day"}

_CLOCK_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?)?")
_TOKEN = re.compile(r"\d{1,4}|[年月日년월일]|[^\W\d_]+")


def written_day(text: str) -> dt.date | None:
    """The day that `text` names, such as `20 août 2021`, `٢٥ مارس ٢٠٢٠` or `2018年9月29日`.

    A month in words or with its sign, a day and a year of four digits, in any order and in any
    script's digits, a clock time beside them or not. None where one is missing or the day does not
    exist. Figures alone (`03/04/2020`) are none: nobody can say which of them is the month.
    """
    if len(text) > _LONGEST:
        return None
    parts: dict[str, int] = {}
    tokens = _TOKEN.findall(_CLOCK_TIME.sub(" ", _fold(text)))
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if token.isdecimal():
            number = int(token)
            unit = _UNITS.get(following) or ("year" if number in _YEARS else "day")
            parts.setdefault(unit, number)
        else:
            month = _NUMBERS.get(f"{token}_{following}") or _NUMBERS.get(token)
            if month is not None:
                parts.setdefault("month", month)
    try:
        return dt.date(parts["year"], parts["month"], parts["day"])
    except (KeyError, ValueError):
        return None
