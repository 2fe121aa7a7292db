"""What `dateline show RUN` prints of what a run brought."""

from typing import TypedDict


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
