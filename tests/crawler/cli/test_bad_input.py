"""Bad input gets one clear line on standard error, exit code 2, and never a traceback."""

import os
import subprocess
import sys

import pytest

from archive import ArchiveFolder
from crawler.cli import main
from crawler.cli.exit_code import ExitCode
from tests.crawler.cli.running import (
    PROGRAM,
    ROOT,
    assert_one_line,
    dateline,
    environment,
)

URL = "http://news.example/story"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder with an archive's mere beginnings, a stranger's folder, and a text file."""
    monkeypatch.chdir(tmp_path)
    ArchiveFolder.create(tmp_path / "archive")
    (tmp_path / "stranger").mkdir()
    (tmp_path / "stranger" / "file").write_text("not ours")
    (tmp_path / "text").write_text("no certificate, no list, no page")
    (tmp_path / "broken.gz").write_bytes(b"\x1f\x8b\x08\x00 and then nothing of gzip")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "required"),
        ("--nonsense", "options come after a command"),
        ("--archive archive ls articles", "options come after a command"),
        ("ls articles --limt 3 --archive archive", "--limt 3 (see: dateline ls --help)"),
        ("frobnicate", "invalid choice"),
        ("crawl", "nothing to crawl"),
        ("crawl story", "not an absolute URL"),
        ("crawl ftp://news.example/a", "not an http or https URL"),
        ("crawl javascript:alert(1)", "not an http or https URL"),
        ("crawl http://me:secret@news.example/", "user name or a password"),
        (f"crawl --from nowhere.txt {URL}", "No such file"),
        (f"crawl --from stranger {URL}", "Is a directory"),
        (f"crawl --connect-to here {URL}", "HOST:PORT:TARGET:PORT"),
        (f"crawl --connect-to ::localhost:99999 {URL}", "no port"),
        (f"crawl --cacert text {URL}", "no PEM certificates"),
        (f"crawl --cacert nowhere.pem {URL}", "no PEM certificates"),
        (f"crawl --delay nan {URL}", "seconds"),
        (f"crawl --delay -1 {URL}", "seconds"),
        (f"crawl --max-pages -1 {URL}", "whole number"),
        (f"crawl --robots-override news.example {URL}", "written reason"),
        (f"crawl -s LONELY {URL}", "NAME=VALUE"),
        (f"crawl -s DOWNLOAD_DELAY=soon {URL}", "DOWNLOAD_DELAY is a number"),
        (f"crawl -s COOKIES_ENABLED=maybe {URL}", "COOKIES_ENABLED is 0 or 1"),
        (f"crawl -s DOWNLOAD_HANDLERS=none {URL}", "DOWNLOAD_HANDLERS is an object of JSON"),
        (f"crawl -s LOG_LEVEL=loud {URL}", "LOG_LEVEL"),
        (f"crawl -s LOG_FILE=none/crawl.log {URL}", "none/crawl.log"),
        (f"crawl -s DOWNLOAD_TIMEOUT=-1 {URL}", "DOWNLOAD_TIMEOUT is seconds, above 0"),
        ("crawl -s EXTENSIONS={} " + URL, "EXTENSIONS must have crawler.running.keeper.Keeper"),
        (f"crawl -s DATELINE_READRES=2 {URL}", "the nearest is DATELINE_READERS"),
        (f"crawl -s DATELINE_READERS=many {URL}", "DATELINE_READERS is a whole number"),
        (f"crawl -s DATELINE_READ_TIMEOUT_S=0 {URL}", "DATELINE_READ_TIMEOUT_S is seconds"),
        (f"crawl -s DATELINE_WARC_BYTES=1 {URL}", "DATELINE_WARC_BYTES is a whole number"),
        (f"crawl -s DATELINE_READ=perhaps {URL}", "DATELINE_READ is 0 or 1"),
        (f"crawl -s DATELINE_ROBOTS_OVERRIDES=all {URL}", "an object of JSON"),
        ('crawl -s DATELINE_ROBOTS_OVERRIDES={"a":""} ' + URL, "written reason"),
        (f"crawl -s DATELINE_CONTACT=né {URL}", "DATELINE_CONTACT"),
        (f"crawl -s DATELINE_SPOOL_FOLDER=text {URL}", "no folder"),
        ("ls articles --archive stranger", "not an archive"),
        ("ls articles --archive nowhere", "not an archive"),
        ("ls everything --archive archive", "invalid choice"),
        ("ls articles --archive archive --limit -1", "whole number"),
        ("show x --archive stranger", "not an archive"),
        ("search x --archive nowhere", "not an archive"),
        ("verify stranger", "not an archive"),
        ("verify text", "not an archive"),
        ("run", "`dateline sources add URL` begins one"),
        ("health", "`dateline sources add URL` begins one"),
        ("schedule", "`dateline sources add URL` begins one"),
        ("schedule --at 2026-01-01T00:00:00Z", "--at 2026-01-01T00:00:00Z (see: dateline schedule"),
        ("sources list", "`dateline sources add URL` begins one"),
        ("sources add news.example", "not an absolute URL"),
        ("sources add http://me:secret@news.example/", "user name or a password"),
        (f"sources add {URL} --case one", "--case one (see: dateline sources add --help)"),
        ("export wacz new.wacz --collector nobody", "one of full, minimal"),
        ("export wacz new.wacz --host http://a.example/ --archive archive", "name of a host"),
        (f"extract text --url {URL} --posts some", "one of inline, omit"),
        ("snapshot stranger new", "not an archive"),
        ("snapshot archive stranger", "not empty"),
        ("extract", "give a FILE"),
        ("extract text", "give a FILE"),
        ("extract text --url story", "not an absolute URL"),
        (f"extract nowhere.html --url {URL}", "cannot be read"),
        (f"extract stranger --url {URL}", "cannot be read"),
        (f"extract broken.gz --url {URL}", "no whole gzip file"),
        ("extract --batch nowhere.jsonl", "No such file"),
        ("extract --batch stranger", "Is a directory"),
        (f"extract text --url {URL} --batch text", "alone"),
        ("extract --batch text --jobs 0", "1 to 256"),
        ("extract --batch text --jobs many", "whole number"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(line, said, home, capfd):
    assert main(line.split()) == ExitCode.USAGE
    out, err = capfd.readouterr()
    assert out == ""
    assert_one_line(err)
    assert said in err
    assert "secret" not in err


@pytest.mark.parametrize(
    "setting",
    [
        'ITEM_PIPELINES={"nothing.Here": 1}',
        'EXTENSIONS={"crawler.running.keeper.Keeper": 0, "json.Nothing": 1}',
        'DOWNLOADER_MIDDLEWARES={"nothing.Here": 1}',
        "STATS_CLASS=nothing.Here",
        "SCHEDULER=nothing.Here",
        "TWISTED_DNS_RESOLVER=nothing.Here",
    ],
)
def test_a_component_that_is_not_there_is_one_line_too(setting, home):
    done = dateline("crawl", "--archive", home / "archive", "-s", setting, URL)
    assert (done.returncode, done.stdout) == (2, b"")
    assert_one_line(done.stderr.decode())
    assert "othing" in done.stderr.decode()


def test_another_reactor_than_asyncios_is_refused_before_anything_is_asked(home):
    reactor = "TWISTED_REACTOR=twisted.internet.selectreactor.SelectReactor"
    done = dateline("crawl", "--archive", "new", "-s", reactor, URL, cwd=home)
    assert (done.returncode, done.stdout) == (2, b"")
    assert_one_line(done.stderr.decode())
    assert "TWISTED_REACTOR: asyncio's alone will do" in done.stderr.decode()
    assert not (home / "new").exists()


def test_a_folder_that_is_no_archive_is_not_written_to(home):
    done = dateline("crawl", "--archive", home / "stranger", URL)
    assert (done.returncode, done.stdout) == (2, b"")
    assert_one_line(done.stderr.decode())
    assert [entry.name for entry in (home / "stranger").iterdir()] == ["file"]


def test_a_folder_that_cannot_be_written_is_bad_input(home):
    done = dateline("crawl", "--archive", "text/below", URL, cwd=home)
    assert (done.returncode, done.stdout) == (2, b"")
    assert_one_line(done.stderr.decode())
    assert "cannot be written" in done.stderr.decode()


def test_what_only_scrapy_finds_wrong_with_a_setting_is_one_line_too(home):
    done = dateline("crawl", "--archive", home / "archive", "-s", "CONCURRENT_REQUESTS=0.5", URL)
    assert (done.returncode, done.stdout) == (2, b"")
    assert_one_line(done.stderr.decode())


@pytest.mark.parametrize(
    "command", [("ls", "runs"), ("crawl", URL), ("extract", "-", "--url", URL)]
)
def test_an_unknown_setting_in_the_environment_stops_every_command(command, home):
    done = dateline(*command, cwd=home, DATELINE_ARCHVE="elsewhere")
    assert (done.returncode, done.stdout) == (2, b"")
    assert_one_line(done.stderr.decode())
    assert "the nearest is DATELINE_ARCHIVE" in done.stderr.decode()


def test_what_is_not_there_is_exit_code_1(home, capfd):
    archive = home / "kept"
    with_run = dateline("crawl", "--archive", archive, "--no-read", "http://127.0.0.1:1/")
    assert with_run.returncode == 0
    assert main(["show", "nothing\x1b[2J", "--archive", str(archive)]) == ExitCode.FAULTS
    assert main(["search", "nothing", "--archive", str(archive)]) == ExitCode.FAULTS
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("dateline: nothing") == 2
    assert "\x1b" not in err


def test_a_reader_of_our_output_may_go_away(home):
    (home / "list.jsonl").write_text('{"nothing": 1}\n' * 5_000)
    with subprocess.Popen(
        [*PROGRAM, "extract", "--batch", "list.jsonl"],
        cwd=home,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as writing:
        writing.stdout.readline()
        writing.stdout.close()
        assert writing.wait(timeout=30) == 0
        assert writing.stderr.read() == b""


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_the_exit_code_tells_of_faults_to_a_reader_who_went_away_too(home, form):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*PROGRAM, "verify", "archive", *form],
        cwd=home,
        env=environment(),
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


def test_what_the_system_refuses_is_one_line_too(home):
    (home / "archive" / "warc").rmdir()
    done = dateline("verify", "archive", cwd=home)
    assert (done.returncode, done.stdout) == (2, b"")
    assert_one_line(done.stderr.decode())


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_nobody_who_reads(closed):
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *PROGRAM, "platforms", "--json"],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert bool(done.stdout) == (closed in {"<&-", "2>&-"})


def test_bad_input_has_its_exit_code_with_closed_streams_too():
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&- 2>&-', "sh", *PROGRAM, "ls", "everything"],
        env=environment(),
        check=False,
    )
    assert done.returncode == ExitCode.USAGE


def test_a_locale_without_the_letters_is_no_error(home):
    done = dateline(
        "show", "北京\u202e", "--archive", "archive", cwd=home, PYTHONIOENCODING="ascii"
    )
    assert done.returncode == 2  # it has no catalogue yet
    done = dateline("--help", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_checkout_is_a_scrapy_project(home):
    listed = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (listed.returncode, listed.stdout) == (0, "articles\n"), listed.stderr
