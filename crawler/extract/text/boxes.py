"""Boxes amid an article that are not of it: what asks the reader, and titled links.

Such a box is told by what it holds, whatever it is called: a form or a button and a line that
offers something, or a title above nothing but links. Sites whose class words are made by a machine
have them as often as others.
"""

from collections.abc import Iterator

from crawler.extract.text.outline import Branch, Run
from crawler.extract.text.phrases.families import family_of
from crawler.extract.text.phrases.small_print import is_offer

_BOXES = frozenset(("div", "section", "aside", "form", "article", "center", "fieldset"))
_ASKING = frozenset(("offer", "technical"))
_MOST_SHARE = 0.3
_LARGEST = 700
"""Characters of a box that asks."""
_OFFER = 120
"""Characters of a line that offers something without being a standing phrase."""
_TITLE = 60
"""Characters of the title of a box of links; whatever is longer may be a sentence."""
_LEAST_DENSITY = 0.5
_COLUMN = 700
"""Characters of a column of teasers, more of which are links than not."""
_MOST_RUNS = 30
_MOST_PARTS = 60


def close_boxes(container: Branch) -> None:
    """Mark the boxes in `container`, which is weighed, as dropped."""
    most = _MOST_SHARE * container.score
    waiting = [container]
    while waiting:
        for kid in waiting.pop().kids:
            if not isinstance(kid, Branch) or kid.is_dropped or not kid.size:
                continue
            if kid.tag in _BOXES and kid.score <= most and _is_apart(kid):
                kid.is_dropped = True
            elif kid.size > _TITLE or kid.score > most:
                waiting.append(kid)


def _is_apart(box: Branch) -> bool:
    return not box.holds_h1 and (_asks(box) or _titles_links(box) or _is_column(box))


def _asks(box: Branch) -> bool:
    """Whether a small box has a control and offers something in the words that sites use."""
    if box.size > _LARGEST or not _has_control(box):
        return False
    return any(
        family_of(run.text) in _ASKING or (len(run.text) <= _OFFER and is_offer(run.text))
        for run in _runs(box)
    )


def _titles_links(box: Branch) -> bool:
    """Whether all that stands in a box beside its links is one short title, on top."""
    if box.score or box.density < _LEAST_DENSITY:
        return False
    runs = list(_runs(box))
    if len(runs) < 2 or runs[0].linked or len(runs[0].text) > _TITLE:
        return False
    return all(2 * run.linked > len(run.text) for run in runs[1:])


def _is_column(box: Branch) -> bool:
    """Whether a large box is mostly links, as a column beside the article is."""
    return box.size >= _COLUMN and box.density >= _LEAST_DENSITY and not box.naming.is_body


def _has_control(box: Branch) -> bool:
    waiting = [box]
    for _ in range(_MOST_PARTS):
        if not waiting:
            break
        here = waiting.pop()
        if here.controls:
            return True
        waiting += [kid for kid in here.kids if isinstance(kid, Branch)]
    return False


def _runs(box: Branch) -> Iterator[Run]:
    """The runs of a box in order, as far as a small box has any."""
    waiting: list[Branch | Run] = [box]
    found = 0
    while waiting and found < _MOST_RUNS:
        here = waiting.pop()
        if isinstance(here, Run):
            found += 1
            yield here
        else:
            waiting += reversed(here.kids)
