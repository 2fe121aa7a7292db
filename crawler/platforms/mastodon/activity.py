"""The post's ActivityPub object, at its author's server."""

from collections.abc import Sequence
from dataclasses import replace

from archive import PostAnswer
from crawler.platforms.dialects.activitypub import ACCEPT, read_object
from crawler.platforms.json_tree import read_json
from crawler.platforms.mastodon.address import home, refer
from crawler.platforms.place import Finding, Place, another_post
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade


def _ask(ref: PostRef, before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=home(ref, before), headers={"Accept": ACCEPT})


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    found = read_object(answered, refer)
    if found is None or found.facts is None:
        return found
    note = read_json(answered.body)
    named = refer((note["id"].url() if note else None) or "")
    if named is None or named.post_id == ref.post_id:
        return found
    if named.post_id.partition("/")[0] == ref.post_id.partition("/")[0]:
        return another_post(named.post_id)
    # The number that was asked for is of a server that holds a copy of this post.
    return replace(found, same_as=(named.post_id,))


rung = Place(name="activity", grade=Grade.API, asking=_ask, reading=_read)
