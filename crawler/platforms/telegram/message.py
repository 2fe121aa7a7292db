"""A message as t.me draws it, in its embed and in a channel's public view alike."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

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
from crawler.platforms.address import Address
from crawler.platforms.json_tree import instant, web_url
from crawler.platforms.page import attribute, text_of
from crawler.platforms.place import Finding, sourced
from crawler.platforms.telegram import naming

_PICTURE = re.compile(r"background-image:\s*url\(['\"]?(https?://[^'\")\s]+)")
_COUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([KM]?)\s*$")
_TIMES = {"": 1, "K": 1_000, "M": 1_000_000}
_CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{2})")
_PERCENT = re.compile(r"([0-9]{1,3})\s?%")
_EDITED = re.compile(r"\bedited\b")
# A picture or film of an album. Links in the text and what it answers may end in `?single` too, and
# lead to any post of anybody's.
_MEMBER = ", ".join(
    f"a.tgme_widget_message_{kind}[href*='{mark}single']"
    for kind in ("photo_wrap", "video_player", "roundvideo_player", "document_wrap")
    for mark in "?&"
)


def read_message(message: LexborNode) -> Finding:
    """What a `.tgme_widget_message` element tells."""
    facts = _facts(message)
    same_as = tuple(album(message))
    if message.css_first(".message_media_not_supported") is not None:
        is_empty = facts.text is None and not facts.media
        return Finding(
            state=PostState.WITHHELD_LOGIN if is_empty else PostState.OK_PARTIAL,
            reason="part of it is shown in the app alone" if not is_empty else "shown in the app",
            facts=facts,
            same_as=same_as,
        )
    return Finding(state=PostState.OK, facts=facts, same_as=same_as)


def album(message: LexborNode) -> Iterator[str]:
    """The ids of the post and, in an album, of all its pictures and films, each once.

    All are of one channel.
    """
    own = attribute(message, "data-post") or ""
    channel = own.partition("/")[0].lower()
    ids = [own]
    for link in message.css(_MEMBER)[:50]:
        address = Address.parse(attribute(link, "href") or "")
        ref = naming.recognise(address) if address else None
        if ref is not None and ref.post_id.partition("/")[0] == channel:
            ids.append(ref.post_id)
    yield from dict.fromkeys(post_id.lower() for post_id in ids if post_id)


def _facts(message: LexborNode) -> PostFacts:
    body = message.css_first(".js-message_text")
    question = message.css_first(".tgme_widget_message_poll_question")
    links = [
        (href, text_of(link) or "")
        for link in (body.css("a[href]")[:100] if body else ())
        if (href := attribute(link, "href"))
    ]
    preview = attribute(message.css_first("a.tgme_widget_message_link_preview"), "href")
    hrefs = (*(href for href, text in links if not text.startswith("@")), preview or "")
    meta = message.css_first(".tgme_widget_message_meta")
    # Beside the mark stands who signed it, in an element of its own.
    marks = meta.text(deep=False) if meta is not None else ""
    time = message.css_first("a.tgme_widget_message_date time[datetime]")
    return sourced(
        PostFacts(
            author=_author(message),
            text=text_of(body) or text_of(question),
            posted_at=instant(attribute(time, "datetime") or ""),
            is_edited=bool(_EDITED.search(marks)),
            hashtags=tuple(text[1:] for _, text in links if text.startswith("#") and text[1:]),
            mentions=tuple(text[1:] for _, text in links if text.startswith("@") and text[1:]),
            links=tuple(dict.fromkeys(url for href in hrefs if (url := web_url(href)))),
            media=tuple(_media(message)),
            pointers=tuple(_pointers(message)),
            poll=_poll(message),
            metrics=_metrics(message),
        ),
        FactSource.PAGE,
    )


def _author(message: LexborNode) -> PostAuthor | None:
    """The channel, or in a group the member."""
    owner = message.css_first(".tgme_widget_message_owner_name")
    if owner is None:
        name = text_of(
            message.css_first(".tgme_widget_message_author > .tgme_widget_message_author_name")
        )
        return PostAuthor(name=name) if name else None
    url = web_url(attribute(owner, "href") or "")
    channel = (attribute(message, "data-post") or "").partition("/")[0]
    return PostAuthor(handle=channel or None, name=text_of(owner), url=url)


def _media(message: LexborNode) -> Iterator[PostMedia]:
    for node in message.css(
        "a.tgme_widget_message_photo_wrap, .tgme_widget_message_video_player,"
        " .tgme_widget_message_roundvideo_player, .tgme_widget_message_voice_player,"
        " .tgme_widget_message_document_wrap, .tgme_widget_message_sticker_wrap"
    )[:50]:
        kind = node.attributes.get("class") or ""
        if "photo_wrap" in kind:
            yield PostMedia(type="image", url=_picture(node))
        elif "voice_player" in kind:
            yield PostMedia(type="audio", url=_source(node, "audio"), duration_s=_duration(node))
        elif "document_wrap" in kind:
            # Its name and size are all that is shown.
            yield PostMedia(
                type="document", alt=text_of(node.css_first(".tgme_widget_message_document_title"))
            )
        elif "sticker_wrap" in kind:
            yield PostMedia(type="image", url=_picture(node.css_first("i")))
        else:
            thumbnail = node.css_first("i")
            yield PostMedia(
                type="video",
                url=_source(node, "video"),
                preview_url=_picture(thumbnail),
                duration_s=_duration(node),
            )


def _picture(node: LexborNode | None) -> str | None:
    """The picture that an element has for its background."""
    found = _PICTURE.search(attribute(node, "style") or "")
    return web_url(found[1]) if found else None


def _source(node: LexborNode, tag: str) -> str | None:
    return web_url(attribute(node.css_first(f"{tag}[src]"), "src") or "")


def _duration(node: LexborNode) -> float | None:
    """Seconds of `1:02:03` or `0:12`; these `<time>` elements have no datetime."""
    found = _CLOCK.fullmatch(text_of(node.css_first("time")) or "")
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return float(hours * 3600 + minutes * 60 + seconds)


def _pointers(message: LexborNode) -> Iterator[PostPointer]:
    for relation, selector in (
        ("reply_to", "a.tgme_widget_message_reply"),
        ("forwarded", ".tgme_widget_message_forwarded_from_name"),
    ):
        address = Address.parse(attribute(message.css_first(selector), "href") or "")
        ref = naming.recognise(address) if address else None
        if ref is not None:
            yield ref.as_pointer(relation)


def _poll(message: LexborNode) -> PostPoll | None:
    """A poll or a quiz; it gives each answer's share, and how many took part, both rounded."""
    options = []
    for node in message.css(".tgme_widget_message_poll_option")[:50]:
        text = text_of(node.css_first(".tgme_widget_message_poll_option_text"))
        share = _PERCENT.fullmatch(
            text_of(node.css_first(".tgme_widget_message_poll_option_percent")) or ""
        )
        if text:
            options.append(PollOption(text=text, percent=int(share[1]) if share else None))
    if not options:
        return None
    voters = (text_of(message.css_first(".tgme_widget_message_voters")) or "").partition(" ")[0]
    return PostPoll(options=tuple(options), voters=_count(voters))


def _metrics(message: LexborNode) -> dict[str, int]:
    views = _count(text_of(message.css_first(".tgme_widget_message_views")))
    reactions = [
        count
        for node in message.css(".tgme_reaction")[:50]
        if (count := _count((text_of(node) or "").lstrip("⭐ \n"))) is not None
    ]
    metrics = {} if views is None else {"views": views}
    if reactions:
        metrics["reactions"] = sum(reactions)
    return metrics


def _count(text: str | None) -> int | None:
    """The number at the end of `text`; `4.85K` is 4850, as rounded as it was shown."""
    found = _COUNT.search(text or "")
    return round(float(found[1][:12]) * _TIMES[found[2]]) if found else None
