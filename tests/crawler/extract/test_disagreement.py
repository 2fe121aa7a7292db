"""Flags where claims and other knowledge disagree."""

import datetime as dt

import pytest

from archive import Citation, Dateline, Moment, Relation
from crawler.extract.disagreement import claim_disagrees, dateline_disagrees, dateline_gap

BEIRUT = dt.timezone(dt.timedelta(hours=3))


def moment(hour, minute=0, day=30):
    at = dt.datetime(2020, 9, day, hour, minute, tzinfo=BEIRUT)
    return Moment(on=at.date(), at=at)


def dateline(hour, minute=0, day=None):
    return Dateline(raw="-", local_time=dt.time(hour, minute), date=day)


@pytest.mark.parametrize(
    ("stated", "published", "disagrees"),
    [
        (dateline(17, 35), moment(17, 41), False),
        (dateline(17, 35), moment(17, 20), False),
        (dateline(17, 35), moment(16, 0), True),
        (dateline(17, 35), moment(23, 30), False),
        (dateline(17, 35), moment(9, 0), True),
        (dateline(23, 50), moment(0, 10), False),
        (dateline(17, 35, dt.date(2020, 9, 29)), moment(17, 41), True),
        (Dateline(raw="KYIV —", place="Kyiv"), moment(9), False),
        (dateline(17, 35), None, False),
        (dateline(17, 35), Moment(on=dt.date(2020, 9, 30)), False),
    ],
)
def test_a_local_time_after_publication_or_long_before_it_disagrees(stated, published, disagrees):
    assert dateline_disagrees(stated, published) is disagrees


def test_the_gap_passes_midnight():
    assert dateline_gap(dateline(23, 50), moment(0, 10)) == dt.timedelta(minutes=20)


@pytest.mark.parametrize(
    ("claimed", "disagrees"),
    [(15, False), (16, False), (17, False), (14, True), (18, True), (None, False)],
)
def test_a_claimed_day_may_be_one_off_the_id_s(claimed, disagrees):
    citation = Citation(
        platform="x",
        post_id="1",
        url="https://x.com/i/status/1",
        relation=Relation.EMBEDDED,
        form="blockquote",
        claimed_on=None if claimed is None else dt.date(2024, 5, claimed),
        id_at=dt.datetime(2024, 5, 16, 23, 59, tzinfo=dt.UTC),
    )
    assert claim_disagrees(citation) is disagrees
