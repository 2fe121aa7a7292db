"""Mastodon servers, one of them in secure mode: API, embed frame, and the note of a permalink."""

import datetime as dt
import json
import re
from dataclasses import replace
from html import escape
from typing import Any

from crawler.demo.asking import path_of
from crawler.demo.delivery import PLAIN, as_json, html, not_found, script
from crawler.demo.posts import Fate, MastodonPost
from crawler.demo.server import Answer, Asked
from crawler.demo.uncited import every

_POSTS = {(post.host, post.post_id): post for post in every(MastodonPost)}
_STATUS = re.compile(
    r"(?P<api>/api/v1/statuses/|/@\w+/|/users/\w+/statuses/)(?P<id>\d+)(?P<under>/embed|/history)?"
)
_ACTIVITY = "application/activity+json"
_PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def _server(asked: Asked) -> Answer:
    path = path_of(asked)
    found = _STATUS.fullmatch(path)
    if not found:
        return script() if path == "/embed.js" else not_found()
    return _post_at(asked, found)


def _post_at(asked: Asked, found: re.Match[str]) -> Answer:
    post = _POSTS.get((asked.host, found["id"]))
    if post is None:
        return as_json({"error": "Record not found"}, status="404 Not Found")
    is_api = found["api"].startswith("/api/")
    wants_activity = _ACTIVITY in asked.headers.get("accept", "")
    if post.fate is Fate.DELETED:
        return _deleted(post, wants_activity=wants_activity)
    if not is_api and not wants_activity:
        return _page(post)
    if post.fate is Fate.PROTECTED:
        said = "This API requires an authenticated user" if is_api else "Request not signed"
        return as_json({"error": said}, status="401 Unauthorized")
    if is_api:
        return as_json(_history(post) if found["under"] == "/history" else _status(post))
    return PLAIN.send(_note(post), content_type=f"{_ACTIVITY}; charset=utf-8")


def _page(post: MastodonPost) -> Answer:
    """The permalink, and the frame of an embed."""
    return html(
        f"<title>{escape(post.name)}: {escape(post.text)}</title>"
        '<meta property="og:type" content="article">'
        f'<meta property="og:title" content="{escape(post.name)} (@{post.user}@{post.host})">'
        f'<meta property="og:published_time" content="{_at(post)}">'
        f'<meta property="og:description" content="{escape(post.text)}">'
        f"<div id='mastodon'>{_content(post)}</div>\n"
    )


def _deleted(post: MastodonPost, *, wants_activity: bool) -> Answer:
    """404 as of a post that never was; only ActivityPub tells that there was one."""
    if not wants_activity:
        return as_json({"error": "Record not found"}, status="404 Not Found")
    tomb = {"@context": "https://www.w3.org/ns/activitystreams", "id": post.uri}
    body = json.dumps({**tomb, "type": "Tombstone"}).encode()
    return PLAIN.send(body, content_type=f"{_ACTIVITY}; charset=utf-8", status="410 Gone")


def _at(post: MastodonPost) -> str:
    return _millis(post.posted_at)


def _millis(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


def _history(post: MastodonPost) -> list[dict[str, Any]]:
    """Every version, the first and today's among them."""
    edits = [(post.text, post.posted_at)]
    if post.edited_at is not None:
        edits = [(post.text_before, post.posted_at), (post.text, post.edited_at)]
    return [
        {
            "content": _content(replace(post, text=text)),
            "spoiler_text": "",
            "sensitive": False,
            "created_at": _millis(at),
            "account": _status(post)["account"],
            "poll": None,
            "media_attachments": [],
            "emojis": [],
        }
        for text, at in edits
    ]


def _content(post: MastodonPost) -> str:
    tagged = re.sub(
        r"#(\w+)",
        rf'<a href="https://{post.host}/tags/\1" class="mention hashtag" rel="tag">'
        r"#<span>\1</span></a>",
        escape(post.text, quote=False),
    )
    return f"<p>{tagged}</p>"


def _status(post: MastodonPost) -> dict[str, Any]:
    home = f"https://{post.host}"
    return {
        "id": post.post_id,
        "created_at": _at(post),
        "edited_at": _millis(post.edited_at) if post.edited_at else None,
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": post.lang,
        "uri": post.uri,
        "url": post.url,
        "replies_count": 1,
        "reblogs_count": 4,
        "favourites_count": 12,
        "quotes_count": 0,
        "content": _content(post),
        "reblog": None,
        "account": {
            "id": post.user_id,
            "username": post.user,
            "acct": post.user,
            "display_name": post.name,
            "locked": False,
            "bot": False,
            "group": False,
            "created_at": "2022-11-01T00:00:00.000Z",
            "url": f"{home}/@{post.user}",
            "uri": f"{home}/users/{post.user}",
        },
        "media_attachments": [],
        "mentions": [],
        "tags": [
            {"name": tag.lower(), "url": f"{home}/tags/{tag}"}
            for tag in re.findall(r"#(\w+)", post.text)
        ],
        "emojis": [],
        "card": None,
        "poll": None,
    }


def _note(post: MastodonPost) -> bytes:
    value = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": post.uri,
        "type": "Note",
        "attributedTo": f"https://{post.host}/users/{post.user}",
        "url": post.url,
        "published": f"{post.posted_at:%Y-%m-%dT%H:%M:%SZ}",
        "to": [_PUBLIC],
        "content": _content(post),
        "contentMap": {post.lang: _content(post)},
        "sensitive": False,
        "attachment": [],
        "tag": [],
    }
    return json.dumps(value, ensure_ascii=False).encode()


HOSTS = dict.fromkeys(sorted({host for host, _ in _POSTS}), _server)
