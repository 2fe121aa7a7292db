"""docs/operating.md: its commands are commands, its units are units, its advice holds."""

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter

import pytest

from crawler.cli.command import parser
from crawler.demo.server import WorldServer, reply
from crawler.names import KNOWN
from crawler.watch.health import ConcernKind
from tests.crawler.cli.running import ROOT, environment, inside
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
    assert Counter(kind for kind, _ in FENCED) == {
        "sh": 3,
        "ini": 3,
        "crontab": 1,
        "yaml": 2,
        "python": 1,
    }


def fenced(kind, having):
    (text,) = [text for of, text in FENCED if of == kind and having in text]
    return text


def test_units_have_their_sections():
    for kind, text in FENCED:
        if kind == "ini":
            unit = configparser.ConfigParser(strict=True, interpolation=None)
            unit.optionxform = str
            unit.read_string(text)
            assert "Unit" in unit
            assert ("Service" in unit) != ("Timer" in unit)


def test_the_cron_jobs_arguments_are_a_command():
    text = fenced("yaml", "CronJob")
    words = re.findall(r'"([^"]+)"', re.search(r"args: \[(.*)\]", text)[1])
    assert parser().parse_args(words).run
    assert "\t" not in text


def test_every_setting_and_concern_named_is_known():
    assert set(re.findall(r"\bDATELINE_[A-Z_]*[A-Z]\b", TEXT)) <= KNOWN
    table = TEXT.partition("## When something is wrong")[2]
    for kind in ConcernKind:
        assert f"`{kind}`" in table, kind


def test_the_alerts_are_about_numbers_that_are_served():
    named = set(re.findall(r"\bdateline_\w+", fenced("yaml", "alert:")))
    assert len(named) >= 4
    served = (ROOT / "crawler" / "watch" / "metrics.py").read_text()
    assert all(f'"{name}"' in served for name in named), named


def test_the_hook_tells_the_desk_what_to_look_at():
    told = []
    concern = {"kind": "dead", "source": "a", "text": "not had"}

    def desk(asked):
        told.append(json.loads(asked.body))
        return reply(b"ok")

    with WorldServer(desk, hosts=["desk.example"]) as server:
        subprocess.run(
            [sys.executable, "-c", fenced("python", "DESK_WEBHOOK")],
            input=json.dumps({"health": [concern]}).encode(),
            env={**os.environ, "DESK_WEBHOOK": f"http://127.0.0.1:{server.http_port}/hook"},
            check=True,
        )
    assert told == [{"text": "a: dead: not had"}]


def backed_up(tmp_path):
    """What the doc's script does in the folder of the test; its exit code."""
    script = fenced("sh", "set -eu").replace("/srv/dateline/", f"{tmp_path}/")
    script = script.replace("/backup/", f"{tmp_path}/backup-").replace(
        "dateline snapshot", f"{sys.executable} -m crawler snapshot"
    )
    script = script.replace("dateline verify", f"{sys.executable} -m crawler verify")
    return subprocess.run(["sh", "-c", script], env=environment(), check=False).returncode


def test_the_nightly_backup_takes_the_place_of_the_old_one_only_if_it_is_sound(tmp_path):
    press = Press.of(sites=1, stories=1)
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        run(tmp_path / "archive", server, sources, START)
    assert backed_up(tmp_path) == 0
    (kept,) = tmp_path.glob("backup-dateline-*")
    (warc,) = (tmp_path / "archive" / "warc").iterdir()
    before = (kept / "warc" / warc.name).read_bytes()
    warc.write_bytes(before[:-40] + bytes(40))
    assert backed_up(tmp_path) != 0
    assert (kept / "warc" / warc.name).read_bytes() == before


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
