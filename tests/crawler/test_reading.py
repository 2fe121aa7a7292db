import json
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import BlockType, Verdict
from crawler.batch import reading_line
from crawler.extract.page import Page
from crawler.reading import READER, read, warm_up

GOLDEN = Path(__file__).parents[1] / "golden"
URL = "https://news.example/a/1"
STORY = (
    "<p>" + "The ships left the harbour in the morning, as they had done for years. " * 4 + "</p>"
)


@pytest.fixture(scope="module", autouse=True)
def _warm():
    warm_up()


def reading(body, **kwargs):
    body = body.encode() if isinstance(body, str) else body
    kwargs = {"url": URL, "content_type": "text/html"} | kwargs
    return read(Page(body=body, **kwargs), "urn:uuid:1")


@pytest.mark.parametrize(
    "case",
    sorted(path.parent.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("expected.json")),
)
def test_golden_page_reads_as_expected(case):
    expected = json.loads((GOLDEN / case / "expected.json").read_text("utf-8"))
    url = expected["url"]
    line = reading_line(reading((GOLDEN / case / "page.html").read_bytes(), url=url), url)
    assert {name: line[name] for name in expected["reading"]} == expected["reading"]


def test_a_reading_names_its_capture_and_reader():
    found = reading(STORY)
    assert (found.record_id, found.reader) == ("urn:uuid:1", READER)
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(("status", "verdict"), [(404, Verdict.GONE), (500, Verdict.ERROR_PAGE)])
def test_only_content_has_an_article(status, verdict):
    found = reading(f"<h1>T</h1>{STORY}", status=status)
    assert (found.verdict, found.article) == (verdict, None)


def test_a_page_without_headline_and_text_has_no_article():
    found = reading("<p><img></p>")
    assert (found.verdict, found.article) == (Verdict.CONTENT, None)


def test_an_article_body_only_in_json_ld_is_read():
    node = json.dumps({"@type": "NewsArticle", "articleBody": "First part. " * 20 + "\nSecond."})
    article = reading(f'<script type="application/ld+json">{node}</script><h1>T</h1>').article
    assert [block.text for block in article.body] == [("First part. " * 20).strip(), "Second."]


def test_posts_stand_in_the_body_where_the_page_has_them():
    frame = '<iframe src="https://www.youtube.com/embed/abcdefghij{}"></iframe>'
    one, two, three = (STORY.replace("ships", kind) for kind in ("ships", "boats", "rafts"))
    html = f"<h1>T</h1>{one}{frame.format('k')}{two}{frame.format('o')}{frame.format('s')}{three}"
    article = reading(f"<article>{html}</article>").article
    post, text = BlockType.POST, BlockType.PARAGRAPH
    assert [block.type for block in article.body] == [text, post, text, post, post, text]
    for citation in article.posts:
        assert article.body[citation.block].post == citation.post_key
    assert [citation.block for citation in article.posts] == [1, 3, 4]


def test_a_post_linked_in_the_text_knows_its_block_behind_embeds():
    link = '<a href="https://x.com/someone/status/1311300000000000002">a post</a>'
    frame = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    prose = (
        f"<p>The harbour master wrote {link} about it on the same evening, and took it back.</p>"
    )
    article = reading(f"<article><h1>T</h1>{STORY}{frame}{prose}{STORY}</article>").article
    linked = next(post for post in article.posts if post.platform == "x")
    assert "a post" in article.body[linked.block].text
    outgoing = next(one for one in article.links if one.text == "a post")
    assert outgoing.block == linked.block == 2


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(alphabet="<>/=\"'apdivb! &#;x1\0", max_size=400)))
def test_no_bytes_make_reading_raise(body):
    found = reading(body)
    assert found.verdict is not Verdict.UNREADABLE


MEGABYTES_5 = 5_000_000
HOSTILE = {
    "nested tags": lambda: "<div>" * (MEGABYTES_5 // 5) + STORY,
    "nested formatting": lambda: "<b>" * (MEGABYTES_5 // 3) + STORY,
    "formatting that is opened again": lambda: "".join(f"<p><b id={i}>x" for i in range(100_000)),
    "nested tables": lambda: "<table><tr><td>" * 300_000 + STORY,
    "nested lists": lambda: "<ul><li>" * 500_000 + STORY,
    "attributes": lambda: "<p " + " ".join(f"a{i}=1" for i in range(450_000)) + f">{STORY}",
    "one attribute": lambda: f'<p title="{"x" * MEGABYTES_5}">{STORY}',
    "class words": lambda: f'<div class="{"share " * 800_000}">{STORY}</div>',
    "NULs": lambda: "\0" * MEGABYTES_5 + STORY,
    "control characters": lambda: "<p>" + "&#1;&#0;a" * 500_000,
    "links": lambda: "<p>" + '<a href="/x/y">words</a> and ' * 100_000,
    "links in paragraphs": lambda: '<p>Some text <a href="/x/y">words</a> and more.</p>' * 60_000,
    "paragraphs": lambda: "<article>" + STORY * 15_000,
    "line breaks": lambda: "<p>" + "line<br>" * 300_000,
    "table rows": lambda: "<table>" + "<tr><td>cell</td><td>b</td></tr>" * 100_000,
    "embeds": lambda: (
        '<p>t</p><iframe src="//www.youtube.com/embed/abcdefghijk"></iframe>' * 50_000
    ),
    "JSON-LD depth": lambda: (
        f'<script type="application/ld+json">{"[" * 1_900_000}</script>{STORY}'
    ),
    "JSON-LD width": lambda: (
        '<script type="application/ld+json">['
        + '{"@type":"Article","headline":"x"},' * 50_000
        + "{}]</script>"
        + STORY
    ),
    "metas": lambda: '<meta property="og:title" content="x">' * 120_000 + STORY,
    "dashes in the title": lambda: f"<title>{'- ' * 2_000_000}</title>{STORY}",
    "dateline bait": lambda: f"<article><p>{('KYIV, ' * 40 + '(' * 100) * 1000}</p>{STORY}",
    "angle brackets": lambda: "<" * MEGABYTES_5,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_costs_little_time_and_is_no_error(name):
    body = HOSTILE[name]().encode()
    started = time.process_time()
    found = reading(body)
    assert time.process_time() - started < 4  # 2 s on a quiet machine; no trap is near either
    assert found.verdict in (Verdict.CONTENT, Verdict.EMPTY_SHELL), found.reason


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's own count")
def test_hostile_pages_fit_into_300_megabytes():
    program = (
        "from crawler.extract.page import Page\n"
        "from crawler.reading import read\n"
        "for tag in (b'<div>', b'<b>', b'<ul><li>', b'<p>x</p>', b'<a href=x>y</a> '):\n"
        "    body = tag * (5_000_000 // len(tag))\n"
        "    read(Page(url='https://a.example/', body=body, content_type='text/html'), 'r')\n"
        "print(*(line for line in open('/proc/self/status') if line.startswith('VmHWM')))\n"
    )
    assert int(output_of(program).split()[1]) < 300 * 1024


def test_importing_the_reader_does_not_import_the_extractor():
    program = "import sys, crawler.reading; print('trafilatura' in sys.modules)"
    assert output_of(program).strip() == "False"


def output_of(program):
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root
    )
    return done.stdout
