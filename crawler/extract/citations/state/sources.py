"""Where a page keeps its state: scripts, streams of them, and long attributes of components."""

import json
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from crawler.extract.citations.state import islands
from crawler.extract.citations.state.article import articles_in, articles_of
from crawler.extract.citations.state.flight import PUSH, flight_of
from crawler.extract.citations.state.sought import Sought
from crawler.extract.document.tree import STATE_ATTRIBUTES, Tree

_LONGEST_STATES = 4_000_000
"""All the states of a page together."""
_MOST_SCRIPTS = 300
_MOST_COMPONENTS = 100
_LEAST_STATE = 300

State = tuple[LexborNode, object]
"""The element that keeps a state, and a part of that, a JSON value, which holds the article."""


def states_with(tree: Tree, sought: Sought, is_worth_it: Callable[[str], bool]) -> Iterator[State]:
    """The parts of the page's states that hold the article.

    `is_worth_it` is asked of each state's text first.
    """
    left = _LONGEST_STATES
    streamed: list[tuple[LexborNode, str]] = []
    for element, text in (*_scripts(tree), *_attributes(tree)):
        if PUSH in text:
            streamed.append((element, text))
        elif len(text) <= left and sought.may_stand_in(text) and is_worth_it(text):
            left -= len(text)
            for part in articles_in(text, sought):
                yield element, part
    if streamed and any(is_worth_it(text) for _, text in streamed):
        for part in articles_of(flight_of(text for _, text in streamed), sought):
            yield streamed[0][0], part


def nested_in(text: str, sought: Sought) -> Iterator[object]:
    """What a long text of a state is: data again, or the article's stretch of what it streams."""
    if text[:1] in {"{", "["}:
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            pass
        else:
            return
    yield from sought.stretch_of(text)


def _scripts(tree: Tree) -> Iterator[tuple[LexborNode, str]]:
    for script in tree.all("script")[:_MOST_SCRIPTS]:
        text = script.text()
        is_stated = "ld+json" in (script.attributes.get("type") or "")
        if not is_stated and (len(text) >= _LEAST_STATE or PUSH in text):
            yield script, text


def _attributes(tree: Tree) -> Iterator[tuple[LexborNode, str]]:
    for element in tree.with_attribute(*STATE_ATTRIBUTES)[:_MOST_COMPONENTS]:
        for name, value in element.attributes.items():
            if value and len(value) >= _LEAST_STATE and value.lstrip()[:1] in {"{", "["}:
                is_island = element.tag == islands.TAG and name == islands.SETTINGS
                yield element, islands.plain_settings(value) if is_island else value
