import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.codec import from_json, to_json
from archive.digest import Digest
from archive.model import Article, Capture, Moment, Picture, Reading, Run
from archive.web.urls import UrlKey

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda m: dt.timezone(dt.timedelta(minutes=m)))
AWARE = st.datetimes(timezones=OFFSETS)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
for type_, strategy in (
    (dt.datetime, AWARE),
    (str, TEXT),
    (Moment, st.builds(Moment, on=st.dates(), at=st.none() | AWARE, raw=TEXT)),
    (Digest, st.binary(max_size=4).map(Digest.of)),
    (int, st.integers(-(2**63), 2**63 - 1)),
    (dt.time, st.times()),
    (float, st.floats(allow_nan=False, allow_infinity=False)),
):
    st.register_type_strategy(type_, strategy)
PDQ = st.none() | st.text("0123456789abcdef", min_size=64, max_size=64)
st.register_type_strategy(Picture, st.builds(Picture, pdq=PDQ))


@pytest.mark.parametrize("type_", [Article, Reading, Capture, Run])
@given(data=st.data())
def test_what_is_written_is_read_back(type_, data):
    value = data.draw(st.from_type(type_))
    assert from_json(to_json(value), type_) == value
    assert to_json(from_json(to_json(value), type_)) == to_json(value)


def test_texts_with_a_type_keep_it():
    digest = from_json(to_json(Digest.of(b"x")), Digest)
    assert type(digest) is Digest
    assert from_json(to_json({"k": UrlKey("a)/")}), dict[str, UrlKey]) == {"k": "a)/"}


def test_a_page_keeps_its_own_offset():
    at = dt.datetime(2026, 11, 22, 5, 35, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    moment = from_json(to_json(Moment(on=at.date(), at=at)), Moment)
    assert str(moment) == "2026-11-22T05:35:00+02:00"


def test_lone_surrogates_are_replaced_and_pairs_joined():
    article = Article(url="https://news.example/", headline="\ud800x\ud83d\ude00", tags=("\udfff",))
    read = from_json(to_json(article), Article)
    assert (read.headline, read.tags) == ("\ufffdx\U0001f600", ("\ufffd",))


def test_what_the_model_does_not_know_is_refused():
    with pytest.raises(TypeError):
        to_json(object())
    with pytest.raises(ValueError, match="headline"):
        from_json(b'{"url":"x","headline":5}', Article)
