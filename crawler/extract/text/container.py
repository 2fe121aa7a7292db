"""The part of a page that holds its article: descent to it, the names it may have, and climbing."""

from collections.abc import Iterator

from crawler.extract.letters import letters_only
from crawler.extract.text.outline import Branch, Run

_DESCENT = 0.75
"""A child that holds this share of its parent's score is entered."""
_LEAVES = frozenset(("p", "blockquote"))
_COLUMN_RUNS = 6
"""An item of a list with so many paragraphs is a column of the page."""
_NAMED_SHARE = 0.5
_LEAST_SCORE = 200
_LEAST_ROW = 3
_LINE = 80
_RELATIVE = 120
_NEAR_LEVELS = 3
_MOST_CLIMBS = 5
_LINKLESS = 0.05


def find_container(root: Branch, headline: str) -> Branch:
    """The branch that holds the article of `root`, which is weighed and pruned."""
    root = _titled_part(root, bare(headline))
    if not root.score:
        return root
    found = _descend(root)
    named = _named(root)
    if named is not None:
        least = _NAMED_SHARE if found.parent or not named.naming.is_body else 0.33
        if named.is_within(found):
            if named.score >= least * found.score:
                found = named
        elif found.is_within(named):
            if found.score < 0.9 * named.score and _rank(named) >= 2:
                found = named
        elif named.score > _NAMED_SHARE * found.score:
            found = named
    return _climb(found)


def bare(text: str) -> str:
    """The letters and digits of `text`, in lower case: what two writings of it have in common."""
    return letters_only(text).lower()


def _descend(root: Branch) -> Branch:
    """The deepest branch that nearly all of the text leads to."""
    branch = root
    while True:
        kids = [kid for kid in _branches(branch) if not kid.is_dropped]
        best = max(kids, key=lambda kid: kid.score, default=None)
        if best is None or _is_leaf(best) or best.score < _DESCENT * branch.score:
            return branch
        if best.runs < 2 and (branch.runs >= 2 or _is_in_row(best, kids)):
            return branch
        branch = best


def _is_in_row(branch: Branch, beside: list[Branch]) -> bool:
    """Whether a part of one paragraph is one of several alike, whose text is not linked."""
    alike = [kid for kid in beside if kid.tag == branch.tag and kid.names == branch.names]
    unlinked = [kid for kid in alike if kid.size and kid.density < _LINKLESS]
    return len(unlinked) >= _LEAST_ROW and len(unlinked) == len(alike)


def _is_leaf(branch: Branch) -> bool:
    """Whether a part is a block of text, or a list whose items are; columns are lists, too."""
    if branch.tag == "li":
        return branch.runs < _COLUMN_RUNS
    if branch.tag in ("ul", "ol"):
        return all(kid.tag != "li" or _is_leaf(kid) for kid in _branches(branch))
    return branch.tag in _LEAVES


def _named(root: Branch) -> Branch | None:
    """The weightiest part that the markup calls the article's body, the article or the main."""
    best, best_value = None, 0.0
    waiting = [root]
    while waiting:
        branch = waiting.pop()
        if branch.is_dropped or branch.score < _LEAST_SCORE:
            continue
        waiting += _branches(branch)
        rank = _rank(branch)
        share = branch.score / root.score
        if not rank or branch.density > 0.5 or (share < 0.25 and branch.score < 600):
            continue
        value = share * (1 + 0.15 * rank) + 0.1 * (branch.tag == "article" and branch.holds_h1)
        if value > best_value:
            best, best_value = branch, value
    return best


def _rank(branch: Branch) -> float:
    if branch.is_marked_body:
        return 3
    if branch.naming.is_body and branch.tag not in ("p", "body", "h1", "h2"):
        return 2
    return {"article": 1, "main": 0.5}.get(branch.tag, 0)


def _climb(branch: Branch) -> Branch:
    """Up as long as text of the same kind stands beside the branch."""
    for _ in range(_MOST_CLIMBS):
        higher = _higher(branch)
        if higher is None:
            break
        branch = higher
    return branch


def _higher(branch: Branch) -> Branch | None:
    for level in range(_NEAR_LEVELS):
        parent = branch.parent
        if parent is None or branch.tag in ("article", "main"):
            return None
        beside = sum(_kindred(kid, branch, level) for kid in parent.kids if kid is not branch)
        if beside >= 40 and parent.density < 0.4:
            return parent
        branch = parent
    return None


def _kindred(kid: Branch | Run, branch: Branch, level: int) -> float:
    """How much text beside `branch` is of its kind."""
    if isinstance(kid, Run):
        is_prose = len(kid.text) >= _LINE and kid.linked < 0.3 * len(kid.text)
        return len(kid.text) if level == 0 and is_prose else 0
    if kid.is_dropped or not kid.size:
        return 0
    if level == 0 and (near := _next_to(kid, branch)):
        return near
    is_like = kid.tag == branch.tag and kid.names.split()[:1] == branch.names.split()[:1]
    is_text = kid.score >= _RELATIVE and kid.density < 0.3
    is_whole = kid.holds_h1 or kid.tag == "article"
    return kid.score if is_like and kid.names and is_text and not is_whole else 0


def _next_to(kid: Branch, branch: Branch) -> float:
    """How much text of its kind is in `kid`, which stands right beside `branch`."""
    if kid.tag == "p" and kid.score >= 40:
        return kid.score
    if kid.density >= _LINKLESS:
        return 0
    if kid.tag == "section" and kid.runs >= 2:
        return kid.score
    # Of an article that stands in parts alike, some may hold only short lines.
    is_same = kid.tag == branch.tag and kid.names == branch.names and kid.names
    return kid.size if is_same and not kid.holds_h1 else 0


def _titled_part(root: Branch, headline: str) -> Branch:
    """Where several articles stand on one page, the part of the one that bears `headline`."""
    heads = [(head, bare(_text(head))) for head in _h1s(root)]
    heads = [(head, text) for head, text in heads if len(text) > 12]
    mine = [head for head, text in heads if headline and (text in headline or headline in text)]
    others = [head for head, text in heads if text != headline and head not in mine[:1]]
    if not mine or not others:
        return root
    branch = mine[0]
    while branch.parent is not None and not any(one.is_within(branch.parent) for one in others):
        branch = branch.parent
    return branch if branch.score > 500 and branch.score >= 0.08 * root.score else root


def _h1s(root: Branch) -> list[Branch]:
    found: list[Branch] = []
    waiting = [root]
    while waiting and len(found) < 20:
        branch = waiting.pop()
        if branch.tag == "h1":
            found.append(branch)
        waiting += [kid for kid in _branches(branch) if kid.holds_h1 and not kid.is_dropped]
    return found


def _branches(branch: Branch) -> Iterator[Branch]:
    return (kid for kid in reversed(branch.kids) if isinstance(kid, Branch))


def _text(branch: Branch) -> str:
    return " ".join(kid.text for kid in branch.kids if isinstance(kid, Run))
