"""A proof is accepted with its records, and refused with any others; by us, and by the script."""

import json
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from archive import Archive, ArchiveFolder, BadProof, CaptureNotFound, Keyring, Proof, check, prove
from tests.archive.generated import made, new_run
from tests.archive.mutations import pack
from tests.strategies import chunked_page, page

SCRIPT = Path(__file__).parents[3] / "docs" / "check_proof.py"
WAIT_S = 30


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def kept(tmp_path_factory, keys):
    root = tmp_path_factory.mktemp("proof") / "archive"
    with Archive.open(root, run=new_run("run-1"), keys=keys, max_warc_bytes=4000) as archive:
        captures = [
            archive.keep(made("run-1", data(b"<p>%d</p>" % number))).result(WAIT_S)
            for number in range(7)
            for data in (page, chunked_page)
        ]
    return ArchiveFolder.open(root), captures


def records_of(warc):
    found = []
    while warc:
        state = zlib.decompressobj(31)
        found.append(state.decompress(warc))
        warc = state.unused_data
    return found


def run_script(folder, proof, records, key):
    (folder / "proof.json").write_text(proof, "utf-8")
    (folder / "records").write_bytes(records)
    command = [sys.executable, SCRIPT, folder / "proof.json", folder / "records", str(key)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_every_capture_is_proved(kept, keys):
    folder, captures = kept
    for capture in captures:
        proof, records = prove(folder, capture.locator)
        assert proof.capture == capture.record_id
        assert Proof.parse(proof.to_json()) == proof
        checked = check(proof, records, key=Keyring(keys).signer().verifier)
        assert len(checked.records) == len(records_of(records)) == 3
        assert check(proof, records_of(records)[0]).records == [capture.record_id]


def test_the_script_in_docs_accepts_a_true_proof(kept, keys, tmp_path):
    folder, captures = kept
    proof, records = prove(folder, captures[3].locator)
    key = Keyring(keys).signer().verifier
    told = run_script(tmp_path, proof.to_json(), records, key)
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[0] == f"proved: {captures[3].record_id}"
    assert len(told.stdout.splitlines()) == 3
    one = run_script(tmp_path, proof.to_json(), records_of(records)[1], key)
    assert one.returncode == 0, one.stderr


def test_the_script_is_short_and_uses_nothing_of_ours():
    text = SCRIPT.read_text("utf-8")
    assert len(text.splitlines()) <= 75
    assert "archive" not in text.replace("an archive", "")
    assert "crawler" not in text


def other_proof(kept):
    folder, captures = kept
    return prove(folder, captures[0].locator)[0]


def renamed(proof):
    first, *rest = proof.records
    return replace(proof, records=(replace(first, record_id="urn:uuid:another"), *rest))


def with_path(proof, change):
    first, *rest = proof.records
    return replace(proof, records=(replace(first, path=change(list(first.path))), *rest))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda kept, proof, data: (proof, data + data[-9:]), id="torn"),
        pytest.param(lambda kept, proof, data: (proof, b""), id="no-record"),
        pytest.param(
            lambda kept, proof, data: (
                proof,
                pack(records_of(data)[0].replace(b"<p>", b"<b>")) + data,
            ),
            id="changed-record",
        ),
        pytest.param(lambda kept, proof, data: (other_proof(kept), data), id="other-records"),
        pytest.param(
            lambda kept, proof, data: (with_path(proof, lambda path: path[:-1]), data), id="short"
        ),
        pytest.param(
            lambda kept, proof, data: (with_path(proof, lambda path: [*path, path[0]]), data),
            id="long",
        ),
        pytest.param(
            lambda kept, proof, data: (
                with_path(proof, lambda path: [bytes(32), *path[1:]]),
                data,
            ),
            id="wrong-path",
        ),
        pytest.param(lambda kept, proof, data: (renamed(proof), data), id="renamed-record"),
        pytest.param(
            lambda kept, proof, data: (
                replace(proof, checkpoint=proof.checkpoint.replace("at 2", "at 1")),
                data,
            ),
            id="changed-checkpoint",
        ),
    ],
)
def test_what_is_not_as_it_was_is_refused(kept, keys, tmp_path, change):
    folder, captures = kept
    proof, records = change(kept, *prove(folder, captures[4].locator))
    key = Keyring(keys).signer().verifier
    with pytest.raises(BadProof):
        check(proof, records, key=key)
    assert run_script(tmp_path, proof.to_json(), records, key).returncode != 0


def test_proof_tells_of_no_other_capture_than_that_of_its_records(kept):
    folder, captures = kept
    proof, records = prove(folder, captures[4].locator)
    for other in (captures[0].record_id, proof.records[-1].record_id):
        with pytest.raises(BadProof, match="another capture"):
            check(replace(proof, capture=other), records)
    assert check(proof, records).capture == captures[4].record_id
    assert check(proof, records_of(records)[1]).capture is None


def test_event_of_the_log_is_no_record(kept):
    folder, captures = kept
    proof, _ = prove(folder, captures[0].locator)
    line = (folder.custody / "log").read_bytes().splitlines()[0]
    digest, _, event = line.partition(b" ")
    one = replace(proof.records[0], sha256=bytes.fromhex(digest.decode()))
    with pytest.raises(BadProof, match="no WARC version line"):
        check(replace(proof, records=(one,)), event)


def test_another_key_is_refused(kept, tmp_path):
    folder, captures = kept
    proof, records = prove(folder, captures[0].locator)
    stranger = Keyring(tmp_path / "others").signer().verifier
    with pytest.raises(BadProof, match="no signature of a known key"):
        check(proof, records, key=stranger)
    assert run_script(tmp_path, proof.to_json(), records, stranger).returncode != 0


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", json.dumps({"format": "x"}), "[" * 9999])
def test_what_is_no_proof_is_refused(text):
    with pytest.raises(BadProof):
        Proof.parse(text)


def test_without_a_signature_there_is_no_proof(tmp_path):
    with Archive.open(tmp_path / "archive", run=new_run("run-1")) as archive:
        capture = archive.keep(made("run-1", page())).result(WAIT_S)
    folder = ArchiveFolder.open(tmp_path / "archive")
    with pytest.raises(BadProof, match="never signed"):
        prove(folder, capture.locator)


def test_a_capture_of_the_run_at_work_has_no_proof_yet(tmp_path, keys):
    with Archive.open(tmp_path / "archive", run=new_run("run-1"), keys=keys) as archive:
        capture = archive.keep(made("run-1", page())).result(WAIT_S)
        with pytest.raises(BadProof, match="no checkpoint covers"):
            prove(archive.folder, capture.locator)
    proof, records = prove(archive.folder, capture.locator)
    assert check(proof, records).capture == capture.record_id


def test_what_is_not_in_the_log_has_no_proof(kept):
    folder, captures = kept
    with pytest.raises(CaptureNotFound):
        prove(folder, replace(captures[0].locator, warc="other.warc.gz"))
