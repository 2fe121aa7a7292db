"""Claims beside facts: texts, handles, days and instants."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import Citation, FactSource, PostAuthor, PostFacts, Relation
from archive.conclusions.crosscheck import (
    Flag,
    HandleMatch,
    TextMatch,
    compare_handles,
    compare_texts,
    crosscheck,
)

AT = dt.datetime(2026, 11, 12, 12, 48, 5, tzinfo=dt.UTC)
SEEN = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
TEXT = "The lock gate at Marl is stuck; boats wait below it since noon."


def citation(platform="x", **claims):
    return Citation(
        platform=platform,
        post_id="1",
        url="https://x.com/i/status/1",
        relation=Relation.EMBEDDED,
        form="blockquote",
        **claims,
    )


def facts(handle="quay_office", **changes):
    values = {"author": PostAuthor(handle=handle), "text": TEXT, "posted_at": AT}
    values.update(changes)
    return PostFacts(**values, sources=dict.fromkeys(values, FactSource.API))


@pytest.mark.parametrize(
    ("claimed", "real", "match"),
    [
        (TEXT, TEXT, TextMatch.SAME),
        ("  The lock gate\nat Marl", "The lock  gate at Marl", TextMatch.SAME),
        ("Wind &amp; rain", "Wind & rain", TextMatch.SAME),
        ("Cafe\u0301 shut", "Café shut", TextMatch.SAME),
        ("Look https://t.co/AbC12 pic.twitter.com/xyz9",
         "Look https://news.example/a/long/address", TextMatch.SAME),
        ("Sluice open water.example/lev…", "Sluice open https://water.example/levels/2",
         TextMatch.SAME),
        ("Dark bank.\n\n[image or embed]", "Dark bank.", TextMatch.SAME),
        ("“The gate is stuck”", "The gate is stuck", TextMatch.SAME),
        ("\u200fالبوابة عالقة\ufeff", "البوابة عالقة", TextMatch.SAME),
        (TEXT[:40] + "…", TEXT, TextMatch.CUT),
        (TEXT[:40] + "...", TEXT, TextMatch.CUT),
        ("The lock…", TEXT, TextMatch.CUT),
        ("boats wait below it since noon", TEXT, TextMatch.CUT),
        (TEXT, TEXT[:40], TextMatch.CUT),
        (TEXT, TEXT.replace("noon", "dawn"), TextMatch.EDITED),
        (TEXT, "Nothing to see, the museum opens on Monday at ten.", TextMatch.DIFFERENT),
        ("闸门卡住了，船只中午起等候在下方", "闸门卡住了，船只清晨起等候在下方",
         TextMatch.EDITED),
        (None, TEXT, TextMatch.NOT_COMPARABLE),
        (TEXT, None, TextMatch.NOT_COMPARABLE),
        ("https://t.co/AbC12", TEXT, TextMatch.NOT_COMPARABLE),
    ],
)  # fmt: skip
def test_texts_compare_without_what_each_place_does_to_them(claimed, real, match):
    assert compare_texts(claimed, real) is match


@given(st.text(max_size=300))
def test_text_is_the_same_as_itself_or_empty(text):
    assert compare_texts(text, text) in {TextMatch.SAME, TextMatch.NOT_COMPARABLE}


@given(st.text(max_size=300), st.text(max_size=300))
def test_texts_compare_alike_from_both_sides_but_for_an_ellipsis(one, other):
    there, back = compare_texts(one, other), compare_texts(other, one)
    assert there is back or TextMatch.CUT in {there, back}


def test_huge_texts_compare_quickly():
    assert compare_texts("a" * 1_000_000, "ab" * 500_000) is TextMatch.DIFFERENT


@pytest.mark.parametrize(
    ("claimed", "real", "match"),
    [
        ("@Quay_Office", "quay_office", HandleMatch.SAME),
        ("warden", "warden@dyke.example", HandleMatch.SAME),
        ("warden@dyke.example", "warden@polder.example", HandleMatch.DIFFERENT),
        ("quay_office", "quay_0ffice", HandleMatch.DIFFERENT),
        (None, "quay_office", HandleMatch.NOT_COMPARABLE),
        ("quay_office", None, HandleMatch.NOT_COMPARABLE),
    ],
)
def test_handles_compare_without_case_and_at_sign(claimed, real, match):
    assert compare_handles(claimed, real) is match


def test_agreeing_claim_raises_no_flag():
    checked = crosscheck(
        citation(
            claimed_text=TEXT,
            claimed_handle="Quay_Office",
            claimed_on=AT.date() + dt.timedelta(days=1),
            id_at=AT + dt.timedelta(minutes=5),
        ),
        facts(),
        seen_at=SEEN,
    )
    assert (checked.text, checked.handle, checked.flags) == (TextMatch.SAME, HandleMatch.SAME, ())
    assert (checked.claimed_on, checked.posted_at) == (dt.date(2026, 11, 13), AT)


@pytest.mark.parametrize(
    ("claims", "changes", "flag"),
    [
        ({"claimed_handle": "other"}, {}, Flag.HANDLE_DIFFERS),
        ({"claimed_text": "Elsewhere a parade went by, loudly."}, {}, Flag.TEXT_DIFFERS),
        ({"claimed_on": dt.date(2026, 11, 14), "id_at": AT}, {}, Flag.CLAIMED_DAY_OFF),
        ({"claimed_on": dt.date(2026, 11, 10)}, {}, Flag.CLAIMED_DAY_OFF),
        ({"id_at": AT + dt.timedelta(minutes=5, seconds=1)}, {}, Flag.ID_INSTANT_OFF),
        ({"id_at": SEEN + dt.timedelta(days=1)}, {"posted_at": None}, Flag.ID_IN_FUTURE),
    ],
)
def test_each_disagreement_past_its_limit_raises_its_flag(claims, changes, flag):
    checked = crosscheck(citation(**claims), facts(**changes), seen_at=SEEN)
    assert checked.flags == (flag,)


def test_film_may_be_numbered_a_day_before_it_appears():
    early = citation("tiktok", id_at=AT - dt.timedelta(hours=23))
    assert crosscheck(early, facts(), seen_at=SEEN).flags == ()
    late = citation("tiktok", id_at=AT - dt.timedelta(hours=25))
    assert crosscheck(late, facts(), seen_at=SEEN).flags == (Flag.ID_INSTANT_OFF,)


def test_instant_taken_from_the_id_is_no_witness_beside_it():
    known = PostFacts(posted_at=AT, sources={"posted_at": FactSource.ID})
    checked = crosscheck(citation(id_at=AT), known, seen_at=SEEN)
    assert (checked.posted_at, checked.flags) == (None, ())


def test_post_never_fetched_is_still_checked_by_its_id():
    claim = citation(claimed_text=TEXT, claimed_on=dt.date(2020, 1, 1), id_at=AT)
    checked = crosscheck(claim, None, seen_at=SEEN)
    assert (checked.text, checked.flags) == (TextMatch.NOT_COMPARABLE, (Flag.CLAIMED_DAY_OFF,))


def test_embed_of_another_version_is_flagged():
    known = facts(revision="bafynew")
    checked = crosscheck(citation(claimed_revision="bafyold"), known, seen_at=SEEN)
    assert checked.flags == (Flag.REVISION_DIFFERS,)
    claim = citation(claimed_revision="bafynew")
    assert crosscheck(claim, known, seen_at=SEEN).flags == ()


def test_a_film_is_claimed_by_its_title_as_well_as_by_its_text():
    film = facts(text="Filmed from the north bank.", title="Saltmarsh Bridge at high water")
    claim = citation(claimed_text="Saltmarsh Bridge at high water")
    assert crosscheck(claim, film, seen_at=SEEN).text is TextMatch.SAME
