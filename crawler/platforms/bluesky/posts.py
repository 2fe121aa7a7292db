"""`getPosts`, asked where the thread could not be had; a post that is not there is left out."""

from collections.abc import Sequence

from archive import PostAnswer, PostState
from crawler.platforms.bluesky import xrpc
from crawler.platforms.bluesky.post import read_post
from crawler.platforms.json_tree import read_json
from crawler.platforms.place import Finding, Place
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade


def _ask(ref: PostRef, before: Sequence[PostAnswer]) -> Ask | None:
    uri = xrpc.at_uri(ref, before)
    # This method takes DIDs alone.
    return xrpc.ask("app.bsky.feed.getPosts", uris=uri) if uri.startswith("at://did:") else None


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return xrpc.error(answered)
    tree = read_json(answered.body)
    if tree is None or not isinstance(tree["posts"].value, list):
        return None
    if not tree["posts"]:
        return Finding(state=PostState.NOT_FOUND, reason="left out of the answer")
    return read_post(ref, tree["posts"][0])


rung = Place(name="posts", grade=Grade.API, asking=_ask, reading=_read)
