"""What a run came to, as JSON: kept in the archive's folder, one file a run."""

import json
import os
import resource
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from crawler.state.database import FILE_NAME, named_failures, read_state
from crawler.watch.room import ROOM
from crawler.watch.tallies import Tally

FOLDER = "reports"
_NEWEST = 5
_COUNTED = ("dateline/", "frontier/", "downloader/response_count", "scheduler/", "wire/")


def run_report(
    root: Path, run_id: str, *, outcome: str, stats: Mapping[str, object]
) -> dict[str, Any]:
    """The report of the run `run_id` on the archive at `root`.

    Raises: NotAnArchive, StoreUnavailable.
    """
    with read_state(root / FILE_NAME, ROOM) as state, named_failures():
        sources = [
            {"source": source, **_tally_json(tally)}
            for source, tally in state.execute(
                "SELECT source, tally FROM watch_tallies WHERE run_id = ? ORDER BY source",
                (run_id,),
            )
        ]
        return {
            "run": run_id,
            "outcome": outcome,
            "seconds": stats.get("elapsed_time_seconds"),
            "ended_at_s": time.time(),
            "sources": sources,
            "pages": page_counts(state),
            "turns": _turns(state, run_id),
            "disk_bytes": _size_of(root),
            "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "counts": {
                name: value
                for name, value in sorted(stats.items())
                if isinstance(value, int) and name.startswith(_COUNTED)
            },
        }


def page_counts(state: sqlite3.Connection) -> dict[str, int]:
    """How many pages stand how; those never looked at are `waiting`."""
    return dict(
        state.execute("SELECT coalesce(state, 'waiting'), count(*) FROM watch_pages GROUP BY 1")
    )


def keep_report(root: Path, report: Mapping[str, Any]) -> Path:
    """Write a report beside the others, whole or not at all. Raises: OSError."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{report['run']}.json"
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    unfinished.replace(path)
    return path


def report_of(root: Path, run_id: str) -> dict[str, Any] | None:
    """The report of a run; None where it left none, or none that can be read."""
    if Path(run_id).name != run_id:
        return None
    return _read(root / FOLDER / f"{run_id}.json")


def _read(path: Path) -> dict[str, Any] | None:
    try:
        report = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return report if isinstance(report, dict) else None


def last_report(root: Path) -> dict[str, Any] | None:
    """The newest report that can be read; None where there is none."""
    # Run ids begin with their second, in which more than one run may fall.
    paths = sorted((root / FOLDER).glob("*.json"), reverse=True)[:_NEWEST]
    reports = [report for path in paths if (report := _read(path)) is not None]
    return max(reports, key=lambda report: float(report.get("ended_at_s") or 0), default=None)


def _tally_json(tally: str) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(msgspec.json.decode(tally, type=Tally))
    return {name: value for name, value in told.items() if value not in (0, None, [], {})}


def _turns(state: sqlite3.Connection, run_id: str) -> dict[str, int]:
    return dict(
        state.execute(
            "SELECT before || ' > ' || after, count(*) FROM watch_turns"
            " WHERE run_id = ? AND before IS NOT NULL GROUP BY 1 ORDER BY 1",
            (run_id,),
        )
    )


def _size_of(root: Path) -> int:
    """Bytes of the archive's files."""
    total = 0
    for folder, _, names in os.walk(root):
        for name in names:
            try:
                total += (Path(folder) / name).lstat().st_size
            except OSError:  # it was renamed in the meantime
                continue
    return total
