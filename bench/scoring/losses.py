"""What a row lost, page by page: for people at work on the train part, never on the unread one."""

from collections.abc import Iterable
from typing import NamedTuple

from bench.scoring.bodies import folded, word_groups
from bench.scoring.boilerplate import leaked_lines
from bench.scoring.corpus import Case
from bench.scoring.scores import PageScore, Prediction

_LINES = 4
_WIDTH = 160
_POSTS = frozenset(("embeds", "linked", "posts_precision"))
_NAMES = {
    "title": ("title",),
    "authors": ("authors", "author"),
    "instant": ("date",),
    "day": ("date",),
}
"""What the truth calls it, by a part of the row's key."""


class Loss(NamedTuple):
    """What one page lost, in the row's own unit, and the two sides of it."""

    size: float
    case: Case
    expected: str
    got: str


def losses(key: str, pages: Iterable[tuple[Case, Prediction, PageScore]]) -> list[Loss]:
    """The pages of the train part that lost something in the row `key`, worst first."""
    found = [
        Loss(size, case, *_sides(key, case, prediction))
        for case, prediction, score in pages
        if not case.is_unread and (size := _lost(key, score)) > 0
    ]
    return sorted(found, key=lambda loss: -loss.size)


def _lost(key: str, score: PageScore) -> float:
    if key in score.overlaps:
        return 1 - score.overlaps[key].f1
    if key in score.tallies:
        return score.tallies[key].false + score.tallies[key].missed
    right, asked = score.ratios.get(key, (0, 0))
    return right if key == "leaks" else asked - right


def _sides(key: str, case: Case, prediction: Prediction) -> tuple[str, str]:
    """What the row expected of a page and what it got; of bodies, the lines that differ."""
    truth, failed = case.truth, prediction.error or ""
    if key in {"aeb", "fundus", "readability"}:
        missing = _lines_not_in(truth["body"], prediction.body)
        return missing, _lines_not_in(prediction.body, truth["body"]) or failed
    if key == "trafilatura":
        text = folded(prediction.body)
        missed = [segment for segment in truth["with"] if folded(segment) not in text]
        false = [segment for segment in truth["without"] if folded(segment) in text]
        return _short(missed), _short(false) or failed
    if key == "leaks":
        lines = leaked_lines(prediction.body, truth["body"])
        return "", _short(f"{kind}: {line}" for kind, line in lines)
    return _stated(key, case), _said(key, prediction) or failed


def _stated(key: str, case: Case) -> str:
    if key in _POSTS:
        return str(sorted(post.key for post in case.posts or () if post.is_in_body))
    if key.startswith("dateline"):
        return str(case.opening)
    names = next(names for part, names in _NAMES.items() if part in key)
    return str(next((case.truth[name] for name in names if case.truth.get(name)), None))


def _said(key: str, prediction: Prediction) -> str:
    if key in _POSTS:
        return str(sorted(prediction.posts))
    if key.startswith("dateline"):
        return str(prediction.dateline)
    if "title" in key:
        return " | ".join(filter(None, (prediction.title, *prediction.other_titles)))
    return str(prediction.authors) if "authors" in key else prediction.date or ""


def _lines_not_in(text: str, other: str) -> str:
    """The lines of `text` of whose word groups `other` has fewer than half."""
    known = word_groups(other)
    strange = []
    for line in text.split("\n"):
        groups = word_groups(line)
        if groups and (groups & known).total() < groups.total() / 2:
            strange.append(line)
    return _short(strange)


def _short(lines: Iterable[str]) -> str:
    shown = [line[:_WIDTH] for line in lines]
    rest = f"\n… and {len(shown) - _LINES} more" if len(shown) > _LINES else ""
    return "\n".join(shown[:_LINES]) + rest
