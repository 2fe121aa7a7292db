"""What a line's own text says of it: whom it speaks to, and whom it names."""

import pytest

from crawler.extract.lines import Line
from crawler.extract.outline import Branch, Span
from crawler.extract.wording import wording


def clues(text: str, *sites: str) -> set[str]:
    return set(wording(Line(text, 0, Span(0, len(text)), Branch("p", {}, None)), sites))


@pytest.mark.parametrize(
    "text", ["Write to ann@news.example", "More at www.example.org", "It is on example.com today"]
)
def test_an_address_is_seen_in_a_line(text: str) -> None:
    assert "has an address" in clues(text)


@pytest.mark.parametrize(
    "text", ["He left at 5 p.m. on Monday.", "It ended.In May it began again."]
)
def test_a_stop_within_a_sentence_is_no_address(text: str) -> None:
    assert "has an address" not in clues(text)


def test_a_line_that_names_the_site_is_seen_however_it_is_spaced() -> None:
    assert "names the site" in clues("Only in the Island Post", "islandpost")
    assert "names the site" not in clues("Only in the harbour", "islandpost")


@pytest.mark.parametrize(
    "text", ["Tell us more", "Schreiben Sie der Redaktion", "Lisez nos archives"]
)
def test_a_line_that_speaks_to_the_reader_is_seen(text: str) -> None:
    assert "speaks to the reader" in clues(text)


def test_long_lines_are_told_by_their_length_alone() -> None:
    assert "speaks to the reader" not in clues("We sailed, and you waited for us. " * 12)
