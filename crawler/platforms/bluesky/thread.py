"""`getPostThread`, without the thread: one post of the public app view."""

from collections.abc import Sequence

from archive import PostAnswer, PostState
from crawler.platforms.bluesky import xrpc
from crawler.platforms.bluesky.post import read_post
from crawler.platforms.json_tree import read_json
from crawler.platforms.place import Finding, Place
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade


def _ask(ref: PostRef, before: Sequence[PostAnswer]) -> Ask:
    uri = xrpc.at_uri(ref, before)
    return xrpc.ask("app.bsky.feed.getPostThread", uri=uri, depth="0", parentHeight="0")


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return xrpc.error(answered)
    tree = read_json(answered.body)
    if tree is None:
        return None
    thread = tree["thread"]
    match (thread["$type"].text() or "").rpartition("#")[2]:
        case "threadViewPost":
            return read_post(ref, thread["post"])
        case "notFoundPost":
            return Finding(state=PostState.NOT_FOUND, reason="notFoundPost")
        case "blockedPost":
            return Finding(state=PostState.UNAVAILABLE, reason="blockedPost")
        case _:
            return None


rung = Place(name="thread", grade=Grade.API, asking=_ask, reading=_read)
