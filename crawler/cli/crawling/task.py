"""A crawl to be run, and one that was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to crawl, and with which settings."""

    urls: Sequence[str] = ()
    from_file: str | None = None
    max_pages: int = 0
    settings: dict[str, object] = field(default_factory=dict)
    log_level: str | None = None
    """None: what someone should look at."""
    has_bar: bool = True
    """Show a progress bar where standard error is a terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a crawl ended."""

    archive: Path
    run_id: str
    reason: str
    stats: Mapping[str, object]
    """What Scrapy and we counted."""
