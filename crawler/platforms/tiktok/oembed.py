"""TikTok's oEmbed: caption, author and a thumbnail whose address expires."""

import re
from collections.abc import Sequence

from archive import FactSource, PostAnswer, PostFacts, PostState
from crawler.platforms.dialects.oembed import OEmbed, oembed_url
from crawler.platforms.json_tree import read_json
from crawler.platforms.place import Finding, Place, another_post, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.tiktok import naming

_HASHTAG = re.compile(r"#(\w{1,100})")


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=oembed_url("https://www.tiktok.com/oembed", ref.url))


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status == 200:
        given = OEmbed.read(answered)
        if given is not None:
            return _found(ref, given)
    tree = read_json(answered.body)
    said = tree["message"].text() or tree["status_msg"].text() if tree else None
    if said is None:
        return None
    return Finding(state=PostState.UNAVAILABLE, reason=f"HTTP {answered.status}: {said}")


def _found(ref: PostRef, given: OEmbed) -> Finding:
    product = given.tree["embed_product_id"]
    if product.value not in (ref.post_id, None):
        return another_post(product.text() or "its id is no text")
    facts = PostFacts(
        author=given.author(given.tree["author_unique_id"].text()),
        text=given.title,
        posted_at=naming.id_instant(ref.post_id),
        hashtags=tuple(_HASHTAG.findall(given.title or "")[:100]),
        media=given.film(),
    )
    return Finding(
        state=PostState.OK_PARTIAL,
        reason="caption and author alone",
        facts=sourced(facts, FactSource.API, posted_at=FactSource.ID),
    )


rung = Place(name="oembed", grade=Grade.API, asking=_ask, reading=_read)
