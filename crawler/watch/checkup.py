"""What `state.sqlite` says of a watched archive: its health, and whether anything is due."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from crawler.frontier.store import has_work
from crawler.schedule.intervals import Bounds, due_at
from crawler.sources.source import Source
from crawler.state.database import FILE_NAME, NothingYet, read_state
from crawler.watch.health import Concern, clock_concerns, concerns_of, history_of
from crawler.watch.pages import next_due_at
from crawler.watch.rhythms import Rhythms
from crawler.watch.room import ROOM
from crawler.watch.tallies import history

_MOST_RUNS = 200


def is_anything_due(
    root: Path, sources: Iterable[Source], *, now: dt.datetime, bounds: Bounds
) -> bool:
    """Whether a run would find something to do: a source, a page, or what another run left.

    Raises: NotAnArchive, StoreUnavailable: what a run would end with.
    """
    try:
        with read_state(root / FILE_NAME, ROOM) as state:
            rhythms = Rhythms(state, bounds=bounds)
            for source in sources:
                due = due_at(source, rhythms.of(source), now=now, bounds=bounds)
                if source.is_enabled and due <= now:
                    return True
            pages_at = next_due_at(state)
            return (pages_at is not None and pages_at <= now) or has_work(root / FILE_NAME)
    except NothingYet:
        return True


def health_of(
    root: Path, sources: Iterable[Source], *, now: dt.datetime, bounds: Bounds
) -> list[Concern]:
    """What someone should look at, of the sources that are enabled.

    Raises: NothingYet where nothing was watched yet; StoreUnavailable.
    """
    with read_state(root / FILE_NAME, ROOM) as state:
        rhythms = Rhythms(state, bounds=bounds)
        watched = [source for source in sources if source.is_enabled]
        histories = {
            source.name: history_of(history(state, source.name, _MOST_RUNS)) for source in watched
        }
        found = clock_concerns(histories, now)
        for source in watched:
            found += concerns_of(source.name, rhythms.of(source), histories[source.name], now)
    return found
