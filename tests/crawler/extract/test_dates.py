import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.dates import best_moment, day_near, moment_of, url_day


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2022-05-03T10:15:30+02:00", "2022-05-03T10:15:30+02:00"),
        ("2022-05-03T10:15:30.123Z", "2022-05-03T10:15:30.123000+00:00"),
        ("2022-05-03T10:15:30.123456789+0530", "2022-05-03T10:15:30.123456+05:30"),
        ("2022-05-03 10:15 -03", "2022-05-03T10:15:00-03:00"),
        ("2022-05-03 10:15:30 UTC", "2022-05-03T10:15:30+00:00"),
        ("20220503T101530Z", "2022-05-03T10:15:30+00:00"),
        ("Tue, 03 May 2022 10:15:30 +0200", "2022-05-03T10:15:30+02:00"),
        ("1651572930", "2022-05-03T10:15:30+00:00"),
        ("1651572930500", "2022-05-03T10:15:30.500000+00:00"),
        ("2022-05-03T00:00:00Z", "2022-05-03T00:00:00+00:00"),
        ("03.05.2022, 07:45 (GMT+7)", "2022-05-03T07:45:00+07:00"),
        ("May 3, 2022, 07:45 UTC-03:30", "2022-05-03T07:45:00-03:30"),
        ("2022-05-03 10:15:30 GMT+8", "2022-05-03T10:15:30+08:00"),
        ("Tue 3 May 2022 10.15 GMT", "2022-05-03T10:15:00+00:00"),
        ("May 3, 2022 / 05:42 PM EST", "2022-05-03T17:42:00-05:00"),
    ],
)
def test_a_stated_instant_keeps_its_offset_and_fraction(text, stated):
    moment = moment_of(text)
    assert str(moment) == stated
    assert moment.raw == text


@pytest.mark.parametrize(
    "text",
    [
        "2022-05-03",
        "20220503",
        "2022-05-03T10:15:30",
        "2022-05-03T00:00:00",
        "2022-05-03T25:99:00Z",
        "Tue, 03 May 2022 10:15:30 -0000",
        "May 3, 2022",
        "3. Mai 2022",
        "3 мая 2022",
    ],
)
def test_where_no_instant_is_stated_only_the_day_is_known(text):
    moment = moment_of(text)
    assert (moment.on, moment.at) == (dt.date(2022, 5, 3), None)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2022-05-03T10:15:30", "2022-05-03T10:15:30"),
        ("2022-05-03T00:00:00", "2022-05-03"),
        ("Tue, 03 May 2022 10:15:30 -0000", "2022-05-03T10:15:30"),
        ("Di 03.05.22 | 10:15 Uhr", "2022-05-03T10:15:00"),
        ("3. 5. 2022", "2022-05-03"),
        ("2022/05/03 10:15", "2022-05-03T10:15:00"),
        ("Publié le 3 mai 2022 à 10h15", "2022-05-03T10:15:00"),
        ("May 3, 2022, 1:15 p.m.", "2022-05-03T13:15:00"),
        ("12:15 AM, May 3, 2022", "2022-05-03T00:15:00"),
        ("3 May 2022, 10:15, updated 11:20", "2022-05-03"),
        ("2022. 5. 3. 17:08", "2022-05-03T17:08:00"),
        ("2022.05.03. 오후 5:08", "2022-05-03T17:08:00"),
        ("2022年5月3日午前0時5分", "2022-05-03T00:05:00"),
        ("2022년 5월 3일 17시 08분", "2022-05-03T17:08:00"),
        ("3 مايو 2022 - 9:05 م", "2022-05-03T21:05:00"),
        ("3 مايو 2022 - 9:05 ص", "2022-05-03T09:05:00"),
        ("3 مايو 2022 - 21:05 ص", "2022-05-03T21:05:00"),
        ("3 de mayo de 2022, 9:05 p. m.", "2022-05-03T21:05:00"),
        ("٢٠٢٢/٠٥/٠٣ - ٠٩:٠٥", "2022-05-03T09:05:00"),
        ("1401/02/13 10:15", "2022-05-03T10:15:00"),
        ("۱۴۰۱/۰۲/۱۳", "2022-05-03"),
        ("1401-02-13", "2022-05-03"),
        ("3 May 2022, 25:15", "2022-05-03"),
    ],
)
def test_a_clock_time_without_an_offset_stays_one(text, stated):
    moment = moment_of(text)
    clock = f"T{moment.clock.isoformat()}" if moment.clock else ""
    assert (moment.at, f"{moment.on}{clock}") == (None, stated)
    assert str(moment) == stated[:10]  # RFC 3339 has no time without an offset


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "31.02.2022",
        "192.168.10.12",
        "1.2.3.2022",
        "2022",
        "2022-13-01",
        "03/04/2022",
        "9999999999999",
    ],
)
def test_what_is_no_date_is_none(text):
    assert moment_of(text) is None


@pytest.mark.parametrize("text", ["03/05/2022", "Thứ ba, 3-5-2022 - 07:45"])
def test_a_day_in_figures_is_one_only_where_the_language_writes_the_day_first(text):
    assert moment_of(text, is_day_first=True).on == dt.date(2022, 5, 3)
    assert moment_of(text) is None


def test_what_can_be_one_day_alone_is_that_day_in_each_language():
    for is_day_first in (False, True):
        for text in ("05/13/2022", "13/05/2022"):
            assert moment_of(text, is_day_first=is_day_first).on == dt.date(2022, 5, 13)


@given(st.datetimes(), st.integers(-14 * 60, 14 * 60))
def test_every_rfc_3339_text_is_read_back(naive, minutes):
    at = naive.replace(tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    if 1700 < at.year < 2200:
        moment = moment_of(at.isoformat())
        assert (moment.at, moment.at.utcoffset()) == (at, at.utcoffset())


@given(st.text(max_size=60))
def test_no_text_breaks_it(text):
    moment_of(text)


def test_a_day_yields_to_an_instant_of_the_same_day_only():
    day, other, same = map(moment_of, ("2022-05-03", "2022-05-04T01:00Z", "2022-05-03T09:00Z"))
    assert best_moment([day, other, same]) is same
    assert best_moment([day, other]) is day
    assert best_moment([other, same]) is other
    assert best_moment([]) is None


def test_a_midnight_yields_to_the_second_that_another_witness_states_of_its_day():
    midnight = moment_of("2024-05-03T00:00:00+02:00")
    stated = moment_of("2024-05-03T12:31:54+02:00")
    other = moment_of("2024-05-04T12:31:54+02:00")
    assert best_moment([midnight, other, stated]) is stated
    assert best_moment([midnight, other]) is midnight
    assert best_moment([other, stated]) is other


def test_a_day_yields_to_a_clock_time_where_no_instant_is_stated():
    day, clock, same = map(moment_of, ("2022-05-03", "2022-05-03 10:15", "2022-05-03T09:00Z"))
    assert best_moment([day, clock]) is clock
    assert best_moment([day, clock, same]) is same


def test_a_day_without_a_year_is_the_nearest_one():
    assert day_near("May 3", dt.date(2022, 5, 4)) == dt.date(2022, 5, 3)
    assert day_near("30 December", dt.date(2022, 1, 2)) == dt.date(2021, 12, 30)
    assert day_near("May 3", None) is None


def test_many_addresses_hold_a_day():
    assert str(url_day("https://a.example/2022/05/03/story")) == "2022-05-03"
    assert url_day("https://a.example/2022/13/41/story") is None
    assert str(url_day("https://a.example/news/03-05-2022-story")) == "2022-05-03"
    assert str(url_day("https://a.example/detail/~03-05-2022-story")) == "2022-05-03"
    assert str(url_day("https://a.example/jmcs/20220503/1000_1.html")) == "2022-05-03"
    assert str(url_day("https://a.example/2022/POLITICS/05/03/story")) == "2022-05-03"
    assert url_day("https://a.example/story/20229901") is None


@pytest.mark.parametrize(
    "line",
    [
        "Submitted on Mon, 2022-05-03 13:49",
        "发布日期：2022-05-03 13:49",
        "时间：2022-05-03 作者：李安",
    ],
)
def test_a_day_of_figures_may_stand_behind_words(line):
    assert moment_of(line).on == dt.date(2022, 5, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("23/05/2022", "2022-05-23"),
        ("Published 5/23/2022 10:15", "2022-05-23"),
        ("03/04/2022", None),
        ("13/14/2022", None),
    ],
)
def test_slashes_part_a_date_where_only_one_number_can_be_the_month(text, day):
    moment = moment_of(text)
    assert (str(moment.on) if moment else None) == day
