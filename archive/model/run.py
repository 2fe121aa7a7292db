"""One execution of the crawler."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution of the crawler."""

    run_id: str
    began_at: dt.datetime
    software: str
    """Name and version, as the `warcinfo` record has it."""
    user_agent: str
    robots: str
    """The robots policy in words: `classic` (RFC 9309), and any override with its reason."""
    hostname: str
    operator: str | None = None
    case: str | None = None
    note: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    """What this run was asked to do, name to text."""
    circumstances: Mapping[str, str] = field(default_factory=dict)
    """Digest of the whole configuration, state of the clock, address of egress: as far as known.
    Kept in the run's records alone."""
    ended_at: dt.datetime | None = None
    outcome: str | None = None
    """Scrapy's finish reason, or `interrupted`; None while it runs, or where it was killed."""
    counts: Mapping[str, int] = field(default_factory=dict)
