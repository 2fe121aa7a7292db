"""How an article stands: live, edited, moved, gone, walled or failing, and since when.

A pure function of the looks at it. Nothing is guessed: a page that is not found once may be a
mistake of the site, a wall or a failure says nothing of what is behind it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar


class Seen(StrEnum):
    """What one look at an article showed."""

    TEXT = "text"
    """Its text."""
    MOVED = "moved"
    """A redirect to another address."""
    GONE = "gone"
    """HTTP 410."""
    NOT_FOUND = "not-found"
    """HTTP 404."""
    WALL = "wall"
    """A login, consent or pay wall, or a challenge."""
    FAILURE = "failure"
    """No answer, an error of the server, or nothing that could be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One capture of the article, and what it showed."""

    at: dt.datetime
    record_id: str
    seen: Seen
    text_digest: str | None = None
    """Of a text; looks are compared under one reader version only."""
    target: str | None = None
    """Of a move: where it leads."""


class State(StrEnum):
    """How an article stands."""

    LIVE = "live"
    EDITED = "edited"
    MOVED = "moved"
    GONE = "gone"
    WALLED = "walled"
    FAILING = "failing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The state after a look, and what the next one has to know."""

    GONE_AFTER: ClassVar[dt.timedelta] = dt.timedelta(days=1)
    """Not found twice, so far apart, and nothing else in between, is gone."""

    state: State
    since: dt.datetime
    """The first look that showed this state; for `gone`, the first that did not find it."""
    last_at: dt.datetime
    text_digest: str | None = None
    """Of the text that was seen last."""
    is_edited: bool = False
    """Its text was another once. It stays so: what was published was published."""
    target: str | None = None
    not_found_at: dt.datetime | None = None
    """The first of the looks in a row that did not find it."""


def standing(looks: Iterable[Look]) -> Standing | None:
    """The standing after all `looks`, in whatever order they come; None after none."""
    now: Standing | None = None
    for look in sorted(looks, key=lambda look: (look.at, look.record_id)):
        now = after(now, look)
    return now


def after(before: Standing | None, look: Look) -> Standing:
    """The standing after one more look, later than all before."""
    old = before or Standing(state=State.FAILING, since=look.at, last_at=look.at)
    not_found_at = _not_found_at(old, look)
    is_edited = old.is_edited
    if look.seen is Seen.TEXT and look.text_digest is not None and old.text_digest is not None:
        is_edited = is_edited or look.text_digest != old.text_digest
    state = _state(old, look, not_found_at, is_edited=is_edited)
    new = replace(
        old,
        state=state,
        last_at=look.at,
        is_edited=is_edited,
        not_found_at=not_found_at,
        target=look.target if look.seen is Seen.MOVED else None,
    )
    if look.seen is Seen.TEXT:
        new = replace(new, text_digest=look.text_digest or old.text_digest)
    is_same = before is not None and state is before.state and new.target == before.target
    if not is_same:
        new = replace(new, since=(not_found_at or look.at) if state is State.GONE else look.at)
    return new


def _not_found_at(old: Standing, look: Look) -> dt.datetime | None:
    """Since when it was not found; a look that had no answer leaves that open."""
    if look.seen is Seen.NOT_FOUND:
        return old.not_found_at or look.at
    return old.not_found_at if look.seen is Seen.FAILURE else None


def _state(
    old: Standing, look: Look, not_found_at: dt.datetime | None, *, is_edited: bool
) -> State:
    if look.seen is Seen.TEXT:
        return State.EDITED if is_edited else State.LIVE
    if look.seen in _AS_SEEN:
        return _AS_SEEN[look.seen]
    # Not found, or no answer.
    is_long_missing = (
        look.seen is Seen.NOT_FOUND
        and not_found_at is not None
        and look.at - not_found_at >= Standing.GONE_AFTER
    )
    # What was said to be gone stays so while nothing says otherwise.
    return State.GONE if is_long_missing or old.state is State.GONE else State.FAILING


_AS_SEEN = {Seen.MOVED: State.MOVED, Seen.GONE: State.GONE, Seen.WALL: State.WALLED}
