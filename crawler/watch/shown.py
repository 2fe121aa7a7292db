"""The sources that were watched and their health, for the reading room."""

import datetime as dt
import sqlite3
from pathlib import Path

from archive import SourceDocument, SourceRun, WatchedSource
from archive import instant as written
from crawler.schedule.intervals import Rhythm
from crawler.state.database import FILE_NAME, named_failures, read_state
from crawler.watch.health import clock_concerns, concerns_of, history_of
from crawler.watch.instants import instant
from crawler.watch.room import ROOM
from crawler.watch.tallies import history

MOST_RUNS = 200
"""Of one source, for its health."""
SHOWN = 50
"""Of its runs and of its documents."""


def shown_sources(root: Path, *, now: dt.datetime) -> list[WatchedSource]:
    """Every source that a run has asked, by its name.

    Raises: NothingYet where nothing was watched yet; StoreUnavailable.
    """
    with read_state(root / FILE_NAME, ROOM) as state, named_failures():
        rows = state.execute("SELECT * FROM watch_sources ORDER BY name").fetchall()
        histories = {name: history_of(history(state, name, MOST_RUNS)) for name, *_ in rows}
        clocks = [one.text for one in clock_concerns(histories, now)]
        found = []
        for name, interval_s, asked_at_s, failures, failing_since_s in rows:
            rhythm = Rhythm(
                interval=dt.timedelta(seconds=interval_s),
                asked_at=instant(asked_at_s),
                failures=failures,
                failing_since=instant(failing_since_s),
            )
            concerns = [one.text for one in concerns_of(name, rhythm, histories[name], now)]
            found.append(
                WatchedSource(
                    name=name,
                    asked_at=_written(rhythm.asked_at),
                    interval_s=interval_s,
                    failures=failures,
                    failing_since=_written(rhythm.failing_since),
                    concerns=(*concerns, *clocks),
                    documents=_documents(state, name),
                    pages=_pages(state, name),
                    runs=_runs(state, name),
                )
            )
    return found


def _written(at: dt.datetime | None) -> str | None:
    return written(at) if at is not None else None


def _documents(state: sqlite3.Connection, source: str) -> tuple[SourceDocument, ...]:
    rows = state.execute(
        "SELECT url, kind, record_id FROM watch_documents WHERE source = ? ORDER BY url LIMIT ?",
        (source, SHOWN),
    )
    return tuple(SourceDocument(url=url, kind=kind, record_id=id_) for url, kind, id_ in rows)


def _pages(state: sqlite3.Connection, source: str) -> tuple[tuple[str, int], ...]:
    rows = state.execute(
        "SELECT coalesce(state, 'waiting'), count(*) FROM watch_pages WHERE source = ? "
        "GROUP BY 1 ORDER BY 2 DESC, 1",
        (source,),
    )
    return tuple((word, count) for word, count in rows)


def _runs(state: sqlite3.Connection, source: str) -> tuple[SourceRun, ...]:
    ids = state.execute(
        "SELECT run_id FROM watch_tallies WHERE source = ? ORDER BY at DESC LIMIT ?",
        (source, SHOWN),
    )
    told = history(state, source, SHOWN)
    return tuple(
        SourceRun(
            run_id=run_id,
            at=written(dt.datetime.fromtimestamp(at, dt.UTC)),
            documents=tally.documents,
            new=tally.new,
            pages=tally.pages,
            texts=tally.texts,
            failures=tuple(tally.failures),
        )
        for (run_id,), (at, tally) in zip(ids, told, strict=True)
    )
