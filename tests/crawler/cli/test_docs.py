"""docs/cli.md and docs/settings.md say what the code does."""

import argparse
import re
import shlex

import pytest

from archive import ArticleView, PostView
from archive.views.citations import CitationView
from archive.views.hits import HitView
from crawler.cli.command import parser
from crawler.cli.exit_code import ExitCode
from crawler.names import KNOWN
from tests.crawler.cli.running import ROOT

CLI = (ROOT / "docs" / "cli.md").read_text("utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")
COMMANDS = re.findall(r"^    (dateline .+)$", CLI, re.MULTILINE)
OURS = re.findall(r"^\| `(DATELINE_\w+)` \| ([^|]*) \|", SETTINGS, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_documented_command_is_one(command):
    words = shlex.split(re.split(" [<>] ", command)[0])
    assert parser(words[1]).parse_args(words[1:]).run


def commands(top=None, name="dateline"):
    """Every command that does something, by the words that call it."""
    top = top or parser()
    inner = [one for one in top._actions if isinstance(one, argparse._SubParsersAction)]
    if not inner:
        yield name, top
    for action in inner:
        for word, command in action.choices.items():
            yield from commands(command, f"{name} {word}")


ALL = list(commands())
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", CLI, re.MULTILINE | re.DOTALL))
SLUGS = {title.lower().replace(" ", "-"): text for title, text in SECTIONS.items()}


def section_of(name):
    """What docs/cli.md says of a command, and of what it shares with others, by a link to it."""
    text = SECTIONS[" ".join(name.split()[:2])]
    return text + "".join(SLUGS[slug] for slug in re.findall(r"\]\(#([\w-]+)\)", text))


@pytest.mark.parametrize(("name", "command"), ALL)
def test_every_option_of_every_command_is_documented_where_the_command_is(name, command):
    text = section_of(name)
    assert f"    {name}" in text, "an example"
    for action in command._actions:
        if action.option_strings and action.dest not in {"help", "archive"}:
            assert re.search(rf"{action.option_strings[-1]}\b", text), action.option_strings


@pytest.mark.parametrize(("name", "command"), ALL)
def test_the_help_of_every_command_has_examples_that_are_command_lines(name, command):
    examples = re.findall(rf"^  (?:.* \| )?({name}\b.*)$", command.epilog, re.MULTILINE)
    assert examples
    for example in examples:
        words = shlex.split(re.split(r" [<>] |   +", example)[0].replace("…", "a-1"))
        assert parser(words[1]).parse_args(words[1:]).run


@pytest.mark.parametrize(("name", "command"), ALL)
def test_the_help_of_every_command_says_what_each_argument_is(name, command):
    assert all(action.help for action in command._actions), name


def test_every_exit_code_is_documented_and_no_other():
    codes = re.findall(r"^\| (\d+) \|", CLI, re.MULTILINE)
    assert [int(code) for code in codes] == sorted(ExitCode)


@pytest.mark.parametrize("view", [ArticleView, PostView, CitationView, HitView])
def test_every_name_of_the_json_is_documented(view):
    for name in view.__annotations__:
        assert f"`{name}`" in CLI, name


def test_every_setting_of_ours_is_documented_once_and_no_other():
    assert [name for name, _ in OURS] == sorted(KNOWN)


def test_every_setting_named_in_the_code_is_known():
    named = set()
    for path in (ROOT / "crawler").rglob("*.py"):
        named |= set(re.findall(r"\bDATELINE_[A-Z_]*[A-Z]\b", path.read_text("utf-8")))
    assert named == set(KNOWN)


def test_every_scrapy_setting_that_we_set_is_documented():
    source = (ROOT / "crawler" / "settings.py").read_text("utf-8")
    set_here = set(re.findall(r"^([A-Z][A-Z_]+) = ", source, re.MULTILINE))
    exempt = {"VERSION", "BOT_NAME", "SPIDER_MODULES", "LOG_LEVEL"}
    for name in set_here - exempt:
        assert f"`{name}`" in SETTINGS, name
