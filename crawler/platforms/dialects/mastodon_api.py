"""The Mastodon API's status, which its forks and Truth Social speak too.

Source: docs.joinmastodon.org, entities Status, StatusEdit, MediaAttachment, Poll and Quote.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

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
from crawler.platforms.json_tree import Tree, read_json, web_url
from crawler.platforms.page import attribute, read_fragment, text_of
from crawler.platforms.place import Finding, given, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered

ORIGIN = "origin"
"""A key of `learnt`: the ActivityPub id of a post that a server holds but a copy of."""

_SHOWN_TO_ALL = frozenset({"public", "unlisted"})
_MEDIA_TYPES = {"image": "image", "gifv": "animation", "video": "video", "audio": "audio"}
_COUNTS = {
    "likes": "favourites_count",
    "replies": "replies_count",
    "reposts": "reblogs_count",
    "quotes": "quotes_count",
}

Referrer = Callable[[str], PostRef | None]
"""The post of this dialect that a URL names."""


def api_error(answered: Answered) -> Finding | None:
    """The state of an error that the API gives in JSON; None of any other answer."""
    tree = read_json(answered.body)
    said = tree["error"].text() if tree else None
    if said is None:
        return None
    reason = f"HTTP {answered.status}: {said}"
    match answered.status:
        case 401 | 403:
            return Finding(state=PostState.LOGIN_WALL, reason=reason)
        case 404 | 410:
            # The same words for a private post as for none.
            return Finding(state=PostState.UNAVAILABLE, reason=reason)
        case _:
            return None


def read_status(status: Tree, refer: Referrer) -> Finding | None:
    """What a status tells; None where `status` is none.

    A server's copy of another server's post is `ok_partial`: its counts are not the origin's.
    """
    post_id, account = status["id"].text(), status["account"]
    visibility = status["visibility"].text()
    if post_id is None or not account or visibility is None:
        return None
    if visibility not in _SHOWN_TO_ALL:
        return Finding(state=PostState.PROTECTED, reason=f"visibility {visibility}")
    if not isinstance(status["content"].value, str):
        return None  # one of pictures alone, and a boost, have an empty content
    uri = status["uri"].url()
    facts = _facts(status, refer)
    if "@" in (account["acct"].text() or ""):
        origin = refer(uri) if uri else None
        return Finding(
            state=PostState.OK_PARTIAL,
            reason="another server's copy",
            facts=facts,
            same_as=(origin.post_id,) if origin else (),
            # Of a server's word for where to ask next, no more than a post's address is taken.
            learnt={ORIGIN: uri} if origin and uri else {},
        )
    return Finding(state=PostState.OK, facts=facts)


def read_edits(edits: Tree) -> Iterator[PostFacts]:
    """The versions that a status's history lists, oldest first; none where `edits` is none."""
    posted_at = edits[0]["created_at"].instant()
    for number, edit in enumerate(edits):
        made_at = edit["created_at"].instant()
        if made_at is not None:
            yield sourced(
                replace(
                    _version(edit),
                    posted_at=posted_at,
                    edited_at=made_at if number else None,
                    is_edited=number > 0,
                ),
                FactSource.API,
            )


def _version(place: Tree) -> PostFacts:
    """What a status and each of its edits hold alike."""
    content = place["content"].text() or ""
    is_sensitive = place["sensitive"].flag()
    return PostFacts(
        author=_author(place["account"]),
        text=text_of(read_fragment(content).first("body")),
        links=tuple(dict.fromkeys(links_of(content))),
        media=tuple(_media(place, is_sensitive=bool(is_sensitive))),
        poll=_poll(place["poll"]),
        content_warning=place["spoiler_text"].text(),
        is_sensitive=is_sensitive,
    )


def _facts(status: Tree, refer: Referrer) -> PostFacts:
    counts = {name: status[key].number() for name, key in _COUNTS.items()}
    edited_at = status["edited_at"].instant()
    return sourced(
        replace(
            _version(status),
            language=status["language"].text(),
            posted_at=status["created_at"].instant(),
            edited_at=edited_at,
            is_edited=edited_at is not None,
            hashtags=tuple(name for item in status["tags"] if (name := item["name"].text())),
            mentions=tuple(name for item in status["mentions"] if (name := item["acct"].text())),
            pointers=tuple(_pointers(status, refer)),
            metrics=given(counts),
        ),
        FactSource.API,
    )


def links_of(content: str) -> Iterator[str]:
    """The targets of a post's links, without those of its mentions and hashtags.

    The text that is shown is cut into seen and unseen pieces; `href` is whole.
    """
    for link in read_fragment(content).all("a[href]"):
        words = (link.attributes.get("class") or "").split()
        href = web_url(attribute(link, "href") or "")
        if href is not None and "mention" not in words and "hashtag" not in words:
            yield href


def _author(account: Tree) -> PostAuthor:
    return PostAuthor(
        id=account["id"].text(),
        handle=account["acct"].text(),
        name=account["display_name"].text() or account["username"].text(),
        url=account["url"].url(),
    )


def _media(status: Tree, *, is_sensitive: bool) -> Iterator[PostMedia]:
    for item in status["media_attachments"]:
        size = item["meta"]["original"]
        seconds = size["duration"].value
        yield PostMedia(
            type=_MEDIA_TYPES.get(item["type"].text() or "", "document"),
            url=item["url"].url() or item["remote_url"].url(),
            preview_url=item["preview_url"].url(),
            width=size["width"].number(),
            height=size["height"].number(),
            alt=item["description"].text(),
            duration_s=seconds if isinstance(seconds, float) and 0 <= seconds < 1e6 else None,
            is_sensitive=is_sensitive,
        )


def _poll(poll: Tree) -> PostPoll | None:
    """A poll; of an edit, no more than what it offered."""
    options = tuple(
        PollOption(text=text, votes=item["votes_count"].number())
        for item in poll["options"]
        if (text := item["title"].text())
    )
    if not options:
        return None
    return PostPoll(
        options=options,
        votes=poll["votes_count"].number(),
        voters=poll["voters_count"].number(),
        ends_at=poll["expires_at"].instant(),
        is_closed=poll["expired"].flag(),
    )


def _pointers(status: Tree, refer: Referrer) -> Iterator[PostPointer]:
    """What is replied to is named by a number of the answering server."""
    quote = status["quote"]
    replied = status["in_reply_to_id"].text()
    named = (
        ("reply_to", _beside(status, replied) if replied else None),
        ("quoted", quote["quoted_status"]["url"].url() or quote["url"].url()),
        ("forwarded", status["reblog"]["url"].url()),
    )
    for relation, url in named:
        ref = refer(url) if url else None
        if ref is not None:
            yield ref.as_pointer(relation)


def _beside(status: Tree, post_id: str) -> str | None:
    """The address of another post of the same server, by whomever; None of a copy's server."""
    host, _, path = (status["uri"].url() or "").partition("//")[2].partition("/")
    is_own = path.rpartition("/")[2] == status["id"].text()
    return f"https://{host}/statuses/{post_id}" if is_own else None
