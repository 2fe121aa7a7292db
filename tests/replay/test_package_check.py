"""A package and the proof beside it are accepted together, and refused once either is changed."""

import gzip
import hashlib
import itertools
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from archive import (
    ArchiveFolder,
    BadProof,
    Keyring,
    PackageSigner,
    check_package,
    stamp,
    verify,
)
from crawler import settings
from tests.archive.custody.authority import Authority
from tests.archive.generated import new_run
from tests.crawler.cli.running import inside, lines_of

LAKE = "https://continentalwire.example/article/lake-treaty-talks-51d0aa"


@pytest.fixture(scope="module")
def made(demo, tmp_path_factory):
    """A part of an archive and the whole of one, as a person exports them; the key that signed."""
    home = tmp_path_factory.mktemp("packages")
    root = shutil.copytree(demo, home / "archive")
    found = {}
    for name, options in (("part", ("--article", LAKE)), ("whole", ())):
        target = home / f"{name}.wacz"
        done = inside("export", "wacz", target, "--archive", root, *options, "--json")
        (told,) = lines_of(done)
        found[name] = target, Path(told["sidecar"])
    key = Keyring(Path(settings.DATELINE_KEYS)).signer().verifier
    return root, found, key


@pytest.mark.parametrize("name", ["part", "whole"])
def test_what_was_exported_holds(made, name):
    root, found, key = made
    package, proof = found[name]
    checked = check_package(package, proof, key=key)
    assert (checked.is_whole, checked.withdrawn) == (name == "whole", 0)
    assert checked.proved == (verify(root).records if name == "whole" else checked.proved) > 0
    assert (checked.unnamed == 0) == (name == "whole")
    done = inside("custody", "check", proof, package, "--key", key, "--json")
    (told,) = lines_of(done)
    assert (done.returncode, told["holds"], told["proved"]) == (0, True, checked.proved)
    shown = inside("custody", "check", proof, package)
    assert f"{checked.proved} records are in the log" in shown.stdout.decode()


def test_what_was_withdrawn_before_is_counted(made, tmp_path):
    root = shutil.copytree(made[0], tmp_path / "archive")
    assert inside("withdraw", LAKE, "--reason", "asked to", "--archive", root).returncode == 0
    inside("export", "wacz", tmp_path / "all.wacz", "--archive", root)
    checked = check_package(tmp_path / "all.wacz", tmp_path / "all.wacz.custody.jsonl")
    assert checked.withdrawn == verify(root).withdrawn > 0


def remade(package, target, change, *, signer=None):
    """A copy whose files `change` changed, with digests and signature put right after it."""
    with zipfile.ZipFile(package) as whole, zipfile.ZipFile(target, "w") as other:
        files = {name: whole.read(name) for name in whole.namelist()}
        said = json.loads(files.pop("datapackage-digest.json"))
        about = json.loads(files.pop("datapackage.json"))
        change(files)
        for one in about["resources"]:
            data = files.get(one["path"], b"")
            one |= {"hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        files["datapackage.json"] = json.dumps(about).encode()
        said["hash"] = f"sha256:{hashlib.sha256(files['datapackage.json']).hexdigest()}"
        if signer is not None:
            said["signedData"] = dict(signer.sign(said["hash"], new_run("x").began_at))
        files["datapackage-digest.json"] = json.dumps(said).encode()
        for name, data in files.items():
            other.writestr(name, data)
    return said["hash"]


def with_records(change):
    """Changes the uncompressed records of a package's first file that has an answer."""

    def changing(files):
        name = next(name for name in files if name.startswith("archive/"))
        members = gzip.decompress(files[name]).split(b"WARC/1.1\r\n")[1:]
        files[name] = b"".join(gzip.compress(b"WARC/1.1\r\n" + one) for one in change(members))

    return changing


def edited(members):
    at = next(n for n, one in enumerate(members) if b"WARC-Type: response" in one)
    body = members[at]
    return [*members[:at], body[:-5] + bytes([body[-5] ^ 1]) + body[-4:], *members[at + 1 :]]


def shortened(members):
    at = next(n for n, one in enumerate(members) if b"WARC-Type: response" in one)
    return [*members[:at], *members[at + 1 :]]


@pytest.mark.parametrize(
    ("name", "change", "match"),
    [
        ("part", edited, "no proof leads"),
        ("whole", edited, "no proof leads"),
        ("part", shortened, "is proved"),
    ],
)
def test_a_record_that_was_changed_or_taken_out_is_named(made, tmp_path, name, change, match):
    """By the holder of the packages' key, who made everything else fit."""
    _, found, key = made
    package, proof = found[name]
    signer = PackageSigner(Path(settings.DATELINE_KEYS), software="test/1")
    target = tmp_path / package.name
    digest = remade(package, target, with_records(change), signer=signer)
    first, *rest = proof.read_text().splitlines()
    said = json.dumps(json.loads(first) | {"digest": digest})
    (tmp_path / "proof").write_text("\n".join([said, *rest]))
    with pytest.raises(BadProof, match=match):
        check_package(target, tmp_path / "proof", key=key)


def test_other_pages_need_the_packages_key(made, tmp_path):
    _, found, key = made
    package, proof = found["part"]
    first, *rest = proof.read_text().splitlines()
    stranger = PackageSigner(tmp_path / "keys", software="test/1")
    for signer, match in ((None, "signature"), (stranger, "another key")):
        target = tmp_path / f"{match}.wacz"
        digest = remade(
            package,
            target,
            lambda files: files.update({"pages/pages.jsonl": b"{}"}),
            signer=signer,
        )
        with pytest.raises(BadProof, match="of another package"):
            check_package(target, proof, key=key)
        said = json.dumps(json.loads(first) | {"digest": digest})
        (tmp_path / "proof").write_text("\n".join([said, *rest]))
        with pytest.raises(BadProof, match=match):
            check_package(target, tmp_path / "proof", key=key)


@pytest.mark.parametrize("name", ["part", "whole"])
def test_any_letter_of_the_proof_that_is_changed_is_told(made, tmp_path, name):
    _, found, key = made
    package, proof = found[name]
    text = proof.read_text()
    first = text.index("\n")
    # What the package was called, and by which key it says it is signed, where we know that.
    told = {
        *range(text.index('"package"'), text.index('"digest"')),
        *range(text.index('"key"'), text.index('"is_whole"')),
    }
    spots = {*range(0, first, 23), *range(first + 3, len(text), max(1, len(text) // 40))} - told
    # Of the last letter of base64 some bits mean nothing.
    for at in (at for at in sorted(spots) if text[at].isalnum() and text[at + 1] != "="):
        letter = "0" if text[at] != "0" else "1"
        (tmp_path / "proof").write_text(text[:at] + letter + text[at + 1 :])
        with pytest.raises(BadProof):
            check_package(package, tmp_path / "proof", key=key)


def test_what_is_no_proof_or_of_another_key_is_refused(made, tmp_path):
    _, found, _ = made
    package, proof = found["part"]
    stranger = Keyring(tmp_path / "keys").signer().verifier
    with pytest.raises(BadProof, match="no signature of a known key"):
        check_package(package, proof, key=stranger)
    for text in ("", "[]", "{}", "null", '{"format": "dateline-custody/1"}', "[" * 9999):
        (tmp_path / "none").write_text(text)
        with pytest.raises(BadProof):
            check_package(package, tmp_path / "none")
    assert inside("custody", "check", tmp_path / "none", package).returncode == 1


@pytest.fixture(scope="module")
def stamped(demo, tmp_path_factory):
    """Packages of an archive whose checkpoints two authorities stamped before the export."""
    if not shutil.which("openssl"):
        pytest.skip("openssl not found")
    home = tmp_path_factory.mktemp("stamped")
    root = shutil.copytree(demo, home / "archive")
    authorities = [Authority(home / name, name) for name in ("one", "two")]
    found = {}
    for name, options in (("part", ("--article", LAKE)), ("whole", ())):
        for each in authorities:  # the second time the log has grown by an export
            stamp(ArchiveFolder.open(root), each.answer, each.roots)
        target = home / f"{name}.wacz"
        (told,) = lines_of(inside("export", "wacz", target, "--archive", root, *options, "--json"))
        found[name] = target, Path(told["sidecar"])
    return root, found


@pytest.mark.parametrize("name", ["part", "whole"])
def test_the_time_stamps_of_a_package_are_checked_without_the_archive(stamped, name):
    root, found = stamped
    package, proof = found[name]
    checked = check_package(package, proof)
    kept = {(one.size, one.at, one.authority, one.root_sha256) for one in verify(root).stamps}
    told = {(one.size, one.at, one.authority, one.root_sha256) for one in checked.stamps}
    assert told
    assert told <= kept
    assert len({one.authority for one in checked.stamps}) == 2
    assert all(one.size < checked.checkpoint.size for one in checked.stamps)
    (shown,) = lines_of(inside("custody", "check", proof, package, "--json"))
    assert len(shown["stamps"]) == len(told)
    drawn = inside("custody", "check", proof, package).stdout.decode()
    first = min(one.at for one in checked.stamps)
    assert checked.stamped_at == first
    assert shown["stamped_at"] == first.isoformat()
    assert "all were there at" in drawn
    assert "CN=one" in drawn


@pytest.mark.parametrize(
    ("name", "change"),
    [
        *itertools.product(["part", "whole"], ["answer", "checkpoint", "certificates"]),
        ("part", "consistency"),
    ],
)
def test_a_time_stamp_that_does_not_hold_is_refused(stamped, tmp_path, name, change):
    package, proof = stamped[1][name]
    lines = [json.loads(line) for line in proof.read_text().splitlines()]
    stamps = [line for line in lines if "stamp" in line]
    one = stamps[-1]
    match change:
        case "answer":
            other = next(each for each in stamps if each["certificates"] != one["certificates"])
            one["answer"] = other["answer"]
        case "checkpoint":
            text = one["checkpoint"].split("\n")
            text[2] = "A" * 43 + "="
            one["checkpoint"] = "\n".join(text)
        case "certificates":
            other = next(each for each in stamps if each["certificates"] != one["certificates"])
            one["certificates"] = other["certificates"]
        case "consistency":
            del one["consistency"][0]
    changed = tmp_path / "changed.jsonl"
    changed.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.raises(BadProof):
        check_package(package, changed)
