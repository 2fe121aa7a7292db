"""X's syndication endpoint: the JSON that its embeds are made of.

Undocumented. Answers for today's posts are full but for the text of long ones, which is cut.
"""

import html
import re
from collections.abc import Mapping, Sequence

from archive import FactSource, PostAnswer, PostAuthor, PostFacts, PostMedia, PostPointer, PostState
from crawler.platforms.json_tree import Tree, clean_text, read_json
from crawler.platforms.place import Finding, Place, another_post, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.x import naming
from crawler.platforms.x.token import token

_SHORT = re.compile(r"https?://t\.co/\w{1,20}")
_NO_LANGUAGE = re.compile(r"und|zxx|art|q[a-z]{2}")
_MOST_LINKS = 200
"""Expanded in a text: a short one must not grow without bound."""
_MEDIA_TYPES = {"photo": "image", "video": "video", "animated_gif": "animation"}

# What a tombstone says, in the English that is asked for, to the state that it makes.
_TOMBSTONES = (
    ("deleted by the", PostState.DELETED),
    ("limits who can view", PostState.PROTECTED),
    ("suspended account", PostState.SUSPENDED),
    ("age-restricted", PostState.WITHHELD_LOGIN),
)


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    url = "https://cdn.syndication.twimg.com/tweet-result"
    return Ask(url=f"{url}?id={ref.post_id}&lang=en&token={token(ref.post_id)}")


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status == 404:
        reason = "HTTP 404: no such post, or one that is kept from strangers"
        return Finding(state=PostState.UNAVAILABLE, reason=reason)
    if answered.status != 200:
        return None
    tweet = read_json(answered.body or b"{}")
    if tweet is None or not tweet.is_object:
        return None
    kind = tweet["__typename"].text()
    if kind == "TweetTombstone":
        return _tombstone(tweet)
    if kind == "Tweet":
        return _found(ref, tweet)
    reason = "an empty answer: a refused token, or no such post"
    return None if tweet else Finding(state=PostState.UNAVAILABLE, reason=reason)


def _tombstone(tweet: Tree) -> Finding:
    said = tweet["tombstone"]["text"]["text"].text()
    if said is None:
        reason = "a tombstone without words: kept from strangers"
        return Finding(state=PostState.WITHHELD_LOGIN, reason=reason)
    words = said.lower()
    state = next((state for sign, state in _TOMBSTONES if sign in words), PostState.UNAVAILABLE)
    return Finding(state=state, reason=f"tombstone: {said}")


def _found(ref: PostRef, tweet: Tree) -> Finding:
    post_id = tweet["id_str"].text()
    edits = tweet["edit_control"]["edit_tweet_ids"].words()
    if ref.post_id not in {post_id, *edits}:
        return another_post(post_id)
    facts = _facts(tweet, edits)
    same_as = tuple(dict.fromkeys((post_id or "", *edits)))
    if facts.author is None:
        reason = "the post without its author: a suspended account"
        return Finding(state=PostState.SUSPENDED, reason=reason, facts=facts, same_as=same_as)
    if facts.is_text_truncated:
        reason = "a long post, cut by the source"
        return Finding(state=PostState.OK_PARTIAL, reason=reason, facts=facts, same_as=same_as)
    return Finding(state=PostState.OK, facts=facts, same_as=same_as)


def _facts(tweet: Tree, edits: tuple[str, ...]) -> PostFacts:
    entities = tweet["entities"]
    metrics = {
        "likes": tweet["favorite_count"].number(),
        "replies": tweet["conversation_count"].number(),
    }
    language = tweet["lang"].text()
    return sourced(
        PostFacts(
            author=_author(tweet["user"]),
            text=_text(tweet),
            is_text_truncated=bool(tweet["note_tweet"]),
            language=None if language and _NO_LANGUAGE.fullmatch(language) else language,
            posted_at=tweet["created_at"].instant(),
            is_edited=tweet["isEdited"].flag(),
            revision=edits[-1] if edits else None,
            hashtags=tuple(tag for item in entities["hashtags"] if (tag := item["text"].text())),
            mentions=tuple(
                name for item in entities["user_mentions"] if (name := item["screen_name"].text())
            ),
            links=tuple(url for item in entities["urls"] if (url := item["expanded_url"].url())),
            media=tuple(_media(item, tweet) for item in tweet["mediaDetails"]),
            pointers=_pointers(tweet),
            metrics={name: count for name, count in metrics.items() if count is not None},
            is_sensitive=tweet["possibly_sensitive"].flag(),
        ),
        FactSource.API,
    )


def _author(user: Tree) -> PostAuthor | None:
    handle = user["screen_name"].text()
    if not user or handle is None:
        return None
    return PostAuthor(
        id=user["id_str"].text(),
        handle=handle,
        name=user["name"].text(),
        url=f"https://x.com/{handle}",
    )


def _text(tweet: Tree) -> str | None:
    """The text, unescaped, its links expanded, without the link to its own media at its end.

    `display_text_range` counts code points of the escaped text.
    """
    text = tweet["text"].text()
    if text is None:
        return None
    end = tweet["display_text_range"][1].number()
    if end is not None and not tweet["note_tweet"]:
        text = text[:end]
    targets: Mapping[str, str] = {
        short: long
        for item in tweet["entities"]["urls"]
        if (short := item["url"].text()) and (long := item["expanded_url"].url())
    }
    # A target is put in unescaped, so the text around it is unescaped first.
    text = html.unescape(text)
    text = _SHORT.sub(lambda found: targets.get(found[0], found[0]), text, count=_MOST_LINKS)
    return clean_text(text).strip() or None


def _media(item: Tree, tweet: Tree) -> PostMedia:
    picture = item["media_url_https"].url()
    kind = _MEDIA_TYPES.get(item["type"].text() or "", "document")
    is_film = kind != "image"
    milliseconds = item["video_info"]["duration_millis"].number()
    return PostMedia(
        type=kind,
        url=_best_film(item) if is_film else picture and f"{picture}?name=orig",
        preview_url=picture,
        width=item["original_info"]["width"].number(),
        height=item["original_info"]["height"].number(),
        alt=item["ext_alt_text"].text(),
        duration_s=None if milliseconds is None else milliseconds / 1000,
        is_sensitive=bool(tweet["possibly_sensitive"].flag()),
    )


def _best_film(item: Tree) -> str | None:
    """The MP4 of the highest bit rate; a stream's play list has none."""
    films = [
        (variant["bitrate"].number() or 0, url)
        for variant in item["video_info"]["variants"]
        if variant["content_type"].text() == "video/mp4" and (url := variant["url"].url())
    ]
    return max(films)[1] if films else None


def _pointers(tweet: Tree) -> tuple[PostPointer, ...]:
    named = (
        ("reply_to", tweet["in_reply_to_status_id_str"].text()),
        ("quoted", tweet["quoted_tweet"]["id_str"].text()),
    )
    return tuple(
        PostPointer(relation=relation, platform=ref.platform, post_id=ref.post_id, url=ref.url)
        for relation, post_id in named
        if post_id and (ref := naming.from_id(post_id))
    )


rung = Place(name="tweet-result", grade=Grade.EMBED, asking=_ask, reading=_read)
