import pytest

from archive import Verdict
from crawler.extract.document.markup import parse
from crawler.extract.document.structured import read_structured
from crawler.extract.page import Page
from crawler.extract.verdicts.verdict import judge_answer, judge_content

HTML = "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("status", "content_type", "body", "verdict"),
    [
        (200, HTML, b"<p>x", None),
        (200, None, b" \n<!doctype html>", None),
        (200, "application/xhtml+xml", b"<html/>", None),
        (404, HTML, b"<p>x", Verdict.GONE),
        (410, HTML, b"", Verdict.GONE),
        (401, HTML, b"<p>x", Verdict.LOGIN_WALL),
        (402, HTML, b"<p>x", Verdict.PAYWALL),
        (403, HTML, b"<p>x", Verdict.ERROR_PAGE),
        (451, HTML, b"<p>x", Verdict.ERROR_PAGE),
        (503, HTML, b"<p>x", Verdict.ERROR_PAGE),
        (301, HTML, b"<p>x", Verdict.NOT_A_PAGE),
        (200, "application/json", b"{}", Verdict.NOT_A_PAGE),
        (200, HTML, b"%PDF-1.7", Verdict.NOT_A_PAGE),
        (200, None, b"plain words", Verdict.NOT_A_PAGE),
        (200, HTML, b"", Verdict.EMPTY_SHELL),
    ],
)
def test_status_type_and_first_bytes_decide_first(status, content_type, body, verdict):
    page = Page(url="https://a.example/", body=body, content_type=content_type, status=status)
    judgement = judge_answer(page)
    assert (judgement and judgement.verdict) == verdict


def judged(html, *, letters=1000, has_text=True):
    tree = parse(html)
    structured = read_structured(tree, "https://a.example/1")
    url = "https://a.example/1"
    return judge_content(structured, tree, url, letters=letters, has_text=has_text).verdict


@pytest.mark.parametrize("value", ["false", '"False"', '"http://schema.org/False"'])
def test_stated_lack_of_access_is_a_paywall(value):
    node = f'{{"@type":"NewsArticle","isAccessibleForFree":{value}}}'
    part = f'{{"@type":"NewsArticle","hasPart":{{"isAccessibleForFree":{value}}}}}'
    for text in (node, part):
        html = f'<script type="application/ld+json">{text}</script>'
        assert judged(html) is Verdict.PAYWALL
        assert judged(html.replace(value, "true")) is Verdict.CONTENT


def test_scripts_without_text_are_an_empty_shell_and_text_alone_is_not():
    assert judged("<script></script>", letters=10, has_text=False) is Verdict.EMPTY_SHELL
    assert judged("<script></script>", letters=10, has_text=True) is Verdict.CONTENT
    assert judged("<p>x", letters=10, has_text=False) is Verdict.CONTENT


def test_a_page_that_was_cut_is_never_read_as_a_whole_one():
    half = b"<h1>Half a story</h1><p>It began on"
    page = Page(url="https://a.example/", body=half, content_type=HTML, is_whole=False)
    judgement = judge_answer(page)
    assert judgement is not None
    assert judgement.verdict is Verdict.UNREADABLE
