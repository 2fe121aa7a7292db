"""Trusted time from a local authority."""

import shutil

import pytest

from archive import Archive, ArchiveFolder, BadProof, snapshot, stamp, verify
from tests.archive.custody.authority import Authority, openssl
from tests.archive.generated import made, new_run
from tests.strategies import page

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl not found")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority") / "one", "Test time")


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority") / "two", "Other time")


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "archive"
    with Archive.open(root, run=new_run("run-1"), keys=tmp_path / "keys") as archive:
        archive.keep(made("run-1", page())).result(30)
    return ArchiveFolder.open(root)


def newest(folder):
    return max((folder.custody / "checkpoints").iterdir())


def test_checkpoints_are_stamped_by_several_authorities_and_verified(folder, authority, other):
    assert verify(folder.root).stamps == []
    stamped = [stamp(folder, one.answer, one.roots) for one in (authority, other)]
    report = verify(folder.root)
    assert report.faults == []
    assert sorted(one.authority for one in report.stamps) == ["CN=Other time", "CN=Test time"]
    assert {one.root_sha256 for one in report.stamps} == {one.root_sha256 for one in stamped}
    assert {one.size for one in report.stamps} == {int(newest(folder).name)}


def test_openssl_itself_accepts_what_is_kept(folder, authority):
    stamp(folder, authority.answer, authority.roots)
    (answer,) = (folder.custody / "stamps").glob("*.tsr")
    openssl(
        "ts", "-verify", "-data", newest(folder), "-in", answer,
        "-CAfile", answer.with_suffix(".pem"),
    )  # fmt: skip


def test_an_answer_that_does_not_hold_is_not_kept(folder, authority, other):
    def old(request, answers=[]):  # noqa: B006 - the first answer, again and again
        answers.append(authority.answer(request))
        return answers[0]

    stamp(folder, old, authority.roots)
    kept = sorted((folder.custody / "stamps").iterdir())
    for ask, roots in (
        (authority.answer, other.roots),
        (authority.answer, b"no certificate"),
        (lambda _: b"", authority.roots),
        (lambda request: authority.answer(request)[:-1], authority.roots),
        (old, authority.roots),  # of another request: its nonce is another
    ):
        with pytest.raises(BadProof):
            stamp(folder, ask, roots)
    assert sorted((folder.custody / "stamps").iterdir()) == kept


@pytest.mark.parametrize("name", ["*.tsr", "*.pem", "checkpoint"])
def test_a_changed_stamp_is_named(folder, authority, name):
    stamp(folder, authority.answer, authority.roots)
    place = folder.custody / "stamps"
    (answer,) = place.glob("*.tsr")
    if name == "checkpoint":
        answer.rename(place / f"{1:012d}-x.tsr")
    else:
        (path,) = place.glob(name)
        path.write_bytes(path.read_bytes()[:-30])
    named = [fault.file for fault in verify(folder.root).faults]
    assert [one for one in named if one.startswith("custody/stamps/")]


def test_a_copy_of_the_archive_carries_its_stamps(folder, authority, tmp_path):
    stamp(folder, authority.answer, authority.roots)
    snapshot(folder.root, tmp_path / "copy")
    report = verify(tmp_path / "copy")
    assert report.faults == []
    assert len(report.stamps) == 1


def test_without_a_checkpoint_there_is_nothing_to_stamp(tmp_path, authority):
    with Archive.open(tmp_path / "archive", run=new_run("run-1")) as archive:
        pass
    with pytest.raises(BadProof, match="never signed"):
        stamp(archive.folder, authority.answer, authority.roots)
