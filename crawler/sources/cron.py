"""Cron expressions: the one wrapper of cronsim."""

import datetime as dt

from cronsim import CronSim, CronSimError


def check_cron(expression: str) -> None:
    """Refuse what is no cron expression of five fields, or what never comes.

    Raises: ValueError.
    """
    next_after(expression, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def next_after(expression: str, now: dt.datetime) -> dt.datetime:
    """The first instant after `now`, aware, that the expression names, in UTC.

    Raises: ValueError where it is no expression of five fields, or names no instant.
    """
    if len(expression.split()) != 5:
        raise ValueError("a cron expression has five fields: minute hour day month weekday")
    try:
        return next(CronSim(expression, now.astimezone(dt.UTC)))
    except CronSimError as error:
        raise ValueError(f"not a cron expression: {error}") from error
    except StopIteration:
        raise ValueError("a cron expression that names no day there is") from None
