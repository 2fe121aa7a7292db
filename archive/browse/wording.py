"""Our words for a reader, and how instants, outlets and links are written."""

import datetime as dt
from urllib.parse import quote, urlsplit

STATES = {
    "ok": "there",
    "ok_partial": "there, seen in part",
    "deleted": "deleted",
    "not_found": "not found",
    "suspended": "account suspended",
    "protected": "for followers only",
    "withheld_login": "for members only",
    "embedding_disabled": "not to be embedded",
    "geo_blocked": "held back in this country",
    "unavailable": "unavailable",
    "rate_limited": "asked for too fast",
    "login_wall": "behind a login",
    "blocked_bot": "behind a bot check",
    "transient": "out of reach just now",
    "parse_error": "answer not understood yet",
    "not_asked": "never asked for",
}
LOST = ("deleted", "not_found", "suspended", "unavailable")
"""States in which a post that was cited can no longer be seen by anybody."""
COMPARED = {
    "same": "as the platform has it",
    "edited": "edited since",
    "different": "differs from the platform’s",
    "cut": "cut short",
    "not-comparable": "cannot be compared",
}


def plain(word: str) -> str:
    """One of the catalogue's words, as a person writes it."""
    return word.replace("_", " ").replace("-", " ")


def outlet(url: str) -> str:
    """The host that a reader knows an outlet by, with its port where that is not the usual one."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if host is None:
        return url
    name = f"[{host}]" if ":" in host else host.removeprefix("www.")
    return f"{name}:{port}" if port else name


def day(instant: str | None) -> str:
    """`2026-11-09…` as `9 November 2026`; what is no day stays as it is."""
    try:
        on = dt.date.fromisoformat((instant or "")[:10])
    except ValueError:
        return instant or ""
    return f"{on.day} {on:%B %Y}"


def moment(instant: str | None) -> str:
    """An RFC 3339 instant as `9 Nov 2026, 21:47 UTC`, its own offset kept; a day as a day."""
    return _written(instant, "%H:%M")


def second(instant: str | None) -> str:
    """The same with its seconds, for what happens often."""
    return _written(instant, "%H:%M:%S")


def _written(instant: str | None, clock: str) -> str:
    if instant is None or len(instant) <= 10:
        return day(instant)
    try:
        at = dt.datetime.fromisoformat(instant)
    except ValueError:
        return instant
    offset = at.strftime("%z")
    zone = "UTC" if offset in {"+0000", ""} else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{at.day} {at:%b %Y}, {at.strftime(clock)} {zone}"


def size(count: int | None) -> str:
    """Bytes for a person."""
    if count is None:
        return "unknown"
    if count < 10_000:
        return f"{count:,} bytes"
    return f"{count / 1000:,.0f} KB" if count < 10_000_000 else f"{count / 1_000_000:,.0f} MB"


def span(seconds: float) -> str:
    """A length of time for a person, in the unit that suits it."""
    for unit, of_unit in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * of_unit:
            return f"{seconds / of_unit:.0f} {unit}s"
    return f"{seconds:.0f} seconds"


def part(text: str) -> str:
    """`text` as one segment of a path."""
    return quote(text, safe="")


def replay_link(base: str, url: str, captured_at: str) -> str:
    """Where `dateline replay` at `base` shows that capture."""
    stamp = "".join(character for character in captured_at[:19] if character.isdigit())
    return f"{base}/archive/{stamp}/{url}"
