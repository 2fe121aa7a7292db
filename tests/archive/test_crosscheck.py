import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.answer import PostAuthor, PostFacts
from archive.crosscheck import Flag, Likeness, compare_handles, compare_texts, cross_check
from archive.model import Citation, Relation

AT = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)


def citation(**fields):
    given = {"platform": "x", "post_id": "1", "url": "https://x.com/i/status/1"}
    return Citation(**(given | {"relation": Relation.EMBEDDED, "form": "blockquote"} | fields))


@pytest.mark.parametrize(
    ("claimed", "stated", "likeness"),
    [
        ("Water at the bridge", "Water at the bridge", Likeness.SAME),
        ("water at “the bridge”!", 'Water at "the bridge"', Likeness.SAME),
        ("Water https://t.co/abc", "Water https://news.example/long", Likeness.SAME),
        ("Water pic.twitter.com/abc", "Water", Likeness.SAME),
        ("قصف على إدلب", "قصف على ادلب", Likeness.SAME),
        ("Water at the…", "Water at the bridge", Likeness.CUT),
        ("Water at the bri", "Water at the bridge", Likeness.CUT),
        ("Water at the bridge rises fast", "Water at the bridge", Likeness.CUT),
        ("Water at the old bridge", "Water at the new bridge", Likeness.EDITED),
        ("Water at the bridge", "Elections were held today", Likeness.DIFFERENT),
        (None, "Water", Likeness.NOT_COMPARABLE),
        ("Water", None, Likeness.NOT_COMPARABLE),
        ("https://t.co/abc", "Water", Likeness.NOT_COMPARABLE),
    ],
)
def test_texts_compare(claimed, stated, likeness):
    assert compare_texts(claimed, stated) is likeness


@given(st.text(max_size=60), st.text(max_size=60))
def test_comparing_has_no_sides(one, other):
    assert compare_texts(one, other) is compare_texts(other, one)


@given(st.text(max_size=60))
def test_a_text_is_the_same_as_itself_or_nothing(text):
    assert compare_texts(text, text) in {Likeness.SAME, Likeness.NOT_COMPARABLE}


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("@Harbor", "harbor", Likeness.SAME),
        ("harbor", "other", Likeness.DIFFERENT),
        (None, "harbor", Likeness.NOT_COMPARABLE),
        ("@", "harbor", Likeness.NOT_COMPARABLE),
    ],
)
def test_handles_compare(one, other, likeness):
    assert compare_handles(one, other) is likeness


@pytest.mark.parametrize(
    ("cited", "facts", "flags"),
    [
        ({"claimed_on": dt.date(2026, 11, 23), "id_at": AT}, {"posted_at": AT}, ()),
        ({"claimed_on": dt.date(2026, 11, 24), "id_at": AT}, {}, (Flag.CLAIMED_DAY_FAR_FROM_ID,)),
        ({"id_at": AT}, {"posted_at": AT + dt.timedelta(minutes=5)}, ()),
        (
            {"id_at": AT},
            {"posted_at": AT + dt.timedelta(minutes=6)},
            (Flag.ID_FAR_FROM_PLATFORM,),
        ),
        (
            {"id_at": AT, "platform": "tiktok"},
            {"posted_at": AT + dt.timedelta(hours=20)},
            (),
        ),
        ({"id_at": AT + dt.timedelta(days=2)}, {}, (Flag.ID_IN_THE_FUTURE,)),
        (
            {"claimed_handle": "one", "claimed_text": "Water at the bridge"},
            {"author": PostAuthor(handle="two"), "text": "Elections were held"},
            (Flag.OTHER_AUTHOR, Flag.OTHER_TEXT),
        ),
    ],
)
def test_what_passes_the_limits_is_flagged(cited, facts, flags):
    found = cross_check(citation(**cited), PostFacts(**facts), AT + dt.timedelta(hours=1))
    assert found.flags == flags
