"""Instants as the tables have them, and as everything else does."""

import datetime as dt
from typing import overload


@overload
def seconds(at: dt.datetime) -> float: ...
@overload
def seconds(at: None) -> None: ...
def seconds(at: dt.datetime | None) -> float | None:
    """`at`, aware, as seconds since the epoch."""
    return None if at is None else at.timestamp()


@overload
def instant(seconds: float) -> dt.datetime: ...
@overload
def instant(seconds: None) -> None: ...
def instant(seconds: float | None) -> dt.datetime | None:
    """The aware instant so many seconds after the epoch."""
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC)
