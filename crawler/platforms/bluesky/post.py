"""A post as Bluesky's app view shows it: its record, its author, its counts."""

from collections.abc import Iterator
from itertools import islice

from archive import FactSource, PostAuthor, PostFacts, PostMedia, PostPointer, PostState
from crawler.platforms.address import Address
from crawler.platforms.bluesky import naming, xrpc
from crawler.platforms.json_tree import Tree
from crawler.platforms.place import Finding, another_post, given, sourced
from crawler.platforms.reference import PostRef

_SENSITIVE = frozenset({"porn", "sexual", "nudity", "graphic-media", "gore", "nsfl"})
_MOST_FACETS = 500
_COUNTS = {
    "likes": "likeCount",
    "replies": "replyCount",
    "reposts": "repostCount",
    "quotes": "quoteCount",
    "bookmarks": "bookmarkCount",
}


def read_post(ref: PostRef, post: Tree) -> Finding | None:
    """What a `postView` tells of the post that was asked for; None where it holds no record."""
    uri = post["uri"].text() or ""
    found = _reference(uri)
    author = post["author"]
    if found is None or not _is_same(ref, found):
        return another_post(uri)
    wish = xrpc.wish(author)
    if wish:
        # Met here, where the profile could not be had: what it says is not taken over.
        reason = f"the author's label {xrpc.UNSHOWN}"
        return Finding(state=PostState.WITHHELD_LOGIN, reason=reason, learnt=wish)
    if not isinstance(post["record"]["text"].value, str):
        return None  # a record of pictures alone has an empty text
    return Finding(
        state=PostState.OK,
        facts=_facts(post),
        same_as=(found.post_id,),
        learnt={xrpc.DID: found.post_id.partition("/")[0]},
    )


def _is_same(asked: PostRef, found: PostRef) -> bool:
    """Whether both are one post; of a handle, which may have moved, no more than the key counts."""
    authority, _, rkey = asked.post_id.partition("/")
    found_authority, _, found_rkey = found.post_id.partition("/")
    return rkey == found_rkey and (not authority.startswith("did:") or authority == found_authority)


def _reference(uri: str) -> PostRef | None:
    address = Address.parse(uri)
    return naming.recognise(address) if address and address.scheme == "at" else None


def _facts(post: Tree) -> PostFacts:
    record, author = post["record"], post["author"]
    text = record["text"].text()
    facets = list(islice(_facets(record, text or ""), _MOST_FACETS))
    self_labels = (item["val"].text() for item in record["labels"]["values"])
    labels = tuple(dict.fromkeys((*xrpc.labels(post), *filter(None, self_labels))))
    handle = author["handle"].text()
    external = _media_view(post["embed"])["external"]["uri"].url()
    links = [url for kind, url in facets if kind == "link"] + ([external] if external else [])
    counts = {name: post[key].number() for name, key in _COUNTS.items()}
    tags = [tag for kind, tag in facets if kind == "tag"]
    return sourced(
        PostFacts(
            author=PostAuthor(
                id=author["did"].text(),
                handle=handle,
                name=author["displayName"].text(),
                url=f"https://bsky.app/profile/{handle}" if handle else None,
            ),
            text=text,
            language=next(iter(record["langs"].words()), None),
            posted_at=record["createdAt"].instant(),
            revision=post["cid"].text(),
            hashtags=tuple(dict.fromkeys((*tags, *record["tags"].words()))),
            mentions=tuple(name for kind, name in facets if kind == "mention"),
            links=tuple(dict.fromkeys(links)),
            media=tuple(_media(_media_view(post["embed"]), labels)),
            pointers=tuple(_pointers(record, post["embed"])),
            metrics=given(counts),
            is_sensitive=not _SENSITIVE.isdisjoint(labels),
            labels=labels,
        ),
        FactSource.API,
    )


def _facets(record: Tree, text: str) -> Iterator[tuple[str, str]]:
    """Links, tags and mentions; a mention by its handle as the text shows it.

    Offsets count bytes of the UTF-8 text.
    """
    data = text.encode()
    for facet in record["facets"]:
        start, end = (facet["index"][key].number() for key in ("byteStart", "byteEnd"))
        for feature in facet["features"]:
            match (feature["$type"].text() or "").rpartition("#")[2]:
                case "link" if url := feature["uri"].url():
                    yield "link", url
                case "tag" if tag := feature["tag"].text():
                    yield "tag", tag
                case "mention":
                    shown = data[start or 0 : end or 0].decode("utf-8", "replace").lstrip("@")
                    if name := shown or feature["did"].text():
                        yield "mention", name
                case _:
                    continue


def _media_view(embed: Tree) -> Tree:
    """The part of an embed that holds media: beside a quoted post it stands in `media`."""
    return embed["media"] or embed


def _media(view: Tree, labels: tuple[str, ...]) -> Iterator[PostMedia]:
    """Pictures, galleries and films; a union that grows, so that its shapes are looked for."""
    is_sensitive = not _SENSITIVE.isdisjoint(labels)
    for item in (*view["images"], *view["items"]):
        yield PostMedia(
            type="image",
            url=item["fullsize"].url(),
            preview_url=item["thumb"].url() or item["thumbnail"].url(),
            width=item["aspectRatio"]["width"].number(),
            height=item["aspectRatio"]["height"].number(),
            alt=item["alt"].text(),
            is_sensitive=is_sensitive,
        )
    if view["playlist"]:
        yield PostMedia(
            type="video",
            url=view["playlist"].url(),
            preview_url=view["thumbnail"].url(),
            width=view["aspectRatio"]["width"].number(),
            height=view["aspectRatio"]["height"].number(),
            alt=view["alt"].text(),
            is_sensitive=is_sensitive,
        )


def _pointers(record: Tree, embed: Tree) -> Iterator[PostPointer]:
    # Beside media the quoted post stands one level deeper.
    quoted = embed["record"]["uri"].text() or embed["record"]["record"]["uri"].text()
    for relation, uri in (
        ("reply_to", record["reply"]["parent"]["uri"].text()),
        ("quoted", quoted),
    ):
        ref = _reference(uri or "")
        if ref is not None:
            yield ref.as_pointer(relation)
