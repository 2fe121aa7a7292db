"""X's oEmbed: the snippet that publishers paste. Text and author alone, but the steadiest place."""

import re
from collections.abc import Sequence

from archive import FactSource, PostAnswer, PostFacts, PostState
from crawler.platforms.address import Address
from crawler.platforms.dialects.oembed import OEmbed, oembed_url
from crawler.platforms.json_tree import read_json
from crawler.platforms.page import attribute, read_fragment, text_of
from crawler.platforms.place import Finding, Place, another_post, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.x import naming

_HANDLE = re.compile(r"https?://(?:www\.)?(?:x|twitter)\.com/([A-Za-z0-9_]{1,15})/?")
_HASHTAG = re.compile(r"/hashtag/")


def _ask(ref: PostRef, before: Sequence[PostAnswer]) -> Ask | None:
    if any(answer.state.is_found for answer in before):
        return None  # the snippet has nothing that the syndication endpoint has not
    return Ask(
        url=oembed_url(
            "https://publish.x.com/oembed",
            ref.url,
            omit_script="1",
            dnt="true",
            hide_thread="true",
            lang="en",
        )
    )


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    match answered.status:
        case 200:
            return _found(ref, answered)
        case 404:
            return Finding(state=PostState.NOT_FOUND, reason="HTTP 404 from oEmbed")
        case 403:
            return _forbidden(answered)
        case _:
            return None


def _forbidden(answered: Answered) -> Finding | None:
    """JSON with an `error` is the platform's word on the post; anything else is a bot wall."""
    tree = read_json(answered.body)
    said = tree["error"].text() if tree else None
    if said is None:
        return None
    # A protected and a suspended account get the same words.
    return Finding(state=PostState.UNAVAILABLE, reason=f"HTTP 403: {said}")


def _found(ref: PostRef, answered: Answered) -> Finding | None:
    given = OEmbed.read(answered)
    if given is None or given.html is None:
        return None
    address = Address.parse(given.url or "")
    named = naming.recognise(address) if address else None
    if named is None or named.post_id != ref.post_id:
        return another_post(given.url)
    snippet = read_fragment(given.html)
    paragraph = snippet.first("blockquote p")
    handle = _HANDLE.fullmatch(given.author_url or "")
    links = [
        (href, text_of(link) or "")
        for link in snippet.all("blockquote p a")
        if (href := attribute(link, "href"))
    ]
    facts = PostFacts(
        author=given.author(handle[1] if handle else None),
        text=text_of(paragraph),
        language=attribute(paragraph, "lang"),
        posted_at=naming.id_instant(ref.post_id),
        hashtags=tuple(text[1:] for href, text in links if _HASHTAG.search(href) and text[1:]),
        mentions=tuple(text[1:] for _, text in links if text.startswith("@") and text[1:]),
    )
    return Finding(
        state=PostState.OK_PARTIAL,
        reason="a snippet: short links, no media, no counts",
        facts=sourced(facts, FactSource.API, posted_at=FactSource.ID),
    )


rung = Place(name="oembed", grade=Grade.API, asking=_ask, reading=_read)
