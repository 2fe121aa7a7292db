"""The depth of a tree is told from its tags, whatever soup they are: a real parser is the judge."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bench import fuzz_bounds
from crawler.bounds.markup import bound
from crawler.bounds.nesting import Nesting

MANY = 11_000
NAMES = (
    *("p", "div", "li", "dd", "dt", "ul", "ol", "dl", "table", "tr", "td", "tbody", "caption", "a"),
    *("form", "button", "select", "option", "input", "b", "span", "x-y", "h1", "h2", "section"),
    *("object", "template", "svg", "math", "noscript", "frameset", "br", "rt", "ruby", "address"),
)
TAGS = [form.format(name) for name in NAMES for form in ("<{}>", "</{}>")]


def depth_of(text):
    return fuzz_bounds.depth_of(LexborHTMLParser(text).root)


def open_after(*tags):
    """How many more elements are let in after these tags, of a hundred."""
    nesting = Nesting(100)
    for tag in tags:
        (nesting.end if tag[0] == "/" else nesting.start)(tag.lstrip("/"))
    return 100 - sum(nesting.start("x") for _ in range(100))


@given(st.lists(st.sampled_from(TAGS), max_size=3), st.lists(st.sampled_from(TAGS), min_size=1))
@example([], ["<x-y>", "</div>"])
@example([], ["<x-y>", "<div>", "</x-y>", "</div>"])
@example([], ["<x-y>", "<p>", "</x-y>", "</p>"])
@example([], ["<form>", "<x-y>", "</form>"])
@example([], ["<select>", "<div>", "<input>", "<x-y>", "</div>", "</select>"])
@example([], ["<caption>", "<x-y>", "</caption>"])
@example([], ["<li>", "<dd>"])
@example([], ["<section>", "<li>", "<div>", "<li>", *["<x-y>"] * 20, "</div>"])
@example([], ["<table>", "<tr>", "<td>", "<ul>", "<td>", *["<x-y>"] * 20, "<p>", "</ul>"])
@example(["<b>"] * 3, ["<b>", "<div>", "</b>", "</div>"])
def test_no_soup_of_tags_is_deep_to_a_parser(before, cycle):
    soup = "".join(before) + "".join(cycle) * (MANY // len(cycle) + 1)
    assert depth_of(bound(soup)) <= fuzz_bounds.DEEPEST


@pytest.mark.parametrize(
    ("tags", "count"),
    [
        (["div", "/div"], 0),
        (["div", "span", "/div", "/span"], 0),
        (["ul", "li", "li", "li", "/ul"], 0),
        (["dl", "dt", "dd", "dt", "dd", "/dl"], 0),
        (["table", "tr", "td", "div", "/div", "td", "tr", "/table"], 0),
        (["h2", "/h3"], 0),
        (["p", "span", "/span", "p", "/p"], 0),
        (["span", "p", "/p", "/span"], 0),
        (["span", "p", "/span", "/p"], 1),
        (["span", "/div"], 1),
        (["div", "table", "td", "/div"], 2),
        (["li", "ul", "/li"], 2),
        (["li", "div", "li"], 2),
        (["li", "ul", "/ul"], 1),
    ],
)
def test_what_a_parser_closes_no_longer_counts(tags, count):
    assert open_after(*tags) == count


def test_the_end_of_what_was_not_let_in_goes_with_it():
    nesting = Nesting(1)
    said = [nesting.start("div"), nesting.start("div"), nesting.end("div"), nesting.end("div")]
    assert said == [True, False, False, True]
    assert nesting.start("div")


@pytest.mark.parametrize(
    "cycle", ["<x></div>", "<x></x>", "<div><x></div>", "<x><p></x></p>", "x<li>"]
)
def test_counting_takes_linear_time(cycle):
    started = time.process_time()
    bound(cycle * (1_500_000 // len(cycle)))
    assert time.process_time() - started < 5
