"""X: permalinks, the syndication endpoint, oEmbed, t.co and the picture hosts."""

import datetime as dt
import json
import re
from html import escape
from typing import Any
from urllib.parse import urlsplit

from crawler.demo.asking import path_of, query_of
from crawler.demo.delivery import PLAIN, as_json, html, not_found, plain, redirect, script
from crawler.demo.embeds import embed
from crawler.demo.picture import landscape
from crawler.demo.posts import SHORT_LINKS, Fate, XPost
from crawler.demo.server import Answer, Asked
from crawler.demo.uncited import every
from crawler.platforms.x.token import token

_POSTS = {post.post_id: post for post in every(XPost)}
_PICTURES = {post.picture: post for post in _POSTS.values() if post.picture}
_STATUS = re.compile(r"/\w+/status/(\d+)(/photo/\d)?")

_SHELL = (
    '<!DOCTYPE html><html dir="ltr" lang="en"><head><meta charset="utf-8"><title>X</title></head>'
    '<body><div id="react-root"></div><noscript><h1>JavaScript is not available.</h1></noscript>'
    "</body></html>\n"
)
_TOMBSTONES = {
    Fate.DELETED: "This Post was deleted by the Post author. Learn more",
    Fate.PROTECTED: "You’re unable to view this Post because this account owner limits who can "
    "view their Posts. Learn more",
}
_LONGEST = 280
"""What the syndication endpoint gives of a long post's text."""


def _site(asked: Asked) -> Answer:
    """x.com: a shell that needs a script, whatever is asked for."""
    path = path_of(asked)
    if path == "/robots.txt":
        return plain("User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nAllow: /\n")
    return html(_SHELL)


def _old_site(asked: Asked) -> Answer:
    return redirect(f"https://x.com{asked.path}")


def _scripts(asked: Asked) -> Answer:
    return script() if path_of(asked) == "/widgets.js" else not_found()


def _syndication(asked: Asked) -> Answer:
    if path_of(asked) != "/tweet-result":
        return not_found()
    query = query_of(asked)
    post_id = query.get("id", "")
    if not post_id.isdigit() or query.get("token") != token(post_id):
        return as_json({})
    post = _POSTS.get(post_id)
    if post is None or post.fate is Fate.UNKNOWN:
        return html("<h1>Not Found</h1>\n", status="404 Not Found")
    return _told(post, asked)


def _told(post: XPost, asked: Asked) -> Answer:
    if post.fate is Fate.BUSY_ONCE and asked.count == 1:
        return plain("", status="429 Too Many Requests", headers=(("Retry-After", "1"),))
    if said := _TOMBSTONES.get(post.fate):
        text = {"text": said, "rtl": False, "entities": []}
        return as_json({"__typename": "TweetTombstone", "tombstone": {"text": text}})
    if post.fate is Fate.WITHHELD:
        return as_json({"__typename": "TweetTombstone", "tombstone": {}})
    return as_json(tweet(post))


def tweet(post: XPost) -> dict[str, Any]:
    """The syndication endpoint's JSON: indices count code points of the escaped text."""
    text = escape(post.text, quote=False)
    user = {
        "id_str": post.user_id,
        "name": post.name,
        "screen_name": post.handle,
        "profile_image_url_https": f"https://pbs.twimg.com/profile_images/{post.user_id}_normal.jpg",
        "profile_image_shape": "Circle",
        "verified": False,
        "is_blue_verified": False,
    }
    value: dict[str, Any] = {
        "__typename": "Tweet",
        "lang": post.lang,
        "favorite_count": 41,
        "possibly_sensitive": False,
        "created_at": f"{post.posted_at:%Y-%m-%dT%H:%M:%S}.000Z",
        "display_text_range": [0, len(text)],
        "entities": _entities(post, text),
        "id_str": post.post_id,
        "text": text,
        "user": user,
        "edit_control": {
            "edit_tweet_ids": [post.post_id],
            "editable_until_msecs": str(_ms(post.posted_at + dt.timedelta(hours=1))),
            "is_edit_eligible": True,
            "edits_remaining": "5",
        },
        "conversation_count": 9,
        "news_action_type": "conversation",
        "isEdited": False,
        "isStaleEdit": False,
    }
    if post.picture:
        value["display_text_range"] = [0, text.index(f"https://t.co/{post.picture}") - 1]
        value["mediaDetails"] = [_media(post, text)]
        value["photos"] = [
            {
                "url": f"https://pbs.twimg.com/media/{post.picture}.png",
                "expandedUrl": f"https://x.com{post.path}/photo/1",
                "width": 640,
                "height": 360,
            }
        ]
    if post.fate is Fate.SUSPENDED:
        del value["user"]
    if len(text) > _LONGEST:
        value["note_tweet"] = {"id": f"Tm90ZVR3ZWV0OjE{post.post_id}"}
        value["text"] = text[:_LONGEST]
        value["display_text_range"] = [0, _LONGEST]
    return value


def _entities(post: XPost, text: str) -> dict[str, Any]:
    links = [
        {
            "display_url": urlsplit(SHORT_LINKS[key]).netloc + "/…",
            "expanded_url": SHORT_LINKS[key],
            "indices": [found.start(), found.end()],
            "url": found[0],
        }
        for found in re.finditer(r"https://t\.co/(\w+)", text)
        if (key := found[1]) != post.picture
    ]
    names = {other.handle: other for other in _POSTS.values()}
    entities: dict[str, Any] = {
        "hashtags": [
            {"indices": [found.start(), found.end()], "text": found[1]}
            for found in re.finditer(r"#(\w+)", text)
        ],
        "urls": links,
        "user_mentions": [
            {
                "id_str": names[found[1]].user_id,
                "indices": [found.start(), found.end()],
                "name": names[found[1]].name,
                "screen_name": found[1],
            }
            for found in re.finditer(r"@(\w+)", text)
        ],
        "symbols": [],
    }
    if post.picture:
        media = _media(post, text)
        named = ("display_url", "expanded_url", "indices", "url")
        entities["media"] = [{name: media[name] for name in named}]
    return entities


def _media(post: XPost, text: str) -> dict[str, Any]:
    url = f"https://t.co/{post.picture}"
    start = text.index(url)
    return {
        "type": "photo",
        "display_url": f"pic.x.com/{post.picture}",
        "expanded_url": f"https://x.com{post.path}/photo/1",
        "ext_alt_text": post.alt,
        "ext_media_availability": {"status": "Available"},
        "indices": [start, start + len(url)],
        "media_url_https": f"https://pbs.twimg.com/media/{post.picture}.png",
        "original_info": {"height": 360, "width": 640, "focus_rects": []},
        "sizes": {"large": {"h": 360, "resize": "fit", "w": 640}},
        "url": url,
    }


_GUEST = "1987654321098765432"
"""The token of every guest."""
_REASONS = {Fate.WITHHELD: "NsfwLoggedOut", Fate.PROTECTED: "Protected"}


def _guest(asked: Asked) -> Answer:
    """api.x.com, as a guest meets it: a token for the asking, then a post for the token."""
    if not asked.headers.get("authorization", "").startswith("Bearer "):
        return as_json({"errors": [{"message": "Bad Authentication data"}]}, status="403 Forbidden")
    if path_of(asked) == "/1.1/guest/activate.json" and asked.method == "POST":
        return as_json({"guest_token": _GUEST})
    if not path_of(asked).endswith("/TweetResultByRestId"):
        return not_found()
    if asked.headers.get("x-guest-token") != _GUEST:
        return as_json({"errors": [{"message": "Bad guest token"}]}, status="403 Forbidden")
    post_id = json.loads(query_of(asked)["variables"])["tweetId"]
    return as_json({"data": {"tweetResult": _for_guests(_POSTS.get(post_id))}})


def _for_guests(post: XPost | None) -> dict[str, Any]:
    if post is None or post.fate is Fate.UNKNOWN:
        return {}
    if reason := _REASONS.get(post.fate):
        return {"result": {"__typename": "TweetUnavailable", "reason": reason}}
    if said := _TOMBSTONES.get(post.fate):
        tomb = {"text": {"text": said}}
        return {"result": {"__typename": "TweetTombstone", "tombstone": tomb}}
    return {"result": guest_tweet(post)}


def guest_tweet(post: XPost) -> dict[str, Any]:
    """The GraphQL interface's JSON: a long post whole, and more counts."""
    told = tweet(post)
    value: dict[str, Any] = {
        "__typename": "Tweet",
        "rest_id": post.post_id,
        "core": {
            "user_results": {
                "result": {
                    "__typename": "User",
                    "rest_id": post.user_id,
                    "core": {"screen_name": post.handle, "name": post.name},
                }
            }
        },
        "edit_control": told["edit_control"],
        "views": {"count": "5120", "state": "EnabledWithCount"},
        "legacy": {
            "created_at": f"{post.posted_at:%a %b %d %H:%M:%S +0000 %Y}",
            "full_text": told["text"],
            **{
                name: told[name]
                for name in ("lang", "entities", "display_text_range", "possibly_sensitive")
            },
            "extended_entities": {"media": told.get("mediaDetails", [])},
            "favorite_count": 41,
            "reply_count": 9,
            "retweet_count": 6,
            "quote_count": 2,
            "bookmark_count": 1,
        },
    }
    if "note_tweet" in told:
        whole = {"text": escape(post.text, quote=False), "entity_set": told["entities"]}
        value["note_tweet"] = {"note_tweet_results": {"result": whole}}
    return value


def _oembed(asked: Asked) -> Answer:
    if path_of(asked) != "/oembed":
        return not_found()
    found = _STATUS.match(urlsplit(query_of(asked).get("url", "")).path)
    post = _POSTS.get(found[1]) if found else None
    if post is not None and post.fate in {Fate.PROTECTED, Fate.SUSPENDED}:
        said = {"error": "Sorry, you are not authorized to see this status."}
        return as_json(said, status="403 Forbidden")
    if post is None or post.fate not in {Fate.THERE, Fate.BUSY_ONCE}:
        return html("<h1>Not Found</h1>\n", status="404 Not Found")
    return as_json(
        {
            "url": f"https://x.com{post.path}",
            "author_name": post.name,
            "author_url": f"https://x.com/{post.handle}",
            "html": embed(post, language="en", is_old=False).partition("\n")[0],
            "width": 550,
            "height": None,
            "type": "rich",
            "cache_age": "3153600000",
            "provider_name": "X",
            "provider_url": "https://x.com",
            "version": "1.0",
        }
    )


def _short(asked: Asked) -> Answer:
    """t.co: a plain 301 for programs, a page that refreshes for browsers."""
    key = path_of(asked)[1:]
    if key in _PICTURES:
        target = f"https://x.com{_PICTURES[key].path}/photo/1"
    elif key in SHORT_LINKS:
        target = SHORT_LINKS[key]
    else:
        return not_found()
    if asked.headers.get("user-agent", "").startswith("Mozilla/"):
        shown = escape(target)
        refresh = f'<META http-equiv="refresh" content="0;URL={shown}">'
        return html(
            f"<head><noscript>{refresh}</noscript><title>{shown}</title></head>"
            f"<script>window.opener = null; location.replace({target!r})</script>\n"
        )
    return redirect(target)


def _picture_link(asked: Asked) -> Answer:
    """pic.x.com: a key of t.co under another name."""
    return redirect(f"https://t.co{asked.path}") if path_of(asked)[1:] in _PICTURES else not_found()


def _pictures(asked: Asked) -> Answer:
    key = path_of(asked).removeprefix("/media/").removesuffix(".png")
    if key not in _PICTURES:
        return not_found()
    return PLAIN.send(landscape(key), content_type="image/png")


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


HOSTS = {
    "x.com": _site,
    "twitter.com": _old_site,
    "platform.x.com": _scripts,
    "platform.twitter.com": _scripts,
    "cdn.syndication.twimg.com": _syndication,
    "api.x.com": _guest,
    "publish.x.com": _oembed,
    "publish.twitter.com": lambda asked: redirect(f"https://publish.x.com{asked.path}"),
    "pbs.twimg.com": _pictures,
    "t.co": _short,
    "pic.x.com": _picture_link,
    "pic.twitter.com": _picture_link,
}
