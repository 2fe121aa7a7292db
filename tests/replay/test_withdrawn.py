"""What is withdrawn from the demo's archive is in no byte of it, nor of anything made of it."""

import contextlib
import gzip
import io
import json
import shutil
import zipfile
import zlib

import pyrage
import pytest

from archive import ArchiveReader, BodyError, CatalogueReader, Selection, snapshot, verify
from tests.crawler.cli.running import inside, lines_of

WIRE = "https://continentalwire.example"
LAKE = f"{WIRE}/article/lake-treaty-talks-51d0aa"
REASON = ("--reason", "asked by the person shown")


def unpacked(name, data):
    """The bytes of a file, and of what is packed in it."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for inner in package.namelist():
                yield from unpacked(inner, package.read(inner))
    elif name.endswith(".gz"):
        while data:
            state = zlib.decompressobj(31)
            yield state.decompress(data)
            data = state.unused_data


def forms_of(words):
    """As UTF-8, and as JSON escapes them."""
    return [form for word in words for form in (word.encode(), json.dumps(word)[1:-1].encode())]


def holds(folder, words):
    """The files that have any of the words, packed ones too."""
    forms = forms_of(words)
    return [
        path.relative_to(folder)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        if any(form in data for data in unpacked(path.name, path.read_bytes()) for form in forms)
    ]


def coded(root, words):
    """The captures whose bodies have any of the words, under whatever content coding."""
    reader = ArchiveReader.open(root)
    found = []
    for capture in reader.captures(Selection()):
        with contextlib.suppress(BodyError):  # cut, or none
            body = reader.body(capture)
            found += [capture.url for form in forms_of(words) if form in body]
    return found


@pytest.fixture
def archive(demo, tmp_path):
    return shutil.copytree(demo, tmp_path / "archive")


def exported(root, folder):
    """Everything that can be made of an archive."""
    folder.mkdir()
    for form in ("wacz", "cdxj", "jsonl", "csv"):
        done = inside("export", form, folder / f"all.{form}", "--archive", root)
        assert done.returncode == 0, done.stderr
    for name, command in {
        "feed": ("feed",),
        "posts": ("ls", "posts", "--json"),
        "articles": ("ls", "articles", "--json"),
        "media": ("ls", "media", "--json"),
        "copies": ("ls", "copies", "--json"),
    }.items():
        done = inside(*command, "--archive", root)
        assert done.returncode == 0, done.stderr
        (folder / name).write_bytes(done.stdout)
    snapshot(root, folder / "snapshot")
    return folder


@pytest.mark.parametrize(
    ("post_key", "options"),
    [
        ("youtube:cR4d9SmBq_w", ()),  # no page repeats its words
        ("x:2120879867050188801", ("--with-pages",)),  # an article shows it
    ],
)
def test_a_withdrawn_post_is_in_no_byte_of_the_archive_nor_of_what_is_made_of_it(
    archive, tmp_path, post_key, options
):
    post = CatalogueReader(archive / "catalogue.sqlite").post(post_key)
    told = [post["text"][:40], *(picture["media"] for picture in post["pictures"])]
    before = exported(archive, tmp_path / "before")
    names = {path.parts[0] for path in holds(before, told)}
    assert names >= {"all.jsonl", "all.csv", "feed", "posts", "snapshot"}
    assert coded(archive, told)
    done = inside("withdraw", post_key, *REASON, *options, "--archive", archive, "--json")
    assert done.returncode == 0, done.stderr
    withdrawn = {one["record_id"] for one in lines_of(done)}
    assert coded(archive, told) == []
    assert holds(archive, told) == []
    after = exported(archive, tmp_path / "after")
    assert holds(after, told) == []
    report = verify(archive)
    assert report.faults == []
    assert report.withdrawn == len(withdrawn) >= 2
    assert verify(after / "snapshot").faults == []
    lines = map(json.loads, (after / "feed").read_bytes().splitlines())
    assert withdrawn <= {one["id"] for one in lines if one["change"] == "gone"}


def test_whoever_withdraws_a_post_is_told_which_articles_may_show_it(archive):
    done = inside("withdraw", "x:2120879867050188801", *REASON, "--archive", archive)
    assert b"latakia-aleppo-highway-reopens" in done.stderr
    assert verify(archive).faults == []


@pytest.mark.parametrize(
    ("selector", "words", "left"),
    [
        (LAKE, "I take that as a good sign", "pumping"),
        ("host:continentalwire.example", "I take that as a good sign", "Saltmarsh"),
    ],
)
def test_a_withdrawn_article_or_host_is_in_no_byte(archive, selector, words, left):
    assert coded(archive, [words])
    done = inside("withdraw", selector, *REASON, "--archive", archive, "--json")
    assert done.returncode == 0, done.stderr
    assert coded(archive, [words]) == []
    assert holds(archive, [words]) == []
    assert coded(archive, [left])
    assert verify(archive).faults == []


def test_what_is_sealed_is_read_by_the_key_alone_and_is_the_very_records(archive, tmp_path):
    words = "Filmed from the north bank"
    secret = pyrage.x25519.Identity.generate()
    key = tmp_path / "key.txt"
    key.write_text(f"# made today\n{secret.to_public()}\n")
    done = inside(
        *("withdraw", "youtube:cR4d9SmBq_w", *REASON, "--seal", key, "--json"),
        *("--archive", archive, "--dry-run"),
    )
    expected = b""
    for one in lines_of(done):
        data = (archive / "warc" / one["warc"]).read_bytes()
        expected += data[one["offset"] : one["offset"] + one["length"]]
    assert not (archive / "sealed").exists()
    done = inside(
        *("withdraw", "youtube:cR4d9SmBq_w", *REASON, "--seal", key, "--archive", archive)
    )
    assert done.returncode == 0, done.stderr
    (sealed,) = (archive / "sealed").iterdir()
    assert holds(archive, [words]) == []
    opened = pyrage.decrypt(sealed.read_bytes(), [secret])
    assert opened == expected
    assert any(form in gzip.decompress(opened) for form in forms_of([words]))
    assert verify(archive).faults == []
    snapshot(archive, tmp_path / "copy")
    assert verify(tmp_path / "copy").faults == []
    data = sealed.read_bytes()
    sealed.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert [fault.file for fault in verify(archive).faults] == [f"sealed/{sealed.name}"]
    sealed.unlink()
    assert [fault.file for fault in verify(archive).faults] == [f"sealed/{sealed.name}"]


def test_a_secret_key_or_none_at_all_seals_nothing(archive, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(str(pyrage.x25519.Identity.generate()))
    for key in (secret, tmp_path / "nothing", "age1nothing"):
        done = inside("withdraw", LAKE, *REASON, "--seal", key, "--archive", archive)
        assert done.returncode == 2
        assert done.stderr.count(b"\n") == 1
    assert verify(archive).withdrawn == 0
