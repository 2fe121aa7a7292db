"""Meta's oEmbed, which needs no token since June 2026, and whose content may not be kept.

It gives a snippet of HTML without the post's text, author or time: a sign of life, no more.
"""

from collections.abc import Sequence
from functools import partial

from archive import PostAnswer, PostState
from crawler.platforms.dialects.oembed import OEmbed, oembed_url
from crawler.platforms.json_tree import read_json
from crawler.platforms.place import Finding, Place
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade

WHY_OFF = "Meta's terms forbid keeping or analysing what this endpoint gives"


def meta_oembed(endpoint: str) -> Place:
    """The rung of one of Meta's oEmbed endpoints; off unless a setting turns it on."""
    return Place(
        name="oembed",
        grade=Grade.API,
        asking=partial(_ask, endpoint),
        reading=_read,
        why_off=WHY_OFF,
    )


def _ask(endpoint: str, ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=oembed_url(endpoint, ref.url, omitscript="true"))


def _read(_ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status == 200:
        given = OEmbed.read(answered)
        if given is None or given.html is None:
            return None
        return Finding(state=PostState.OK_PARTIAL, reason="it can be embedded: no more is told")
    tree = read_json(answered.body)
    said = tree["error"]["message"].text() if tree else None
    if said is None:
        return None
    # Private, age-restricted and inactive accounts are left out alike.
    return Finding(state=PostState.UNAVAILABLE, reason=f"HTTP {answered.status}: {said}")
