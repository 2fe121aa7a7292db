"""docs/platforms.md says what the code does."""

import itertools
import re
from pathlib import Path
from types import SimpleNamespace

from archive import PostState
from crawler.platforms.registry import ENTRY_POINTS, Registry, everyone
from crawler.platforms.rung import Answered

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "platforms.md").read_text("utf-8")


def rows(heading):
    """The cells of the first table below a heading."""
    lines = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0].splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("|"))
    table = itertools.takewhile(lambda line: line.startswith("|"), lines[first + 2 :])
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in table]


def test_every_rung_is_listed_with_its_grade_and_whether_it_is_on_and_no_other():
    listed = {
        (platform, rung): (grade, not why_off)
        for platforms, rungs, grade, _, why_off in rows("The rungs")
        for platform in platforms.split(", ")
        for rung in re.findall(r"`([\w-]+)`", rungs)
    }
    assert listed == {
        (platform, rung.name): (rung.grade, rung.why_off is None)
        for platform in everyone().names
        for rung in everyone().rungs(platform)
    }


def test_every_state_has_its_sign():
    assert [cells[0] for cells in rows("States and their signs")] == [
        f"`{one}`" for one in PostState
    ]


def test_the_way_of_a_post_leads_through_files_that_are_there_and_names_that_they_define():
    steps = rows("The way of a post")
    places = [place for _, where in steps for place in where.split(", ")]
    assert len(places) > len(steps) > 10
    for place in places:
        path, name = re.fullmatch(r"`([\w/]+\.py)` `(\w+)`", place).groups()
        defined = re.compile(rf"^(?:async )?(?:def |class )?{name}\b[(:= ]", re.MULTILINE)
        assert defined.search((ROOT / path).read_text("utf-8")), place
    named = re.findall(r"`((?:crawler|archive)/[\w/.]+)`", PAGE)
    assert all((ROOT / path).exists() for path in named)


def test_the_example_platform_is_asked_and_read():
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names = {}
    exec(compile(code, "docs/platforms.md", "exec"), names)
    owl = SimpleNamespace(**names)
    registry = Registry([owl])
    ref = registry.recognise("https://owl.example/hoot/42?utm_source=a")
    assert ref.key == "owl:42"
    assert registry.from_field("data-hoot-id", "42", "div") == ref
    assert registry.recognise("https://owl.example/strix") is None
    (rung,) = registry.rungs("owl")
    ask = rung.ask(ref, ())
    assert ask.url == "https://owl.example/api/42"

    def said(status, body=b""):
        return rung.read(ref, Answered(url=ask.url, status=status, headers={}, body=body))

    told = said(200, b'{"text": "hoo", "by": "strix"}')
    assert (told.state, told.facts.text, told.facts.author.handle) == ("ok", "hoo", "strix")
    assert set(told.facts.sources.values()) == {"api"}
    states = [said(status).state for status in (404, 403, 429, 503)]
    assert states == ["not_found", "blocked_bot", "rate_limited", "transient"]
    assert f'[project.entry-points."{ENTRY_POINTS}"]' in PAGE
