"""A tweet as X's own places give it, in the shape of the syndication endpoint; its tombstones."""

import datetime as dt
import email.utils
import html
import re
from collections.abc import Mapping

from archive import (
    FactSource,
    PollOption,
    PostAuthor,
    PostFacts,
    PostMedia,
    PostPointer,
    PostPoll,
    PostState,
)
from crawler.platforms.json_tree import Tree, clean_text, instant
from crawler.platforms.place import Finding, given, sourced
from crawler.platforms.x import naming

_SHORT = re.compile(r"https?://t\.co/\w{1,20}")
_NO_LANGUAGE = re.compile(r"und|zxx|art|q[a-z]{2}")
_POLL = re.compile(r"(?:[0-9]+:)?poll([2-9])choice_")
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


def read_tombstone(tweet: Tree) -> Finding:
    """The state that a tombstone's words make."""
    tombstone = tweet["tombstone"]
    said = tombstone["text"]["text"].text()
    if said is None and tombstone:
        reason = "a tombstone of a form that this reader does not know"
        return Finding(state=PostState.PARSE_ERROR, reason=reason)
    if said is None:
        reason = "a tombstone without words: kept from strangers"
        return Finding(state=PostState.WITHHELD_LOGIN, reason=reason)
    words = said.lower()
    state = next((state for sign, state in _TOMBSTONES if sign in words), PostState.UNAVAILABLE)
    return Finding(state=state, reason=f"tombstone: {said}")


def read_tweet(tweet: Tree) -> PostFacts:
    """What a tweet tells; without an author where it names none."""
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
            revision=_revision(tweet),
            hashtags=tuple(tag for item in entities["hashtags"] if (tag := item["text"].text())),
            mentions=tuple(
                name for item in entities["user_mentions"] if (name := item["screen_name"].text())
            ),
            links=tuple(url for item in entities["urls"] if (url := item["expanded_url"].url())),
            media=tuple(_media(item, tweet) for item in tweet["mediaDetails"]),
            pointers=_pointers(tweet),
            poll=_poll(tweet["card"]),
            metrics=given(metrics),
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
        ref.as_pointer(relation)
        for relation, post_id in named
        if post_id and (ref := naming.from_id(post_id))
    )


def _poll(card: Tree) -> PostPoll | None:
    """The poll that a card draws: its answers are numbered, with a picture or film or without."""
    named = _POLL.match(card["name"].text() or "")
    if named is None:
        return None
    values = card["binding_values"]

    def said(name: str) -> str | None:
        return values[name]["string_value"].text()

    options = tuple(
        PollOption(text=text, votes=values[f"choice{number}_count"]["string_value"].number())
        for number in range(1, int(named[1]) + 1)
        if (text := said(f"choice{number}_label"))
    )
    if not options:
        return None
    votes = [option.votes for option in options if option.votes is not None]
    return PostPoll(
        options=options,
        votes=sum(votes) if len(votes) == len(options) else None,
        ends_at=instant(said("end_datetime_utc") or ""),
        is_closed=values["counts_are_final"]["boolean_value"].flag(),
    )


def edit_ids(tweet: Tree) -> tuple[str, ...]:
    """The ids of the post and of its edits, oldest first."""
    return tweet["edit_control"]["edit_tweet_ids"].words()


def _revision(tweet: Tree) -> str | None:
    """The id of the edit whose text this is: an older one is still shown where it is asked for."""
    edits, own = edit_ids(tweet), tweet["id_str"].text()
    return own if own in edits else None


def old_instant(text: str) -> dt.datetime | None:
    """The UTC instant of `Sun Feb 08 18:45:00 +0000 2026`; None where `text` is no such date."""
    try:
        at = email.utils.parsedate_to_datetime(text)
        return at.astimezone(dt.UTC) if at.tzinfo is not None else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
