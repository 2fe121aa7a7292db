import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.dateline import read_dateline

PUBLISHED = dt.date(2022, 5, 4)
MAY_3 = dt.date(2022, 5, 3)
REST = "The ships left the harbour in the morning."


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "BEIRUT, LEBANON (5:35 P.M.) –",
            {"place": "Beirut", "country": "Lebanon", "local_time": dt.time(17, 35)},
        ),
        ("KYIV, Ukraine (AP) —", {"place": "Kyiv", "country": "Ukraine", "agency": "AP"}),
        ("WASHINGTON (Reuters) -", {"place": "Washington", "agency": "Reuters"}),
        ("Berlin (dpa) -", {"place": "Berlin", "agency": "dpa"}),
        ("PARIS (AFP) –", {"place": "Paris", "agency": "AFP"}),
        ("Moscow, 3 May, TASS.", {"place": "Moscow", "date": MAY_3, "agency": "TASS"}),
        ("Moscow, 3 May, TASS –", {"place": "Moscow", "date": MAY_3, "agency": "TASS"}),
        ("MOSCOW, May 3. /TASS/.", {"place": "Moscow", "date": MAY_3, "agency": "TASS"}),
        ("LONDON, May 3 (Reuters) -", {"place": "London", "date": MAY_3, "agency": "Reuters"}),
        (
            "HELENA, Mont., May 3, 2021 /Wireline/ --",
            {
                "place": "Helena",
                "region": "Mont.",
                "date": dt.date(2021, 5, 3),
                "agency": "Wireline",
            },
        ),
        ("NEW YORK —", {"place": "New York"}),
        ("New York, NY –", {"place": "New York", "region": "NY"}),
        ("WASHINGTON, D.C. —", {"place": "Washington", "region": "D.C."}),
        (
            "AIX-EN-PROVENCE, France (AFP) –",
            {"place": "Aix-en-Provence", "country": "France", "agency": "AFP"},
        ),
        (
            "The Hague, Netherlands (AP) —",
            {"place": "The Hague", "country": "Netherlands", "agency": "AP"},
        ),
        ("(Reuters) —", {"agency": "Reuters"}),
        ("КИЕВ (Интерфакс) —", {"place": "Киев", "agency": "Интерфакс"}),
    ],
)  # fmt: skip
def test_the_grammar_reads(raw, expected):
    dateline = read_dateline(f"{raw} {REST}", PUBLISHED)
    found = {
        name: value
        for name in ("place", "region", "country", "agency", "date", "local_time")
        if (value := getattr(dateline, name)) is not None
    }
    assert found == expected
    assert dateline.raw == raw


@pytest.mark.parametrize(
    "opening",
    [
        "The ships left the harbour",
        "BERLIN-based officials said",
        "EXCLUSIVE — The ships left",
        "Ann Lee, CEO - said so",
        "NATO - the alliance",
        "I think (well, perhaps) so",
        "Rome — Another day",
        "KYIV",
        "Moscow, 3 May",
        "WASHINGTON (Reuters) -",
        "U.S. - China trade",
        "2022 – A year",
        "",
    ],
)
def test_what_only_looks_like_one_is_none(opening):
    assert read_dateline(opening, PUBLISHED) is None


def test_a_day_without_year_stays_unknown_without_a_neighbour():
    assert read_dateline(f"LONDON, May 3 (Reuters) - {REST}").date is None


@given(st.text(alphabet="AbZ ,.()/-–—:3é5M", max_size=150), st.booleans())
def test_raw_is_always_the_beginning_and_never_all(text, is_dated):
    dateline = read_dateline(text, PUBLISHED if is_dated else None)
    if dateline is not None:
        assert text.startswith(dateline.raw)
        assert text[len(dateline.raw) :].strip()


@pytest.mark.parametrize("bait", ["A, ", "A ", "(", "KYIV, ", "A-", "May 3, ", "/a", "A.-"])
def test_bait_costs_nothing(bait):
    started = time.perf_counter()
    read_dateline(bait * 200_000, PUBLISHED)
    assert time.perf_counter() - started < 0.5
