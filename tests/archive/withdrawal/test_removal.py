"""What is withdrawn is found nowhere, and what is left stays proved."""

import datetime as dt
import shutil
import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import (
    Archive,
    ArchiveError,
    ArchiveFolder,
    BadRecord,
    CaptureNotFound,
    CatalogueReader,
    check,
    prove,
    verify,
    withdraw,
)
from archive.catalogue import CatalogueWriter
from archive.custody import CustodyLog
from archive.custody.entry import Event, line_of
from archive.custody.folder import LOG
from archive.warc.reader import read_captures
from archive.warc.tombstone import tombstone
from archive.withdrawal import removal
from tests.archive import test_mutations as mutated
from tests.archive.generated import made, new_run, reading_of
from tests.checkers import assert_checkers_pass
from tests.strategies import page

WAIT_S = 30
SECRET = b"the name of the witness"
OTHER = b"<p>what may stay</p>"


def keep(archive, url, body, word):
    capture = archive.keep(made("run-1", page(body), url=url)).result(WAIT_S)
    reading = reading_of(capture)
    article = replace(reading.article, url=url, headline=f"Headline {word}")
    archive.record(replace(reading, article=article)).result(WAIT_S)
    return capture


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """An archive with a secret, a revisit of it, a failure, and others before, between, after."""
    home = tmp_path_factory.mktemp("withdrawal")
    run = new_run("run-1")
    root = home / "archive"
    with Archive.open(root, run=run, keys=home / "keys", max_warc_bytes=6000) as archive:
        captures = {
            "before": keep(archive, "http://news.example/before", OTHER + b"1", "before"),
            "secret": keep(archive, "http://news.example/hidden-path", SECRET, "zebrafish"),
            "between": keep(archive, "http://news.example/between", OTHER + b"2", "between"),
            "again": keep(archive, "http://other.example/hidden-path", SECRET, "zebrafish"),
            "after": keep(archive, "http://news.example/after", OTHER + b"3", "after"),
        }
        archive.close(replace(run, ended_at=dt.datetime.now(dt.UTC), outcome="finished"))
    assert captures["again"].refers_to == captures["secret"].record_id
    return root, home / "keys", captures


@pytest.fixture
def kept(filled, tmp_path):
    root, keys, captures = filled
    return shutil.copytree(root, tmp_path / "archive"), keys, captures


def everything(root):
    """The bytes of every file, packed members unpacked too."""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield data
            while path.name.endswith(".warc.gz") and data:
                state = zlib.decompressobj(31)
                yield state.decompress(data)
                data = state.unused_data


def withdraw_secret(kept):
    root, keys, captures = kept
    return withdraw(
        root, [captures["secret"].record_id], reason="asked to", operator="A. N.", keys=keys
    )


def test_it_is_found_nowhere_and_all_else_is_as_it_was(kept):
    root, _, captures = kept
    before = {path.name: path.stat().st_size for path in (root / "warc").iterdir()}
    done = withdraw_secret(kept)
    assert [one.record_id for one in done] == [
        captures["secret"].record_id,
        captures["again"].record_id,
    ]
    assert done[1].is_revisit_of == done[0].record_id
    for data in everything(root):
        assert SECRET not in data
        assert b"hidden-path" not in data
        assert b"zebrafish" not in data.lower()
    assert {path.name: path.stat().st_size for path in (root / "warc").iterdir()} == before
    report = verify(root)
    assert report.faults == []
    assert report.notes == []
    assert report.withdrawn == 2
    reader = CatalogueReader(root / "catalogue.sqlite")
    left = {"before", "between", "after"}
    assert {record_id for record_id, _ in reader.locators()} == {
        captures[name].record_id for name in left
    }
    assert [hit["headline"] for hit in reader.search("zebrafish")] == []
    assert len(list(reader.search("headline"))) == 3
    stored = [one for path in sorted((root / "warc").glob("*.gz")) for one in read_captures(path)]
    assert stored == [captures[name] for name in ("before", "between", "after")]
    assert_checkers_pass(*sorted((root / "warc").glob("*.warc.gz")))


def test_a_proof_made_before_and_one_made_after_hold(kept):
    root, _, captures = kept
    folder = ArchiveFolder.open(root)
    before = prove(folder, captures["after"].locator)
    withdraw_secret(kept)
    for proof, records in (before, prove(folder, captures["after"].locator)):
        assert check(proof, records).capture == captures["after"].record_id
    with pytest.raises(CaptureNotFound):
        prove(folder, captures["secret"].locator)


def test_the_archive_goes_on_and_may_keep_the_same_bytes_again(kept):
    root, keys, _ = kept
    withdraw_secret(kept)
    with Archive.open(root, run=new_run("run-2"), keys=keys) as archive:
        again = archive.keep(made("run-2", page(SECRET))).result(WAIT_S)
    assert again.refers_to is None
    assert verify(root).faults == []


def test_a_post_s_capture_is_found_nowhere_and_what_its_articles_claim_stays(tmp_path):
    """What the platform said goes; the citation, the other answer and the short link stay."""
    root, run = tmp_path / "archive", new_run("run-1")
    with Archive.open(root, run=run, keys=tmp_path / "keys") as archive:
        citing = archive.keep(made("run-1", page(b"citing"))).result(WAIT_S)
        archive.record(mutated.citing(citing)).result(WAIT_S)
        answers = {}
        for post_id, word in (("0", "narwhal"), ("1", "zebrafish")):
            body = page(f"<p>{word}</p>".encode())
            url = f"http://api.example/{word}"
            capture = archive.keep(made("run-1", body, url=url)).result(WAIT_S)
            archive.record(mutated.answering(capture, post_id, word)).result(WAIT_S)
            answers[word] = capture
        hop = archive.keep(made("run-1", page(b"hop"), url="https://t.co/abc")).result(WAIT_S)
        archive.record(mutated.leading(hop)).result(WAIT_S)
        archive.close(replace(run, ended_at=dt.datetime.now(dt.UTC), outcome="finished"))
    assert any(b"zebrafish" in data for data in everything(root))
    withdraw(root, [answers["zebrafish"].record_id], reason="asked to", keys=tmp_path / "keys")
    for data in everything(root):
        assert b"zebrafish" not in data.lower()
    report = verify(root)
    assert (report.faults, report.withdrawn) == ([], 1)
    reader = CatalogueReader(root / "catalogue.sqlite")
    assert reader.post("x:0")["text"] == "narwhal"
    assert reader.post("x:1")["state"] == "not_asked"
    assert {citer["form"] for citer in reader.post("x:1")["cited_by"]} == {"link", "short-link"}
    assert list(reader.search("zebrafish")) == []
    withdraw(root, [hop.record_id], reason="asked to", keys=tmp_path / "keys")
    assert {citer["form"] for citer in reader.post("x:1")["cited_by"]} == {"link"}
    assert verify(root).faults == []


def test_a_dry_run_changes_nothing(kept):
    root, keys, captures = kept
    before = list(everything(root))
    told = withdraw(root, [captures["again"].record_id], reason="", keys=keys, is_dry_run=True)
    assert [one.record_id for one in told] == [captures["again"].record_id]
    assert list(everything(root)) == before


def test_what_is_not_there_cannot_be_withdrawn_nor_anything_with_it(kept):
    root, keys, captures = kept
    with pytest.raises(CaptureNotFound):
        withdraw(root, [captures["secret"].record_id, "urn:uuid:none"], reason="x", keys=keys)
    assert verify(root).withdrawn == 0


class Killed(BaseException):
    """The process ends here."""


def killed_at(number):
    """Instead of a function: itself, and death at its `number`th call."""

    def wrap(function):
        calls = 0

        def call(*args, **given):
            nonlocal calls
            calls += 1
            if calls == number:
                raise Killed
            return function(*args, **given)

        return call

    return wrap


STEPS = {
    "second event": (CustodyLog, "append_event", 2),
    "half a file": (removal, "tombstone", 4),  # the first two only ask whether they fit
    "renamed": (removal, "sync_folder", 1),
    "catalogue": (CatalogueWriter, "forget", 1),
    "catalogue's commit": (CatalogueWriter, "batch", 2),  # the first looks after near copies
    "last event": (CustodyLog, "append_event", 3),
}


@pytest.mark.parametrize("step", STEPS)
def test_killed_anywhere_it_is_either_undone_or_finished_by_the_next_start(kept, monkeypatch, step):
    root, keys, captures = kept
    place, name, number = STEPS[step]
    with monkeypatch.context() as patch:
        patch.setattr(place, name, killed_at(number)(getattr(place, name)))
        with pytest.raises(Killed):
            withdraw_secret(kept)
    with Archive.open(root, run=new_run("run-2"), keys=keys):
        pass
    if step == "second event":  # the revisit is still there: asked again, it goes too
        assert verify(root).withdrawn == 1
        withdraw(root, [captures["again"].record_id], reason="asked to", keys=keys)
    report = verify(root)
    assert report.faults == []
    assert report.withdrawn == 2
    for data in everything(root):
        assert SECRET not in data


@given(st.integers(0, 200_000))
def test_a_tombstone_has_the_length_that_is_asked_for(length):
    at = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    try:
        made_ = b"".join(tombstone("urn:uuid:3b4ad155", at=at, length=length))
    except ValueError:
        assert length < 450
        return
    assert len(made_) == length
    state = zlib.decompressobj(31)
    record = state.decompress(made_)
    assert state.eof
    assert not state.unused_data
    head, _, block = record.partition(b"\r\n\r\n")
    assert f"Content-Length: {len(block) - 4}".encode() in head
    assert block.startswith(b"describes: withdrawal\r\n ") or len(block) < 40


def test_an_exchange_is_never_too_short_for_its_tombstone(tmp_path):
    from archive import Failure, FailureKind

    refused = Failure(kind=FailureKind.DNS, detail="")
    with Archive.open(tmp_path / "archive", run=new_run("r")) as archive:
        capture = archive.keep(made("r", failure=refused, url="http://a.b/")).result(WAIT_S)
    withdraw(tmp_path / "archive", [capture.record_id], reason="asked to")
    assert verify(tmp_path / "archive").faults == []
    with closing(CatalogueWriter.open(tmp_path / "archive/catalogue.sqlite")) as catalogue:
        assert not catalogue.has_capture(capture.record_id)


def open_once(root, keys):
    run = new_run("run-2")
    with Archive.open(root, run=run, keys=keys) as archive:
        archive.close(replace(run, ended_at=dt.datetime.now(dt.UTC), outcome="finished"))


@pytest.mark.parametrize(
    "place",
    [
        {"warc": "../../letter.txt", "offset": 0, "length": 3000},
        {"warc": "letter.txt", "offset": 0},
        {"warc": None, "offset": 0, "length": 10**15},
    ],
    ids=["elsewhere", "no place", "beyond the end"],
)
def test_a_log_that_was_handed_over_has_nothing_of_its_reader_s_rewritten(kept, tmp_path, place):
    root, keys, captures = kept
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"mine\n" * 1000)
    capture = captures["before"]
    facts = {"capture": capture.record_id, "reason": "", **place}
    facts["warc"] = facts["warc"] or capture.locator.warc
    event = Event(kind="withdrawn", at=dt.datetime.now(dt.UTC), facts=facts)
    with (root / "custody" / LOG).open("ab") as log:
        log.write(line_of(event))
    before = {path: path.read_bytes() for path in (root / "warc").glob("*.gz")}
    with pytest.raises(ArchiveError):
        open_once(root, keys)
    assert letter.read_bytes() == b"mine\n" * 1000
    assert {path: path.read_bytes() for path in before} == before


def test_a_catalogue_that_was_handed_over_has_no_file_elsewhere_rewritten(kept, tmp_path):
    root, keys, captures = kept
    mine = captures["before"].locator.warc
    elsewhere = tmp_path / "mine.warc.gz"
    shutil.copy(root / "warc" / mine, elsewhere)
    before = elsewhere.read_bytes()
    with closing(sqlite3.connect(root / "catalogue.sqlite")) as catalogue, catalogue:
        catalogue.execute("UPDATE captures SET warc = '../../mine.warc.gz' WHERE warc = ?", [mine])
    with pytest.raises(BadRecord, match="elsewhere"):
        withdraw(root, [captures["before"].record_id], reason="asked to", keys=keys)
    assert elsewhere.read_bytes() == before


def test_a_file_is_not_rewritten_by_way_of_a_link(kept, tmp_path):
    root = kept[0]
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"mine")
    for path in list((root / "warc").glob("*.gz")):
        path.with_name(path.name + removal.UNFINISHED).symlink_to(letter)
    withdraw_secret(kept)
    assert letter.read_bytes() == b"mine"
    assert verify(root).withdrawn == 2
