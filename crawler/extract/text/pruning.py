"""Which parts of a page are not of its article: share decides, not the word.

A part that class words or its tag call foreign is dropped, unless it holds too much of what reads
like paragraphs: `sidebar`, `share` and `paywall` stand on wrappers of whole articles too.
"""

import re

from crawler.extract.text.classwords import HEADINGS, Sort
from crawler.extract.text.outline import Branch, Run
from crawler.extract.text.sentence_end import ends_sentence

_LONG = 40
"""Characters from which a run may be a paragraph."""
_LONG_UNDIVIDED = 20
"""As many say as much in scripts that do not divide words."""
_SHORT = 80
"""Below so many it needs an end of sentence to count as one."""
_PROSE = frozenset(("p", "div", "td", "section", "article", "blockquote", "body", "main"))
_WHOLE = frozenset(("body", "html", "main", "tr", "td", "th", "tbody", "thead"))
_SORT_OF_TAG = {
    **dict.fromkeys(("nav", "menu"), Sort.FOREIGN),
    **dict.fromkeys(("aside", "figcaption", "figure", "form", "address"), Sort.MINOR),
}
"""What a part is at least, by its tag."""
_PICTURE = frozenset(("figure", "figcaption"))

_MOST_BESIDE = 300
"""An article has fewer paragraphs; each of them looks at all of them."""
_ACCESS = re.compile("subscriber|paywall|premium|member", re.IGNORECASE)
_LISTS = frozenset(("ul", "ol", "dl"))
_MINOR_SHARE = 0.3
_LINKLESS = 0.1
_MINOR_DENSITY = 0.4
_MINOR_RUNS = 3
_FOREIGN_SHARE = 0.5
_MOST_SHARE = 0.65
_ARTICLE_SHARE = 0.1
_WHOLE_SHARE = 0.8


def weigh(branch: Branch) -> None:
    """Fill the weights of `branch` and all below it."""
    score, size, linked, runs = 0.0, 0, 0, 0
    holds_h1 = branch.tag == "h1"
    for kid in branch.kids:
        if isinstance(kid, Run):
            length = len(kid.text)
            size += length
            linked += kid.linked
            if _is_long(kid.text) and (weight := _weight(kid, length, branch.tag)) > 0:
                score += weight
                runs += 1
        else:
            weigh(kid)
            size += kid.size
            linked += kid.linked
            holds_h1 = holds_h1 or kid.holds_h1
            if not kid.is_dropped:
                score += kid.score
                runs += kid.runs
    branch.score, branch.size, branch.linked, branch.runs = score, size, linked, runs
    branch.holds_h1 = holds_h1


def _is_long(text: str) -> bool:
    """Whether a run is long enough for a paragraph, or for a Chinese or Japanese sentence."""
    return len(text) >= _LONG or (len(text) >= _LONG_UNDIVIDED and text[-1] in "。！？")


def _weight(run: Run, length: int, tag: str) -> float:
    """How many characters of `run`, in an element of this tag, read like a paragraph."""
    if tag in HEADINGS:
        return 0
    if 2 * run.linked >= length:
        rest = length - run.linked
        is_sentence = tag == "p" and rest >= _LONG and ends_sentence(run.text)
        return 0.5 * rest if is_sentence else 0
    weight = length - 1.5 * run.linked
    if tag == "li":
        weight *= 0.6
    elif tag not in _PROSE:
        weight *= 0.5
    if length < _SHORT and not ends_sentence(run.text):
        weight *= 0.3
    return weight


def prune(root: Branch) -> None:
    """Mark the parts below `root`, which is weighed, that are not of the article."""
    total = root.score
    waiting = [root]
    while waiting:
        branch = waiting.pop()
        for kid in branch.kids:
            if not isinstance(kid, Branch):
                continue
            if kid.tag not in _WHOLE and _is_foreign(kid, total):
                _drop(kid)
            else:
                waiting.append(kid)


def pardon(branch: Branch) -> None:
    """Take all marks back but those of discussions and the like, for pages that lost too much."""
    for kid in branch.kids:
        if isinstance(kid, Branch):
            kid.is_dropped = kid.naming.is_foreign
            pardon(kid)


def _drop(branch: Branch) -> None:
    branch.is_dropped = True
    above = branch.parent
    while above is not None:
        above.score -= branch.score
        above.runs -= branch.runs
        above = above.parent


def _is_foreign(branch: Branch, total: float) -> bool:
    if branch.tag == "footer":
        return True
    sort = branch.naming.sort
    if branch.tag in _SORT_OF_TAG:
        sort = max(sort, _SORT_OF_TAG[branch.tag])
    if sort is Sort.PLAIN:
        return False
    share = _score(branch) / total if total else 0.0
    if sort is Sort.CAPTION or branch.tag in _PICTURE:
        return share <= _FOREIGN_SHARE
    if sort is Sort.MINOR:
        return not _outweighs_minor(branch, share)
    if branch.holds_h1 and share >= _MINOR_SHARE:
        return False
    is_most = share >= _WHOLE_SHARE or (share >= _MOST_SHARE and branch.runs >= _MINOR_RUNS)
    return not is_most or branch.naming.is_foreign or branch.naming.is_gallery


def _score(branch: Branch) -> float:
    """The score of a part, with those beside it where their names are of who may read them.

    Paragraphs for subscribers are called so one by one.
    """
    if branch.naming.sort is not Sort.MINOR or branch.parent is None:
        return branch.score
    if len(branch.parent.kids) > _MOST_BESIDE or _ACCESS.search(branch.names) is None:
        return branch.score
    beside = (kid for kid in branch.parent.kids if isinstance(kid, Branch))
    return sum(kid.score for kid in beside if _ACCESS.search(kid.names))


def _outweighs_minor(branch: Branch, share: float) -> bool:
    """Whether a part that minor words name holds too much to be one."""
    if branch.tag == "article" and share >= _ARTICLE_SHARE:
        return True
    if branch.holds_h1 and (share > 0.02 or branch.tag == "header"):
        return True
    if branch.tag in _LISTS and branch.score >= _LONG and branch.density < _LINKLESS:
        return True  # such words are of lists of links: `post-list`, `next`
    if branch.tag == "p" and branch.size > 200 and branch.density < 0.2:
        return True
    if share < _MINOR_SHARE or branch.density >= _MINOR_DENSITY:
        return False
    is_one_of_many = _score(branch) > branch.score
    return (
        is_one_of_many
        or branch.runs >= _MINOR_RUNS
        or branch.naming.is_body
        or share > _FOREIGN_SHARE
    )
