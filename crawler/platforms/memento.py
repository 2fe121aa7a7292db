"""Web archives through Memento (RFC 7089): a TimeGate, then the copy's bytes as they were kept.

The last rungs of any ladder, off unless an archive is configured, and graded apart: what they hold
is a third party's capture, of its own instant, and never mixed with what we captured.
"""

import datetime as dt
import email.utils
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urljoin

from archive import PostAnswer, PostState
from crawler.platforms.dialects.open_graph import read_open_graph
from crawler.platforms.json_tree import web_url
from crawler.platforms.page import PlatformPage
from crawler.platforms.place import Finding, Place, another_post, location
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import everyone
from crawler.platforms.rung import Answered, Ask, Grade, Rung

WHY_OFF = "no web archive is configured"

MEMENTO, MEMENTO_AT, ARCHIVE = "memento", "memento_at", "archive"
"""Keys of `learnt`: a copy's URL, the instant it is of (RFC 3339), the archive's name."""

_STAMP = re.compile(r"/([0-9]{14})(?:[a-z]{2}_)?/")

Asking = Callable[["WebArchive", PostRef, Sequence[PostAnswer]], Ask | None]
Reading = Callable[["WebArchive", PostRef, Answered], Finding | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebArchive:
    """One web archive, as it is configured."""

    name: str
    timegate: str
    """The URL that a page's own URL is put behind: `https://web.archive.org/web/`."""
    has_raw_replay: bool = True
    """Whether `id_` behind a copy's stamp gives the bytes as they were kept, as pywb and Wayback
    machines do."""

    def raw(self, memento: str) -> str:
        """The address of a copy's own bytes, without the archive's banner."""
        if not self.has_raw_replay:
            return memento
        return _STAMP.sub(r"/\1id_/", memento, count=1)


def archive_rungs(archive: WebArchive) -> tuple[Rung, Rung]:
    """The two rungs of one archive: its TimeGate, and the copy that this names."""

    def place(part: str, asking: Asking, reading: Reading) -> Place:
        return Place(
            name=f"{archive.name} {part}",
            grade=Grade.THIRD_PARTY_CAPTURE,
            asking=partial(asking, archive),
            reading=partial(reading, archive),
        )

    return (
        place("timegate", _ask_timegate, _read_timegate),
        place("copy", _ask_copy, _read_copy),
    )


def _ask_timegate(archive: WebArchive, ref: PostRef, before: Sequence[PostAnswer]) -> Ask | None:
    if any(answer.state.is_found for answer in before):
        return None
    return Ask(url=archive.timegate + ref.url, headers=_when(ref))


def _ask_copy(archive: WebArchive, _ref: PostRef, before: Sequence[PostAnswer]) -> Ask | None:
    for answer in before:
        if answer.learnt.get(ARCHIVE) == archive.name and MEMENTO in answer.learnt:
            return Ask(url=archive.raw(answer.learnt[MEMENTO]))
    return None


def _when(ref: PostRef) -> dict[str, str]:
    """`Accept-Datetime`, near the post's own instant, before it can have been edited or deleted.

    Where the id tells none a TimeGate names its newest copy (RFC 7089, section 4.5.3).
    """
    at = everyone().id_instant(ref)
    if at is None:
        return {}
    return {"Accept-Datetime": email.utils.format_datetime(at, usegmt=True)}


def _read_timegate(archive: WebArchive, _ref: PostRef, answered: Answered) -> Finding | None:
    """A redirect to the copy, or with 200 the copy itself, at its `Content-Location`."""
    if answered.status == 404:
        reason = f"{archive.name} has no copy"
        return Finding(state=PostState.NOT_FOUND, reason=reason, learnt={ARCHIVE: archive.name})
    target = named_copy(archive, answered)
    if target is None:
        return None
    return Finding(
        state=PostState.NOT_ASKED,
        reason=f"{archive.name} names a copy",
        learnt={ARCHIVE: archive.name, MEMENTO: target, **_instant(answered)},
    )


def named_copy(archive: WebArchive, answered: Answered) -> str | None:
    """The copy that a TimeGate's answer names; None where it names none.

    A TimeGate may only lead into its own archive.
    """
    target = location(answered) if 300 <= answered.status < 400 else None
    if answered.status == 200 and "memento-datetime" in answered.headers:
        target = urljoin(answered.url, answered.headers.get("content-location", answered.url))
    target = web_url(target or "")
    return target if target is not None and _is_within(archive.timegate, target) else None


def memento_at(answered: Answered) -> dt.datetime | None:
    """`Memento-Datetime`; None where there is none, or no date."""
    try:
        at = email.utils.parsedate_to_datetime(answered.headers.get("memento-datetime", ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)


def _named_instead(page: PlatformPage, ref: PostRef) -> str | None:
    """What a page says that it is, where that is another address than the post's."""
    url = page.meta("og:url")
    named = everyone().recognise(url) if url is not None else None
    return None if url is None or (named is not None and _is_same(named, ref)) else url


def _is_same(named: PostRef, ref: PostRef) -> bool:
    """Whether both are one post, as far as names tell: a DID and a handle may be of one author."""
    (author, _, number), (another, _, other) = (one.post_id.rpartition("/") for one in (named, ref))
    is_named_twice = author.startswith("did:") != another.startswith("did:")
    return named.key == ref.key or (
        named.platform == ref.platform and number == other and is_named_twice
    )


def _read_copy(archive: WebArchive, ref: PostRef, answered: Answered) -> Finding | None:
    """The copied page's own summary, with the instant that the archive states."""
    if answered.status != 200 or "memento-datetime" not in answered.headers:
        return None
    page = PlatformPage.read(answered)
    learnt = {ARCHIVE: archive.name, **_instant(answered)}
    if (named := _named_instead(page, ref)) is not None:
        # An archive was sent to a login or a front page too, and kept that.
        return replace(another_post(named), learnt=learnt)
    facts = read_open_graph(page)
    if facts is None:
        return Finding(
            state=PostState.PARSE_ERROR,
            reason=f"{archive.name}'s copy states no post",
            learnt=learnt,
        )
    reason = f"{archive.name}'s copy of {answered.headers['memento-datetime'][:40]}"
    return Finding(state=PostState.OK_PARTIAL, reason=reason, facts=facts, learnt=learnt)


def _is_within(timegate: str, url: str) -> bool:
    """Whether `url` is of the archive's host."""
    return url.split("/")[2:3] == timegate.split("/")[2:3]


def _instant(answered: Answered) -> dict[str, str]:
    """`Memento-Datetime` in RFC 3339; empty where there is none, or no date."""
    at = memento_at(answered)
    return {MEMENTO_AT: at.isoformat()} if at is not None else {}
