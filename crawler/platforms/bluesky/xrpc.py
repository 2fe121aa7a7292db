"""What all of Bluesky's rungs share: the public app view, its errors, an author's wish."""

from collections.abc import Sequence
from urllib.parse import quote

from archive import PostAnswer, PostState
from crawler.platforms.json_tree import Tree, read_json
from crawler.platforms.place import Finding
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import AUTHOR_WISH, Answered, Ask

HOST = "https://public.api.bsky.app"

DID = "did"
"""A key of `learnt`: the author's DID, which the handle was found to stand for."""

_LONGEST_DID = 2048
"""DID specification of the AT Protocol, "DID Syntax": a hard limit of 2 KB."""

UNSHOWN = "!no-unauthenticated"
"""The label of an author who asks not to be shown to those who are not logged in."""

_STATES = {
    "NotFound": PostState.NOT_FOUND,
    "AccountTakedown": PostState.SUSPENDED,
    "AccountSuspended": PostState.SUSPENDED,
    "AccountDeactivated": PostState.UNAVAILABLE,
}


def ask(method: str, **query: str) -> Ask:
    """A query of the AT Protocol."""
    parameters = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
    return Ask(url=f"{HOST}/xrpc/{method}?{parameters}")


def authority(ref: PostRef, before: Sequence[PostAnswer]) -> str:
    """The author's DID where it is known, else the handle."""
    named = ref.post_id.partition("/")[0]
    if named.startswith("did:"):
        return named
    return next((answer.learnt[DID] for answer in before if DID in answer.learnt), named)


def at_uri(ref: PostRef, before: Sequence[PostAnswer]) -> str:
    """The post's `at://` URI."""
    rkey = ref.post_id.partition("/")[2]
    return f"at://{authority(ref, before)}/app.bsky.feed.post/{rkey}"


def same_post(ref: PostRef, did: str) -> tuple[str, ...]:
    """The id of the post whose author's DID was learnt: the same rkey, by a name that stays."""
    rkey = ref.post_id.partition("/")[2]
    return (f"{did}/{rkey}",) if did.startswith("did:") and len(did) <= _LONGEST_DID else ()


def error(answered: Answered) -> Finding | None:
    """The state that an error names; None of any other answer."""
    if answered.status not in {400, 401, 403, 404}:
        return None
    tree = read_json(answered.body)
    said = tree["error"].text() if tree else None
    if tree is None or said is None:
        return None
    return Finding(
        state=_STATES.get(said, PostState.UNAVAILABLE),
        reason=f"{said}: {tree['message'].text() or ''}",
    )


def labels(tree: Tree) -> tuple[str, ...]:
    """The labels put on an author or a post, without those taken back."""
    return tuple(
        dict.fromkeys(
            label
            for item in tree["labels"]
            if not item["neg"].flag() and (label := item["val"].text())
        )
    )


def wish(author: Tree) -> dict[str, str]:
    """The author's wish not to be shown to strangers, as `learnt` holds it; empty without one."""
    return {AUTHOR_WISH: UNSHOWN} if UNSHOWN in labels(author) else {}
