"""Days as embeds write them, language by language."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.written_day import _MONTHS, _fold, written_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("January 20, 2019", "2019-01-20"),
        ("20 August 2018", "2018-08-20"),
        ("25. September 2018", "2018-09-25"),
        ("6. März 2018", "2018-03-06"),
        ("20 novembre 2017", "2017-11-20"),
        ("20 août 2021", "2021-08-20"),
        ("3 मई 2021", "2021-05-03"),
        ("11. ožujka 2021.", "2021-03-11"),
        ("29. marta 2021", "2021-03-29"),
        ("১২ ফেব্রুয়ারি ২০২১", "2021-02-12"),
        ("21 ஜூலை 2021", "2021-07-21"),
        ("5 اگست 2021", "2021-08-05"),
        ("20 de octubre de 2017", "2017-10-20"),
        ("20 de dezembro de 2017", "2017-12-20"),
        ("16 мая 2018 г.", "2018-05-16"),
        ("5 червня 2020 р.", "2020-06-05"),
        ("٢٥ مارس ٢٠٢٠", "2020-03-25"),
        ("\u200f٢٥ مارس، ٢٠٢٠\u200f", "2020-03-25"),
        ("25 أبريل، 2020", "2020-04-25"),
        ("25 ابريل 2020", "2020-04-25"),
        ("٢٥ كانون الثاني ٢٠٢٠", "2020-01-25"),
        ("25 تشرين الأول 2020", "2020-10-25"),
        ("۲۰ ژانویهٔ ۲۰۲۰", "2020-01-20"),
        ("۲۰ اکتبر ۲۰۲۰", "2020-10-20"),
        ("2018年9月29日", "2018-09-29"),
        ("4 במרץ 2026", "2026-03-04"),
        ("4 มีนาคม 2026", "2026-03-04"),
        ("21 กุมภาพันธ์ 2021", "2021-02-21"),
        ("4 tháng 3, 2026", "2026-03-04"),
        ("12 tháng 11, 2026", "2026-11-12"),
        ("2019년 1월 20일", "2019-01-20"),
        ("20 Aralık 2017", "2017-12-20"),
        ("20 ŞUBAT 2017", "2017-02-20"),
        ("20 gennaio 2019", "2019-01-20"),
        ("20 januari 2019", "2019-01-20"),
        ("20 stycznia 2019", "2019-01-20"),
        ("3 maj 2019", "2019-05-03"),
        ("7月 15, 2011", "2011-07-15"),
        ("noviembre 7, 2012", "2012-11-07"),
        ("January17, 2012", "2012-01-17"),
        ("Aug 19, 2024 at 22:23", "2024-08-19"),
        ("10:23 PM · Aug 19, 2024", "2024-08-19"),
        ("Apr 27, 2020 at 9:24am PDT", "2020-04-27"),
        ("Thursday, May 16, 2024", "2024-05-16"),
        ("2020\u00a0年 1 月 2 日", "2020-01-02"),
        ("3 may 2024", "2024-05-03"),
        ("14. veebruar 2024", "2024-02-14"),
        ("2024. gada 3. maijs", "2024-05-03"),
        ("2024 m. gegužės 3 d.", "2024-05-03"),
        ("3 nëntor 2024", "2024-11-03"),
        ("3 јули 2024", "2024-07-03"),
        ("3 тамыз 2024", "2024-08-03"),
        ("3 ՄԱՅԻՍԻ 2024", "2024-05-03"),
        ("3 მაისი, 2024", "2024-05-03"),
        ("3 מאי 2024", "2024-05-03"),
        ("3 Ogos 2024", "2024-08-03"),
        ("3 Julai 2024", "2024-07-03"),
        ("3 ऑगस्ट 2024", "2024-08-03"),
        ("3 మే 2024", "2024-05-03"),
        ("3 ಮೇ 2024", "2024-05-03"),
        ("3 ഓഗസ്റ്റ് 2024", "2024-08-03"),
        ("3 ઓગસ્ટ 2024", "2024-08-03"),
        ("3 ਮਈ 2024", "2024-05-03"),
        ("12 มี.ค. 2565", "2022-03-12"),
        ("วันที่ 12 มีนาคม พ.ศ. 2565", "2022-03-12"),
        ("令和6年3月5日", "2024-03-05"),
        ("中華民國113年3月5日", "2024-03-05"),
        ("3 May 1998", "1998-05-03"),
        ("© 1999 | 3 May 2021", "2021-05-03"),
        ("۱۸ مهر ۱۴۰۱", "2022-10-10"),
        ("پنجشنبه ۲۴ خرداد ماه ۱۴۰۳", "2024-06-13"),
        ("۲۳ اسد ۱۴۰۰", "2021-08-14"),
        ("30 اسفند 1403", "2025-03-20"),
        ("۰۹ آذر ۱۴۰۲ - 30 November 2023", "2023-11-30"),
    ],
)
def test_written_day(text, day):
    assert written_day(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gestern",
        "May 2020",
        "16 May",
        "31 February 2020",
        "03/04/2020",
        "29.09.2018",
        "May 1 " * 99,
        "24年3月5日",
        "30 اسفند 1402",
        "۱۸ مهر ۱۲۰۱",
    ],
)
def test_no_day(text):
    assert written_day(text) is None


@given(
    st.dates(dt.date(2006, 1, 1), dt.date(2060, 12, 31)),
    st.sampled_from(sorted(_MONTHS)),
    st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]),
    st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "{d}. {m} {y}", "{y} {m} {d}"]),
)
def test_every_month_of_every_language_in_every_digit(day, language, digits, form):
    def number(value):
        return "".join(digits[int(digit)] for digit in str(value))

    for month in _MONTHS[language].split()[day.month - 1].split("/"):
        text = form.format(d=number(day.day), m=month.replace("_", " "), y=number(day.year))
        assert written_day(text) == day
        assert written_day(text.upper()) == day


def test_no_word_names_two_months():
    months = {}
    for names in _MONTHS.values():
        assert len(names.split()) == 12
        for number, forms in enumerate(names.split()):
            for form in forms.split("/"):
                assert months.setdefault(_fold(form), number) == number


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    day = written_day(text)
    assert day is None or isinstance(day, dt.date)
