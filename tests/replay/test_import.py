"""Foreign archives taken in, and what is refused."""

import gzip
import hashlib
import json
import shutil
import subprocess
import zipfile
import zlib

import pytest

from archive import (
    Archive,
    ArchiveReader,
    CaptureKind,
    CatalogueReader,
    ImportRefused,
    PackageSigner,
    export_wacz,
    import_file,
    verify,
)
from archive.export import opened
from archive.imports import imported
from tests.archive.generated import new_run
from tests.crawler.cli.running import inside, lines_of
from tests.replay.foreign import BODY, foreign, record, taken
from tests.replay.serving import serving
from tests.strategies import chunked


@pytest.mark.parametrize("is_chunked", [False, True])
def test_responses_and_revisits_become_captures_that_say_where_they_come_from(tmp_path, is_chunked):
    file = foreign(tmp_path / "other file.warc.gz", is_chunked=is_chunked, repeats=2)
    made, reader = taken(tmp_path, file)
    assert (made.captures, made.revisits, made.left_out) == (3, 2, {"resource": 1})
    for capture in reader.captures():
        assert capture.found_by == "import"
        assert reader.body(capture) == BODY
    first = next(iter(reader.captures()))
    assert first.kind is CaptureKind.RESPONSE
    sent = b"".join(reader.record(first).chunks())
    assert sent.partition(b"\r\n\r\n")[2] == (chunked(BODY) if is_chunked else BODY)
    (warc,) = (tmp_path / "archive" / "warc").iterdir()
    everything = gzip.decompress(warc.read_bytes()).decode("latin-1")
    assert "imported-from" in everything
    assert "other file.warc.gz" in everything
    assert made.digest in everything
    assert "GET /story HTTP/1.1" in everything
    (run,) = reader.catalogue.runs()
    assert run["settings"]["import-digest"] == made.digest
    assert run["outcome"] == "finished"


def test_the_same_file_is_refused_a_second_time(tmp_path):
    file = foreign(tmp_path / "other.warc.gz")
    taken(tmp_path, file)
    with pytest.raises(ImportRefused, match="before"):
        taken(tmp_path, file, "run-2")


def test_what_we_have_already_is_kept_once(tmp_path):
    taken(tmp_path, foreign(tmp_path / "a.warc.gz"))
    made, _ = taken(tmp_path, foreign(tmp_path / "b.warc.gz", repeats=1), "run-2")
    assert made.revisits == 2


def test_our_own_package_is_taken_in_whole(demo, tmp_path):
    assert inside("export", "wacz", tmp_path / "it.wacz", "--archive", demo).returncode == 0
    done = inside("import", tmp_path / "it.wacz", "--archive", tmp_path / "archive", "--json")
    assert done.returncode == 0, done.stderr
    (told,) = lines_of(done)
    theirs = [
        one for one in ArchiveReader.open(demo).captures() if one.kind is not CaptureKind.FAILURE
    ]
    ours = list(ArchiveReader.open(tmp_path / "archive").captures())
    assert told["captures"] == len(ours) == len(theirs)
    key = lambda one: (one.url, one.captured_at, one.status, one.payload_digest)  # noqa: E731
    assert sorted(map(key, ours), key=str) == sorted(map(key, theirs), key=str)
    report = verify(tmp_path / "archive")
    assert report.faults == []
    assert report.signers
    assert report.checkpoints
    # Read as they were read there, but for what only our own records tell of a request.
    headlines = [
        {one["headline"] for one in CatalogueReader(root / "catalogue.sqlite").articles()}
        for root in (demo, tmp_path / "archive")
    ]
    assert headlines[0] <= headlines[1]
    assert told["readings"] > len(headlines[0])


def test_what_wget_wrote_is_taken_in_and_read(tmp_path):
    wget = shutil.which("wget")
    if wget is None:
        pytest.skip("wget not found")
    site = tmp_path / "site"
    site.mkdir()
    words = "The river rose and the bridge was closed for the night. " * 40
    (site / "story.html").write_text(
        f"<html><title>A story</title><article><h1>A story</h1><p>{words}</p>"
        "<img src=picture.png></article></html>"
    )
    (site / "picture.png").write_bytes(b"a picture")
    with serving(site) as base:
        asked = [wget, "-q", "-p", "--warc-file=theirs", f"{base}/story.html"]
        subprocess.run(asked, cwd=tmp_path, check=True)
    done = inside("import", tmp_path / "theirs.warc.gz", "--archive", tmp_path / "a", "--json")
    (told,) = lines_of(done)
    assert (told["captures"], told["left_out"]) == (3, {"metadata": 1, "resource": 2})  # robots.txt
    (article,) = lines_of(inside("ls", "articles", "--json", "--archive", tmp_path / "a"))
    assert article["headline"] == "A story"
    assert verify(tmp_path / "a").faults == []


def refused(tmp_path, file, match=".", **given):
    with pytest.raises(ImportRefused, match=match):
        import_file(tmp_path / "archive", file, run=new_run("run-1"), **given)
    assert not (tmp_path / "archive").exists()


def test_any_byte_that_is_changed_is_found_or_changes_nothing(tmp_path):
    data = foreign(tmp_path / "other.warc.gz").read_bytes()
    file = tmp_path / "changed.warc.gz"
    for at in range(0, len(data), 7):
        file.write_bytes(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :])
        try:
            with gzip.open(file) as opened:
                is_same = opened.read() == gzip.decompress(data)
        except (OSError, EOFError, ValueError, zlib.error):
            is_same = False
        if not is_same:
            refused(tmp_path, file)


@pytest.mark.parametrize("cut", [1, 40, 300])
def test_a_file_that_is_cut_is_refused(tmp_path, cut):
    file = foreign(tmp_path / "other.warc.gz")
    file.write_bytes(file.read_bytes()[:-cut])
    refused(tmp_path, file)


def test_what_is_no_archive_is_refused(tmp_path):
    for data in (b"", b"WARC/1.0\r\n", b"\x1f\x8b", gzip.compress(b"hello"), b"PK\x05\x06" * 9):
        file = tmp_path / "x.warc.gz"
        file.write_bytes(data)
        refused(tmp_path, file)


def test_a_digest_that_does_not_hold_is_refused(tmp_path):
    file = foreign(tmp_path / "other.warc.gz")
    plain = gzip.decompress(file.read_bytes())
    members = [b"WARC/1.0" + part for part in plain.split(b"WARC/1.0")[1:]]
    changed = [member.replace(b"from elsewhere", b"from everwhere") for member in members]
    file.write_bytes(b"".join(map(gzip.compress, members)))
    taken(tmp_path, file)
    file.write_bytes(b"".join(map(gzip.compress, changed)))
    with pytest.raises(ImportRefused, match="digest"):
        import_file(tmp_path / "archive", file, run=new_run("run-2"))


def test_more_than_is_allowed_is_refused_before_it_is_kept(tmp_path):
    file = foreign(tmp_path / "big.warc.gz", body=b"0" * 3_000_000)
    refused(tmp_path, file, "more than", max_bytes=1_000_000)


def package(
    tmp_path, warc, *, name="archive/a.warc.gz", lie=None, listed=True, packed=False, beside=None
):
    told = {"path": name, "hash": f"sha256:{hashlib.sha256(warc).hexdigest()}", "bytes": len(warc)}
    told |= lie or {}
    path = tmp_path / "foreign.wacz"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(name, warc, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
        file.writestr("datapackage.json", json.dumps({"resources": [told] if listed else []}))
        if beside is not None:
            file.writestr(*beside)
    return path


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"name": "../a.warc.gz"}, "lead out"),
        ({"name": "archive/../../a.warc.gz"}, "lead out"),
        ({"name": "/archive/a.warc.gz"}, "lead out"),
        ({"name": "archive/sub/a.warc.gz"}, "strange name"),
        ({"name": "pages/a.warc.gz"}, "holds no"),
        ({"lie": {"bytes": 10}}, "larger than it says"),
        ({"lie": {"bytes": 10**9}}, "not what"),
        ({"lie": {"hash": "sha256:" + "0" * 64}}, "not what"),
        ({"lie": {"hash": "crc32:00"}}, "unknown kind"),
        ({"lie": {"bytes": "many"}}, "datapackage"),
        ({"listed": False}, "not listed"),
        ({"beside": ("archive/b.warc", b"WARC/1.1")}, "not gzipped"),
        ({"beside": ("datapackage-digest.json", "[]")}, "datapackage"),
        ({"beside": ("datapackage-digest.json", '{"hash": "sha256:00"}')}, "not what"),
    ],
)
def test_a_package_that_lies_is_refused(tmp_path, given, match):
    warc = foreign(tmp_path / "other.warc.gz").read_bytes()
    refused(tmp_path, package(tmp_path, warc, **given), match)
    assert {path.name for path in tmp_path.iterdir()} == {"other.warc.gz", "foreign.wacz"}


@pytest.mark.parametrize("part", ["hash", "signature", "publicKey", "other-hash"])
def test_a_package_whose_signature_does_not_hold_is_refused(demo, tmp_path, part):
    ours, theirs = tmp_path / "ours.wacz", tmp_path / "theirs.wacz"
    signer = PackageSigner(tmp_path / "keys", software="test/1")
    export_wacz(demo, ours, software="test/1", signer=signer)
    with zipfile.ZipFile(ours) as whole, zipfile.ZipFile(theirs, "w") as changed:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "datapackage-digest.json":
                said = json.loads(data)
                if part == "other-hash":
                    said["signedData"] |= signer.sign("sha256:00", new_run("x").began_at)
                else:
                    text = said["signedData"][part]
                    said["signedData"][part] = (
                        text[:-9] + ("A" if text[-9] != "A" else "B") + text[-8:]
                    )
                data = json.dumps(said).encode()
            changed.writestr(name, data)
    refused(tmp_path, theirs, "signature")
    taken(tmp_path, ours)


def test_a_directory_longer_than_any_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(opened, "_DIRECTORY_BYTES", 50_000)
    many = tmp_path / "many.wacz"
    with zipfile.ZipFile(many, "w") as package:
        for number in range(2_000):
            package.writestr(f"{number:04d}", b"")
    refused(tmp_path, many, "its directory is longer")


def test_a_bomb_is_refused(tmp_path):
    bomb = package(tmp_path, b"\0" * 30_000_000, packed=True)
    assert bomb.stat().st_size < 100_000
    refused(tmp_path, bomb, "bomb")


def test_an_import_waits_for_no_writer_unless_it_is_told_to(tmp_path):
    file = foreign(tmp_path / "other.warc.gz")
    with Archive.open(tmp_path / "archive", run=new_run("writer")):
        done = inside("import", file, "--archive", tmp_path / "archive")
    assert done.returncode == 75
    assert inside("import", tmp_path / "none", "--archive", tmp_path / "archive").returncode == 2


def test_a_file_whose_headers_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(imported, "MAX_HEAD_BYTES", 1 << 20)
    url = "https://news.example/" + "x" * 100_000
    file = tmp_path / "large.warc.gz"
    file.write_bytes(record("request", WARC_Target_URI=url) * 11)
    with pytest.raises(ImportRefused, match="headers hold more than"):
        taken(tmp_path, file)
    assert not (tmp_path / "archive").exists()


def test_what_a_foreign_record_calls_its_kind_is_told_by_no_name_of_its_own(tmp_path):
    file = tmp_path / "strange.warc.gz"
    strange = [record(f"x-{number}\x1b[2J", WARC_Target_URI="dns:a") for number in range(9)]
    file.write_bytes(b"".join(strange) + record("resource", WARC_Target_URI="dns:a"))
    made, _ = taken(tmp_path, file)
    assert made.left_out == {"?": 9, "resource": 1}
