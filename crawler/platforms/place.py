"""A rung made of two functions, and the signs of refusal that every host gives alike.

What a rung's own reading has a word for is that platform's business; this module holds what HTTP
says everywhere: busy, broken, forbidden, sent to a login.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from urllib.parse import urljoin, urlsplit

from archive import FactSource, PostAnswer, PostFacts, PostState
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade

_LONGEST_REASON = 300

# Where hosts send strangers: compared with the path of a redirect, or of the page one led to.
_LOGIN = re.compile(r"/(?:(?:accounts|auth|users|i/flow)/)?(?:login|sign_?in|checkpoint)(?:[/.]|$)")
_CHALLENGE = re.compile(r"/challenge(?:[/.]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one answer says, before it is known whose rung it was."""

    state: PostState
    reason: str | None = None
    facts: PostFacts | None = None
    history: tuple[PostFacts, ...] = ()
    same_as: tuple[str, ...] = ()
    learnt: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A `Rung`: one public place, how it is asked, how its answer is read."""

    name: str
    grade: Grade
    asking: Callable[[PostRef, Sequence[PostAnswer]], Ask | None]
    reading: Callable[[PostRef, Answered], Finding | None]
    """None where the answer is none of those that this place gives."""
    why_off: str | None = None

    def ask(self, ref: PostRef, before: Sequence[PostAnswer], /) -> Ask | None:
        """The request for `ref`; None where this place cannot be asked for it."""
        return self.asking(ref, before)

    def read(self, ref: PostRef, answered: Answered, /) -> PostAnswer:
        """What the answer says."""
        found = passing_fault(answered) or wall(answered) or self.reading(ref, answered)
        found = found or refusal(answered)
        return PostAnswer(
            platform=ref.platform,
            post_id=ref.post_id,
            url=ref.url,
            rung=self.name,
            grade=self.grade,
            state=found.state,
            reason=None if found.reason is None else found.reason[:_LONGEST_REASON],
            facts=found.facts,
            history=found.history,
            same_as=tuple(name for name in found.same_as if name != ref.post_id),
            learnt=found.learnt,
        )


def passing_fault(answered: Answered) -> Finding | None:
    """Busy, broken or cut off: what says nothing of the post."""
    status = answered.status
    if answered.headers.get("cf-mitigated") == "challenge":
        return Finding(state=PostState.BLOCKED_BOT, reason="a challenge (cf-mitigated)")
    if status == 429:
        wait = answered.headers.get("retry-after")
        return Finding(
            state=PostState.RATE_LIMITED,
            reason="HTTP 429" + (f", Retry-After: {wait}" if wait else ""),
        )
    if status >= 500 or status in {408, 425}:
        return Finding(state=PostState.TRANSIENT, reason=f"HTTP {status}")
    if not answered.is_whole:
        return Finding(state=PostState.TRANSIENT, reason="the answer was cut off")
    return None


def wall(answered: Answered) -> Finding | None:
    """A redirect to a login, a consent form or a challenge, or the page that one led to."""
    host, path = _place_reached(answered)
    if is_consent_form(answered):
        return Finding(state=PostState.LOGIN_WALL, reason=f"a consent form at {host}")
    if _LOGIN.match(path):
        return Finding(state=PostState.LOGIN_WALL, reason=f"a login at {host}")
    if _CHALLENGE.match(path):
        return Finding(state=PostState.BLOCKED_BOT, reason=f"a challenge at {host}")
    return None


def is_consent_form(answered: Answered) -> bool:
    """Whether the answer is a consent form, or leads to one: such stand at hosts of their own."""
    return _place_reached(answered)[0].startswith("consent.")


def _place_reached(answered: Answered) -> tuple[str, str]:
    """Host and path of a redirect's target, else of the answer itself; empty where broken."""
    is_redirect = 300 <= answered.status < 400
    try:
        parts = urlsplit((location(answered) if is_redirect else None) or answered.url)
    except ValueError:
        return "", ""
    return parts.hostname or "", parts.path


def location(answered: Answered) -> str | None:
    """The absolute target of a redirect; None where it names none."""
    value = answered.headers.get("location")
    if not value:
        return None
    try:
        return urljoin(answered.url, value)
    except ValueError:
        return None


def refusal(answered: Answered) -> Finding:
    """What is left to say of an answer that the rung has no word for."""
    status = answered.status
    reason = f"HTTP {status}"
    match status:
        case 401:
            state = PostState.LOGIN_WALL
        case 403:
            state = PostState.BLOCKED_BOT
        case 404 | 410:
            state = PostState.UNAVAILABLE
        case 451:
            # RFC 7725: kept back by law, which hosts obey country by country.
            state = PostState.GEO_BLOCKED
        case _ if 300 <= status < 400:
            state, reason = PostState.PARSE_ERROR, f"HTTP {status} to {location(answered)}"
        case _ if 400 <= status < 500:
            state = PostState.UNAVAILABLE
        case _:
            state, reason = PostState.PARSE_ERROR, "not an answer that this reader knows"
    return Finding(state=state, reason=reason)


def another_post(what: str | None) -> Finding:
    """The answer is about another post than the one that was asked for."""
    return Finding(state=PostState.PARSE_ERROR, reason=f"about another post: {what}")


def given(counts: Mapping[str, int | None]) -> dict[str, int]:
    """The counts that an answer gives; what it does not count is not 0."""
    return {name: count for name, count in counts.items() if count is not None}


_OTHER_FIELDS = frozenset({"sources"})


def sourced(facts: PostFacts, source: FactSource, **others: FactSource) -> PostFacts:
    """`facts` with a source for every field that is set: `source`, but for those of `others`."""
    empty = PostFacts()
    names = (
        one.name
        for one in fields(facts)
        if one.name not in _OTHER_FIELDS and getattr(facts, one.name) != getattr(empty, one.name)
    )
    return replace(facts, sources={name: others.get(name, source) for name in names})
