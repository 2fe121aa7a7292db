"""The walk up a ladder: what ends it, what leads on, and which answer it came to."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import Failure, FailureKind, PostAnswer, PostState
from crawler.platforms.ladder import (
    PASSING,
    SETTLED,
    best,
    is_to_be_repeated,
    next_ask,
    not_asked,
    unanswered,
)
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import AUTHOR_WISH, Ask, Grade

REF = PostRef(platform="x", post_id="1", url="https://x.com/i/status/1")


@dataclass(frozen=True)
class Step:
    """A rung that always asks; `is_deaf` ones never do."""

    name: str
    grade: Grade = Grade.API
    why_off: str | None = None
    is_deaf: bool = False

    def ask(self, ref, before):
        return None if self.is_deaf else Ask(url=f"https://{self.name}.example/{ref.post_id}")


def told(state, rung="one", grade=Grade.API, learnt=()):
    return PostAnswer(
        platform="x",
        post_id="1",
        url=REF.url,
        rung=rung,
        grade=grade,
        state=state,
        learnt=dict(learnt),
    )


LADDER = (Step("one"), Step("two"), Step("three"))
ARCHIVE = Step("archive", grade=Grade.THIRD_PARTY_CAPTURE)
LEADS_ON = [
    PostState.OK_PARTIAL,
    PostState.WITHHELD_LOGIN,
    PostState.EMBEDDING_DISABLED,
    PostState.GEO_BLOCKED,
    PostState.UNAVAILABLE,
    PostState.RATE_LIMITED,
    PostState.LOGIN_WALL,
    PostState.BLOCKED_BOT,
    PostState.TRANSIENT,
    PostState.PARSE_ERROR,
    PostState.NOT_ASKED,
]


def next_name(answers, rungs=LADDER):
    step = next_ask(REF, answers, rungs)
    return step and step[0].name


def test_walk_begins_with_the_best_rung_that_is_on():
    rung, ask = next_ask(REF, [], LADDER)
    assert (rung.name, ask.url) == ("one", "https://one.example/1")
    assert next_name([], LADDER[1:]) == "two"
    assert next_ask(REF, [], []) is None


@pytest.mark.parametrize("state", LEADS_ON)
def test_refusal_half_an_answer_and_fault_lead_to_the_next_rung(state):
    assert next_name([told(state)]) == "two"


def test_full_answer_ends_the_walk_archives_included():
    assert next_name([told(PostState.OK)], (*LADDER, ARCHIVE)) is None


@pytest.mark.parametrize("state", sorted(SETTLED))
def test_settling_answer_ends_our_own_asking_and_leaves_the_archives(state):
    assert next_name([told(state)]) is None
    assert next_name([told(state)], (*LADDER, ARCHIVE)) == "archive"


def test_every_state_either_ends_settles_or_leads_on():
    assert {PostState.OK, *SETTLED, *LEADS_ON} == set(PostState)


def test_rung_is_asked_once_and_one_that_cannot_be_asked_is_passed():
    answers = [told(PostState.TRANSIENT), told(PostState.TRANSIENT, "two")]
    assert next_name(answers) == "three"
    assert next_name([*answers, told(PostState.BLOCKED_BOT, "three")]) is None
    assert next_name([], (Step("one", is_deaf=True), Step("two"))) == "two"


def test_authors_wish_ends_the_walk_archives_included():
    wish = told(PostState.NOT_ASKED, learnt={AUTHOR_WISH: "!no-unauthenticated"})
    assert next_name([wish], (*LADDER, ARCHIVE)) is None


def test_later_failure_never_overwrites_an_earlier_success():
    found = told(PostState.OK)
    for state in PostState:
        assert best([found, told(state, "two")]) is found
    half = told(PostState.OK_PARTIAL)
    assert best([half, told(PostState.DELETED, "two")]) is half


def test_of_equal_answers_the_better_rungs_stands():
    first, second = told(PostState.OK_PARTIAL), told(PostState.OK_PARTIAL, "two")
    assert best([first, second]) is first
    assert best([first, told(PostState.OK, "two")]).rung == "two"
    assert best([]) is None


def test_archived_copy_stands_behind_whatever_the_platform_showed():
    copy = told(PostState.OK, "archive", Grade.THIRD_PARTY_CAPTURE)
    half, gone = told(PostState.OK_PARTIAL), told(PostState.DELETED)
    assert best([half, copy]) is half
    assert best([gone, copy]) is copy


def test_platforms_word_on_the_post_counts_more_than_a_wall():
    wall = told(PostState.BLOCKED_BOT)
    assert best([wall, told(PostState.DELETED, "two")]).state is PostState.DELETED
    assert best([told(PostState.NOT_ASKED), wall]).state is PostState.BLOCKED_BOT


@given(st.lists(st.sampled_from(PostState), max_size=6))
def test_best_is_one_of_the_answers_and_found_where_any_is(states):
    answers = [told(state, f"rung-{at}") for at, state in enumerate(states)]
    chosen = best(answers)
    assert (chosen in answers) == bool(answers)
    found = {PostState.OK, PostState.OK_PARTIAL}
    assert chosen is None or (chosen.state in found) == (not found.isdisjoint(states))


@given(st.lists(st.sampled_from(PostState), max_size=3))
def test_walk_ends(states):
    answers = []
    for at in range(len(LADDER) + 1):
        step = next_ask(REF, answers, LADDER)
        if step is None:
            return
        state = states[at] if at < len(states) else PostState.TRANSIENT
        answers.append(told(state, step[0].name))
    pytest.fail("the walk goes on for ever")


@pytest.mark.parametrize("state", sorted(PASSING))
def test_walk_past_a_passing_fault_is_repeated_unless_the_matter_was_settled(state):
    fault = told(state)
    assert is_to_be_repeated([fault, told(PostState.OK_PARTIAL, "two")])
    assert is_to_be_repeated([fault, told(PostState.UNAVAILABLE, "two")])
    assert not is_to_be_repeated([fault, told(PostState.OK, "two")])
    assert not is_to_be_repeated([fault, told(PostState.DELETED, "two")])
    assert not is_to_be_repeated([told(PostState.OK_PARTIAL)])


def test_third_partys_word_settles_nothing():
    none_kept = told(PostState.NOT_FOUND, "archive", Grade.THIRD_PARTY_CAPTURE)
    copy = told(PostState.OK, "archive", Grade.THIRD_PARTY_CAPTURE)
    fault = told(PostState.TRANSIENT)
    assert next_name([none_kept]) == "one"
    assert best([fault, none_kept]) is fault
    assert is_to_be_repeated([fault, none_kept])
    assert is_to_be_repeated([fault, copy])


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (FailureKind.ROBOTS_DENIED, PostState.NOT_ASKED),
        (FailureKind.LEFT_ALONE, PostState.RATE_LIMITED),
        (FailureKind.TIMEOUT, PostState.TRANSIENT),
        (FailureKind.DNS, PostState.TRANSIENT),
        (FailureKind.ROBOTS_UNREACHABLE, PostState.TRANSIENT),
        (FailureKind.TOO_LARGE, PostState.PARSE_ERROR),
    ],
)
def test_request_that_nothing_came_back_from_is_an_answer_too(kind, state):
    answer = unanswered(REF, Step("one"), Failure(kind=kind, detail="so it went"))
    assert (answer.state, answer.reason) == (state, f"{kind}: so it went")
    assert next_name([answer]) == "two"


def test_post_without_a_rung_that_is_on_says_why_it_is_not_asked_for():
    rungs = [Step("one", why_off="the terms forbid it"), Step("two", why_off="a third party")]
    answer = not_asked(REF, rungs)
    assert answer.state is PostState.NOT_ASKED
    assert answer.reason == "one: the terms forbid it; two: a third party"
    assert not_asked(REF, []).reason == "no public place to ask is known"
