"""Indexes and packages of the demo's archive, held against the records and against other tools."""

import gzip
import hashlib
import json
import os
import shutil
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from archive import (
    ArchiveReader,
    CaptureKind,
    Collector,
    NotAnArchive,
    Selection,
    Verifier,
    export_cdxj,
    export_wacz,
    is_signed,
    start_page,
    verify,
)
from archive.custody import Checkpoint, note
from archive.custody.tree import Tree, root_from_path
from archive.export.sorting import SortedLines
from archive.warc.framing import Members
from tests.checkers import assert_checkers_pass
from tests.crawler.cli.running import ROOT, inside, lines_of

LAKE = "https://continentalwire.example/article/lake-treaty-talks-51d0aa"


def indexed(reader):
    return [
        one
        for one in reader.captures()
        if one.kind is not CaptureKind.FAILURE and one.method == "GET"
    ]


def fields_of(lines):
    return [json.loads(line.split(b" ", 2)[2]) for line in lines]


def packed(demo, tmp_path, *, name="it.wacz", **given):
    made = export_wacz(demo, tmp_path / name, software="dateline/test", **given)
    return made, zipfile.ZipFile(made.path)


def cdxj_of(package):
    return gzip.decompress(package.read("indexes/index.cdx.gz")).splitlines()


def test_the_index_has_a_sorted_line_for_each_answer_and_leads_to_its_record(demo, tmp_path):
    target = tmp_path / "index.cdxj"
    count = export_cdxj(demo, target)
    lines = target.read_bytes().splitlines()
    assert lines == sorted(lines)
    reader = ArchiveReader.open(demo)
    captures = {(one.locator.warc, one.locator.offset): one for one in indexed(reader)}
    assert count == len(lines) == len(captures) > 100
    for fields in fields_of(lines):
        capture = captures.pop((fields["filename"], int(fields["offset"])))
        assert int(fields["length"]) == capture.locator.length
        assert fields.get("digest") == capture.payload_digest
        assert fields["status"] == str(capture.status)
        assert (fields["mime"] == "warc/revisit") == (capture.kind is CaptureKind.REVISIT)
    assert captures == {}


def test_a_revisit_of_a_chunked_page_has_its_originals_digest(demo, tmp_path):
    export_cdxj(demo, tmp_path / "index.cdxj")
    found = fields_of((tmp_path / "index.cdxj").read_bytes().splitlines())
    digests = {one["digest"] for one in found if one["url"] == LAKE}
    assert len(digests) == 1
    assert {one["mime"] for one in found if one["url"] == LAKE} == {"text/html", "warc/revisit"}


def test_the_compressed_index_is_the_plain_one_in_blocks_that_its_idx_leads_to(demo, tmp_path):
    export_cdxj(demo, tmp_path / "plain.cdxj")
    export_cdxj(demo, tmp_path / "index.cdxj.gz", is_compressed=True)
    packed = (tmp_path / "index.cdxj.gz").read_bytes()
    plain = (tmp_path / "plain.cdxj").read_bytes()
    assert gzip.decompress(packed) == plain
    first, *places = (tmp_path / "index.idx").read_bytes().splitlines()
    assert first.startswith(b'!meta 0 {"format": "cdxj-gzip-1.0"')
    for line in places:
        key, stamp, text = line.split(b" ", 2)
        place = json.loads(text)
        block = packed[place["offset"] : place["offset"] + place["length"]]
        assert place["digest"] == f"sha256:{hashlib.sha256(block).hexdigest()}"
        assert gzip.decompress(block).startswith(key + b" " + stamp + b" ")


def test_lines_that_memory_cannot_hold_are_sorted_all_the_same():
    given = [b"%d %d\n" % (number * 7919 % 1000, number) for number in range(3000)]
    with SortedLines(in_memory_bytes=1000) as lines:
        for line in given:
            lines.add(line)
        assert list(lines) == sorted(given)


@pytest.mark.parametrize("collector", list(Collector))
@pytest.mark.parametrize("selection", [None, Selection(host="continentalwire.example")])
def test_every_index_line_of_a_package_leads_to_the_very_record(
    demo, tmp_path, collector, selection
):
    made, package = packed(demo, tmp_path, collector=collector, selection=selection)
    reader = ArchiveReader.open(demo)
    originals = {hashlib.sha256(raw_record(demo, one)).hexdigest(): one for one in indexed(reader)}
    fields = fields_of(cdxj_of(package))
    assert made.captures == len(fields) > 5
    for one in fields:
        warc = package.read(f"archive/{one['filename']}")
        member = warc[int(one["offset"]) : int(one["offset"]) + int(one["length"])]
        assert one["recordDigest"] == f"sha256:{hashlib.sha256(member).hexdigest()}"
        assert originals[one["recordDigest"].removeprefix("sha256:")].url == one["url"]


def raw_record(root, capture):
    with (root / "warc" / capture.locator.warc).open("rb") as file:
        file.seek(capture.locator.offset)
        return file.read(capture.locator.length)


def test_a_whole_package_has_the_warc_files_as_they_are(demo, tmp_path):
    _, package = packed(demo, tmp_path)
    warcs = {path.name: path.read_bytes() for path in (demo / "warc").glob("*.warc.gz")}
    inside = {name: package.read(name) for name in package.namelist() if "archive/" in name}
    assert inside == {f"archive/{name}": data for name, data in warcs.items()}


def test_a_package_describes_itself(demo, tmp_path):
    made, package = packed(demo, tmp_path, title="The lake")
    text = package.read("datapackage.json")
    about = json.loads(text)
    assert (about["profile"], about["wacz_version"]) == ("data-package", "1.1.1")
    assert (about["title"], about["software"]) == ("The lake", "dateline/test")
    assert about["mainPageUrl"].startswith("http")
    told = {one["path"]: one for one in about["resources"]}
    assert set(told) == set(package.namelist()) - {"datapackage.json", "datapackage-digest.json"}
    for path, one in told.items():
        data = package.read(path)
        assert (one["hash"], one["bytes"]) == (
            f"sha256:{hashlib.sha256(data).hexdigest()}",
            len(data),
        )
    digest = json.loads(package.read("datapackage-digest.json"))
    assert digest["hash"] == made.digest == f"sha256:{hashlib.sha256(text).hexdigest()}"
    stored = {one.filename for one in package.infolist() if not one.compress_type}
    assert {name for name in package.namelist() if name.endswith(".gz")} == stored


def test_no_local_header_is_longer_than_the_central_one_lets_readers_think(
    demo, tmp_path, monkeypatch
):
    monkeypatch.setattr("archive.export.package._LARGE", 1)
    made, package = packed(demo, tmp_path)
    assert package.testzip() is None
    longer = 0
    with made.path.open("rb") as file:
        for entry in package.infolist():
            file.seek(entry.header_offset)
            (extra_length,) = struct.unpack("<H", file.read(30)[28:30])
            longer += extra_length > len(entry.extra)
            assert bool(entry.extra) is bool(extra_length)
    assert longer  # those that ZIP64 was asked for


def test_a_signer_signs_the_digest_of_the_package(demo, tmp_path):
    class Signer:
        def sign(self, digest, created_at):
            return {"hash": digest, "created": created_at.isoformat(), "signature": "…"}

    made, package = packed(demo, tmp_path, signer=Signer())
    signed = json.loads(package.read("datapackage-digest.json"))
    assert signed["signedData"]["hash"] == signed["hash"] == made.digest


WEBCRYPTO = """
const { subtle } = require("crypto").webcrypto;
const said = JSON.parse(require("fs").readFileSync(0));
const bytes = (text) => Buffer.from(text, "base64");
(async () => {
  const key = await subtle.importKey("spki", bytes(said.publicKey),
    { name: "ECDSA", namedCurve: "P-384" }, true, ["verify"]);
  console.log(await subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key,
    bytes(said.signature), new TextEncoder().encode(said.hash)));
})();
"""
"""How ReplayWeb.page checks a signature."""


def exports_in(root):
    return (root / "custody/log").read_bytes().count(b'"event":"export"')


def test_the_command_signs_a_package_logs_it_and_proves_its_records(demo, tmp_path):
    root = shutil.copytree(demo, tmp_path / "archive")
    before = exports_in(root)  # other tests pack the demo as well
    target = tmp_path / "one.wacz"
    done = inside("export", "wacz", target, "--archive", root, "--url", LAKE, "--json")
    (told,) = lines_of(done)
    with zipfile.ZipFile(target) as package:
        digest = json.loads(package.read("datapackage-digest.json"))
    signed = digest["signedData"]
    assert signed["hash"] == digest["hash"] == told["digest"]
    assert set(signed) == {"hash", "created", "software", "version", "signature", "publicKey"}
    assert is_signed(signed)
    assert not is_signed(signed | {"hash": "sha256:00"})
    node = shutil.which("node")
    assert node, "node checks what browsers would"
    asked = json.dumps(signed).encode()
    checked = subprocess.run([node, "-e", WEBCRYPTO], input=asked, capture_output=True, check=True)
    assert checked.stdout == b"true\n"
    first, *proofs = map(json.loads, Path(told["sidecar"]).read_text().splitlines())
    assert (first["digest"], first["package"]) == (digest["hash"], target.name)
    text, _ = note.read(first["checkpoint"].encode(), [Verifier.parse(first["key"])])
    checkpoint = Checkpoint.parse(text)
    assert checkpoint.wacz_key == signed["publicKey"]
    reader = ArchiveReader.open(root)
    assert len(proofs) >= told["captures"] >= 1
    for one in proofs:
        path = list(map(bytes.fromhex, one["path"]))
        sha256 = bytes.fromhex(one["sha256"])
        assert root_from_path(sha256, one["index"], checkpoint.size, path) == checkpoint.root
        at = reader.capture(one["record_id"]).locator
        data = (root / "warc" / at.warc).read_bytes()[at.offset : at.offset + at.length]
        assert hashlib.sha256(gzip.decompress(data)).digest() == sha256
    report = verify(root)
    assert report.faults == []
    assert exports_in(root) == before + 1
    assert digest["hash"].encode() in (root / "custody/log").read_bytes()


@pytest.mark.parametrize("form", ["parquet", "jsonl", "csv", "cdxj"])
def test_tables_and_indexes_are_logged_with_a_digest_that_anyone_can_make(demo, tmp_path, form):
    root = shutil.copytree(demo, tmp_path / "archive")
    before = exports_in(root)
    target = tmp_path / "made"
    assert inside("export", form, target, "--archive", root).returncode == 0
    line = (root / "custody/log").read_bytes().splitlines()[-1]
    event = json.loads(line[65:])
    assert (event["event"], event["form"], event["what"]) == ("export", form, "made")
    files = "find -type f -printf '%P\\0' | sort -z | xargs -0 sha256sum"
    command = f"{files} | sha256sum" if target.is_dir() else "sha256sum < ../made"
    place = target if target.is_dir() else tmp_path / "archive"
    said = subprocess.run(
        command, shell=True, cwd=place, env={"LC_ALL": "C"}, capture_output=True, check=True
    )
    assert event["digest"] == f"sha256:{said.stdout[:64].decode()}"
    assert exports_in(root) == before + 1
    assert verify(root).faults == []


def test_of_a_whole_archive_the_sidecar_has_every_leaf(demo, tmp_path):
    root = shutil.copytree(demo, tmp_path / "archive")
    done = inside("export", "wacz", tmp_path / "all.wacz", "--archive", root, "--json")
    (told,) = lines_of(done)
    first, *leaves = map(json.loads, Path(told["sidecar"]).read_text().splitlines())
    text, _ = note.read(first["checkpoint"].encode(), [Verifier.parse(first["key"])])
    tree = Tree()
    for one in leaves:
        tree.append(bytes.fromhex(one["leaf"]))
    assert tree.root() == Checkpoint.parse(text).root


def test_who_is_to_name_nobody_signs_nothing_and_the_log_has_it_all_the_same(demo, tmp_path):
    root = shutil.copytree(demo, tmp_path / "archive")
    target = tmp_path / "minimal.wacz"
    given = ("--archive", root, "--collector", "minimal", "--json")
    (told,) = lines_of(inside("export", "wacz", target, *given))
    assert told["sidecar"] is None
    with zipfile.ZipFile(target) as package:
        assert "signedData" not in json.loads(package.read("datapackage-digest.json"))
    assert told["digest"].encode() in (root / "custody/log").read_bytes()


def test_an_article_brings_every_answer_about_the_posts_that_it_cites(demo, tmp_path):
    """Rungs are asked at addresses of their own: none of them is the post's."""
    reader = ArchiveReader.open(demo)
    cited = next(
        post
        for one in reader.catalogue.posts()
        if (post := reader.catalogue.post(one["id"]))["cited_by"]
        and len(post["sightings"]) > 1
        and post["cited_by"][0]["article_url"]
    )
    parts = reader.parts_of(cited["cited_by"][0]["article_id"])
    seen = {sighting["record_id"] for sighting in cited["sightings"]}
    assert seen <= parts
    assert any(reader.capture(one).url != cited["url"] for one in seen)


def test_pages_have_titles_texts_and_instants_that_the_index_knows(demo, tmp_path):
    made, package = packed(demo, tmp_path)
    header, *pages = map(json.loads, package.read("pages/pages.jsonl").splitlines())
    assert header["format"] == "json-pages-1.0"
    assert len(pages) == made.pages >= 30
    keys = {(one["url"], stamp) for one, stamp in zip(
        fields_of(cdxj_of(package)),
        [line.split(b" ")[1].decode() for line in cdxj_of(package)],
        strict=True,
    )}  # fmt: skip
    for page in pages:
        digits = "".join(filter(str.isdigit, page["ts"]))[:14]
        assert (page["url"], digits) in keys
    assert any("北京" in page["title"] and len(page["text"]) > 100 for page in pages)


def test_an_article_brings_its_originals_and_what_it_needs_and_nothing_else(demo, tmp_path):
    target = tmp_path / "one.wacz"
    done = inside("export", "wacz", target, "--archive", demo, "--article", LAKE, "--json")
    assert done.returncode == 0, done.stderr
    (told,) = lines_of(done)
    assert not told["is_whole"]
    package = zipfile.ZipFile(target)
    fields = fields_of(cdxj_of(package))
    urls = {one["url"].removeprefix("https://continentalwire.example") for one in fields}
    assert urls == {
        "/article/lake-treaty-talks-51d0aa",
        "/style.css",
        "/logo.svg",
        "/img/lake-treaty-talks.png",
    }
    had = {one["digest"] for one in fields if one["mime"] != "warc/revisit"}
    assert {one["digest"] for one in fields} == had
    for name in package.namelist():
        if name.startswith("archive/"):
            (tmp_path / Path(name).name).write_bytes(package.read(name))
            assert_checkers_pass(tmp_path / Path(name).name)


def test_a_minimal_package_names_no_collector(tmp_path):
    root = tmp_path / "archive"
    from archive import Archive
    from tests.archive.generated import made as exchange_made
    from tests.archive.generated import new_run
    from tests.strategies import page

    run = new_run("run-1")
    secret = "Zq7 Operator"
    from dataclasses import replace

    run = replace(run, operator=secret, hostname="zq7-host", user_agent="zq7-agent (+zq7@x)")
    request = b"GET / HTTP/1.1\r\nHost: a.example\r\nUser-Agent: zq7-agent (+zq7@x)\r\n\r\n"
    with Archive.open(root, run=run) as archive:
        archive.keep(exchange_made("run-1", page(b"<p>x</p>"), request=request)).result(10)
    for collector, names in ((Collector.FULL, True), (Collector.MINIMAL, False)):
        _, package = packed(root, tmp_path, name=f"{collector}.wacz", collector=collector)
        everything = b"".join(
            gzip.decompress(package.read(name)) if name.endswith(".gz") else package.read(name)
            for name in package.namelist()
        )
        everything += "".join(package.namelist()).encode()
        assert (b"zq7" in everything.lower()) is names
    assert b"left out" in package.read("datapackage.json")


def test_a_copied_exchange_is_whole_and_starts_with_its_files_warcinfo(demo, tmp_path):
    _, package = packed(demo, tmp_path, selection=Selection(url=LAKE))
    for name in [name for name in package.namelist() if name.startswith("archive/")]:
        path = tmp_path / "copied.warc.gz"
        path.write_bytes(package.read(name))
        kinds = []
        with path.open("rb") as file:
            members = Members(file, path)
            while (found := members.next()) is not None:
                kinds.append(found[0].kind)
                for _ in found[1]:
                    pass
        assert kinds[0] == "warcinfo"
        assert set("".join(kind[0] for kind in kinds[1:]).split("m")) <= {"rr", ""}
        assert kinds[-1] == "metadata"


def test_an_export_writes_over_nothing_and_leaves_no_half_of_itself(demo, tmp_path):
    there = tmp_path / "it.wacz"
    there.write_bytes(b"mine")
    with pytest.raises(NotAnArchive):
        packed(demo, tmp_path)
    assert there.read_bytes() == b"mine"
    with pytest.raises(NotAnArchive):
        export_wacz(demo, tmp_path / "no" / "it.wacz", software="x")
    assert list(tmp_path.iterdir()) == [there]


def test_a_choice_of_nothing_is_told(demo, tmp_path):
    target = tmp_path / "none.wacz"
    done = inside("export", "wacz", target, "--archive", demo, "--case", "no such case")
    assert done.returncode == 1
    assert b"nothing was chosen" in done.stderr


def test_the_start_page_escapes_what_pages_say():
    url = 'https://news.example/"><script>'

    class Catalogue:
        def capture(self, record_id):
            return {"url": url, "captured_at": "2026-11-22T17:08:12.000000Z"}

        def articles(self, limit):
            yield {
                "headline": "<script>x</script> {{ config }} {% raw %}",
                "url": 'https://news.example/"><script>',
                "canonical_url": "https://news.example/",
                "capture": {"record_id": "urn:x"},
                "language": '"><b>',
                "published_at": "2026<b>",
                "first_seen_at": None,
            }

    page = "".join(start_page(Catalogue(), lambda url, at: f"/a/{at}/{url}"))
    assert "<script" not in page
    assert "{" not in page
    assert "<b>" not in page


@pytest.fixture(scope="module")
def wacz():
    """The field's own validator."""
    folder = Path(os.environ.get("PYWACZ_BIN", ROOT / ".venv-wacz" / "bin"))
    if not (folder / "wacz").exists():
        pytest.skip("py-wacz not found: run `make wacz`")
    return folder / "wacz"


@pytest.mark.parametrize("options", [[], ["--collector", "minimal"], ["--article", LAKE]])
def test_py_wacz_accepts_every_package(wacz, demo, tmp_path, options):
    target = tmp_path / "it.wacz"
    assert inside("export", "wacz", target, "--archive", demo, *options).returncode == 0
    done = subprocess.run(
        [wacz, "validate", "-f", target], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Validation succeeded" in done.stdout
