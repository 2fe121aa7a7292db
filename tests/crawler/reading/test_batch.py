import gzip
import json

import pytest

from crawler.reading.batch import read_batch, read_file

STORY = "The ships left the harbour in the morning, as they had done for as long as I remember. "


def html(title):
    return f"<title>{title}</title><article><p>{STORY * 4}</p></article>".encode()


@pytest.mark.parametrize("jobs", [0, 2])
def test_lines_come_out_in_order_with_their_own_keys(tmp_path, jobs):
    (tmp_path / "pages").mkdir()
    lines = []
    for n in range(12):
        packed = n % 2 == 1
        name = f"pages/{n}.html" + ".gz" * packed
        (tmp_path / name).write_bytes(gzip.compress(html(f"T {n}")) if packed else html(f"T {n}"))
        lines.append({"page": name, "url": f"https://a.example/{n}", "n": n, "id": [n]})
    bad = [
        b"not json",
        b"[1]",
        b'{"url": 1, "n": 7}',
        b'{"page": "none", "url": "https://a.example/"}',
    ]
    listed = [*bad, b"\n", *(json.dumps(line).encode() for line in lines)]
    answers = list(read_batch(listed, tmp_path, jobs))
    found = [json.loads(answer.json) for answer in answers]
    assert [answer.is_fault for answer in answers] == ["error" in line for line in found]
    assert [("error" in line) for line in found] == [True] * 4 + [False] * 12
    assert found[2]["n"] == 7
    for line, given in zip(found[4:], lines, strict=True):
        assert line.items() >= given.items()
        assert (line["headline"], line["verdict"]) == (f"T {given['n']}", "content")
        assert line["body"][0]["text"] == (STORY * 4).strip()


def test_a_torn_gzip_file_is_that_lines_error_or_a_partial_page(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(html("T") * 50)[:-20])
    (tmp_path / "b.gz").write_bytes(b"\x1f\x8b\x08\x00garbage that is no gzip")
    listed = [b'{"page": "%s.gz", "url": "https://a.example/"}\n' % name for name in (b"a", b"b")]
    partial, broken = (json.loads(answer.json) for answer in read_batch(listed, tmp_path, 0))
    assert partial["headline"] == "T"
    assert "error" in broken


def test_a_page_without_a_web_address_is_read_and_has_no_identity():
    line = read_file(html("T"), "file:/tmp/a.html")
    assert (line["url"], line["headline"], line["id"]) == ("file:/tmp/a.html", "T", None)


def test_a_page_without_an_article_tells_why():
    line = read_file(b"%PDF-1.7", "https://a.example/")
    assert (line["verdict"], line["reason"]) == ("not-a-page", "a PDF")
