"""The versions of an edited status, as its own server tells them; public since Mastodon 3.5.

It tells nothing of the post that its status has not told: its answer is `not_asked`, of the post.
Source: docs.joinmastodon.org, methods/statuses, "View edit history of a status".
"""

from collections.abc import Sequence

from archive import PostAnswer, PostState
from crawler.platforms.dialects.mastodon_api import read_edits
from crawler.platforms.json_tree import Tree, read_json
from crawler.platforms.mastodon import status
from crawler.platforms.place import Finding, Place
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import ASK_ALSO, Answered, Ask, Grade

NAME = status.HISTORY


def _ask(ref: PostRef, before: Sequence[PostAnswer]) -> Ask | None:
    if not any(answer.learnt.get(ASK_ALSO) == NAME for answer in before):
        return None
    return Ask(url=f"{status.api_url(ref)}/history")


def _read(_ref: PostRef, answered: Answered) -> Finding:
    """A refusal too is no word on the post, which was shown: an older server, or its policy."""
    edits = read_json(answered.body) if answered.status == 200 else None
    history = tuple(read_edits(edits or Tree(None)))
    told = f"tells {len(history)} versions" if history else "tells no versions"
    return Finding(
        state=PostState.NOT_ASKED, reason=f"HTTP {answered.status}: {told}", history=history
    )


rung = Place(name=NAME, grade=Grade.API, asking=_ask, reading=_read)
