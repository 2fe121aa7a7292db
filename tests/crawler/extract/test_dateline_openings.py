"""Openings in the manner of agencies and papers of many countries, and some that only look so.

`openings.tsv`, written for this: language, place, agency (`-` for none), dateline, report; a row
without a dateline opens with none.
"""

import datetime as dt
from pathlib import Path

import pytest

from crawler.extract.datelines.opening import read_dateline
from crawler.extract.datelines.place_witness import Setting

DAY = dt.date(2024, 5, 3)
LINES = Path(__file__).with_name("openings.tsv").read_text("utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES]


def read(language, text):
    return read_dateline(text, DAY, Setting(language, text[10:]))


@pytest.mark.parametrize(
    ("language", "place", "agency", "dateline", "report"), [row for row in ROWS if row[3]]
)
def test_a_dateline_is_taken_off_its_report(language, place, agency, dateline, report):
    found = read(language, dateline + report)
    assert found is not None
    assert (found.raw.strip(), found.place or "-", found.agency or "-") == (
        dateline.strip(),
        place,
        agency,
    )


@pytest.mark.parametrize(("language", "text"), [(row[0], row[4]) for row in ROWS if not row[3]])
def test_what_only_looks_like_a_dateline_is_left(language, text):
    assert read(language, text) is None
