"""The health of a watched archive, as its `state.sqlite` has it."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from crawler.schedule.intervals import Bounds
from crawler.sources.source import Source
from crawler.state.database import FILE_NAME, read_state
from crawler.watch.health import Concern, clock_concerns, concerns_of, history_of
from crawler.watch.rhythms import Rhythms
from crawler.watch.room import ROOM
from crawler.watch.tallies import history

_MOST_RUNS = 200


def health_of(
    root: Path, sources: Iterable[Source], *, now: dt.datetime, bounds: Bounds
) -> list[Concern]:
    """What someone should look at, of the sources that are enabled.

    Raises: NotAnArchive where nothing was watched yet; StoreUnavailable.
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
