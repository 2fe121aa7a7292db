import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import ArticleState as State
from archive import Look, Seen, Standing, standing
from crawler.schedule.rechecks import USUAL, AgeSchedule, next_look
from crawler.schedule.urgency import SOURCE_PRIORITY, priority_of

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def look(hours, seen, text=None, target=None):
    return Look(
        at=NOW + hours * HOUR,
        record_id=f"urn:uuid:{hours:08}",
        seen=seen,
        text_digest=text,
        target=target,
    )


def states(*looks):
    return [standing(looks[: count + 1]).state for count in range(len(looks))]


def test_a_text_is_live_and_another_text_is_an_edit_that_stays():
    looks = [look(n, Seen.TEXT, text) for n, text in enumerate("AABA")]
    assert states(*looks) == [
        State.LIVE,
        State.LIVE,
        State.EDITED,
        State.EDITED,
    ]
    last = standing(looks)
    assert (last.since, last.text_digest) == (looks[2].at, "A")


@pytest.mark.parametrize(
    ("later", "state"),
    [(23, State.FAILING), (24, State.GONE), (240, State.GONE)],
)
def test_not_found_twice_is_gone_when_a_day_lies_between(later, state):
    looks = [look(0, Seen.TEXT, "A"), look(1, Seen.NOT_FOUND), look(1 + later, Seen.NOT_FOUND)]
    last = standing(looks)
    assert last.state is state
    assert last.since == looks[1].at


def test_gone_is_believed_at_once_where_the_site_says_so():
    assert states(look(0, Seen.TEXT, "A"), look(1, Seen.GONE)) == [
        State.LIVE,
        State.GONE,
    ]


@pytest.mark.parametrize("between", [Seen.TEXT, Seen.WALL, Seen.MOVED])
def test_whatever_was_there_in_between_begins_the_count_anew(between):
    looks = [look(0, Seen.NOT_FOUND), look(10, between, "A"), look(30, Seen.NOT_FOUND)]
    assert standing(looks).state is State.FAILING


def test_no_answer_in_between_says_nothing():
    looks = [look(0, Seen.NOT_FOUND), look(10, Seen.FAILURE), look(30, Seen.NOT_FOUND)]
    assert standing(looks).state is State.GONE
    assert standing([*looks, look(40, Seen.FAILURE)]).state is State.GONE


def test_what_was_gone_can_come_back():
    looks = [look(0, Seen.TEXT, "A"), look(1, Seen.GONE), look(2, Seen.TEXT, "A")]
    assert states(*looks) == [State.LIVE, State.GONE, State.LIVE]


def test_a_move_has_its_target_and_a_further_move_its_own_instant():
    looks = [look(0, Seen.MOVED, target="/b"), look(1, Seen.MOVED, target="/b")]
    assert (standing(looks).target, standing(looks).since) == ("/b", looks[0].at)
    looks.append(look(2, Seen.MOVED, target="/c"))
    assert (standing(looks).target, standing(looks).since) == ("/c", looks[2].at)


def test_walls_and_failures_are_named_and_never_gone():
    looks = [look(n * 48, seen) for n, seen in enumerate([Seen.WALL, Seen.FAILURE, Seen.FAILURE])]
    assert states(*looks) == [State.WALLED, State.FAILING, State.FAILING]
    assert standing([]) is None


LOOKS = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from(Seen), st.sampled_from("AB")), min_size=1
).map(
    lambda steps: [
        look(sum(hours for hours, _, _ in steps[: n + 1]), seen, text if seen == "text" else None)
        for n, (_, seen, text) in enumerate(steps)
    ]
)


@given(LOOKS, st.randoms())
def test_the_standing_follows_from_the_looks_whatever_their_order(looks, chance):
    shuffled = looks[:]
    random.Random(chance.random()).shuffle(shuffled)
    assert standing(shuffled) == standing(looks)


@given(LOOKS)
def test_every_standing_has_its_reason(looks):
    last = standing(looks)
    assert last.since <= last.last_at == looks[-1].at
    texts = {each.text_digest for each in looks if each.text_digest}
    assert (last.is_edited) == (len(texts) > 1)
    match last.state:
        case State.LIVE:
            assert looks[-1].seen is Seen.TEXT
            assert len(texts) == 1
        case State.EDITED:
            assert looks[-1].seen is Seen.TEXT
        case State.GONE:
            missing = [each.at for each in looks if each.seen is Seen.NOT_FOUND]
            told = any(each.seen is Seen.GONE for each in looks)
            assert told or max(missing) - min(missing) >= DAY


@given(LOOKS, st.integers(0, 100))
def test_looks_again_come_to_an_end_and_never_go_back(looks, age_h):
    now = standing(looks)
    born_at = looks[0].at - age_h * HOUR
    at = next_look(now, born_at=born_at)
    assert at is None or at > now.last_at
    for _ in range(200):
        if at is None:
            break
        now = Standing(state=State.LIVE, since=now.since, last_at=at)
        later = next_look(now, born_at=born_at)
        assert later is None or later > at
        at = later
    assert at is None


def test_an_article_is_looked_at_ever_less_often():
    now, waits = standing([look(0, Seen.TEXT, "A")]), []
    while (at := next_look(now, born_at=NOW)) is not None:
        waits.append(at - now.last_at)
        now = Standing(state=State.LIVE, since=NOW, last_at=at)
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (dt.timedelta(minutes=15), dt.timedelta(weeks=1))
    assert 20 <= len(waits) <= 40


def test_what_was_not_found_is_looked_at_a_day_later_however_old():
    looks = [look(0, Seen.NOT_FOUND)]
    assert next_look(standing(looks), born_at=NOW - 900 * DAY) == NOW + DAY


@pytest.mark.parametrize("seen", [Seen.GONE, Seen.NOT_FOUND])
def test_what_is_gone_is_looked_at_a_day_and_a_week_later_in_case_it_comes_back(seen):
    looks, waits = [look(0, Seen.TEXT, "A"), look(1, seen)], []
    while (at := next_look(standing(looks), born_at=NOW - 900 * DAY)) is not None:
        waits.append(at - looks[-1].at)
        looks.append(look((at - NOW) / HOUR, seen))
    assert waits == [DAY, 7 * DAY]
    assert standing(looks).state is State.GONE


def test_a_passing_failure_is_tried_again_at_once_and_then_at_waits_that_double():
    looks, waits = [look(0, Seen.TEXT, "A"), look(1, Seen.FAILURE)], []
    schedule = AgeSchedule.parse("15m until 9d")
    while waits[-1:] != [6.0]:
        now = standing(looks)
        at = next_look(now, born_at=NOW, schedule=schedule, is_passing=True)
        waits.append((at - now.last_at) / HOUR)
        looks.append(look((at - NOW) / HOUR, Seen.FAILURE))
    assert waits == [0.25, 0.25, 0.5, 1.0, 2.0, 4.0, 6.0]


def test_a_failure_of_the_page_itself_is_tried_again_hours_later():
    now = standing([look(0, Seen.TEXT, "A"), look(1, Seen.FAILURE)])
    assert next_look(now, born_at=NOW) == NOW + 7 * HOUR


@pytest.mark.parametrize("schedule", [USUAL, AgeSchedule.parse("")])
def test_a_page_that_was_never_had_is_tried_again_however_old_it_is(schedule):
    looks, tries = [look(0, Seen.FAILURE)], 0
    while True:
        now = standing(looks)
        born_at = NOW - 900 * DAY
        at = next_look(now, born_at=born_at, schedule=schedule, is_passing=True)
        if at is None:
            break
        looks.append(look((at - NOW) / HOUR, Seen.FAILURE))
        tries += 1
    assert 15 <= tries <= 30
    assert now.last_at - NOW > 50 * DAY
    assert next_look(now, born_at=born_at) is None


def test_a_schedule_is_written_as_it_is_read():
    assert AgeSchedule.parse(str(USUAL)) == USUAL
    assert AgeSchedule.parse("") == AgeSchedule(steps=())


@pytest.mark.parametrize("text", ["10m", "1h until 1d, 10m until 2d", "1h until 1d, 1h until 1d"])
def test_a_schedule_that_cannot_be_meant_is_refused(text):
    with pytest.raises(ValueError, match=r"step|frequent"):
        AgeSchedule.parse(text)


@given(st.integers(-10, 5000), st.integers(0, 5000), st.booleans())
def test_the_younger_goes_first_and_sources_before_all(hours, more, is_recheck):
    younger, older = (
        priority_of(published_at=NOW - age * HOUR, now=NOW, is_recheck=is_recheck)
        for age in (hours, hours + more)
    )
    assert SOURCE_PRIORITY > younger >= older
    assert younger >= priority_of(published_at=NOW - hours * HOUR, now=NOW, is_recheck=True)
