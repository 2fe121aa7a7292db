"""What a run brought: counts, rates, yields by host, failures and discards, disk used."""

import datetime as dt
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from archive.catalogue.connection import snapshot
from archive.catalogue.rows import bindable, run_of
from archive.conclusions.standing import NOBODY_ASKED
from archive.model import FailureKind, Run
from archive.views.runs import HostYieldView, RunReportView

MOST_HOSTS = 1000
"""More are counted together, as the host `…`: pages can name any number."""
_COUNTED = ("dateline/left-out/", "dateline/duplicates/")
"""Counts of a run that say what was not asked for, or not kept twice."""

_CAPTURES = """
    SELECT record_id, kind, url, status, length, failure_kind, truncated,
        (SELECT verdict FROM readings WHERE readings.record_id = captures.record_id
            ORDER BY numbered(reader) DESC LIMIT 1) AS verdict,
        (SELECT count(DISTINCT article_id) FROM readings
            WHERE readings.record_id = captures.record_id) AS articles
    FROM captures WHERE run_id = ?
"""


class RunReports:
    """The reports of the runs of a catalogue that another process may be writing.

    Raises, from every method: NotAnArchive where there is no catalogue of this version,
    StoreUnavailable where it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def report(self, run_id: str) -> RunReportView | None:
        """What the run of that id brought; None where there is none. Reads all its captures."""
        with snapshot(self._path) as connection:
            row = connection.execute(
                "SELECT * FROM runs WHERE run_id = ?", (bindable(run_id),)
            ).fetchone()
            return None if row is None else _report(connection, run_of(row))


class _Counts:
    """What the captures of a run come to."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.discards: Counter[str] = Counter()
        self._hosts: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, row: sqlite3.Row) -> None:
        """Count a capture in."""
        host = _host(row["url"])
        of_host = self._hosts[host if host in self._hosts or len(self._hosts) < MOST_HOSTS else "…"]
        self.kinds[row["kind"]] += 1
        why = row["failure_kind"]
        if why is not None and FailureKind(why) in NOBODY_ASKED:
            self.discards[why] += 1
            of_host["refused"] += 1
            return
        of_host["captures"] += 1
        of_host["bytes"] += row["length"]
        of_host["articles"] += row["articles"]
        if why is None and row["status"] is not None and row["status"] >= 400:
            why = f"HTTP {row['status']}"
        if why is not None:
            self.failures[why] += 1
            of_host["failures"] += 1
        if row["verdict"] is not None:
            self.verdicts[row["verdict"]] += 1

    def hosts(self) -> list[HostYieldView]:
        """What each host gave, the one with the most captures first."""
        return [
            HostYieldView(
                host=host,
                captures=counts["captures"],
                articles=counts["articles"],
                failures=counts["failures"],
                refused=counts["refused"],
                bytes=counts["bytes"],
            )
            for host, counts in sorted(
                self._hosts.items(), key=lambda one: (-one[1]["captures"], one[0])
            )
        ]


def _report(connection: sqlite3.Connection, run: Run) -> RunReportView:
    counts = _Counts()
    for row in connection.execute(_CAPTURES, (run.run_id,)):
        counts.add(row)
    for name, count in run.counts.items():
        if name.startswith(_COUNTED):
            counts.discards[name.removeprefix("dateline/")] += count
    (disk_bytes,) = connection.execute(
        "SELECT coalesce(sum(durable_bytes), 0) FROM warcs "
        "WHERE name IN (SELECT warc FROM captures WHERE run_id = ?)",
        (run.run_id,),
    ).fetchone()
    seconds = (run.ended_at - run.began_at) / dt.timedelta(seconds=1) if run.ended_at else None
    captures = counts.kinds.total()
    changes = connection.execute(
        # By the instant, which the record id follows from: turns have an index of it.
        "SELECT version_id IS NOT NULL AS is_edit, state, before FROM captures JOIN turns "
        "ON turns.at = captures.captured_at AND turns.record_id = captures.record_id "
        "WHERE run_id = ?",
        (run.run_id,),
    ).fetchall()
    return RunReportView(
        seconds=seconds,
        captures=captures,
        captures_a_second=round(captures / seconds, 3) if seconds else None,
        by_kind=_ordered(counts.kinds),
        disk_bytes=disk_bytes,
        new_articles=sum(row["before"] is None for row in changes),
        edits=sum(row["is_edit"] for row in changes),
        moved=sum(row["state"] == "moved" != row["before"] for row in changes),
        gone=sum(row["state"] == "gone" != row["before"] for row in changes),
        verdicts=_ordered(counts.verdicts),
        failures=_ordered(counts.failures),
        discards=_ordered(counts.discards),
        hosts=counts.hosts(),
    )


def _ordered(counts: Counter[str]) -> dict[str, int]:
    """The most frequent first."""
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
