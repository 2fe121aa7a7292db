"""Numbers for Prometheus, on loopback: the one wrapper of prometheus_client.

What is remembered is read at each asking; a crawl that goes on adds what it counts.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from archive import ArchiveError
from crawler.errors import ConfigError
from crawler.state.database import FILE_NAME, read_state
from crawler.watch.report import last_report, page_counts
from crawler.watch.room import ROOM

logger = logging.getLogger(__name__)

_LIVE = ("dateline/", "frontier/", "wire/", "scheduler/", "downloader/")


class Metrics(Collector):
    """Serves the numbers of the archive at `root` while it is entered.

    Port 0 takes any that is free; `port` says which.
    """

    def __init__(self, root: Path, *, port: int) -> None:
        self._root = root
        self.port = port
        self._stats: Callable[[], Mapping[str, object]] = dict

    def follow(self, stats: Callable[[], Mapping[str, object]]) -> None:
        """Add what a crawl counts, from now on."""
        self._stats = stats

    def __enter__(self) -> Self:
        registry = CollectorRegistry()
        registry.register(self)
        try:
            self._server, self._thread = start_http_server(
                self.port, addr="127.0.0.1", registry=registry
            )
        except (OSError, OverflowError) as error:
            raise ConfigError(f"--metrics-port {self.port}: {error}") from error
        self.port = self._server.server_port
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def describe(self) -> list[Any]:
        """Nothing beforehand: there may be no archive yet."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The numbers of now."""
        try:
            with read_state(self._root / FILE_NAME, ROOM) as state:
                yield from _remembered(state)
        except (ArchiveError, sqlite3.Error) as error:
            logger.debug("no numbers yet: %s", error)
        yield from _of_last_run(last_report(self._root))
        live = GaugeMetricFamily(
            "dateline_run_count", "What the run that goes on has counted.", labels=["name"]
        )
        for name, value in dict(self._stats()).items():
            if isinstance(value, int | float) and name.startswith(_LIVE):
                live.add_metric([name], value)
        yield live


def _remembered(state: sqlite3.Connection) -> Iterator[GaugeMetricFamily]:
    pages = GaugeMetricFamily("dateline_pages", "Pages that are watched.", labels=["state"])
    for name, count in page_counts(state).items():
        pages.add_metric([name], count)
    yield pages
    rows = state.execute(
        "SELECT name, interval_s, asked_at, failures FROM watch_sources ORDER BY name"
    ).fetchall()
    told = (
        ("dateline_source_interval_seconds", "How often a source is asked."),
        ("dateline_source_asked_timestamp_seconds", "When a source was asked."),
        ("dateline_source_failures", "How often in a row a source could not be had."),
    )
    for column, (name, text) in enumerate(told, start=1):
        family = GaugeMetricFamily(name, text, labels=["source"])
        for row in rows:
            family.add_metric([row[0]], row[column] or 0.0)
        yield family


def _of_last_run(report: Mapping[str, Any] | None) -> Iterator[GaugeMetricFamily]:
    if report is None:
        return
    concerns = GaugeMetricFamily(
        "dateline_health_concerns", "What someone should look at.", labels=["kind", "source"]
    )
    for concern in report.get("health", []):
        concerns.add_metric([concern["kind"], concern["source"] or ""], 1)
    yield concerns
    for name, key, text in (
        ("dateline_last_run_seconds", "seconds", "How long the last run took."),
        ("dateline_last_run_ended_timestamp_seconds", "ended_at_s", "When the last run ended."),
        ("dateline_disk_bytes", "disk_bytes", "Bytes of the archive's files."),
    ):
        yield GaugeMetricFamily(name, text, value=float(report.get(key) or 0))
    counts = GaugeMetricFamily(
        "dateline_last_run_count", "What the last run counted.", labels=["name"]
    )
    for name, value in report.get("counts", {}).items():
        counts.add_metric([name], value)
    yield counts
