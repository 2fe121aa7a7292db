"""Datelines where they stand in a page: in a paragraph of their own, below a summary, repeated."""

import json

import pytest

from archive import BlockType
from crawler.extract.page import Page
from crawler.reading.page import read
from crawler.reading.rendering import render_text

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
        (f"<p>LONDON</p><p>{STORY}</p>", "LONDON", "London"),
        (f"<p>{STORY}</p><p>LONDON (Reuters) - {STORY}</p>", "LONDON (Reuters) -", "London"),
    ],
)
def test_it_is_taken_off_the_body(body, raw, place):
    found = article(body)
    assert (found.dateline.raw, found.dateline.place) == (raw, place)
    texts = [block.text for block in found.body if block.type is BlockType.PARAGRAPH]
    assert texts[0].startswith("The ships left")
    assert not any(raw in text for text in texts)


@pytest.mark.parametrize(
    ("opening", "language", "place"),
    [
        ("<strong>OFFENBURG</strong> ", "de", "Offenburg"),
        ("<b>Offenburg</b> ", "de", "Offenburg"),
        ('<span class="place">QUITO</span>\n', "es", "Quito"),
    ],
)
def test_an_element_alone_sets_a_place_off(opening, language, place):
    found = article(f"<p>{opening}{STORY}</p>", language)
    assert (found.dateline.place, found.field_sources["dateline"]) == (place, "markup")
    assert found.dateline.block == 0
    assert found.body[0].text.startswith("The ships left")


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (f"<p><b>Quito</b> {STORY}</p>", "es"),  # a subject
        (f"<p><b>QUITO</b> has seen it: {STORY}</p>", "es"),
        (f'<p><a href="/quito">QUITO</a> {STORY}</p>', "es"),
        (f"<p><b>QUITO</b> {STORY}</p><p><b>BOGOTÁ</b> {STORY}</p>", "es"),  # a text each
        (f"<p><b>ANNA REED</b> {STORY}</p>", "en"),
        (f"<p><b>HEALTH</b> {STORY}</p>", "en"),
        ("<p><b>QUITO</b> Short.</p>", "es"),
        ("<p><b>Quito</b></p>", "es"),
        (f"<p><b>ANNA REED</b> — {STORY}</p><p>Reed runs the lock alone, and likes it.</p>", "en"),
    ],
)
def test_other_elements_set_no_place_off(body, language):
    assert article(body, language).dateline is None


@pytest.mark.parametrize(("site", "is_one"), [("DânTin", True), ("Sóng", False)])
def test_a_site_that_signs_in_brackets_opens_a_report(site, is_one):
    named = f'<meta property="og:site_name" content="{site}">'
    found = article(f"{named}<p>(DânTin) - {STORY}</p>", "vi").dateline
    assert (found is not None and found.agency == "DânTin") is is_one


def test_a_paragraph_that_was_nothing_else_is_gone():
    found = article(f"<p>Düsseldorf -</p><p>{STORY}</p>", "de")
    assert found.dateline.place == "Düsseldorf"
    assert [block.text[:9] for block in found.body if block.type is BlockType.PARAGRAPH] == [
        "The ships",
        "Nobody in",
    ]


TWEET = (
    '<blockquote class="twitter-tweet"><p>The ships are gone</p>&mdash; Ada (@ada) '
    '<a href="https://twitter.com/ada/status/1443611870471008256">September 30, 2021</a>'
    "</blockquote>"
)


@pytest.mark.parametrize(
    ("body", "block"),
    [
        (f"<p>KYIV, Ukraine (AP) — {STORY}</p>", 0),
        (f"<p>{STORY}</p><p>LONDON (Reuters) - {STORY}</p>", 1),
        (f"<p>{STORY}</p>{TWEET}<p>LONDON (Reuters) - {STORY}</p>", 2),
        (f"<p>{STORY}</p><p>MUSTERTOWN, SWITZERLAND</p><p>{STORY.upper()}</p>", 1),
        (f'<div class="dateline">LONDON</div><p>{STORY}</p>', None),
    ],
)
def test_it_says_which_block_it_opened(body, block):
    found = article(body)
    assert found.dateline is not None
    assert found.dateline.block == block
    if block is not None:
        text = render_text(found)
        assert f"{found.dateline.raw} {found.body[block].text[:20]}" in text


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


CREDITS = "<p>By Ann Lee</p><p>Photo: Harbour Office</p><p>Advertisement</p>"


@pytest.mark.parametrize(
    "opening",
    [
        f"{CREDITS}<p>LONDON (Reuters) - {STORY}</p>",
        f"<p>By Ann Lee, Reuters LONDON (Reuters) - {STORY}</p>",
        f"<p>By Ann Lee<br>LONDON (Reuters) - {STORY}</p>",
        f"<p>Photo: Harbour Office<br>LONDON — {STORY}</p>",
        f"<p><b>LONDON (Reuters) -</b> {STORY}</p>",
        f'<div class="dateline">LONDON</div><p>{STORY}</p>',
        f'<p><span class="article__dateline">LONDON</span> {STORY}</p>',
        f'<p itemprop="dateline">London, May 3</p><p>{STORY}</p>',
    ],
)
def test_it_is_found_behind_credits_and_in_markup_of_its_own(opening):
    found = article(opening)
    assert found.dateline is not None
    assert found.dateline.place == "London"
    text = " ".join(block.text for block in found.body)
    assert "The ships left" in text
    assert "LONDON" not in text


def test_lines_before_it_in_its_paragraph_stay():
    found = article(f"<p>From the harbour<br>LONDON — {STORY}</p>")
    assert found.body[0].text.startswith("From the harbour\nThe ships left")


@pytest.mark.parametrize("said", ["Published on May 3", "Ann Lee", "Spain", "10:30 a.m.", "News"])
def test_what_only_bears_the_name_of_a_dateline_is_none(said):
    assert article(f'<div class="dateline">{said}</div><p>{STORY}</p>').dateline is None


def json_ld(**stated):
    node = {"@type": "NewsArticle", "headline": "Ships", **stated}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_json_ld_alone_may_state_it():
    found = article(f"{json_ld(dateline='MUSTERTOWN, Switzerland')}<p>{STORY}</p>")
    assert (found.dateline.place, found.dateline.country) == ("Mustertown", "Switzerland")
    assert found.body[0].text.startswith("The ships left")


@pytest.mark.parametrize(
    "stated",
    [
        {"dateline": "Hinterort"},
        {"locationCreated": {"@type": "Place", "name": "Hinterort"}},
        {"contentLocation": {"@type": "Place", "address": {"addressLocality": "Hinterort"}}},
        {"description": "Ein Schiff liegt in Hinterort fest."},
    ],
)
def test_what_the_page_states_bears_witness_to_a_place(stated):
    bare = f"<p>Hinterort - {STORY}</p>"
    assert article(bare, "de").dateline is None
    assert article(json_ld(**stated) + bare, "de").dateline.raw == "Hinterort -"
