"""What tells a line of an article from the page's own lines beside it: clues, each present or not.

Most clues are of the structure: whose text stands where most of the article's does, what shares
its part of the page with buttons and fields, what follows the last long paragraph. Words are a few
clues among them, so that a page whose words nobody foresaw is judged by its structure.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from archive import BlockType
from crawler.extract.letters import count_capitals, count_digits
from crawler.extract.text.classwords import HEADINGS, NOTHING, Sort
from crawler.extract.text.lines import Line
from crawler.extract.text.outline import Branch, Run
from crawler.extract.text.phrases.families import family_of
from crawler.extract.text.phrases.small_print import is_offer, is_small_print
from crawler.extract.text.sentence_end import ends_sentence

_LONG = 80
_MOST = 2_000
"""Characters for which a line counts: one of thousands of words would outweigh all others."""


class _Scale:
    """Clues for values by the steps between which they lie: `linked <0.2`, `linked ≥0.8`."""

    def __init__(self, clue: str, *steps: float) -> None:
        """`clue` has a star where the steps are named."""
        self._steps = steps
        names = [*(f"<{step:g}" for step in steps), f"≥{steps[-1]:g}"]
        self._names = [clue.replace("*", name) for name in names]

    def __call__(self, value: float) -> str:
        return self._names[bisect_right(self._steps, value)]


_KINDS = (*(kind.value for kind in BlockType), "cell", "term")
_LENGTH = {kind: _Scale(f"{kind} of *", 15, 30, 50, 80, 120, 200, 350) for kind in _KINDS}
_SHARES = (0.02, 0.1, 0.3, 0.6, 0.9)
_HOME_SHARE = _Scale("home has *", *_SHARES)
_LIKE_SHARE = _Scale("its like have *", *_SHARES)
_PART_SHARE = _Scale("part has *", *_SHARES)
_DENSITIES = (0.001, 0.2, 0.5, 0.8)
_LINKED = _Scale("linked *", *_DENSITIES)
_PART_LINKED = _Scale("part linked *", *_DENSITIES)
_PART_LINES = _Scale("part of * lines", 2, 4, 10)
_CROWD = _Scale("part has * like it", 2, 3, 6)
_PAST = _Scale("* past the long", 1, 3, 7)
_TEASING = 0.05
"""Of many parts alike, those whose text is linked above this share are teasers."""
_WALK = 2_000
_SMALL = 330
_TEXT_TAGS = HEADINGS | {"p", "blockquote", "ul", "ol", "dl", "table", "pre", "details"}
_ENTRIES = frozenset(("dt", "dd", "summary"))
_TERMS = frozenset(("dt", "summary"))
_IN_WORDS = {sort: f"in {sort.name.lower()} words" for sort in Sort}
_Kin = tuple[int, str, str]
_SYMBOLS = frozenset("»›→©▶►•…")
"""Beside the bar, which alone of such marks is ASCII."""


def clues_of(lines: Sequence[Line], container: Branch) -> Iterator[list[str]]:
    """The clues of each of `lines`, the prose and headings of `container` in reading order."""
    scene = _Scene(lines, container)
    return (scene.clues(index) for index in range(len(lines)))


class _Scene:
    """What the lines of one container have in common, gathered once for them all."""

    def __init__(self, lines: Sequence[Line], container: Branch) -> None:
        self._lines = lines
        self._container = container
        prose = [_prose(line) for line in lines]
        self._total = sum(prose) or 1
        self._by_kin: dict[_Kin, int] = {}
        self._by_name: dict[tuple[str, str], int] = {}
        homes = [_home(line, container) for line in lines]
        self._kin = kin = [_kin_of(home) for home in homes]
        best: _Kin | None = None
        self._names = [(line.owner.tag, line.owner.names) for line in lines]
        for name, one, size in zip(self._names, kin, prose, strict=True):
            count = self._by_kin[one] = self._by_kin.get(one, 0) + size
            self._by_name[name] = self._by_name.get(name, 0) + size
            if best is None or count > self._by_kin[best]:
                best = one
        self._main = best
        mains = {id(home): home for home, one in zip(homes, kin, strict=True) if one == best}
        self._mains = mains.keys()
        self._path: set[int] = set()
        for home in mains.values():
            self._path.update(takewhile(lambda one: one not in self._path, _above(home, container)))
        self._long = [i for i, size in enumerate(prose) if size >= _LONG]
        mine = [i for i in self._long if kin[i] == best]
        self._first, self._last = (mine[0], mine[-1]) if mine else (0, len(lines))
        self._parts: dict[int, list[str]] = {}
        self._crowds: dict[int, Counter[tuple[str, str]]] = {}
        self._seen: set[str] = set()

    def clues(self, index: int) -> list[str]:
        """The clues of one line; to be asked for in order."""
        line = self._lines[index]
        found: list[str] = []
        _add_form(found, line)
        self._add_wording(found, line)
        _add_branches(found, line, self._container)
        self._add_place(found, index)
        self._add_kin(found, index)
        found += self._of_part(line)
        return found

    def _add_wording(self, found: list[str], line: Line) -> None:
        text = line.text
        if family := family_of(text):
            found.append(f"phrase: {family}")
        if len(text) < _SMALL:
            _add_letters(found, line)
        if text in self._seen:
            found.append("said before")
        self._seen.add(text)

    def _add_place(self, found: list[str], index: int) -> None:
        before = bisect_left(self._long, index)
        is_long = before < len(self._long) and self._long[before] == index
        after = len(self._long) - before - is_long
        short = "" if is_long else "short "
        if not before:
            found.append(f"{short}before all long")
        if not after:
            found.append(f"{short}after all long")
            past = index - self._long[-1] if self._long else 0
            found.append(_PAST(past))
        if index > self._last:
            found.append(f"{short}below the main part")
        elif index < self._first:
            found.append(f"{short}above the main part")
        near = (self._long[before - 1] == index - 1) if before else False
        place = before + is_long
        next_ = place < len(self._long) and self._long[place] == index + 1
        found.append("long before it" if near else "short before it")
        found.append("long after it" if next_ else "short after it")
        if self._lines[index].type is BlockType.HEADING:
            following = index + 1 < len(self._lines) and self._lines[index + 1].type
            found.append(f"heading before {following.value if following else 'nothing'}")

    def _add_kin(self, found: list[str], index: int) -> None:
        kin = self._kin[index]
        found.append(_HOME_SHARE(self._by_kin[kin] / self._total))
        found.append(_LIKE_SHARE(self._by_name[self._names[index]] / self._total))
        if kin == self._main:
            found.append("in the main part")

    def _of_part(self, line: Line) -> list[str]:
        part = line.owner
        while part.parent is not None and part is not self._container:
            if id(part.parent) in self._path:
                break
            part = part.parent
        if id(part) in self._path:
            return ["in no part"]
        if id(part) not in self._parts:
            self._parts[id(part)] = list(self._clues_of_part(part))
        return self._parts[id(part)]

    def _clues_of_part(self, part: Branch) -> Iterator[str]:
        tag = "text" if part.tag in _TEXT_TAGS else part.tag
        if tag not in ("text", "div", "section", "aside", "figure", "form", "header", "article"):
            tag = "other"
        yield f"part is {tag}"
        if tag == "text":
            return
        runs, controls = _contents(part)
        yield _PART_SHARE(part.score / self._total)
        yield _PART_LINKED(part.density)
        yield _PART_LINES(len(runs))
        if controls:
            yield "part has controls"
        if runs and (family := family_of(runs[0].text)):
            yield f"part opens with {family}"
        if any(family_of(run.text) or is_offer(run.text) for run in runs[1:12]):
            yield "part has phrases"
        if part.parent is not None:
            if id(part.parent) not in self._mains:
                yield "part beside the main"
            alike = self._crowd_in(part.parent)[part.tag, part.names]
            linked = ", linked" if part.density > _TEASING else ""
            yield f"{_CROWD(alike)}{linked}"

    def _crowd_in(self, parent: Branch) -> Counter[tuple[str, str]]:
        """How many children of a branch have the same tag and names, counted once for them all."""
        if id(parent) not in self._crowds:
            kids = [kid for kid in parent.kids if isinstance(kid, Branch)]
            self._crowds[id(parent)] = Counter((kid.tag, kid.names) for kid in kids)
        return self._crowds[id(parent)]


def _add_form(found: list[str], line: Line) -> None:
    text, length = line.text, len(line.text)
    kind = line.type.value
    if line.group is not None and line.group.tag == "table":
        kind = "cell"
    elif line.owner.tag in _TERMS:
        kind = "term"
    found += (f"is {kind}", _LENGTH[kind](length), _LINKED(line.linked / length))
    if ends_sentence(text):
        found.append("ends a sentence")
        if length < _LONG:
            found.append("short sentence")
    if text[-1] in ":：":
        found.append("ends with a colon")
    elif text[-1] in "?!？！":
        found.append("asks or exclaims")


def _add_letters(found: list[str], line: Line) -> None:
    """The clues in the wording of a line that is not long."""
    text, length = line.text, len(line.text)
    if is_small_print(text):
        found.append("small print")
    if is_offer(text):
        found.append("linked offer" if line.linked else "offer")
    if "|" in text or not (text.isascii() or _SYMBOLS.isdisjoint(text)):
        found.append("has symbols")
    if 6 * count_digits(text) > length:
        found.append("has many digits")
    if 3 * count_capitals(text) > length:
        found.append("has many capitals")


def _add_branches(clues: list[str], line: Line, container: Branch) -> None:
    """What the branches around a line are called, each once.

    In their order, not that of a set: sums of weights differ by it, if only in the last digit.
    """
    branch: Branch | None = line.owner
    found: dict[str, None] = {}
    while branch is not None and branch is not container:
        naming = branch.naming
        if naming is not NOTHING:
            if naming.sort is not Sort.PLAIN:
                found[_IN_WORDS[naming.sort]] = None
            if naming.is_lead:
                found["in lead words"] = None
        if branch.tag in ("aside", "header", "form", "figure", "li", "section"):
            found[f"in {branch.tag}"] = None
        branch = branch.parent
    clues += found


def _prose(line: Line) -> int:
    """How many characters of a line read like a paragraph; no line is worth more than a few."""
    if line.type is BlockType.HEADING or 2 * line.linked >= len(line.text):
        return 0
    return min(_MOST, len(line.text) - line.linked) if len(line.text) >= _LONG // 2 else 0


def _home(line: Line, container: Branch) -> Branch:
    """The branch whose own text a line is, through its paragraph, list or quotation.

    What wraps one of these and nothing else is none, nor what folds some away.
    """
    branch = line.group or line.owner
    if branch.tag in _ENTRIES and branch.parent is not None:
        branch = branch.parent
    if branch.tag not in _TEXT_TAGS:
        return branch
    while branch is not container and branch.parent is not None:
        branch = branch.parent
        if len(branch.kids) > 1 and branch.tag != "details":
            break
    return branch


def _kin_of(home: Branch) -> _Kin:
    """What homes alike that stand side by side have in common: one text, cut into parts."""
    return id(home.parent), home.tag, home.names


def _above(branch: Branch, container: Branch) -> Iterator[int]:
    here: Branch | None = branch
    while here is not None:
        yield id(here)
        if here is container:
            return
        here = here.parent


def _contents(part: Branch) -> tuple[list[Run], int]:
    """The runs of a part in order, and how many controls it holds."""
    runs: list[Run] = []
    controls = 0
    waiting: list[Branch | Run] = [part]
    for _ in range(_WALK):
        if not waiting:
            break
        here = waiting.pop()
        if isinstance(here, Run):
            runs.append(here)
        else:
            controls += here.controls
            waiting += reversed(here.kids)
    return runs, controls
