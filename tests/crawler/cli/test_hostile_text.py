"""Whatever a page, a URL or a header says, no control character of it reaches a terminal."""

import datetime as dt
import json
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import (
    Archive,
    Article,
    Author,
    BlockType,
    BodyBlock,
    CatalogueReader,
    Citation,
    Failure,
    FailureKind,
    PollOption,
    PostAnswer,
    PostFacts,
    PostPoll,
    PostState,
    Reading,
    Relation,
    Run,
    Verdict,
)
from crawler.cli import main
from crawler.cli.screen.summary import print_summary, summarise
from crawler.cli.screen.terminal import Screen, one_line
from crawler.json_line import clean, json_line
from tests.strategies import exchange, page

EVIL = "\x1b]0;owned\x07\x1b[2J\r\n\x9b31m\u202eredro\u2066\x00\x7f\x85\u2028end"
HUGE = "A" * 200_000
URL = "https://news.example/2026/evil"
KEPT = {"\n", "\t"}


def steering(text):
    """The characters that could steer a terminal or turn a line."""
    return {
        char
        for char in text
        if char not in KEPT
        and (
            unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}
            or unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF"}
            or unicodedata.bidirectional(char) in {"LRI", "RLI", "FSI", "PDI"}
        )
    }


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An archive of a page whose every text is hostile, past all normalising."""
    root = tmp_path_factory.mktemp("hostile") / "archive"
    run = Run(
        run_id="run-1",
        began_at=dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC),
        software="dateline",
        user_agent="dateline",
        robots="classic",
        hostname="host",
        case=EVIL,
        note=EVIL,
    )
    citation = Citation(
        platform="x",
        post_id="1",
        url="https://x.com/i/status/1",
        relation=Relation.EMBEDDED,
        form=EVIL,
        claimed_name=EVIL,
        claimed_handle=EVIL,
        claimed_text=f"flood {EVIL}",
        hashtags=(EVIL,),
    )
    article = Article(
        url=URL,
        headline=f"flood {EVIL} {HUGE}",
        subtitle=EVIL,
        authors=(Author(name=EVIL),),
        section=EVIL,
        tags=(EVIL,),
        body=(BodyBlock(type=BlockType.PARAGRAPH, text=f"flood {EVIL}"),),
        posts=(citation,),
    )
    with Archive.open(root, run=run) as writing:
        capture = writing.keep(
            exchange(page(headers=["Content-Type: text/\x1b[2Jhtml"]), url=URL)
        ).result()
        failure = Failure(kind=FailureKind.OTHER, detail=EVIL)
        writing.keep(exchange(url=f"{URL}2", failure=failure)).result()
        answered = writing.keep(exchange(page(b"{}"), url=f"{URL}3")).result()
        writing.record(
            Reading(
                record_id=answered.record_id,
                reader="posts/1",
                verdict=Verdict.CONTENT,
                answer=PostAnswer(
                    platform="x",
                    post_id="2",
                    url=EVIL,
                    rung=EVIL,
                    grade=EVIL,
                    state=PostState.OK,
                    facts=PostFacts(text=EVIL, poll=PostPoll(options=(PollOption(text=EVIL),))),
                ),
            )
        ).result()
        writing.record(
            Reading(
                record_id=capture.record_id,
                reader="reader/1",
                verdict=Verdict.PAYWALL,
                reason=EVIL,
                article=article,
            )
        ).result()
    return root


COMMANDS = [
    *(f"ls {what}" for what in ("articles", "posts", "citations", "captures", "runs")),
    f"show {URL}",
    f"show {URL}2",
    "show x:1",
    "show x:2",
    "show run-1",
    "search flood",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_person_sees_no_control_character(archive, command, capfd):
    assert main([*command.split(), "--archive", str(archive)]) == 0
    out, err = capfd.readouterr()
    assert out
    assert not steering(out + err)
    assert max(map(len, out.splitlines())) < 5_000


def test_who_asks_for_none_is_not_told_that_there_are_none(archive, capfd):
    assert main(["ls", "articles", "--limit", "0", "--archive", str(archive)]) == 0
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_program_gets_valid_json_without_raw_control_characters(archive, command, capfd):
    assert main([*command.split(), "--json", "--archive", str(archive)]) == 0
    out, _ = capfd.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert rows
    assert not steering(out)


def test_the_texts_themselves_come_through_json_unchanged(archive, capfd):
    main(["show", URL, "--json", "--archive", str(archive)])
    shown = json.loads(capfd.readouterr().out)
    (kept,) = CatalogueReader(archive / "catalogue.sqlite").articles()
    assert shown["headline"] == kept["headline"]
    assert EVIL in shown["subtitle"]


def test_the_summary_of_a_crawl_shows_no_control_character(archive, capfd):
    print_summary(Screen(), summarise(archive, "run-1", {}))
    out, _ = capfd.readouterr()
    assert "owned" in out
    assert not steering(out)


@given(st.text())
def test_cleaning_leaves_nothing_that_steers_and_is_idempotent(text):
    assert not steering(clean(text))
    assert clean(clean(text)) == clean(text)
    assert "\n" not in one_line(text)


@given(st.dictionaries(st.text(), st.text()))
def test_json_lines_say_the_same_and_steer_nothing(value):
    line = json_line(value)
    assert json.loads(line) == value
    assert not steering(line)
    assert "\n" not in line


SPEAKING = """
import logging, sys, warnings
from crawler.cli.screen import streams

streams.prepare()
said = sys.argv[1].replace("NUL", chr(0))
logging.getLogger("archive").warning("a file %s", said)
warnings.warn(said)
print("a library says", said, file=sys.stderr)
raise ValueError(said)
"""


def test_nothing_on_standard_error_steers_whoever_wrote_it():
    given = EVIL.replace("\0", "NUL")
    done = subprocess.run([sys.executable, "-c", SPEAKING, given], capture_output=True, check=False)
    said = done.stderr.decode()
    assert said.count("owned") >= 4
    assert not steering(said)
