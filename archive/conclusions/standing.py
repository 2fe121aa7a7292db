"""How an article stands: live, edited, moved, gone, walled or failing, and since when.

A pure function of the looks at it. Nothing is guessed: a page that is not found once may be a
mistake of the site, a wall or a failure says nothing of what is behind it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from archive.model import FailureKind, Verdict


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
    """Of a text."""
    basis: str = ""
    """What a text may be compared with: those of equal basis, which one reader version read at one
    address, all whole or all in part. A difference between others is not the publisher's."""
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
    basis: str = ""
    """That text's."""
    is_edited: bool = False
    """Its text was another once. It stays so: what was published was published."""
    target: str | None = None
    not_found_at: dt.datetime | None = None
    """The first of the looks in a row that did not find it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A look at which something became another: how the article stands, or its text."""

    look: Look
    standing: Standing
    """After it."""
    before: State | None = None
    """How it stood; None for the first look."""
    replaced: str | None = None
    """Of an edit: the digest of the text that was seen before."""


def standing(looks: Iterable[Look]) -> Standing | None:
    """The standing after all `looks`, in whatever order they come; None after none."""
    last: Standing | None = None
    for now, _ in _history(looks):
        last = now
    return last


def turns(looks: Iterable[Look]) -> Iterator[Turn]:
    """What `looks` show to have changed, in order of time, whatever order they come in.

    An edit is a text that was never seen before. One that flaps back to a text already seen is
    none, however often it does.
    """
    before: Standing | None = None
    for now, edit in _history(looks):
        is_turn = before is None or (now.state, now.target) != (before.state, before.target)
        if is_turn or edit.replaced is not None:
            state = before.state if before is not None else None
            yield replace(edit, standing=now, before=state)
        before = now


def _history(looks: Iterable[Look]) -> Iterator[tuple[Standing, Turn]]:
    """The standing after each look, and what of an edit there was."""
    now: Standing | None = None
    texts: dict[str, dict[str, None]] = {}
    newest: dict[str, str] = {}
    for look in sorted(looks, key=lambda look: (look.at, look.record_id)):
        replaced = None
        if look.seen is Seen.TEXT and look.text_digest is not None:
            known = texts.setdefault(look.basis, {})
            if known and look.text_digest not in known:
                replaced = newest[look.basis]
            known[look.text_digest] = None
            newest[look.basis] = look.text_digest
        now = _after(now, look, is_edit=replaced is not None)
        yield now, Turn(look=look, standing=now, replaced=replaced)


def after(before: Standing | None, look: Look) -> Standing:
    """The standing after one more look, later than all before."""
    is_edit = (
        before is not None
        and look.seen is Seen.TEXT
        and None not in (look.text_digest, before.text_digest)
        and look.basis == before.basis
        and look.text_digest != before.text_digest
    )
    return _after(before, look, is_edit=is_edit)


def _after(before: Standing | None, look: Look, *, is_edit: bool) -> Standing:
    old = before or Standing(state=State.FAILING, since=look.at, last_at=look.at)
    not_found_at = _not_found_at(old, look)
    is_edited = old.is_edited or is_edit
    state = _state(old, look, not_found_at, is_edited=is_edited)
    target = look.target if look.seen is Seen.MOVED else None
    is_text = look.seen is Seen.TEXT and look.text_digest is not None
    since = (not_found_at or look.at) if state is State.GONE else look.at
    is_same = before is not None and (state, target) == (before.state, before.target)
    return Standing(
        state=state,
        since=old.since if is_same else since,
        last_at=look.at,
        text_digest=look.text_digest if is_text else old.text_digest,
        basis=look.basis if is_text else old.basis,
        is_edited=is_edited,
        target=target,
        not_found_at=not_found_at,
    )


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


_WALLS = frozenset({Verdict.LOGIN_WALL, Verdict.CONSENT_WALL, Verdict.CHALLENGE})
NOBODY_ASKED = frozenset(
    {
        FailureKind.ADDRESS_REFUSED,
        FailureKind.ROBOTS_DENIED,
        FailureKind.ROBOTS_UNREACHABLE,
        FailureKind.LEFT_ALONE,
        FailureKind.NOT_FOLLOWED,
        FailureKind.NOT_THE_WEB,
    }
)
"""Failures that say nothing of a page: its site was never asked for it."""


def seen_in(
    *,
    status: int | None,
    failure: FailureKind | None = None,
    verdict: Verdict | None = None,
    has_article: bool = False,
    is_partial: bool = False,
) -> Seen | None:
    """What an answer shows of an article that was asked for at its own address.

    `verdict` None is an answer that nobody read; `is_partial` is of the article that was found.
    A redirect is for the caller, who knows where it leads. None: it says nothing of the article,
    for nobody asked the site, or nobody has read the answer yet.
    """
    if failure is not None:
        return None if failure in NOBODY_ASKED else Seen.FAILURE
    if status == 410:
        return Seen.GONE
    if status == 404 or verdict is Verdict.GONE:
        return Seen.NOT_FOUND
    if verdict is None:
        return None if status is not None and status < 400 else Seen.FAILURE
    is_whole = has_article and not is_partial
    if verdict in _WALLS or (verdict is Verdict.PAYWALL and not is_whole):
        return Seen.WALL
    is_text = has_article and verdict in (Verdict.CONTENT, Verdict.PAYWALL)
    return Seen.TEXT if is_text else Seen.FAILURE
