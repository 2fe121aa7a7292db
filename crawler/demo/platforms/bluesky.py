"""Bluesky: the public API, and a site that answers 200 to everything."""

import re
from typing import Any

from crawler.demo.asking import path_of, query_of
from crawler.demo.delivery import as_json, html, not_found, script
from crawler.demo.posts import BlueskyPost, Fate
from crawler.demo.server import Answer, Asked
from crawler.demo.uncited import every

_POSTS = every(BlueskyPost)
_BAD = "400 Bad Request"


def _api(asked: Asked) -> Answer:
    match path_of(asked):
        case "/xrpc/app.bsky.feed.getPostThread":
            return _thread(query_of(asked).get("uri", ""))
        case "/xrpc/app.bsky.feed.getPosts":
            uri = query_of(asked).get("uris", "")
            return as_json({"posts": [_view(post) for post in _shown() if post.uri == uri]})
        case "/xrpc/app.bsky.actor.getProfile":
            return _profile(query_of(asked).get("actor", ""))
        case "/xrpc/com.atproto.identity.resolveHandle":
            return _did(query_of(asked).get("handle", ""))
        case _:
            return not_found()


def _thread(uri: str) -> Answer:
    """A post without its neighbours; the authority may be the DID or the handle."""
    for post in _shown():
        if uri in {post.uri, post.uri.replace(post.did, post.handle)}:
            thread = {
                "$type": "app.bsky.feed.defs#threadViewPost",
                "post": _view(post),
                "replies": [],
            }
            return as_json({"thread": thread})
    return as_json({"error": "NotFound", "message": f"Post not found: {uri}"}, status=_BAD)


def _shown() -> list[BlueskyPost]:
    """The posts that are there. The interface shows those of a quiet author to anyone who asks."""
    return [post for post in _POSTS if post.fate is not Fate.DELETED]


def _profile(actor: str) -> Answer:
    for post in _POSTS:
        if actor in {post.did, post.handle}:
            return as_json(_author(post))
    return as_json({"error": "InvalidRequest", "message": "Profile not found"}, status=_BAD)


def _author(post: BlueskyPost) -> dict[str, Any]:
    """A quiet author's profile carries the label that asks not to be shown to strangers."""
    label = {"src": post.did, "uri": f"at://{post.did}/app.bsky.actor.profile/self"}
    return {
        "did": post.did,
        "handle": post.handle,
        "displayName": post.name,
        "labels": [{**label, "val": "!no-unauthenticated"}] if post.fate is Fate.PROTECTED else [],
        "createdAt": "2024-05-01T10:00:00.000Z",
    }


def _did(handle: str) -> Answer:
    for post in _POSTS:
        if post.handle == handle:
            return as_json({"did": post.did})
    return as_json({"error": "InvalidRequest", "message": "Unable to resolve handle"}, status=_BAD)


def _view(post: BlueskyPost) -> dict[str, Any]:
    at = f"{post.posted_at:%Y-%m-%dT%H:%M:%S}.{post.posted_at.microsecond // 1000:03}Z"
    return {
        "uri": post.uri,
        "cid": post.cid,
        "author": _author(post),
        "record": {
            "$type": "app.bsky.feed.post",
            "createdAt": at,
            "langs": [post.lang],
            "text": post.text,
            "facets": [_facet(post.text, found) for found in re.finditer(r"#(\w+)", post.text)],
        },
        "replyCount": 2,
        "repostCount": 5,
        "likeCount": 31,
        "quoteCount": 1,
        "bookmarkCount": 0,
        "indexedAt": at,
        "labels": [],
    }


def _facet(text: str, found: re.Match[str]) -> dict[str, Any]:
    """A hashtag's facet; offsets count bytes of the UTF-8 text."""
    return {
        "$type": "app.bsky.richtext.facet",
        "index": {
            "byteStart": len(text[: found.start()].encode()),
            "byteEnd": len(text[: found.end()].encode()),
        },
        "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": found[1]}],
    }


def _site(asked: Asked) -> Answer:
    if path_of(asked) == "/robots.txt":
        return not_found()
    return html("<title>Bluesky</title><body><p>JavaScript required.</p></body>\n")


def _scripts(asked: Asked) -> Answer:
    return script() if path_of(asked) == "/static/embed.js" else not_found()


HOSTS = {"public.api.bsky.app": _api, "bsky.app": _site, "embed.bsky.app": _scripts}
