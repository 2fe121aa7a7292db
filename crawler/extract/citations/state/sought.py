"""The article as the page shows it, to know it again in data of the page.

Known by pieces of its sentences, each of the longest run of words in a paragraph: without quotes,
links and entities, which a script writes otherwise.
"""

import functools
import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.extract.document.tree import Tree

SHORTEST_PIECE = 24
FEW = 3
_MOST_PARAGRAPHS = 100
_MOST_PLACED = 500
_MOST_NODES = 30
_MOST_PROBES = 16
_FEW_PROBES = 4
"""Of many probes about so many are enough for a quick look; of fewer each is needed."""
_LONGEST_PIECE = 60
_SHORTEST_TITLE = 12
_LONGEST_TEXT = 5_000
_MOST_PARTS = 10
_FEWEST_BLANKS = 4
_SHOWING = ("p", "li", "td", "dd", "h1", "h2", "h3", "h4", "figcaption", "blockquote")
_MOST_SHOWN = 3_000
_LONGEST_SHOWN = 300_000
_RUN = re.compile(r"[\w ,-]+")


class Sought:
    """What is looked for."""

    def __init__(self, tree: Tree, body: int | None) -> None:
        """`body` is the `mem_id` of the paragraphs' parent."""
        self._tree = tree
        self.probes = _probes(tree, body)
        """Pieces of its sentences, of 24 letters or more."""
        self._few_probes = self.probes[:: max(1, len(self.probes) // _FEW_PROBES)]
        self._may_be_numbers = not all(map(str.isascii, self._few_probes))
        self.blank = " " if all(" " in probe for probe in self.probes) else ""
        """What every probe holds, if that: most texts in data are names and addresses."""

    @functools.cached_property
    def _paragraphs(self) -> dict[str, LexborNode]:
        """The page's paragraphs by how their runs of words begin; of two alike the first."""
        known: dict[str, LexborNode] = {}
        for paragraph in self._tree.all("p")[:_MOST_PLACED]:
            for run in _runs(paragraph):
                if len(run) >= SHORTEST_PIECE:
                    known.setdefault(run[:SHORTEST_PIECE], paragraph)
        return known

    def paragraph_of(self, text: str) -> LexborNode | None:
        """The paragraph that shows what `text`, a piece of the article's data, says first."""
        runs = map(str.strip, _RUN.findall(text[:_LONGEST_TEXT]))
        known = self._paragraphs
        return next((known[key] for run in runs if (key := run[:SHORTEST_PIECE]) in known), None)

    @functools.cached_property
    def _titles(self) -> tuple[str, ...]:
        """What the page itself is called."""
        return tuple(
            " ".join(one.text(deep=True).split()) for one in self._tree.all("h1", "title")[:5]
        )

    @functools.cached_property
    def _shown(self) -> str:
        """All the text that the page shows, for sentences to be looked up in."""
        pieces = (one.text(deep=True) for one in self._tree.all(*_SHOWING)[:_MOST_SHOWN])
        return " ".join(" ".join(pieces)[:_LONGEST_SHOWN].split())

    def is_called(self, headline: str) -> bool:
        """Whether the page goes by this headline."""
        name = " ".join(headline.split())
        return len(name) >= _SHORTEST_TITLE and any(name in title for title in self._titles)

    def may_stand_in(self, script: str) -> bool:
        """Whether the sentences may stand in `script`: a quick look, to spare a closer one.

        A probe with letters beyond ASCII cannot be seen where these are written as numbers.
        """
        for probe in self._few_probes:
            if probe in script:
                return True
        return self._may_be_numbers and "\\u" in script

    def held_in(self, text: str) -> int:
        """Which of the probes stand in `text`, as bits."""
        bits = 0
        for bit, probe in enumerate(self.probes):
            if probe in text:
                bits |= 1 << bit
        return bits

    def stretch_of(self, text: str) -> Iterator[str]:
        """`text` from the first to the last of the sentences, where it holds two of them."""
        places = [at for probe in self.probes if (at := text.find(probe)) >= 0]
        if places and len(places) >= min(2, len(self.probes)):
            yield text[min(places) : max(places) + _LONGEST_PIECE]

    def count_unseen(self, text: str) -> int:
        """How many sentences of `text` the page does not show; no more than few are counted."""
        said = _sentences(text, is_divided=self.blank != "")
        unseen = (one for one in said if one not in self._shown)
        return len(list(islice(unseen, FEW)))


def _probes(tree: Tree, body: int | None) -> tuple[str, ...]:
    """Pieces of the sentences of `body`'s paragraphs; where there are few, of all the page's."""
    if body is None:
        return ()
    inside: list[str] = []
    anywhere: list[str] = []
    for paragraph in tree.all("p")[:_MOST_PARAGRAPHS]:
        run = max(_runs(paragraph), key=len, default="")
        if len(run) >= SHORTEST_PIECE:
            probe = run[:_LONGEST_PIECE].strip()
            anywhere.append(probe)
            parent = paragraph.parent
            if parent is not None and parent.mem_id == body:
                inside.append(probe)
    found = inside if len(inside) >= FEW else anywhere
    step = max(1, len(found) // _MOST_PROBES)
    return tuple(dict.fromkeys(found[::step]))[:_MOST_PROBES]


def _runs(paragraph: LexborNode) -> Iterator[str]:
    for node in islice(paragraph.traverse(include_text=True), _MOST_NODES):
        if node.tag == "-text":
            text = (node.text_content or "")[:2_000]
            if len(text) >= SHORTEST_PIECE:
                yield from map(str.strip, _RUN.findall(text))


def _sentences(text: str, *, is_divided: bool) -> Iterator[str]:
    """A piece of each of the first sentences in `text`, a paragraph's or some markup's.

    What has few blanks is none, but in a script that does not divide words by them.
    """
    for piece in text[:_LONGEST_TEXT].split("<p")[:_MOST_PARTS]:
        run = max(_RUN.findall(piece), key=len, default="").strip()
        is_prose = run.count(" ") >= _FEWEST_BLANKS or not (is_divided or run.isascii())
        if len(run) >= SHORTEST_PIECE and is_prose:
            yield " ".join(run[:_LONGEST_PIECE].split())
