"""docs/cli.md and docs/settings.md say what the code does."""

import re
import shlex

import pytest

from archive import ArticleView, PostView
from archive.citation_views import CitationView
from archive.views import HitView
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
    assert parser().parse_args(words[1:]).run


def commands_of(top):
    return next(action.choices for action in top._actions if action.choices)


def test_every_command_and_every_option_is_documented():
    for name, command in commands_of(parser()).items():
        assert f"## dateline {name}\n" in CLI
        assert any(each.startswith(f"dateline {name}") for each in COMMANDS)
        for action in command._actions:
            long = [option for option in action.option_strings if option.startswith("--")]
            if long and long[0] not in {"--help", "--verbose", "--set", "--allow-private"}:
                assert long[0] in CLI, (name, long)


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
