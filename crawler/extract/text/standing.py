"""Where a link stands: in the article's text, amid it, or beside it, and whether it counts there.

The markup around a link says how much it is the article's (`Footing`); the ground on which it
stands is known when the text has been read: what was pruned and by which names, where the text
begins and ends, which lines give sources, and which open what is no longer the article.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum
from itertools import islice

from crawler.extract.text.classwords import Sort, naming_of
from crawler.extract.text.lines import Placed
from crawler.extract.text.notices import notice_kind
from crawler.extract.text.outline import Branch, Outline, Run
from crawler.extract.text.phrases.families import LONGEST, is_phrase, opens_list, opens_tail
from crawler.extract.text.sources import gives_source, opens_sources


class Footing(IntEnum):
    """How much the markup around a link says that it is the article's."""

    NONE = 0
    """Beside it, as far as tags and class words tell: a link counts in a block of the body only."""
    AMID = 1
    """In no prose, or in a box: it counts where the article's text stands around it, too."""
    NEAR = 2
    """In prose of what is likely the article."""
    ARTICLE = 3
    """In prose of what the markup calls the article."""
    BODY = 4
    """Below the element that holds most paragraphs."""
    STATED = 5
    """In data that states the article: it stands nowhere on the page."""


class _Kind(IntEnum):
    """What a part of the page is, by what pruning made of it."""

    PLAIN = 0
    BOX = 1
    LINKS = 2
    """Closed for what it holds, whatever it is called: a title above links, or an offer."""
    MINOR = 3
    FOOT = 4
    FOREIGN = 5


_MOST_RUNS = 20_000
_MOST_SOURCES = 60
_PROSE = 120
"""Letters outside of links from which a run is no item of a list of sources."""
# What an article's own boxes are called, among the words that make pruning drop a part.
_BOX = re.compile(r"aside|(?:info|fact)[-_ ]?box|notice|alert|disclaimer|credit|ref(?:list|erence)")
_FOOT = re.compile(r"foot(?:er)?(?![a-z])")
_PICTURES = frozenset({"figure", "figcaption"})


class Ground:
    """The runs of a page's text, in order, each with what kind of part it stands in."""

    def __init__(self, outline: Outline, container: Branch, blocks: Sequence[Placed]) -> None:
        spans = [one.span for one in blocks if one.span is not None]
        self._begins = min((span.start for span in spans), default=None)
        self._ends = max((span.end for span in spans), default=0)
        self._starts: list[int] = []
        self._kinds: list[_Kind] = []
        self._texts: list[str] = []
        self._is_source: list[bool] = []
        self._headed_at: int | None = None
        self._tail_at: int | None = None
        """Where something below the text says that what follows is no longer the article."""
        self._foot_at: int | None = None
        """Where its own part says so in words, as they do above what is embedded in it."""
        self._inner = (0, 0)
        """The first and the last run of the container."""
        self._sources = 0
        """How many runs may still be of a list of sources."""
        self._take(outline.root, container)

    def admits(self, at: int | None, footing: Footing) -> bool:
        """Whether a link at the letter `at`, which may stand in no block, is of the article."""
        if self._begins is None or at is None or footing is Footing.STATED:
            return footing >= Footing.NEAR
        found = bisect_right(self._starts, at) - 1
        kind = self._kinds[found] if found >= 0 else _Kind.PLAIN
        if kind is _Kind.FOREIGN or footing is Footing.NONE:
            return False
        if at >= self._ends and self._is_page_s_own(at, found):
            return False
        if footing is Footing.BODY:
            return True
        if at < self._begins:
            is_headed = self._headed_at is not None and self._headed_at <= at
            return kind is _Kind.PLAIN and (is_headed or footing is Footing.ARTICLE)
        is_amid = at < self._ends
        is_within = self._inner[0] <= found < self._inner[1]
        is_prose = footing is Footing.ARTICLE or (footing is Footing.NEAR and is_within)
        return (
            (found >= 0 and self._is_source[found])
            or (kind <= _Kind.BOX and (is_amid or is_prose))
            or (kind is _Kind.LINKS and is_within and is_prose)
        )

    def _is_page_s_own(self, at: int, found: int) -> bool:
        """Whether a link below the text, in the run `found`, is of a list of more, or an offer."""
        if found < 0 or self._is_source[found]:
            return False
        is_listed = self._tail_at is not None and self._tail_at <= at
        return is_listed or is_phrase(self._texts[found])

    def is_past(self, at: int | None, footing: Footing) -> bool:
        """Whether what is embedded at the letter `at` stands below where the article ends.

        In a box for sharing or sliding that is where its text ends.
        """
        if at is None or self._begins is None or footing is Footing.STATED:
            return False
        below = self._ends if footing is Footing.AMID else self._foot_at
        return below is not None and below <= at

    def _take(self, root: Branch, container: Branch) -> None:
        """Walk the outline in order: its runs, and what kind of part each stands in."""
        above = _above(container)
        waiting: list[tuple[Branch | Run | None, _Kind, bool]] = [(root, _Kind.PLAIN, False)]
        while waiting and len(self._starts) < _MOST_RUNS:
            part, kind, is_dropped = waiting.pop()
            if part is None:
                self._inner = (self._inner[0], len(self._starts))
            elif isinstance(part, Run):
                self._add(part, kind)
            else:
                is_dropped = is_dropped or part.is_dropped
                if is_dropped:
                    kind = max(kind, _kind_of(part, is_root=part.is_dropped))
                if part.tag == "td" and part.parent in above and part not in above:
                    kind = _Kind.FOREIGN  # another column of the table that lays the page out
                if part is container:
                    self._inner = (len(self._starts), len(self._starts))
                    waiting.append((None, kind, is_dropped))
                if part.tag[:1] == "h" and part.tag[1:].isdigit():
                    self._head(part)
                waiting += [(kid, kind, is_dropped) for kid in reversed(part.kids)]

    def _head(self, heading: Branch) -> None:
        """Note what a heading opens."""
        self._sources = 0
        run = next((kid for kid in heading.kids if isinstance(kid, Run)), None)
        if run is not None and run.start >= self._ends and run.linked == len(run.text):
            self._tail_at = run.start if self._tail_at is None else self._tail_at  # a teaser's
        if heading.tag == "h1" and self._headed_at is None and run is not None:
            self._headed_at = run.end

    def _add(self, run: Run, kind: _Kind) -> None:
        text = run.text
        is_own = len(text) - run.linked >= _PROSE
        is_source = not is_own and self._sources > 0 and kind < _Kind.FOREIGN
        self._sources = 0 if is_own else max(self._sources - 1, 0)
        if len(text) <= LONGEST and run.linked < len(text) and opens_sources(text):
            self._sources = _MOST_SOURCES
        elif kind < _Kind.FOREIGN:
            is_notice = run.start >= self._ends and notice_kind(text) is not None
            is_source = is_source or is_notice or gives_source(text)
        if self._foot_at is None and run.start >= self._ends and len(text) <= LONGEST:
            is_tail = opens_tail(text)
            if self._tail_at is None and (is_tail or opens_list(text)):
                self._tail_at = run.start
            if is_tail and kind is _Kind.PLAIN:
                self._foot_at = run.start
        self._starts.append(run.start)
        self._kinds.append(kind)
        self._texts.append(text)
        self._is_source.append(is_source)


def _above(container: Branch) -> set[Branch]:
    found: set[Branch] = set()
    branch: Branch | None = container
    while branch is not None:
        found.add(branch)
        branch = branch.parent
    return found


def _kind_of(branch: Branch, *, is_root: bool) -> _Kind:
    """The kind of a part that was dropped (`is_root`), or stands in one."""
    tag, naming = branch.tag, branch.naming
    if branch.holds_h1:
        return _Kind.PLAIN  # the article's own head
    if tag in {"nav", "menu"} or naming.is_gallery or naming.sort is Sort.FOREIGN:
        is_foot = tag not in {"nav", "menu"} and _is_called_only(_FOOT, branch)
        return _Kind.FOOT if is_foot else _Kind.FOREIGN
    if tag == "footer":
        return _Kind.FOOT
    if naming.sort is Sort.MINOR:
        return _Kind.BOX if _is_called_only(_BOX, branch) else _Kind.MINOR
    if naming.sort is Sort.CAPTION or tag in _PICTURES or tag == "aside":
        return _Kind.BOX
    return _Kind.LINKS if is_root else _Kind.PLAIN


def _is_called_only(names: re.Pattern[str], branch: Branch) -> bool:
    """Whether nothing that it is called is foreign or minor but for what `names` tells."""
    words = branch.names.lower().split()
    others = [word for word in islice(words, 50) if names.search(word) is None]
    return naming_of(" ".join(others)).sort is Sort.PLAIN
