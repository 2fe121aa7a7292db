"""Ctrl-C, SIGTERM, a closed terminal: a crawl ends in time, with report and archive whole."""

import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from crawler.cli.crawling.interrupt import ending_signals
from crawler.demo.server import Answer, Part, WorldServer, reply
from tests.checkers import assert_checkers_pass
from tests.crawler.cli.running import (
    PROGRAM,
    assert_one_line,
    dateline,
    environment,
    inside,
    into,
    lines_of,
    page,
)
from tests.prepared import Program


class Stall:
    """A site with one page that begins and never ends; tells when that was asked for."""

    def __init__(self):
        self.was_asked = threading.Event()
        self.was_done = threading.Event()

    def __call__(self, asked):
        if asked.path == "/robots.txt":
            return reply(status="404 Not Found")
        if asked.path == "/2026/stall":
            self.was_asked.set()
            head = b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"
            return Answer((Part(head + b"so far ", wait_s=600),))
        self.was_done.set()
        return page("Done")


@pytest.fixture
def stall():
    return Stall()


@pytest.fixture
def server(stall):
    with WorldServer(stall, hosts=["news.example"]) as serving:
        yield serving


LATE = """
import sys, time
class Late:
    def find_spec(self, name, path=None, target=None):
        if name == "crawler.cli.commands.look":
            print("loading", flush=True)
            time.sleep(60)
sys.meta_path.insert(0, Late())
"""
"""Stops for a minute where the module of the command is looked for."""


def test_an_interrupt_while_the_command_is_loaded_is_one_line(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(LATE)
    path = f"{tmp_path}:{environment()['PYTHONPATH']}"
    with subprocess.Popen(
        [*PROGRAM, "ls", "articles"],
        env=environment(PYTHONPATH=path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stdout.readline() == "loading\n"
        command.send_signal(signal.SIGINT)
        _, err = command.communicate(timeout=30)
    assert err == "dateline: interrupted\n"
    # Where it came upon an `exec`, Python ends itself by the signal: the same to a shell.
    assert command.returncode in {130, -signal.SIGINT}


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGHUP], ids=["Ctrl-C", "closed terminal"])
def test_an_interrupted_crawl_ends_in_time_with_everything_on_record(server, stall, tmp_path, told):
    archive = tmp_path / "a"
    urls = [f"https://news.example/2026/{name}" for name in ("done", "stall", "n1", "n2")]
    crawl = Program("crawl", "--json", "--archive", archive, *into(server), *urls)
    assert stall.was_asked.wait(30)
    told_at = time.monotonic()
    crawl.send_signal(told)
    stdout, stderr = crawl.communicate(timeout=30)
    assert time.monotonic() - told_at < 10
    assert crawl.returncode == 130
    assert stderr == ""
    assert stdout.count("\n") == 1
    (run,) = lines_of(inside("ls", "runs", "--json", "--archive", archive))
    assert (run["outcome"], run["ended_at"] is not None) == ("shutdown", True)
    rows = lines_of(inside("ls", "captures", "--json", "--archive", archive))
    (cut,) = [row for row in rows if row["url"].endswith("/stall")]
    assert (cut["status"], cut["truncated"] is not None) == (200, True)
    assert not list(archive.rglob("*.open"))
    assert inside("verify", archive).returncode == 0
    assert_checkers_pass(*(archive / "warc").glob("*.warc.gz"))


def test_a_command_that_nohup_began_goes_on_without_its_terminal(monkeypatch):
    monkeypatch.setattr(signal, "getsignal", {signal.SIGHUP: signal.SIG_IGN}.get)
    assert ending_signals() == (signal.SIGINT, signal.SIGTERM)


def test_who_waits_for_a_list_on_standard_input_can_be_interrupted(server, stall, tmp_path):
    archive = tmp_path / "a"
    command = ["crawl", "--from", "-", "--no-read", "--archive", str(archive), *into(server)]
    with subprocess.Popen(
        [*PROGRAM, *command], env=environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as crawl:
        crawl.stdin.write(b"https://news.example/2026/done\n")
        crawl.stdin.flush()
        assert stall.was_done.wait(30)
        crawl.send_signal(signal.SIGINT)
        crawl.wait(timeout=10)
        assert (crawl.returncode, crawl.stderr.read()) == (130, b"")


def test_a_second_writer_is_told_so_and_one_that_waits_has_its_turn(server, stall, tmp_path):
    archive = tmp_path / "a"
    options = ("crawl", "--no-read", "--archive", archive, *into(server))
    done = "https://news.example/2026/done"
    holder = Program(*options, "https://news.example/2026/stall")
    assert stall.was_asked.wait(30)
    refused = dateline(*options, done)
    assert refused.returncode == 75
    assert_one_line(refused.stderr.decode())
    assert f"({holder.pid} on " in refused.stderr.decode()
    impatient, next_ = (Program(*options, "--wait", done) for _ in range(2))
    wait_for(lambda: is_locked_out(impatient.pid) and is_locked_out(next_.pid))
    impatient.send_signal(signal.SIGINT)
    assert impatient.communicate(timeout=10) == ("", "dateline: interrupted\n")
    assert impatient.returncode == 130
    assert next_.returncode is None
    holder.send_signal(signal.SIGTERM)
    holder.communicate(timeout=30)
    next_.communicate(timeout=30)
    assert (holder.returncode, next_.returncode) == (130, 0)
    rows = lines_of(inside("ls", "runs", "--json", "--archive", archive))
    assert [row["outcome"] for row in rows] == ["finished", "shutdown"]


def wait_for(holds, within_s=20):
    until = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < until, "it never came to be"
        time.sleep(0.02)


def is_locked_out(pid):
    """Whether the kernel has the process waiting for a file lock."""
    locks = Path("/proc/locks").read_text("ascii").splitlines()
    return any("->" in line and f" {pid} " in line for line in locks)
