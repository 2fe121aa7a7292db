"""Runs `dateline` as a user does: a process of its own, with nothing of ours in its environment."""

import io
import json
import os
import resource
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from crawler.cli import main
from crawler.cli.crawling import process
from crawler.demo.server import reply
from tests.prepared import Program

ROOT = Path(__file__).parents[3]
PROGRAM = [sys.executable, "-m", "crawler"]
_CRAWLS = "what crawls is run by dateline(), in a process of its own"
WORDS = "The river rose again on Tuesday and the ferry did not sail before noon. "


def environment(**given):
    bare = {name: text for name, text in os.environ.items() if not name.startswith("DATELINE_")}
    warnings = "error,ignore:unclosed database:ResourceWarning"  # see pyproject.toml
    return {**bare, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": warnings, **given}


def dateline(*args, cwd=None, given=b"", largest_file=None, **variables):
    """Run the command to its end. No file of its may grow beyond `largest_file` bytes."""
    if not variables:
        program = Program(*args, cwd=cwd, given=given, largest_file=largest_file)
        out, err = program.communicate(timeout=60)
        return subprocess.CompletedProcess(args, program.returncode, out.encode(), err.encode())

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return subprocess.run(
        [*PROGRAM, *map(str, args)],
        cwd=cwd,
        env=environment(**variables),
        input=given,
        capture_output=True,
        timeout=60,
        preexec_fn=limit if largest_file else None,
        check=False,
    )


def inside(*args):
    """The same in this process: quicker, for what runs no crawl.

    A process crawls once, for its reactor cannot be started again: a test that crawled here would
    pass or fail by what ran here before.
    """
    with (
        patch.object(process, "AsyncCrawlerProcess", side_effect=AssertionError(_CRAWLS)),
        redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")) as out,
        redirect_stderr(io.StringIO()) as err,
    ):
        code = main([str(arg) for arg in args])
        out.flush()
    return subprocess.CompletedProcess(
        args, code, stdout=out.buffer.getvalue(), stderr=err.getvalue().encode()
    )


def lines_of(done):
    """The JSON Lines of a finished command."""
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def into(server):
    """The options that lead a crawl into a local world, neither polite nor with workers."""
    options = [
        "--delay",
        "0",
        "-s",
        'DATELINE_PACES={"*": 0}',
        "-s",
        "DATELINE_READERS=0",
        "--cacert",
        str(server.ca_file),
    ]
    for rule in server.connect_to():
        options += ["--connect-to", rule]
    return options


def page(title, *, head="", words=WORDS):
    """A page that the reader takes for an article; the text is the title's own."""
    text = "".join(f"<p>{title}: {words}{words}</p>" for _ in range(4))
    return reply(
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{text}</article></body></html>".encode()
    )


def assert_one_line(text):
    """One clear line for a person, and nothing of Python."""
    assert text.startswith("dateline: "), text
    assert text.count("\n") == 1, text
    assert "Traceback" not in text
