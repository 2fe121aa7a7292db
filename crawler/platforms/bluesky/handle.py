"""A handle's DID, where the profile did not tell it."""

from collections.abc import Sequence

from archive import PostAnswer, PostState
from crawler.platforms.bluesky import xrpc
from crawler.platforms.json_tree import read_json
from crawler.platforms.place import Finding, Place
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade


def _ask(ref: PostRef, before: Sequence[PostAnswer]) -> Ask | None:
    named = xrpc.authority(ref, before)
    if named.startswith("did:"):
        return None
    return xrpc.ask("com.atproto.identity.resolveHandle", handle=named)


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return xrpc.error(answered)
    tree = read_json(answered.body)
    did = tree["did"].text() if tree else None
    if did is None:
        return None
    return Finding(
        state=PostState.NOT_ASKED,
        reason="the handle's DID alone",
        same_as=xrpc.same_post(ref, did),
        learnt={xrpc.DID: did},
    )


rung = Place(name="handle", grade=Grade.API, asking=_ask, reading=_read)
