"""`dateline extract`: pages from disk to JSON articles, with the names that every article has."""

import gzip
import io
import json
import sys

import pytest

from archive import ArticleView
from crawler.cli import main
from tests.crawler.cli.running import WORDS

URL = "https://news.example/2026/story"


def html(title):
    return (
        f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>BEIRUT, LEBANON (5:35 P.M.) – {title}. {WORDS * 4}</p><p>{WORDS * 4}</p>"
        "</article></body></html>"
    ).encode()


@pytest.fixture
def called(capfdbinary):
    """Calls the command and gives its exit code, its lines of JSON, and its messages."""

    def call(*args):
        code = main([str(arg) for arg in args])
        out, err = capfdbinary.readouterr()
        return code, [json.loads(line) for line in out.decode().splitlines()], err.decode()

    return call


def test_one_page_becomes_one_article(called, tmp_path):
    (tmp_path / "page.html").write_bytes(html("A flood"))
    code, (article,), err = called("extract", tmp_path / "page.html", "--url", URL)
    assert (code, err) == (0, "")
    assert set(article) == {*ArticleView.__annotations__, "text"}
    assert (article["headline"], article["canonical_url"]) == ("A flood", URL)
    assert article["dateline"]["place"] == "Beirut"
    assert article["capture"] is None


def test_a_gzipped_page_on_standard_input_is_read_too(called, monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(gzip.compress(html("A flood"))))
    monkeypatch.setattr(sys, "stdin", stdin)
    code, (article,), err = called("extract", "-", "--url", URL)
    assert (code, err, article["headline"]) == (0, "", "A flood")


def test_a_batch_may_come_on_standard_input(called, monkeypatch, tmp_path):
    (tmp_path / "page.html").write_bytes(html("A flood"))
    monkeypatch.chdir(tmp_path)
    listed = json.dumps({"page": "page.html", "url": URL}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(listed)))
    code, (article,), err = called("extract", "--batch", "-")
    assert (code, err, article["headline"]) == (0, "", "A flood")


def test_a_page_without_an_article_says_what_it_is(called, tmp_path):
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    code, (line,), _ = called("extract", tmp_path / "picture", "--url", URL)
    assert (code, line["verdict"], line["url"]) == (0, "not-a-page", URL)
    assert line["reason"]
    assert "headline" not in line


def test_a_batch_keeps_its_order_carries_keys_through_and_survives_bad_lines(called, tmp_path):
    (tmp_path / "pages").mkdir()
    wanted = []
    for number in range(8):
        path = tmp_path / "pages" / f"{number}.html"
        path.write_bytes(
            gzip.compress(html(f"Story {number}")) if number % 2 else html(f"Story {number}")
        )
        page = f"pages/{number}.html"
        wanted.append({"page": page, "url": f"{URL}{number}", "number": number, "set": "dev"})
    lines = [json.dumps(each) for each in wanted]
    (tmp_path / "pages" / "cut.html.gz").write_bytes(gzip.compress(html("Cut"))[:40])
    lines[3:3] = [
        "{not json",
        '"a text"',
        '{"url": "https://news.example/", "number": "no page"}',
        '{"page": "pages/nowhere.html", "url": "https://news.example/", "number": "gone"}',
        "",
    ]
    (tmp_path / "list.jsonl").write_text("\n".join(lines))
    code, rows, _ = called("extract", "--batch", tmp_path / "list.jsonl", "--jobs", "2")
    assert code == 1
    bad, good = rows[3:7], rows[:3] + rows[7:]
    assert all("error" in row for row in bad)
    assert [row.get("number") for row in bad] == [None, None, "no page", "gone"]
    assert [row["number"] for row in good] == list(range(8))
    assert [row["headline"] for row in good] == [f"Story {number}" for number in range(8)]
    for row, line in zip(good, wanted, strict=True):
        assert {name: row[name] for name in line} == line
        assert set(row) == {*ArticleView.__annotations__, "text", *line}


TWEET = (
    '<blockquote class="twitter-tweet"><p>The bridge holds.</p>&mdash; Kai (@kai) '
    '<a href="https://twitter.com/kai/status/1791000000000000001">May 16, 2024</a></blockquote>'
)


def test_the_two_switches_change_body_and_text_and_nothing_else(called, tmp_path):
    lead = "The river rose above the old bridge in the night, and the town below it is cut off."
    after = WORDS.replace("river", "lake") * 4
    (tmp_path / "page.html").write_text(
        f"<html lang=en><head><title>A flood</title><meta name=description content='{lead}'></head>"
        f"<body><article><header><h1>A flood</h1><p class=lead>{lead}</p></header>"
        f"<div class=article-body><p>{WORDS * 4}</p>{TWEET}<p>{after}</p></div></article>"
    )
    given = ("extract", tmp_path / "page.html", "--url", URL)
    _, (whole,), _ = called(*given)
    _, (bare,), _ = called(*given, "--posts", "omit", "--summary", "apart")
    assert whole["subtitle"] == bare["subtitle"] == whole["body"][0]["text"] == lead
    assert [block["type"] for block in whole["body"][1:]] == ["paragraph", "post", "paragraph"]
    assert [block["type"] for block in bare["body"]] == ["paragraph", "post", "paragraph"]
    assert [whole["posts"][0]["block"], bare["posts"][0]["block"]] == [2, 1]
    assert [whole["body"][2]["text"], bare["body"][1]["text"]] == ["The bridge holds.", ""]
    assert bare["posts"][0]["claimed_text"] == "The bridge holds."
    for text in (lead, "The bridge holds.\n— Kai (@kai) May 16, 2024"):
        assert text in whole["text"]
        assert text not in bare["text"]
    changed = {name for name in whole if whole[name] != bare[name]}
    assert changed == {"body", "posts", "text"}


def test_text_that_once_was_a_page_is_read_without_an_address(called, tmp_path):
    (tmp_path / "page.txt").write_text(
        f"A flood\n\nBEIRUT, LEBANON (5:35 P.M.) – {WORDS * 2}\n\n"
        "The bridge holds. #flood\n— Kai (@kai) May 16, 2024\n\n"
        f"{WORDS.replace('river', 'lake') * 2}\n",
        "utf-8",
    )
    code, (article,), err = called("extract", tmp_path / "page.txt", "--text")
    assert (code, err, article["id"], article["headline"]) == (0, "", None, "A flood")
    assert (article["dateline"]["place"], article["dateline"]["local_time"]) == (
        "Beirut",
        "17:35:00",
    )
    [quoted] = article["quoted"]
    assert (quoted["claimed_handle"], quoted["claimed_on"]) == ("kai", "2024-05-16")
    assert quoted["claimed_text"] == "The bridge holds. #flood"
    assert article["body"][quoted["block"]]["type"] == "post"


def test_text_takes_one_file_alone(called, tmp_path):
    code, lines, err = called("extract", "--batch", tmp_path / "list", "--text")
    assert (code, lines) == (2, [])
    assert "--text" in err
