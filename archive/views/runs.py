"""Runs: what was asked for, and what it brought."""

from typing import TypedDict

from archive.instants import instant, instant_or_none
from archive.model import Run


class RunView(TypedDict):
    """One execution of the crawler."""

    id: str
    began_at: str
    ended_at: str | None
    outcome: str | None
    software: str
    user_agent: str
    robots: str
    hostname: str
    operator: str | None
    case: str | None
    note: str | None
    settings: dict[str, str]
    counts: dict[str, int]


class HostYieldView(TypedDict):
    """What one host gave in a run."""

    host: str
    """`…` for all hosts beyond the first thousand."""
    captures: int
    articles: int
    failures: int
    refused: int
    """Of ours: what was not asked for, such as what robots.txt forbids."""
    bytes: int
    """Of the records of its answers, compressed."""


class RunReportView(TypedDict):
    """A run in numbers; objects name the most frequent first."""

    seconds: float | None
    captures: int
    captures_a_second: float | None
    by_kind: dict[str, int]
    disk_bytes: int
    """Of the WARC files that the run wrote."""
    new_articles: int
    edits: int
    moved: int
    gone: int
    verdicts: dict[str, int]
    failures: dict[str, int]
    """By the failure's kind, or `HTTP 503`."""
    discards: dict[str, int]
    """What was not asked for, or not kept twice, by its reason: `robots-denied`,
    `left-out/max-pages`, `duplicates/payload`, …"""
    hosts: list[HostYieldView]
    """The one with the most captures first."""


def run_view(run: Run) -> RunView:
    """A run."""
    return RunView(
        id=run.run_id,
        began_at=instant(run.began_at),
        ended_at=instant_or_none(run.ended_at),
        outcome=run.outcome,
        software=run.software,
        user_agent=run.user_agent,
        robots=run.robots,
        hostname=run.hostname,
        operator=run.operator,
        case=run.case,
        note=run.note,
        settings=dict(run.settings),
        counts=dict(run.counts),
    )
