"""YouTube's oEmbed: a film's title and channel. It has neither date nor description."""

import re
from collections.abc import Sequence

from archive import FactSource, PostAnswer, PostFacts, PostState
from crawler.platforms.dialects.oembed import OEmbed, oembed_url
from crawler.platforms.place import Finding, Place, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.youtube import naming

_HANDLE = re.compile(r"https?://www\.youtube\.com/(@[^/?#]{1,60})")
_LONGEST_WORD = 200
"""Refusals are a word or two of plain text; what is longer, or HTML, is a wall."""


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask | None:
    if naming.from_id(ref.post_id) is None:
        return None  # a text post has none
    return Ask(url=oembed_url("https://www.youtube.com/oembed", ref.url, format="json"))


def _read(_ref: PostRef, answered: Answered) -> Finding | None:
    reason = f"HTTP {answered.status} from oEmbed"
    match answered.status:
        case 200:
            return _found(answered)
        case 401:
            return Finding(state=PostState.EMBEDDING_DISABLED, reason=reason)
        case 403 if _is_word(answered):
            return Finding(state=PostState.PROTECTED, reason=f"{reason}: a private film")
        case 404:
            return Finding(state=PostState.NOT_FOUND, reason=reason)
        case _:
            return None


def _is_word(answered: Answered) -> bool:
    return len(answered.body) <= _LONGEST_WORD and b"<" not in answered.body


def _found(answered: Answered) -> Finding | None:
    given = OEmbed.read(answered)
    if given is None or given.title is None:
        # In 2020 it said so under status 200 for a while.
        if answered.body.strip() == b"Forbidden":
            return Finding(state=PostState.PROTECTED, reason="Forbidden, under HTTP 200")
        return None
    handle = _HANDLE.match(given.author_url or "")
    facts = PostFacts(
        author=given.author(handle[1].lstrip("@") if handle else None),
        title=given.title,
        media=given.film(),
    )
    return Finding(
        state=PostState.OK_PARTIAL,
        reason="title and channel alone",
        facts=sourced(facts, FactSource.API),
    )


rung = Place(name="oembed", grade=Grade.API, asking=_ask, reading=_read)
