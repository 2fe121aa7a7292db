"""What someone should look at: rules over what runs brought of each source. Pure.

Each compares the newest with what was usual before, so that a source that always was silent, or
has short texts, is left in peace; and speaks only where both have enough to be compared.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import dropwhile, pairwise
from statistics import median

from crawler.schedule.intervals import Rhythm
from crawler.watch.instants import instant
from crawler.watch.tallies import Tally

History = Sequence[tuple[dt.datetime, Tally]]
"""What runs brought of one source, the newest first."""

_RECENT_PAGES = 5
_USUAL_PAGES = 10
_ENOUGH_YIELDS = 5
_SILENT_TIMES = 5
_SILENT_LEAST = dt.timedelta(days=1)
_GAPS_AGE = dt.timedelta(days=1)
_SKEW_S = 300.0
_SKEW_HOSTS = 3
_SKEW_AGE = dt.timedelta(days=1)


class ConcernKind(StrEnum):
    """What may be wrong."""

    DEAD = "dead"
    """It could not be had for days."""
    SILENT = "silent"
    """It announced something new regularly, and does no more."""
    GAPS = "gaps"
    """All that it announced was new: some may have come and gone since it was asked before."""
    EMPTY = "empty"
    """It answers, and announces nothing at all any more."""
    SHORT_TEXTS = "short-texts"
    """Reading finds half as much as before, with the same reader."""
    DATES_LOST = "dates-lost"
    """Reading finds no days of publication any more, with the same reader."""
    WALLS = "walls"
    """More pages are walls than before."""
    CLOCK = "clock"
    """Our clock, or most hosts', is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One thing to look at; `source` is None where it is about the whole."""

    kind: ConcernKind
    text: str
    source: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """For programs."""
        return {"kind": str(self.kind), "source": self.source, "text": self.text}


@dataclass(slots=True, kw_only=True)
class _Pages:
    """Pages of several runs together."""

    pages: int = 0
    texts: int = 0
    dated: int = 0
    letters: int = 0
    walls: int = 0

    def add(self, tally: Tally) -> None:
        self.pages += tally.pages
        self.texts += tally.texts
        self.dated += tally.dated
        self.letters += tally.letters
        self.walls += tally.seen.get("wall", 0)


def concerns_of(source: str, rhythm: Rhythm, history: History, now: dt.datetime) -> list[Concern]:
    """What is to be looked at of one source."""
    found: list[tuple[ConcernKind, str]] = []
    if rhythm.is_dead(now) and rhythm.failing_since is not None:
        text = f"not had since {rhythm.failing_since:%Y-%m-%d %H:%M}Z, {rhythm.failures} times"
        found.append((ConcernKind.DEAD, text))
    else:
        found += _yield_concerns(history, now)
    found += _text_concerns(history)
    found += _wall_concerns(history)
    return [Concern(kind=kind, text=text, source=source) for kind, text in found]


def _yield_concerns(history: History, now: dt.datetime) -> Iterable[tuple[ConcernKind, str]]:
    changed = [tally for _, tally in history if tally.documents > tally.unchanged]
    before = list(dropwhile(lambda tally: not tally.links, changed))
    if _ENOUGH_YIELDS <= len(before) < len(changed):
        usual = median(tally.links for tally in before)
        if usual >= 1:
            yield ConcernKind.EMPTY, f"announces nothing; {usual:.0f} links were usual"
            return
    gaps = [at for at, tally in history if tally.gaps and now - at < _GAPS_AGE]
    if gaps:
        text = f"all that it announced was new, last at {gaps[0]:%Y-%m-%d %H:%M}Z: some may have "
        yield ConcernKind.GAPS, text + "come and gone since it was asked before"
    yields = [at for at, tally in history if tally.new]
    if len(yields) >= _ENOUGH_YIELDS:
        gaps_s = [(later - earlier).total_seconds() for later, earlier in pairwise(yields)]
        gap = dt.timedelta(seconds=median(gaps_s))
        if now - yields[0] > max(_SILENT_TIMES * gap, _SILENT_LEAST):
            hours = gap.total_seconds() / 3600
            text = f"nothing new since {yields[0]:%Y-%m-%d %H:%M}Z; every {hours:.1f} h was usual"
            yield ConcernKind.SILENT, text


def _text_concerns(history: History) -> Iterable[tuple[ConcernKind, str]]:
    reader = next((tally.reader for _, tally in history if tally.reader), None)
    tallies = [tally for _, tally in history if tally.texts and tally.reader == reader]
    recent, before = _parted(tallies, "texts")
    if recent is None or before is None:
        return
    length, usual = recent.letters / recent.texts, before.letters / before.texts
    if length < usual / 2:
        text = f"texts of {length:.0f} letters; {usual:.0f} were usual, with the same reader"
        yield ConcernKind.SHORT_TEXTS, text
    if before.dated >= 0.8 * before.texts and recent.dated <= 0.4 * recent.texts:
        text = f"{recent.dated} of {recent.texts} texts have a day; before {before.dated} of "
        yield ConcernKind.DATES_LOST, text + f"{before.texts}, with the same reader"


def _wall_concerns(history: History) -> Iterable[tuple[ConcernKind, str]]:
    recent, before = _parted([tally for _, tally in history if tally.pages], "pages")
    if recent is None or before is None:
        return
    share, usual = recent.walls / recent.pages, before.walls / before.pages
    if share >= 0.3 and share >= 3 * usual:
        text = f"{recent.walls} of {recent.pages} pages are walls; before {usual:.0%}"
        yield ConcernKind.WALLS, text


def _parted(tallies: Sequence[Tally], counted: str) -> tuple[_Pages | None, _Pages | None]:
    """The newest few pages, and those before; None where they are too few to tell."""
    assert counted in {field.name for field in fields(_Pages)}
    recent, before = _Pages(), _Pages()
    for tally in tallies:
        (recent if getattr(recent, counted) < _RECENT_PAGES else before).add(tally)
    is_enough = (
        getattr(recent, counted) >= _RECENT_PAGES and getattr(before, counted) >= _USUAL_PAGES
    )
    return (recent, before) if is_enough else (None, None)


def clock_concerns(histories: Mapping[str, History], now: dt.datetime) -> list[Concern]:
    """Whether our clock is right, by the hosts' own, and never went back."""
    newest = [history[0] for history in histories.values() if history]
    skews = [
        tally.skew_s for at, tally in newest if tally.skew_s is not None and now - at < _SKEW_AGE
    ]
    found: list[Concern] = []
    if len(skews) >= _SKEW_HOSTS and abs(skew_s := median(skews)) > _SKEW_S:
        way = "behind" if skew_s > 0 else "before"
        text = f"our clock is {abs(skew_s):.0f} s {way} those of {len(skews)} sources"
        found.append(Concern(kind=ConcernKind.CLOCK, text=text))
    latest = max((at for at, _ in newest), default=None)
    if latest is not None and latest - now > dt.timedelta(seconds=_SKEW_S):
        text = f"our clock was set back: a run ended {latest:%Y-%m-%d %H:%M}Z"
        found.append(Concern(kind=ConcernKind.CLOCK, text=text))
    return found


def history_of(rows: Iterable[tuple[float, Tally]]) -> History:
    """Rows of `tallies.history` with instants."""
    return [(instant(at), tally) for at, tally in rows]
