"""The author's profile, asked for first: an author may wish not to be shown to strangers.

It tells nothing of the post. Its answer is `not_asked`, of the post, and teaches the DID.
"""

from collections.abc import Sequence

from archive import PostAnswer, PostState
from crawler.platforms.bluesky import xrpc
from crawler.platforms.json_tree import read_json
from crawler.platforms.place import Finding, Place
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade


def _ask(ref: PostRef, before: Sequence[PostAnswer]) -> Ask:
    return xrpc.ask("app.bsky.actor.getProfile", actor=xrpc.authority(ref, before))


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return xrpc.error(answered)
    profile = read_json(answered.body)
    did = profile["did"].text() if profile else None
    if profile is None or did is None:
        return None
    wish = xrpc.wish(profile)
    return Finding(
        state=PostState.NOT_ASKED,
        reason=f"the author's label {xrpc.UNSHOWN}" if wish else "the author's profile alone",
        same_as=xrpc.same_post(ref, did),
        learnt={xrpc.DID: did, **wish},
    )


rung = Place(name="profile", grade=Grade.API, asking=_ask, reading=_read)
