import datetime as dt
import hashlib
import itertools
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from archive import (
    Archive,
    ArchiveFolder,
    Keyring,
    NotAnArchive,
    StoreUnavailable,
    custody_state,
    verify,
)
from archive import snapshot as copy_archive
from archive.custody import CustodyLog, note_event
from archive.custody.entry import Event, parse_line
from archive.custody.folder import LOG
from archive.warc.writer import WarcWriter
from tests.archive.generated import made, new_run
from tests.strategies import page

WAIT_S = 30


@pytest.fixture
def root(tmp_path):
    return tmp_path / "archive"


@pytest.fixture
def keys(tmp_path):
    return tmp_path / "keys"


def run_once(root, run_id, *bodies, keys=None, report=True):
    run = new_run(run_id)
    with Archive.open(root, run=run, keys=keys) as archive:
        told = [archive.keep(made(run_id, page(body))) for body in bodies]
        captures = [one.result(WAIT_S) for one in told]
        if report:
            archive.close(replace(run, ended_at=dt.datetime.now(dt.UTC), outcome="finished"))
    return captures


def entries(root):
    lines = (root / "custody" / LOG).read_bytes().splitlines()
    return [parse_line(line) for line in lines]


def events(root):
    return [entry for entry in entries(root) if isinstance(entry, Event)]


def state_of(root):
    return custody_state(ArchiveFolder.open(root))


def test_every_record_is_logged_in_file_and_offset_order(root, keys):
    run_once(root, "run-1", *(b"%d" % number for number in range(5)), keys=keys)
    places = [one.locator for one in entries(root) if not isinstance(one, Event)]
    assert len(places) == 1 + 2 + 5 * 3  # warcinfo, start and report of the run, exchanges
    assert places == sorted(places)
    assert all(one.offset + one.length == two.offset for one, two in itertools.pairwise(places))


def test_a_run_ends_with_a_checkpoint_that_names_run_report_and_files(root, keys):
    run_once(root, "run-1", b"one", keys=keys)
    newest = state_of(root).newest
    assert newest.run_id == "run-1"
    assert newest.report == entries(root)[-1].sha256
    (warc,) = (root / "warc").glob("*.warc.gz")
    assert [(one.name, one.size_bytes) for one in newest.files] == [
        (warc.name, warc.stat().st_size)
    ]
    assert verify(root).notes == []


def test_without_keys_nothing_is_signed_and_with_them_all_is(root, keys):
    run_once(root, "run-1", b"one")
    assert state_of(root).newest is None
    assert verify(root).is_sound
    run_once(root, "run-2", b"two", keys=keys)
    assert state_of(root).newest.size == len(entries(root))


def test_no_key_is_made_in_a_home_that_is_not_there(root, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotAnArchive, match="there is no such home"):
        Archive.open(root, run=new_run("run-1"), keys=Path("~/keys"))
    assert not Path("~").exists()


def test_what_a_killed_run_left_is_logged_as_recovered(root, keys):
    run_once(root, "run-1", b"one", keys=keys)
    writer = WarcWriter(root / "warc", run=new_run("run-2"))
    writer.write_run(new_run("run-2"))
    writer.write(made("run-2", page(b"two")))
    writer.abandon()
    run_once(root, "run-3", b"three", keys=keys)
    (recovered,) = [one for one in events(root) if one.kind == "recovered"]
    assert recovered.facts["from"] == 0
    after = entries(root)[entries(root).index(recovered) + 1]
    assert after.locator.warc == recovered.facts["warc"]
    assert verify(root).faults == []


def test_an_archive_from_before_the_log_is_logged_at_its_next_run(root, keys):
    run_once(root, "run-1", b"one")
    for path in sorted((root / "custody").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert not verify(root).is_sound
    run_once(root, "run-2", b"two", keys=keys)
    assert verify(root).faults == []
    assert [one.kind for one in events(root)] == ["begins", "key", "recovered"]


@pytest.mark.parametrize("torn", [b"x", b"0123 half a line", bytes(300), bytes(3) + b"\nmore\n"])
def test_a_torn_end_is_cut_off_and_its_records_logged_again(root, keys, torn):
    run_once(root, "run-1", b"one", keys=keys)
    log = root / "custody" / LOG
    whole = log.read_bytes()
    log.write_bytes(whole + torn)
    run_once(root, "run-2", b"two", keys=keys)
    assert log.read_bytes().startswith(whole)
    assert verify(root).faults == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: bytes([data[0] ^ 1]) + data[1:],
        lambda data: b"".join(reversed(data.splitlines(keepends=True))),
    ],
)
def test_nothing_is_added_to_a_log_that_was_signed_otherwise(root, keys, damage):
    run_once(root, "run-1", b"one", keys=keys)
    log = root / "custody" / LOG
    damaged = damage(log.read_bytes())
    log.write_bytes(damaged)
    with pytest.raises(StoreUnavailable, match=r"custody log .* is damaged"):
        Archive.open(root, run=new_run("run-2"), keys=keys)
    assert log.read_bytes() == damaged


def test_an_export_is_noted_while_a_run_writes(root, keys):
    with Archive.open(root, run=new_run("run-1"), keys=keys) as archive:
        for number in range(20):
            archive.keep(made("run-1", page(b"%d" % number))).result(WAIT_S)
            if number % 5 == 0:
                note_event(root, "export", {"who": "A", "what": str(number)}, keys=keys)
    assert len([one for one in events(root) if one.kind == "export"]) == 4
    report = verify(root)
    assert report.faults == []
    assert report.checkpoints >= 5


def test_several_processes_may_append_at_once(root, keys):
    run_once(root, "run-1", b"one", keys=keys)

    def note(number):
        for count in range(10):
            note_event(root, "export", {"who": str(number), "count": count}, keys=keys)

    threads = [threading.Thread(target=note, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    noted = [one.facts for one in events(root) if one.kind == "export"]
    assert len(noted) == 40
    for number in range(4):
        assert [one["count"] for one in noted if one["who"] == str(number)] == list(range(10))
    assert verify(root).faults == []


@pytest.mark.parametrize("text", ["\n", "\u2028", '"', "\ud800", "ü" * 500])
def test_an_event_is_one_line_whatever_it_says(root, text):
    run_once(root, "run-1", b"one")
    note_event(root, "export", {"what": text}, keys=None)
    assert events(root)[-1].facts["what"] == text
    assert verify(root).faults == []


def test_private_keys_are_for_their_owner_alone_and_never_in_the_archive(root, keys):
    run_once(root, "run-1", b"one", keys=keys)
    (path,) = keys.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    secret = path.read_bytes().splitlines()[1]
    for inside in root.rglob("*"):
        if inside.is_file():
            assert secret not in inside.read_bytes()


def test_a_key_of_packages_is_named_in_the_checkpoint(root, keys):
    assert Keyring(keys).wacz_public() is None
    Keyring(keys).wacz()
    run_once(root, "run-1", b"one", keys=keys)
    public = Keyring(keys).wacz_public()
    assert state_of(root).newest.wacz_key == public
    assert public.startswith("MHYw")  # P-384 in a SubjectPublicKeyInfo
    assert verify(root).faults == []


def test_a_rotated_key_is_handed_over_by_the_one_before(root, keys):
    run_once(root, "run-1", b"one", keys=keys)
    old = Keyring(keys).signer().verifier
    new = Keyring(keys).rotate().verifier
    assert new != old
    run_once(root, "run-2", b"two", keys=keys)
    report = verify(root)
    assert report.faults == []
    assert report.notes == []
    assert report.signers == [str(old), str(new)]


def test_a_lost_key_is_told_of(root, keys):
    run_once(root, "run-1", b"one", keys=keys)
    (keys / "log.pem").unlink()
    run_once(root, "run-2", b"two", keys=keys)
    report = verify(root)
    assert report.faults == []
    assert "the key changed" in report.notes[0]


def test_verify_holds_the_log_against_a_key_that_is_trusted(root, keys, tmp_path):
    run_once(root, "run-1", b"one", keys=keys)
    ours = Keyring(keys).signer().verifier
    assert verify(root, trusted=[ours]).is_sound
    stranger = Keyring(tmp_path / "others").signer().verifier
    faults = verify(root, trusted=[stranger]).faults
    assert "none of the keys that were given signed it" in [one.message for one in faults]


def test_a_log_whose_key_cannot_be_read_stops_the_run_before_it_begins(root, keys):
    keys.mkdir()
    (keys / "log.pem").write_text("no key")
    with pytest.raises(Exception, match="holds no key that can be used"):
        Archive.open(root, run=new_run("run-1"), keys=keys)


def test_a_copy_made_while_a_run_writes_is_sound_and_goes_on(root, keys, tmp_path):
    run_once(root, "run-1", b"one", keys=keys)
    copy = tmp_path / "copy"
    with Archive.open(root, run=new_run("run-2"), keys=keys) as archive:
        archive.keep(made("run-2", page(b"two"))).result(WAIT_S)
        copy_archive(root, copy)
        archive.keep(made("run-2", page(b"three"))).result(WAIT_S)
    assert verify(copy).faults == []
    run_once(copy, "run-3", b"four", keys=keys)
    assert verify(copy).faults == []


def test_a_log_alone_can_be_opened_and_grows(tmp_path):
    log = CustodyLog.open(tmp_path / "custody")
    assert log.size == 1
    log.append_event("export", {"who": "A"})
    assert CustodyLog.open(tmp_path / "custody").size == 2


def test_an_event_nested_too_deep_to_be_read_is_named_and_ends_nothing(root):
    run_once(root, "run-1", b"one")
    text = b'{"event":' + b"[" * 60_000 + b"}"
    with (root / "custody" / LOG).open("ab") as log:
        log.write(hashlib.sha256(text).hexdigest().encode() + b" " + text + b"\n")
    assert any("log" in fault.file for fault in verify(root).faults)
