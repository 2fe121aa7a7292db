"""`dateline health`, `schedule`, metrics and the hook, as a person has them."""

import datetime as dt
import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from archive import ArchiveFolder
from crawler.demo.server import WorldServer, reply
from crawler.state.database import open_state
from crawler.watch.report import keep_report, last_report
from crawler.watch.room import ROOM
from tests.crawler.cli.running import assert_one_line, inside, lines_of
from tests.prepared import Forked, Program, dateline
from tests.watch.watching import options, rows, run, sources_file, start
from tests.watch.world import START, Press


@pytest.fixture
def press():
    return Press.of(sites=1, stories=2)


@pytest.fixture
def server(press):
    with WorldServer(press, hosts=press.hosts) as serving:
        yield serving


def test_health_names_a_dead_source_and_exits_with_1(tmp_path, press, server):
    sources = sources_file(tmp_path / "sources.toml", press)
    given = ("--archive", tmp_path / "a", "--sources", sources)
    heard, program = tmp_path / "heard", tmp_path / "hook.py"
    program.write_text(
        f"import sys, beside\nwith open({str(heard)!r}, 'a') as file:\n"
        "    print(sys.stdin.read(), file=file)\n"
    )
    (tmp_path / "beside.py").touch()
    hook = f"{sys.executable} {program}"
    run(tmp_path / "a", server, sources, START)
    assert inside("health", *given, "--at", START.isoformat()).returncode == 0
    press.behaviours["site0.example"] = lambda _: reply(status="500 Oops")
    for hours in (1, 4, 9, 20, 45, 95, 150):
        at = START + dt.timedelta(hours=hours)
        run(tmp_path / "a", server, sources, at, "-s", f"DATELINE_HEALTH_HOOK={hook}")
    done = inside("health", *given, "--at", at.isoformat(), "--json")
    assert done.returncode == 1
    assert [line["kind"] for line in lines_of(done)] == ["dead"]
    # told once, when it came to be so
    (report,) = map(json.loads, heard.read_text().splitlines())
    assert report["health"][0]["source"] == "s-site0.example"


def test_a_run_says_of_a_source_in_trouble_what_it_is(tmp_path, press, server):
    sources = sources_file(tmp_path / "sources.toml", press)
    press.behaviours["site0.example"] = lambda _: reply(status="500 Oops")
    process = start(tmp_path / "a", server, sources, START)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "dateline: 1 sources asked, 1 of them in trouble; 0 pages seen\n" in said
    assert re.search(r"\ndateline: trouble with s-site0.example: .*HTTP 500\n", said)


def test_the_last_report_is_of_the_run_that_ended_last_though_two_ran_in_one_second(tmp_path):
    for name, ended_at_s in (("20261123T060000Z-ff", 1.5), ("20261123T060000Z-00", 1.9)):
        keep_report(tmp_path, {"run": name, "ended_at_s": ended_at_s})
    (tmp_path / "reports" / "20261123T060001Z-aa.json").write_text("{")
    assert last_report(tmp_path)["run"] == "20261123T060000Z-00"


def test_a_file_of_sources_with_mistakes_is_refused_line_by_line(tmp_path):
    (tmp_path / "sources.toml").write_text('[[source]]\nname = "A"\nkind = "feet"\n')
    done = inside("run", "--archive", tmp_path / "a", "--sources", tmp_path / "sources.toml")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        ("-s", "DATELINE_RECHECKS=often"),
        ("-s", "DATELINE_HEALTH_HOOK='"),
        ("-s", "DATELINE_METRICS_PORT=web"),
        ("--metrics-port", "70000"),
        ("--at", "noon"),
    ],
)
def test_a_wrong_option_is_one_line(tmp_path, press, wrong):
    sources = sources_file(tmp_path / "sources.toml", press)
    done = inside("run", "--archive", tmp_path / "a", "--sources", sources, *wrong)
    assert done.returncode == 2
    assert_one_line(done.stderr.decode())
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    "stored", [b"this is no database" * 900, b""], ids=["no database", "newer"]
)
def test_a_run_over_a_state_that_cannot_be_used_is_one_line(tmp_path, press, server, stored):
    sources = sources_file(tmp_path / "sources.toml", press)
    root = tmp_path / "a"
    ArchiveFolder.create(root)
    state = root / "state.sqlite"
    state.write_bytes(stored)
    if not stored:
        open_state(state, ROOM).close()
        with closing(sqlite3.connect(state, isolation_level=None)) as newer:
            newer.execute("UPDATE rooms SET version = 99")
    done = inside("run", *options(root, server, sources, START))
    assert done.returncode == 2
    assert_one_line(done.stderr.decode())
    assert not list((root / "warc").iterdir())


def wait_for(holds, within_s=30):
    until = time.monotonic() + within_s
    while not (found := holds()):
        assert time.monotonic() < until, "it never came to be"
        time.sleep(0.05)
    return found


def test_a_schedule_runs_what_is_due_serves_numbers_and_ends_in_time(tmp_path, press, server):
    sources = sources_file(tmp_path / "sources.toml", press)
    root = tmp_path / "a"
    given = options(root, server, sources, START)
    at = given.index("--at")
    del given[at : at + 2]
    with socket.socket() as probe:  # a port that was free a moment ago
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # What lies where it stands, such as an archive that was handed over, is no program of ours.
    strange = tmp_path / "strange"
    for name in ("crawler", "multiprocessing"):
        (strange / name).mkdir(parents=True)
        (strange / name / "__init__.py").write_text("raise SystemExit(1)")
    process = Program("schedule", *given, "--metrics-port", port, cwd=strange)
    press.now = press.now.replace(year=2030)
    wait_for(lambda: list((root / "reports").glob("*.json")))
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        numbers = answer.read().decode()
    assert 'dateline_pages{state="live"} 2.0' in numbers
    told_at = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert time.monotonic() - told_at < 10
    assert process.returncode == 130
    assert "Traceback" not in err
    assert press.article_requests() == 2


def mistaken(sources, *args):
    """`dateline` with the given arguments; somebody edits `sources` as a run is about to begin."""
    begin = subprocess.Popen

    def begin_late(*given, **options):
        Path(sources).write_text("[[source]")
        return begin(*given, **options)

    subprocess.Popen = begin_late
    dateline(*args)


def test_a_schedule_goes_on_with_the_sources_as_they_were_while_their_file_is_broken(
    tmp_path, press, server
):
    """It said so, and each run read the broken file and ended at once."""
    sources = sources_file(tmp_path / "sources.toml", press)
    root = tmp_path / "a"
    given = options(root, server, sources, None)
    press.now = press.now.replace(year=2030)
    process = Forked(mistaken, str(sources), "schedule", *given)
    wait_for(lambda: list((root / "reports").glob("*.json")))
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, "Traceback" in err) == (130, False), err
    assert press.article_requests() == 2


def test_an_interrupted_run_ends_in_time_and_the_next_goes_on(tmp_path, press):
    asked = threading.Event()

    def slow(request):
        if "/story-" in request.path and not asked.is_set():
            asked.set()
            time.sleep(0.2)
        return press(request)

    for _ in range(30):
        press.publish("site0.example", at=START)
    with WorldServer(slow, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        process = start(
            tmp_path / "a", server, sources, START, "--json", "-s", "DOWNLOAD_DELAY=0.1"
        )
        assert asked.wait(30)
        told_at = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert time.monotonic() - told_at < 10
        assert process.returncode == 130
        assert "Traceback" not in err
        assert json.loads(out)["outcome"] == "shutdown"
        seen = press.article_requests()
        assert 0 < seen < 32
        report = run(tmp_path / "a", server, sources, START)
    assert report["pages"] == {"live": 32}
    again = [url for url, times in press.asked.items() if "/story-" in url and times > 1]
    assert len(again) <= 4  # those in flight
    assert rows(tmp_path / "a", "SELECT DISTINCT state FROM frontier_urls") == [(2,)]
