"""Web archives: a TimeGate names a copy, the copy is a third party's capture."""

import pytest

from archive import PostState
from crawler.platforms.ladder import next_ask
from crawler.platforms.memento import ARCHIVE, MEMENTO, MEMENTO_AT, WebArchive, archive_rungs
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import recognise
from crawler.platforms.rung import Grade
from tests.crawler.platforms.answering import answered

KEEPER = WebArchive(name="Keeper", timegate="https://keeper.example/web/")
RUNGS = archive_rungs(KEEPER)
REF = recognise("https://x.com/quay_office/status/2120861186107183105")
COPY = f"https://keeper.example/web/20261112130000/{REF.url}"
AT = "Thu, 12 Nov 2026 13:00:00 GMT"
PAGE = """<meta property="og:title" content="Quay Office on X">
<meta property="og:description" content="Lock gate stuck">"""


def walk(*given):
    """The answers of a walk up the archive's rungs, and its last request."""
    answers, asks = [], []
    for one in given:
        rung, ask = next_ask(REF, answers, RUNGS)
        asks.append(ask)
        answers.append(rung.read(REF, one))
    return answers, asks


def test_timegate_is_asked_for_the_copy_nearest_to_the_posts_own_instant():
    _, ask = next_ask(REF, [], RUNGS)
    assert ask.url == f"https://keeper.example/web/{REF.url}"
    assert ask.headers == {"Accept-Datetime": "Thu, 12 Nov 2026 12:48:05 GMT"}
    undated = PostRef(platform="telegram", post_id="a_b_c/1", url="https://t.me/a_b_c/1")
    assert next_ask(undated, [], RUNGS)[1].headers == {}


@pytest.mark.parametrize(
    "named",
    [
        answered(status=302, url=KEEPER.timegate, location=COPY, memento_datetime=AT),
        answered(url=KEEPER.timegate, content_location=COPY, memento_datetime=AT),
    ],
)
def test_copy_is_read_raw_and_says_whose_and_when(named):
    answers, asks = walk(named, answered(PAGE, memento_datetime=AT))
    assert answers[0].learnt[MEMENTO] == COPY
    assert asks[1].url == f"https://keeper.example/web/20261112130000id_/{REF.url}"
    copy = answers[1]
    assert (copy.state, copy.grade) == (PostState.OK_PARTIAL, Grade.THIRD_PARTY_CAPTURE)
    assert copy.facts.text == "Lock gate stuck"
    assert copy.learnt == {ARCHIVE: "Keeper", MEMENTO_AT: "2026-11-12T13:00:00+00:00"}


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("https://twitter.com/quay_office/status/2120861186107183105", PostState.OK_PARTIAL),
        ("https://x.com/quay_office/status/7", PostState.PARSE_ERROR),
        ("https://x.com/i/flow/login", PostState.PARSE_ERROR),
    ],
)
def test_copy_that_says_it_is_another_page_is_not_taken_for_the_post(url, state):
    named = answered(status=302, url=KEEPER.timegate, location=COPY, memento_datetime=AT)
    page = f'<meta property="og:url" content="{url}">{PAGE}'
    answers, _ = walk(named, answered(page, memento_datetime=AT))
    assert answers[1].state is state
    assert (answers[1].facts is None) == (state is PostState.PARSE_ERROR)
    assert answers[1].learnt[ARCHIVE] == "Keeper"


def test_copy_of_a_post_whose_author_has_two_names_is_that_post():
    ref = recognise("https://bsky.app/profile/keeper.example/post/3mztfskqm7c2l")
    page = f"""<meta property="og:url"
     content="https://bsky.app/profile/did:plc:q7wharfkeeper2222demo3xy/post/3mztfskqm7c2l">{PAGE}"""
    copy = RUNGS[1].read(ref, answered(page, memento_datetime=AT))
    assert copy.state is PostState.OK_PARTIAL


@pytest.mark.parametrize(
    ("named", "state"),
    [
        (answered(status=404), PostState.NOT_FOUND),
        (answered(status=302, location="https://elsewhere.example/x"), PostState.PARSE_ERROR),
        (answered(status=503), PostState.TRANSIENT),
        (answered("<p>Welcome</p>"), PostState.PARSE_ERROR),
    ],
)
def test_timegate_without_a_copy_ends_there(named, state):
    answers, _ = walk(named)
    assert answers[0].state is state
    assert next_ask(REF, answers, RUNGS) is None


@pytest.mark.parametrize(
    "copy", [answered(PAGE), answered("<p>x</p>", memento_datetime=AT), answered(status=404)]
)
def test_copy_that_is_none_is_no_fact(copy):
    named = answered(status=302, url=KEEPER.timegate, location=COPY)
    answers, _ = walk(named, copy)
    assert answers[1].facts is None


def test_post_that_the_platform_showed_is_not_looked_for():
    assert next_ask(REF, [RUNGS[1].read(REF, answered(PAGE, memento_datetime=AT))], RUNGS) is None
