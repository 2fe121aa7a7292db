"""The day that a written date names, in the languages in which platforms sign their embeds."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence

from crawler.extract import iranian_calendar

_LONGEST = 120
_SMALL = 4
_YEARS = range(2004, 2100)
_EARLY_YEARS = range(1994, 2004)
"""Of the first news on the web; another year beside one of these is the likelier one."""
_BUDDHIST_YEARS = range(2537, 2643)
_BUDDHIST_AHEAD = 543
_LEAST_YEAR = 1000

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
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra "
    "decembra",
    "sl": "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra "
    "decembra",
    "sr": "јануара/januara фебруара/februara марта/marta априла/aprila маја/maja јуна/juna "
    "јула/jula августа/avgusta септембра/septembra октобра/oktobra новембра/novembra "
    "децембра/decembra",
    # without its `listopada`, which is November in Polish
    "hr": "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna oktobra "
    "studenoga/studenog prosinca",
    "be": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка "
    "лістапада снежня",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    # Everyday words of some language are left out: `ago`, `des`, `mag`, `out`, `set`, `sie`.
    "short": "janv/ene/sty/янв févr/fev/lut/фев/февр mrt/mär avr/abr/kwi/апр mei giu/cze/июн "
    "juil/lug/июл agu/авг wrz/сен/сент okt/ott/paź/окт ноя/нояб dez/dic/дек",
    "hi": "जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर "
    "नवंबर/नवम्बर दिसंबर/दिसम्बर",
    "bn": "জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "ta": "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட்/ஆகஸ்டு செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "fa": "ژانویه فوریه مارس آوریل مه/می ژوئن ژوئیه/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر",
    "az": "yanvar fevral mart aprel may iyun iyul avqust/avgust sentyabr oktyabr noyabr dekabr",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november "
    "detsember",
    "lv": "janvāris/janvārī februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā "
    "jūnijs/jūnijā jūlijs/jūlijā augusts/augustā septembris/septembrī oktobris/oktobrī "
    "novembris/novembrī decembris/decembrī",
    "lt": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio "
    "lapkričio gruodžio",
    "is": "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "sq": "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
    "mk": "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "hy": "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի "
    "հոկտեմբերի նոյեմբերի դեկտեմբերի",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "th-short": "ม_ค ก_พ มี_ค เม_ย พ_ค มิ_ย ก_ค ส_ค ก_ย ต_ค พ_ย ธ_ค",
    "ka": "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი "
    "ნოემბერი დეკემბერი",
    "he-in": "בינואר בפברואר במרץ/במרס באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר "
    "בדצמבר",
    "he": "ינואר פברואר מרץ/מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "ms": "januari februari mac april mei jun julai ogos september oktober november disember",
    "sw": "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
    "tl": "enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre",
    "mr": "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
    "te": "జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై/జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్",
    "kn": "ಜನವರಿ ಫೆಬ್ರವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್",
    "ml": "ജനുവരി ഫെബ്രുവരി മാർച്ച് ഏപ്രിൽ മേയ്/മെയ് ജൂൺ ജൂലൈ/ജൂലായ് ഓഗസ്റ്റ് സെപ്റ്റംബർ ഒക്ടോബർ നവംബർ ഡിസംബർ",
    "gu": "જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઓગસ્ટ સપ્ટેમ્બર ઓક્ટોબર નવેમ્બર ડિસેમ્બર",
    "pa": "ਜਨਵਰੀ ਫਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ",
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

# Vietnamese counts its months: `4 tháng 3, 2026`.
_BEFORE = {"thang": "month"}
# Chinese, Japanese and Korean write the unit behind the number. NFKD takes Hangul apart, NFC in
# `_fold` puts it together again.
_UNITS = {"年": "year", "년": "year", "月": "month", "월": "month", "日": "day", "일": "day"}

# By how much the years of a reign or a republic are behind: `令和6年`, `民國113年`.
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}

_CLOCK_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?)?")
# Vowel signs of Indian scripts and of Thai are no letters to `\w`.
_TOKEN = re.compile(
    r"\d{1,4}|[年月日년월일]|(?:[^\W\d_]|(?!\w)[\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e])+"
)


def _is_by_figure(tokens: Sequence[str], place: int) -> bool:
    """Whether a figure stands beside a token, or behind a small word: `20 de agosto`."""
    beside = [*tokens[max(place - 1, 0) : place], *tokens[place + 1 : place + 2]]
    if any(token.isdecimal() for token in beside):
        return True
    return place > 1 and len(tokens[place - 1]) < _SMALL and tokens[place - 2].isdecimal()


def written_day(text: str) -> dt.date | None:
    """The day that `text` names, such as `20 août 2021`, `٢٥ مارس ٢٠٢٠` or `2018年9月29日`.

    A month in words or with its sign, a day and a year of four digits, in any order and in any
    script's digits, a clock time beside them or not; Iranian days (`۱۸ مهر ۱۴۰۱`), Thai years and
    those of Japanese and Taiwanese eras are told in the common calendar. None where one is missing
    or the day does not exist. Figures alone (`03/04/2020`) are none: nobody can say which of them
    is the month.
    """
    if len(text) > _LONGEST:
        return None
    parts: dict[str, int] = {}
    tokens = _TOKEN.findall(_CLOCK_TIME.sub(" ", _fold(text)))
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if token.isdecimal():
            unit, number = _read_figure(int(token), before, following)
            parts.setdefault(unit, number)
        elif (iranian := _iranian_day(token, before, tokens[place + 1 : place + 3])) is not None:
            return iranian
        else:
            month = _NUMBERS.get(f"{token}_{following}") or _NUMBERS.get(token)
            if month is not None:
                parts.setdefault("month" if _is_by_figure(tokens, place) else "word", month)
    try:
        month = parts["month"] if "month" in parts else parts["word"]  # June is a name, too
        year = parts["year"] if "year" in parts else parts["early year"]
        return dt.date(year, month, parts["day"]) if year >= _LEAST_YEAR else None
    except (KeyError, ValueError):
        return None


def _read_figure(number: int, before: str, following: str) -> tuple[str, int]:
    """What of a day a figure tells, by the words on both of its sides, and its value."""
    unit = _UNITS.get(following) or _BEFORE.get(before)
    if unit == "year":
        return unit, number + _ERAS.get(before[-2:], 0)
    if unit is not None:
        return unit, number
    if number in _BUDDHIST_YEARS and "ก" <= before[:1] <= "ฮ":
        return "year", number - _BUDDHIST_AHEAD
    if number in _YEARS:
        return "year", number
    return ("early year" if number in _EARLY_YEARS else "day"), number


def _iranian_day(word: str, before: str, behind: Sequence[str]) -> dt.date | None:
    """The day whose month is `word`, between its number and its year: `۱۸ مهر[ماه] ۱۴۰۱`."""
    month = iranian_calendar.MONTHS.get(word.removesuffix("ماه"))
    if month is None or not before.isdecimal():
        return None
    year = next((int(token) for token in behind if token.isdecimal()), 0)
    return iranian_calendar.day_of(year, month, int(before))
