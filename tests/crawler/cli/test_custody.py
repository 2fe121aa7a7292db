"""`dateline custody` as a user runs it."""

import pytest

from archive import Archive
from crawler import settings
from crawler.cli.exit_code import ExitCode
from tests.archive.generated import made, new_run
from tests.crawler.cli.running import assert_one_line, inside, lines_of
from tests.strategies import page

WAIT_S = 30
URL = "http://news.example/story"


@pytest.fixture
def keys(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATELINE_KEYS", str(tmp_path / "keys"))
    return tmp_path / "keys"


@pytest.fixture
def kept(tmp_path, keys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Archive.open(tmp_path / "archive", run=new_run("run-1"), keys=keys) as archive:
        return archive.keep(made("run-1", page(), url=URL)).result(WAIT_S)


def json_of(*args):
    done = inside(*args, "--json")
    (line,) = lines_of(done)
    return done.returncode, line


def test_a_key_is_made_once_and_changed_when_asked(keys):
    _, first = json_of("custody", "keygen")
    assert first["folder"] == str(keys)
    assert json_of("custody", "keygen")[1] == first
    _, second = json_of("custody", "keygen", "--rotate")
    assert second["key"] != first["key"]
    assert inside("custody", "keygen").stdout.decode().strip() == second["key"]


def test_a_proof_goes_from_prove_to_check(kept, tmp_path):
    _, made_ = json_of("custody", "prove", kept.record_id, "--archive", "archive")
    code, found = json_of("custody", "check", made_["proof"], made_["records"])
    assert (code, found["holds"], found["key_is_trusted"]) == (ExitCode.OK, True, False)
    assert found["capture"] == kept.record_id
    (tmp_path / "public").write_text(f"{found['key']}\n")
    args = ("custody", "check", made_["proof"], made_["records"], "--key")
    assert json_of(*args, tmp_path / "public")[1]["key_is_trusted"]
    assert b"3 records are in the log" in inside(*args, found["key"]).stdout
    (tmp_path / "proof.warc.gz").write_bytes(b"WARC/1.1 another")
    done = inside(*args, found["key"])
    assert done.returncode == ExitCode.FAULTS
    assert_one_line(done.stderr.decode())
    assert json_of(*args, found["key"])[1]["holds"] is False


def test_a_url_stands_for_its_newest_capture_and_nothing_is_overwritten(kept):
    args = ("custody", "prove", URL, "--archive", "archive")
    assert inside(*args).returncode == ExitCode.OK
    done = inside(*args)
    assert done.returncode == ExitCode.USAGE
    assert_one_line(done.stderr.decode())


def test_the_log_is_shown(kept):
    _, state = json_of("custody", "show", "--archive", "archive")
    assert state["records"] == 5
    assert state["events"] == {"begins": 1, "key": 1}
    assert state["checkpoints"] == 2
    assert state["checkpoint"].startswith(state["log"])
    shown = inside("custody", "show", "--archive", "archive").stdout.decode()
    assert state["keys"][0] in shown


def test_verify_tells_who_signed_and_takes_a_trusted_key(kept, tmp_path):
    key = json_of("custody", "keygen")[1]["key"]
    code, report = json_of("verify", "archive", "--key", key)
    assert (code, report["keys"], report["faults"]) == (ExitCode.OK, [key], [])
    other = json_of("custody", "keygen", "--rotate")[1]["key"]
    assert json_of("verify", "archive", "--key", other)[0] == ExitCode.FAULTS
    assert f"signed by  {key}" in inside("verify", "archive").stdout.decode()


@pytest.mark.parametrize(
    "command",
    [
        "custody",
        "custody prove urn:uuid:none --archive archive",
        "custody show --archive nowhere",
        "custody check none.json none.warc.gz",
        "custody check archive/dateline.json archive/dateline.json",
        "verify archive --key none",
    ],
)
def test_what_cannot_be_done_is_one_line(kept, command):
    done = inside(*command.split())
    assert done.returncode == ExitCode.USAGE
    assert_one_line(done.stderr.decode())


def test_what_is_withdrawn_by_its_url_is_gone(kept):
    args = ("withdraw", URL, "--reason", "asked to", "--archive", "archive")
    code, told = json_of(*args, "--dry-run")
    assert (code, told["record_id"], told["is_dry_run"]) == (ExitCode.OK, kept.record_id, True)
    assert json_of("verify", "archive")[1]["captures"] == 1
    assert b"1 captures withdrawn" in inside(*args).stdout
    report = json_of("verify", "archive")[1]
    assert (report["captures"], report["withdrawn"], report["faults"]) == (0, 1, [])
    assert inside(*args).returncode == ExitCode.USAGE


@pytest.mark.parametrize(
    ("number", "left"), [(0, []), (1, ["http://0.example/", "http://2.example/"])]
)
def test_whoever_withdraws_is_told_where_else_the_same_bytes_stay(
    tmp_path, keys, monkeypatch, number, left
):
    monkeypatch.chdir(tmp_path)
    with Archive.open(tmp_path / "archive", run=new_run("run-1"), keys=keys) as archive:
        for each in range(3):
            archive.keep(made("run-1", page(), url=f"http://{each}.example/")).result(WAIT_S)
        archive.keep(made("run-1", page(b"else"), url="http://3.example/")).result(WAIT_S)
    args = ("withdraw", f"http://{number}.example/", "--reason", "asked to", "--archive", "archive")
    for more in (("--dry-run",), ()):
        told = inside(*args, *more).stderr.decode()
        assert [url for url in left if url in told] == left
        assert ("the same bytes" in told) == bool(left)
        assert "3.example" not in told


@pytest.mark.parametrize("reason", ["", " "])
def test_a_withdrawal_needs_a_reason(kept, reason):
    done = inside("withdraw", URL, "--reason", reason, "--archive", "archive")
    assert done.returncode == ExitCode.USAGE
    assert_one_line(done.stderr.decode())
