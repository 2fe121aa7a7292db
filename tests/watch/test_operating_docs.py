"""docs/operating.md: its commands are commands, its units are units, its advice holds."""

import configparser
import re
import shlex
import shutil

import pytest

from crawler.cli.command import parser
from crawler.demo.server import WorldServer
from crawler.names import KNOWN
from crawler.watch.health import ConcernKind
from tests.crawler.cli.running import ROOT, inside
from tests.watch.watching import run, sources_file
from tests.watch.world import START, Press

TEXT = (ROOT / "docs" / "operating.md").read_text("utf-8")
FENCED = re.findall(r"```(\w+)\n(.*?)```", TEXT, re.DOTALL)
COMMANDS = re.findall(r"^    (dateline .+)$", TEXT, re.MULTILINE)
STARTED = re.findall(
    r"^(?:ExecStart=/usr/local/bin/|\*/5 \* \* \* \* )(dateline .+)$", TEXT, re.MULTILINE
)


@pytest.mark.parametrize("command", [*COMMANDS, *STARTED])
def test_every_command_is_one(command):
    words = shlex.split(re.split(r" 2?>>? ?", command)[0])
    assert parser().parse_args(words[1:]).run


def test_there_are_commands_and_units():
    assert len(COMMANDS) >= 8
    assert len(STARTED) == 3
    assert [kind for kind, _ in FENCED] == ["ini", "ini", "ini", "crontab", "yaml"]


def test_units_have_their_sections():
    for kind, text in FENCED:
        if kind == "ini":
            unit = configparser.ConfigParser(strict=True, interpolation=None)
            unit.optionxform = str
            unit.read_string(text)
            assert "Unit" in unit
            assert ("Service" in unit) != ("Timer" in unit)


def test_the_cron_jobs_arguments_are_a_command():
    (text,) = [text for kind, text in FENCED if kind == "yaml"]
    words = re.findall(r'"([^"]+)"', re.search(r"args: \[(.*)\]", text)[1])
    assert parser().parse_args(words).run
    assert "\t" not in text


def test_every_setting_and_concern_named_is_known():
    assert set(re.findall(r"\bDATELINE_[A-Z_]*[A-Z]\b", TEXT)) <= KNOWN
    table = TEXT.partition("## When something is wrong")[2]
    for kind in ConcernKind:
        assert f"`{kind}`" in table, kind


def test_a_snapshot_restored_goes_on_where_the_archive_was(tmp_path):
    press = Press.of(sites=1, stories=3)
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        run(tmp_path / "a", server, sources, START)
        assert inside("snapshot", tmp_path / "a", tmp_path / "copy").returncode == 0
        shutil.rmtree(tmp_path / "a")
        (tmp_path / "copy").rename(tmp_path / "a")
        press.asked.clear()
        report = run(tmp_path / "a", server, sources, START)
    assert press.asked == {}
    assert report == {"run": None, "outcome": "nothing-due"}  # each page's time is remembered
    assert not list(tmp_path.glob("*.tmp"))
    assert inside("verify", tmp_path / "a").returncode == 0
