"""The post's ActivityPub object, at its author's server."""

from collections.abc import Sequence
from dataclasses import replace

from archive import PostAnswer, PostState
from crawler.platforms.dialects.activitypub import ACCEPT, host_of, read_object
from crawler.platforms.json_tree import read_json
from crawler.platforms.mastodon.address import home, refer
from crawler.platforms.place import Finding, Place, another_post
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade


def _ask(ref: PostRef, before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=home(ref, before), headers={"Accept": ACCEPT})


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    found = read_object(answered, refer)
    note = read_json(answered.body) if found is not None else None
    named = refer((note["id"].url() if note else None) or "")
    if found is None or named is None or named.post_id == ref.post_id:
        return found
    origin = named.post_id.partition("/")[0]
    if origin == ref.post_id.partition("/")[0]:
        return another_post(named.post_id)
    # The number that was asked for is of a server that holds a copy of this post.
    found = replace(found, same_as=(named.post_id,))
    if found.state is PostState.OK and host_of(answered.url) != origin:
        return replace(found, state=PostState.OK_PARTIAL, reason="another server's copy")
    return found


rung = Place(name="activity", grade=Grade.API, asking=_ask, reading=_read)
