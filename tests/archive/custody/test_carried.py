"""Time stamps that go with the proof of a capture."""

import shutil
from dataclasses import replace

import pytest

from archive import Archive, ArchiveFolder, BadProof, Proof, check, prove, stamp
from tests.archive.custody.authority import Authority
from tests.archive.generated import made, new_run
from tests.strategies import page

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl not found")
WAIT_S = 30


def run(root, name):
    with Archive.open(root, run=new_run(name), keys=root.parent / "keys") as archive:
        kept = [archive.keep(made(name, page(b"<p>%d" % number))) for number in range(3)]
        return [each.result(WAIT_S) for each in kept]


@pytest.fixture(scope="module")
def stamped(tmp_path_factory):
    """An archive of three runs, stamped by two authorities after the first and after the second."""
    home = tmp_path_factory.mktemp("carried")
    authorities = [Authority(home / name, name) for name in ("one", "two")]
    runs = []
    for name in ("run-1", "run-2"):
        runs.append(run(home / "archive", name))
        folder = ArchiveFolder.open(home / "archive")
        stamps = [stamp(folder, each.answer, each.roots) for each in authorities]
    runs.append(run(home / "archive", "run-3"))
    return folder, runs, stamps


def test_a_proof_has_the_earliest_stamps_after_which_its_records_were_there(stamped):
    folder, (first, second, third), stamps = stamped
    seen = []
    for capture in (first[1], second[1]):
        proof, records = prove(folder, capture.locator)
        assert Proof.parse(proof.to_json()) == proof
        checked = check(proof, records)
        assert {one.authority for one in checked.stamps} == {"CN=one", "CN=two"}
        (size,) = {one.size for one in checked.stamps}
        assert max(one.index for one in proof.records) < size < checked.checkpoint.size
        assert checked.stamped_at == min(one.at for one in checked.stamps)
        seen.append(size)
    assert seen[0] < seen[1] == stamps[0].size
    checked = check(*prove(folder, third[1].locator))
    assert (checked.stamps, checked.stamped_at) == ((), None)


def test_a_stamp_that_is_older_than_a_record_is_refused(stamped):
    folder, (first, second, _), _ = stamped
    older, _ = prove(folder, first[0].locator)
    proof, records = prove(folder, second[0].locator)
    with pytest.raises(BadProof, match="older than a record"):
        check(replace(proof, stamps=older.stamps), records)


def test_a_stamp_of_another_log_or_authority_is_refused(stamped):
    folder, (first, _, _), _ = stamped
    proof, records = prove(folder, first[0].locator)
    one, other = proof.stamps
    forged = [
        (replace(one, consistency=one.consistency[:-1]), "of another log"),
        (replace(one, signed=one.signed.replace("\n", "\nmore\n", 1)), "no checkpoint|integer|int"),
        (replace(one, certificates=other.certificates), "does not hold"),
        (replace(one, answer=other.answer), "does not hold"),
    ]
    for stamp_, reason in forged:
        with pytest.raises(BadProof, match=reason):
            check(replace(proof, stamps=(stamp_, other)), records)
