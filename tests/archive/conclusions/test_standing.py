"""How an article stands: what a look shows, and what turns. Its states: test_rechecks.py."""

import datetime as dt
import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.conclusions.standing import Look, Seen, State, after, seen_in, standing, turns
from archive.model import FailureKind, Verdict

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def look(hours, seen, text=None, basis="r/1"):
    return Look(
        at=NOW + dt.timedelta(hours=hours),
        record_id=f"urn:uuid:{hours:08}",
        seen=seen,
        text_digest=text,
        basis=basis,
    )


def texts(letters, basis="r/1"):
    return [look(hours, Seen.TEXT, text, basis) for hours, text in enumerate(letters)]


@pytest.mark.parametrize(
    ("letters", "edits"),
    [("AAAA", []), ("AABB", ["B"]), ("ABABAB", ["B"]), ("ABCAB", ["B", "C"])],
)
def test_an_edit_is_a_text_never_seen_before(letters, edits):
    found = [turn for turn in turns(texts(letters)) if turn.replaced is not None]
    assert [turn.look.text_digest for turn in found] == edits


def test_an_edit_knows_the_text_that_it_replaced():
    found = [turn.replaced for turn in turns(texts("ABAC"))]
    assert found == [None, "A", "A"]


def test_texts_of_another_basis_are_not_compared():
    looks = [look(0, Seen.TEXT, "A", "r/1"), look(1, Seen.TEXT, "B", "r/2")]
    assert standing(looks).state is State.LIVE
    assert len(list(turns(looks))) == 1
    looks.append(look(2, Seen.TEXT, "C", "r/2"))
    assert standing(looks).state is State.EDITED


LOOKS = st.lists(
    st.tuples(
        st.integers(0, 200), st.sampled_from(Seen), st.sampled_from("ABC"), st.sampled_from("xy")
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one[0],
).map(
    lambda drawn: [
        look(hours, seen, text if seen is Seen.TEXT else None, basis)
        for hours, seen, text, basis in drawn
    ]
)


@given(LOOKS, st.randoms(use_true_random=False))
def test_turns_follow_from_the_looks_whatever_their_order(looks, chance):
    shuffled = random.Random(chance.random()).sample(looks, len(looks))
    found = list(turns(looks))
    assert list(turns(shuffled)) == found
    assert found[-1].standing.state is standing(looks).state
    for one, other in itertools.pairwise(found):
        assert other.before is one.standing.state
    seen = {(one.basis, one.text_digest) for one in looks if one.text_digest}
    bases = {basis for basis, _ in seen}
    assert sum(turn.replaced is not None for turn in found) == len(seen) - len(bases)


def test_one_look_after_another_stands_as_all_together():
    now = None
    for number, one in enumerate(texts("AABBC")):
        now = after(now, one)
        assert now == standing(texts("AABBC")[: number + 1])


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ({"status": 410}, Seen.GONE),
        ({"status": 404, "verdict": Verdict.GONE}, Seen.NOT_FOUND),
        ({"status": 200, "verdict": Verdict.GONE}, Seen.NOT_FOUND),
        ({"status": 503}, Seen.FAILURE),
        ({"status": 503, "verdict": Verdict.CHALLENGE}, Seen.WALL),
        ({"status": 200, "verdict": Verdict.LOGIN_WALL}, Seen.WALL),
        ({"status": 200, "verdict": Verdict.CONTENT, "has_article": True}, Seen.TEXT),
        ({"status": 200, "verdict": Verdict.CONTENT}, Seen.FAILURE),
        ({"status": 200, "verdict": Verdict.PAYWALL, "has_article": True}, Seen.TEXT),
        (
            {"status": 200, "verdict": Verdict.PAYWALL, "has_article": True, "is_partial": True},
            Seen.WALL,
        ),
        ({"status": 200, "verdict": Verdict.UNREADABLE}, Seen.FAILURE),
        ({"status": 200}, None),
        ({"status": None, "failure": FailureKind.TIMEOUT}, Seen.FAILURE),
        ({"status": None, "failure": FailureKind.ROBOTS_DENIED}, None),
        ({"status": None, "failure": FailureKind.LEFT_ALONE}, None),
    ],
)
def test_what_an_answer_shows(told, seen):
    assert seen_in(**told) is seen
