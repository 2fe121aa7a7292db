"""Datelines where they stand in a page: in a paragraph of their own, below a summary, repeated."""

import pytest

from archive import BlockType
from crawler.extract.page import Page
from crawler.reading import read

STORY = "The ships left the harbour in the morning, as they had done for years before. " * 4
MORE = "<p>Nobody in Mustertown has seen them since, and nobody will ever know the reason why.</p>"


def article(body, language="en"):
    html = (
        f'<html lang="{language}"><head><title>Ships</title></head><body><article><h1>Ships</h1>'
        f"{body}{MORE}</article></body></html>"
    )
    page = Page(body=html.encode(), url="https://news.example/a/1", content_type="text/html")
    return read(page, "urn:uuid:1").article


@pytest.mark.parametrize(
    ("body", "raw", "place"),
    [
        (f"<p>KYIV, Ukraine (AP) — {STORY}</p>", "KYIV, Ukraine (AP) —", "Kyiv"),
        (f"<p>Mustertown — {STORY}</p>", "Mustertown —", "Mustertown"),
        (f"<p>MUSTERTOWN, SWITZERLAND</p><p>{STORY}</p>", "MUSTERTOWN, SWITZERLAND", "Mustertown"),
        (f"<p>{STORY}</p><p>LONDON (Reuters) - {STORY}</p>", "LONDON (Reuters) -", "London"),
    ],
)
def test_it_is_taken_off_the_body(body, raw, place):
    found = article(body)
    assert (found.dateline.raw, found.dateline.place) == (raw, place)
    texts = [block.text for block in found.body if block.type is BlockType.PARAGRAPH]
    assert texts[0].startswith("The ships left")
    assert not any(raw in text for text in texts)


def test_a_paragraph_that_was_nothing_else_is_gone():
    found = article(f"<p>Düsseldorf -</p><p>{STORY}</p>", "de")
    assert found.dateline.place == "Düsseldorf"
    assert [block.text[:9] for block in found.body if block.type is BlockType.PARAGRAPH] == [
        "The ships",
        "Nobody in",
    ]


def test_the_language_of_the_page_counts():
    assert article(f"<p>New Delhi: {STORY}</p>", "en").dateline.place == "New Delhi"
    assert article(f"<p>New Delhi: {STORY}</p>", "de").dateline is None


def test_the_fourth_paragraph_opens_no_report():
    things = ("ships", "boats", "trains")
    opening = "".join(f"<p>{STORY.replace('ships', thing)}</p>" for thing in things)
    assert article(f"{opening}<p>LONDON (Reuters) - {STORY}</p>").dateline is None


def test_a_dateline_in_a_line_that_the_body_does_not_keep_is_found_too():
    report = "".join(
        f"<p>Die Stadt sah sich schon vor {number} Monaten genötigt, die schlimmsten Löcher in der "
        "neuen Fußgängerzone zu stopfen, sagte ein Sprecher am Montag.</p>"
        for number in range(3, 8)
    )
    found = article(f"<div>Bergisch Gladbach -</div>{report}", "de")
    assert found.dateline.place == "Bergisch Gladbach"
    assert found.body[0].text.startswith("Die Stadt")
