"""What tells a line of an article from the page's own lines beside it: clues, each present or not.

Most clues are of the structure: whose text stands where most of the article's does, what shares
its part of the page with buttons and fields, what follows the last long paragraph. Words are a few
clues among them, so that a page whose words nobody foresaw is judged by its structure.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from archive import BlockType
from crawler.extract.classwords import HEADINGS, NOTHING, Sort
from crawler.extract.hints import NO_HINTS, Hints, stated_clues
from crawler.extract.lines import Line
from crawler.extract.outline import Branch, Run
from crawler.extract.phrases import family_of, is_offer
from crawler.extract.wording import LONG, Scale, wording

_SHARE = Scale(0.02, 0.1, 0.3, 0.6, 0.9)
_DENSITY = Scale(0.001, 0.2, 0.5, 0.8)
_CROWD = Scale(2, 3, 6)
_PAST = Scale(1, 3, 7)
_LINES = Scale(2, 4, 10)
_TEASING = 0.05
"""Of many parts alike, those whose text is linked above this share are teasers."""
_WALK = 2_000
_LEAST_SITE = 4
_OPENING = 10
_KNOWN = Scale(0.01, 0.2, 0.5)
_PLACE = Scale(0.001, 0.05, 0.2, 0.8, 0.95)
_LEAST_WORD = 5
_TEXT_TAGS = HEADINGS | {"p", "blockquote", "ul", "ol", "dl", "table", "pre"}
_IN_WORDS = {sort: f"in {sort.name.lower()} words" for sort in Sort}


def clues_of(
    lines: Sequence[Line], container: Branch, hints: Hints = NO_HINTS
) -> Iterator[list[str]]:
    """The clues of each of `lines`, the prose and headings of `container` in reading order."""
    scene = _Scene(lines, container, hints)
    return (scene.clues(index) for index in range(len(lines)))


class _Scene:
    """What the lines of one container have in common, gathered once for them all."""

    def __init__(self, lines: Sequence[Line], container: Branch, hints: Hints) -> None:
        self._lines = lines
        self._container = container
        self._sites = [site for site in hints.sites if len(site) >= _LEAST_SITE]
        self._stated = list(stated_clues(lines, hints.body))
        self._shown = _texts_of_page(container)
        self._openings = Counter(line.text[:_OPENING] for line in lines)
        self._places = [0, *accumulate(len(line.text) for line in lines)]
        prose = [_prose(line) for line in lines]
        self._total = sum(prose) or 1
        self._by_home: dict[int, int] = {}
        self._by_name: dict[tuple[str, str], int] = {}
        homes = [_home(line, container) for line in lines]
        best: Branch | None = None
        for line, home, size in zip(lines, homes, prose, strict=True):
            count = self._by_home[id(home)] = self._by_home.get(id(home), 0) + size
            name = (line.owner.tag, line.owner.names)
            self._by_name[name] = self._by_name.get(name, 0) + size
            if best is None or count > self._by_home[id(best)]:
                best = home
        self._homes = homes
        self._main = best
        self._path = set(_above(best, container)) if best is not None else set()
        self._long = [i for i, size in enumerate(prose) if size >= LONG]
        mine = [i for i in self._long if homes[i] is best]
        self._first, self._last = (mine[0], mine[-1]) if mine else (0, len(lines))
        self._words = set(_words(" ".join([lines[index].text for index in self._long])))
        self._parts: dict[int, list[str]] = {}
        self._crowds: dict[int, Counter[tuple[str, str]]] = {}
        self._seen: set[str] = set()

    def clues(self, index: int) -> list[str]:
        """The clues of one line; to be asked for in order."""
        line = self._lines[index]
        return [
            *self._of_text(index),
            *_of_branches(line, self._container),
            *self._of_place(index),
            *self._of_kin(index),
            *self._of_part(line),
        ]

    def _of_text(self, index: int) -> Iterator[str]:
        line = self._lines[index]
        if stated := self._stated[index]:
            yield stated
        yield from wording(line, self._sites)
        text = line.text
        if family := family_of(text):
            yield f"phrase: {family}"
        if text in self._seen:
            yield "said before"
        elif self._shown[text] > 1:
            yield "said elsewhere"
        self._seen.add(text)
        if len(text) >= _OPENING and self._openings[text[:_OPENING]] > 1:
            yield "opens like another"
        if len(text) < LONG and len(words := _words(text)) > 1:
            known = sum([word in self._words for word in words])
            yield f"words said {_KNOWN(known / len(words))}"

    def _of_place(self, index: int) -> Iterator[str]:
        before = bisect_left(self._long, index)
        is_long = before < len(self._long) and self._long[before] == index
        after = len(self._long) - before - is_long
        short = "" if is_long else "short "
        if not before:
            yield f"{short}before all long"
        if not after:
            yield f"{short}after all long"
            past = index - self._long[-1] if self._long else 0
            yield f"{_PAST(past)} past the long"
        if index > self._last:
            yield f"{short}below the main part"
        elif index < self._first:
            yield f"{short}above the main part"
        near = (self._long[before - 1] == index - 1) if before else False
        place = before + is_long
        next_ = place < len(self._long) and self._long[place] == index + 1
        yield ("long before it" if near else "short before it")
        yield ("long after it" if next_ else "short after it")
        yield f"at {_PLACE(self._places[index] / (self._places[-1] or 1))}"
        if self._lines[index].type is BlockType.HEADING:
            following = index + 1 < len(self._lines) and self._lines[index + 1].type
            yield f"heading before {following.value if following else 'nothing'}"

    def _of_kin(self, index: int) -> Iterator[str]:
        line, home = self._lines[index], self._homes[index]
        yield f"home has {_SHARE(self._by_home[id(home)] / self._total)}"
        name = (line.owner.tag, line.owner.names)
        yield f"its like have {_SHARE(self._by_name[name] / self._total)}"
        if home is self._main:
            yield "in the main part"
        if index and self._is_alike(index - 1, index):
            yield "like the line before"
        if index + 1 < len(self._lines) and self._is_alike(index, index + 1):
            yield "like the line after"

    def _is_alike(self, one: int, other: int) -> bool:
        """Whether two lines stand side by side in branches of the same tag and names."""
        mine, its = self._lines[one].owner, self._lines[other].owner
        if mine.parent is not its.parent or mine.tag != its.tag:
            return False
        return mine is its or mine.names == its.names

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
        yield f"part has {_SHARE(part.score / self._total)}"
        yield f"part linked {_DENSITY(part.density)}"
        yield f"part of {_LINES(len(runs))} lines"
        if controls:
            yield "part has controls"
        if runs and (family := family_of(runs[0].text)):
            yield f"part opens with {family}"
        if any(family_of(run.text) or is_offer(run.text) for run in runs[1:12]):
            yield "part has phrases"
        if part.parent is not None:
            if part.parent is not self._main:
                yield "part beside the main"
            alike = self._crowd_in(part.parent)[part.tag, part.names]
            linked = ", linked" if part.density > _TEASING else ""
            yield f"part has {_CROWD(alike)} like it{linked}"

    def _crowd_in(self, parent: Branch) -> Counter[tuple[str, str]]:
        """How many children of a branch have the same tag and names, counted once for them all."""
        if id(parent) not in self._crowds:
            kids = [kid for kid in parent.kids if isinstance(kid, Branch)]
            self._crowds[id(parent)] = Counter((kid.tag, kid.names) for kid in kids)
        return self._crowds[id(parent)]


def _texts_of_page(container: Branch) -> Counter[str]:
    """How many times the page that `container` is of shows each of its runs."""
    root = container
    while root.parent is not None:
        root = root.parent
    waiting: list[Branch | Run] = [root]
    texts: list[str] = []
    for part in waiting:
        if isinstance(part, Run):
            texts.append(part.text)
        else:
            waiting += part.kids
    return Counter(texts)


def _words(text: str) -> list[str]:
    """The words of `text` that are long enough to be of its matter."""
    return [word for word in text.lower().split() if len(word) >= _LEAST_WORD]


def _of_branches(line: Line, container: Branch) -> Iterator[str]:
    """What the branches around a line are called."""
    branch: Branch | None = line.owner
    found: set[str] = set()
    while branch is not None and branch is not container:
        naming = branch.naming
        if naming is not NOTHING:
            if naming.sort is not Sort.PLAIN:
                found.add(_IN_WORDS[naming.sort])
            if naming.is_lead:
                found.add("in lead words")
        if branch.tag in ("aside", "header", "form", "figure", "li", "section"):
            found.add(f"in {branch.tag}")
        branch = branch.parent
    yield from found


def _prose(line: Line) -> int:
    """How many characters of a line read like a paragraph."""
    if line.type is BlockType.HEADING or 2 * line.linked >= len(line.text):
        return 0
    return len(line.text) - line.linked if len(line.text) >= LONG // 2 else 0


def _home(line: Line, container: Branch) -> Branch:
    """The branch whose own text a line is, through its paragraph, list or quotation."""
    branch = line.group or line.owner
    if branch.tag in _TEXT_TAGS and branch.parent is not None and branch is not container:
        return branch.parent
    return branch


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
