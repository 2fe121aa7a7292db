"""The lead: the summary between an article's headline and its body's container."""

from collections.abc import Iterator

from archive import BlockType
from crawler.extract.text.classwords import HEADINGS, Sort
from crawler.extract.text.container import bare
from crawler.extract.text.lines import Line
from crawler.extract.text.outline import Branch, Run
from crawler.extract.text.phrases.families import is_byline, is_phrase
from crawler.extract.text.sentence_end import ends_sentence

_SHORTEST, _LONGEST = 40, 1_200
_SHORTEST_NAMED = 12
"""Characters of a line that is called a lead."""
_UNNAMED = 80
"""Characters that a paragraph must have which nothing calls a lead."""
_ALONE = 60
"""Such a paragraph may have fewer where the page has no other lead."""
_MINOR = 900
"""A part that was pruned for minor words may hold the lead if it has fewer characters."""
_LEAST_BELOW = 3
"""A body has so many lines if its first may be its lead."""
_KEY = 60
_NO_LEAD = frozenset(("aside", "footer", "figure", "form", "figcaption"))
_NO_LINES = frozenset(("h1", "figcaption", "li", "td"))
_WHOLE = frozenset(("body", "main", "article", "section"))


def find_lead(
    root: Branch, container: Branch, body: list[Line], headline: str, description: str
) -> list[Line]:
    """The lead's one or two lines; empty where the page shows none.

    `body` is the text that is already found, `headline` and `description` are what the page states
    of itself.
    """
    known: str | None = None  # the body's letters, which most pages have no lead to compare with
    stated = bare(description)
    lead: list[Line] = []
    short: list[Line] = []  # what may be the lead only where there is no other
    title = bare(headline)
    is_titled = is_own = False
    is_below = not root.holds_h1
    for branch, run, is_named, is_foreign in _runs_before(root, container):
        if branch.tag == "h1" or (
            branch.tag in HEADINGS and not is_own and _is_title(run, title, root)
        ):
            is_below = is_titled = True
            is_own = root.holds_h1 and bare(run.text) == title
            lead.clear()
            short.clear()
        elif is_foreign and not is_named:
            continue
        elif is_below and _is_lead(branch, run, stated, is_named=is_named):
            key = bare(run.text)
            if known is None:
                prose = (line.text for line in body if line.type is not BlockType.CAPTION)
                known = "".join(map(bare, prose))
            if key and key not in known:
                known += key
                lead.append(Line(run.text, run.linked, run.span, branch))
        elif is_below and _is_short(branch, run, is_named=is_named and is_titled):
            short.append(Line(run.text, run.linked, run.span, branch))
    return (lead[-2:] or short[:1]) if is_below else []


def opens_with_lead(body: list[Line], container: Branch) -> bool:
    """Whether the first of the lines of `container` is a part of its own that is called a lead."""
    if len(body) < _LEAST_BELOW or not body[0].is_prose:
        return False
    first = body[0]
    branch: Branch | None = first.owner
    while branch is not None and branch is not container:
        if branch.size > len(first.text) + _SHORTEST_NAMED:
            return False
        if branch.naming.is_lead:
            return _SHORTEST_NAMED <= len(first.text) <= _LONGEST and not first.linked
        branch = branch.parent
    return False


def _is_title(run: Run, title: str, root: Branch) -> bool:
    """Whether a heading shows the headline; a part of it will do where no h1 can."""
    key = bare(run.text)
    return title.startswith(key) if not root.holds_h1 else bool(key) and key == title


def _runs_before(root: Branch, container: Branch) -> Iterator[tuple[Branch, Run, bool, bool]]:
    """The runs before `container`, each with its branch, and whether that is called a lead.

    And whether it stands in a part that is called no part of an article, but holds a heading.
    """
    waiting: list[tuple[Branch | Run, Branch, bool, bool]] = [(root, root, False, False)]
    while waiting:
        part, above, is_named, is_foreign = waiting.pop()
        if part is container:
            return
        if isinstance(part, Run):
            yield above, part, is_named, is_foreign
        elif (part.size >= _SHORTEST_NAMED or part.holds_h1) and _may_hold(part):
            is_named = is_named or (part.tag not in _WHOLE and part.naming.is_lead)
            is_foreign = is_foreign or (part.is_dropped and part.naming.sort > Sort.MINOR)
            waiting += [(kid, part, is_named, is_foreign) for kid in reversed(part.kids)]


def _may_hold(branch: Branch) -> bool:
    if branch.tag in _NO_LEAD:
        return False
    is_small = branch.size < _MINOR
    is_near = branch.naming.sort <= Sort.MINOR or branch.holds_h1
    return not branch.is_dropped or (is_small and is_near)


def _is_short(branch: Branch, run: Run, *, is_named: bool) -> bool:
    """Whether a short run may be the lead: it is called one, or reads like a small paragraph."""
    length = len(run.text)
    if run.linked or branch.tag in _NO_LINES or is_phrase(run.text) or is_byline(run.text):
        return False
    if is_named and _SHORTEST_NAMED <= length < _SHORTEST:
        is_stamp = any(map(str.isdigit, run.text)) and not ends_sentence(run.text)
        return not (branch.is_dropped or run.text.isupper() or is_stamp)
    is_sentence = branch.tag == "p" and ends_sentence(run.text)
    return is_sentence and _ALONE <= length < _UNNAMED and not run.text[0].islower()


def _is_lead(branch: Branch, run: Run, stated: str, *, is_named: bool) -> bool:
    length = len(run.text)
    if not _SHORTEST <= length <= _LONGEST or branch.tag in _NO_LINES:
        return False
    if run.linked >= 0.3 * length or is_phrase(run.text):
        return False
    if is_named:
        return True
    is_paragraph = branch.tag == "p" and length >= _UNNAMED and not run.linked
    if is_paragraph and ends_sentence(run.text) and not run.text[0].islower():
        return True
    key = bare(run.text)
    if len(key) <= 30 or len(stated) <= 30:
        return False
    return stated.startswith(key) or key.startswith(stated[:-3]) or key[:_KEY] in stated
