"""Reddit's oEmbed, all that is left to strangers since `.json` was closed in May 2026."""

from collections.abc import Sequence

from archive import FactSource, PostAnswer, PostFacts, PostState
from crawler.platforms.dialects.oembed import OEmbed, oembed_url
from crawler.platforms.json_tree import read_json
from crawler.platforms.place import Finding, Place, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade

# The `reason` that a community's closed door gives.
_STATES = {
    "private": PostState.PROTECTED,
    "quarantined": PostState.WITHHELD_LOGIN,
    "banned": PostState.SUSPENDED,
}


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=oembed_url("https://www.reddit.com/oembed", ref.url))


def _read(_ref: PostRef, answered: Answered) -> Finding | None:
    tree = read_json(answered.body)
    reason = tree["reason"].text() if tree else None
    if reason is not None:
        state = _STATES.get(reason, PostState.UNAVAILABLE)
        return Finding(state=state, reason=f"HTTP {answered.status}: {reason}")
    given = OEmbed.read(answered) if answered.status == 200 else None
    if given is None or given.title is None:
        return None
    handle = given.author_name
    facts = PostFacts(author=given.author(handle), title=given.title)
    return Finding(
        state=PostState.OK_PARTIAL,
        reason="title and author alone",
        facts=sourced(facts, FactSource.API),
    )


rung = Place(name="oembed", grade=Grade.API, asking=_ask, reading=_read)
