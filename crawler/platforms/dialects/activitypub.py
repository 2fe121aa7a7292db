"""ActivityPub: a post as JSON behind its own address (ActivityStreams 2.0)."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

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
from crawler.platforms.dialects.mastodon_api import Referrer, links_of
from crawler.platforms.json_tree import Tree, read_json
from crawler.platforms.page import read_fragment, text_of
from crawler.platforms.place import Finding, sourced
from crawler.platforms.rung import Answered

ACCEPT = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'

_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_TYPES = frozenset({"Note", "Article", "Question", "Page", "Video", "Image", "Event"})


def read_object(answered: Answered, refer: Referrer) -> Finding | None:
    """What an answer's object tells; None where it holds none.

    A `Tombstone` is the one word of this dialect for a deleted post, under whatever status. 401 and
    403 are a server in secure mode: it answers to signed requests alone.
    """
    note = read_json(answered.body)
    kind = note["type"].text() if note else None
    if kind == "Tombstone":
        return Finding(state=PostState.DELETED, reason="an ActivityPub Tombstone")
    if answered.status in {401, 403}:
        return Finding(
            state=PostState.LOGIN_WALL,
            reason=f"HTTP {answered.status}: the server wants signed requests",
        )
    if note is None or kind not in _TYPES or answered.status != 200:
        return None
    if note["to"].value is None and note["cc"].value is None:
        return None  # it does not say to whom it is addressed
    if _PUBLIC.isdisjoint((*_several(note["to"]), *_several(note["cc"]))):
        return Finding(state=PostState.PROTECTED, reason="not addressed to the public")
    return _believed(_facts(note, refer), host_of(note["id"].url() or answered.url))


def _believed(facts: PostFacts, server: str | None) -> Finding:
    """A `server` speaks for its own authors only: anybody may run one, and name any author.

    Source: ActivityPub, section 3 (objects from other servers are to be verified).
    """
    if facts.author is None or host_of(facts.author.url) == server:
        return Finding(state=PostState.OK, facts=facts)
    others = {name: source for name, source in facts.sources.items() if name != "author"}
    return Finding(
        state=PostState.OK_PARTIAL,
        reason=f"an author of another server: {facts.author.url}",
        facts=replace(facts, author=None, sources=others),
    )


def host_of(url: str | None) -> str | None:
    """The host of a URL, in lower case; None where there is none."""
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def _several(place: Tree) -> tuple[str, ...]:
    """One name or a list of them."""
    one = place.text()
    return (one,) if one else place.words()


def _facts(note: Tree, refer: Referrer) -> PostFacts:
    content = note["content"].text() or ""
    tags = [(item["type"].text(), (item["name"].text() or "")) for item in note["tag"]]
    languages = note["contentMap"].value
    language = next(iter(languages), None) if isinstance(languages, dict) else None
    edited_at = note["updated"].instant()
    return sourced(
        PostFacts(
            author=_author(note),
            text=text_of(read_fragment(content).first("body")),
            title=note["name"].text(),
            language=language[:35] if isinstance(language, str) else None,
            posted_at=note["published"].instant(),
            edited_at=edited_at,
            is_edited=edited_at is not None,
            hashtags=tuple(
                name.lstrip("#") for kind, name in tags if kind == "Hashtag" and name.lstrip("#")
            ),
            mentions=tuple(
                name.removeprefix("@")
                for kind, name in tags
                if kind == "Mention" and name.removeprefix("@")
            ),
            links=tuple(dict.fromkeys(links_of(content))),
            media=tuple(_media(note)),
            pointers=tuple(_pointers(note, refer)),
            poll=_poll(note),
            content_warning=note["summary"].text(),
            is_sensitive=note["sensitive"].flag(),
        ),
        FactSource.API,
    )


def _author(note: Tree) -> PostAuthor | None:
    """The actor's address; its name stands in another document, its handle ends the address."""
    url = note["attributedTo"].url() or note["attributedTo"][0].url()
    if url is None:
        return None
    return PostAuthor(id=url, handle=url.rstrip("/").rpartition("/")[2].lstrip("@"), url=url)


def _media(note: Tree) -> Iterator[PostMedia]:
    for item in note["attachment"]:
        kind = (item["mediaType"].text() or "").partition("/")[0]
        yield PostMedia(
            type=kind if kind in {"image", "video", "audio"} else "document",
            url=item["url"].url() or item["href"].url(),
            width=item["width"].number(),
            height=item["height"].number(),
            alt=item["name"].text(),
            is_sensitive=bool(note["sensitive"].flag()),
        )


def _poll(note: Tree) -> PostPoll | None:
    """The poll that a `Question` is: of its answers one is to be chosen, or any."""
    options = tuple(
        PollOption(text=text, votes=item["replies"]["totalItems"].number())
        for item in (*note["oneOf"], *note["anyOf"])
        if (text := item["name"].text())
    )
    if not options:
        return None
    closed = note["closed"]
    return PostPoll(
        options=options,
        voters=note["votersCount"].number(),
        ends_at=note["endTime"].instant(),
        # True, or the instant of its end; what is open says nothing.
        is_closed=closed.flag() if closed.instant() is None else True,
    )


def _pointers(note: Tree, refer: Referrer) -> Iterator[PostPointer]:
    quoted = note["quote"].url() or note["quoteUrl"].url() or note["quoteUri"].url()
    for relation, url in (("reply_to", note["inReplyTo"].url()), ("quoted", quoted)):
        ref = refer(url) if url else None
        if ref is not None:
            yield ref.as_pointer(relation)
