"""Feeds: RSS 0.9x to 2.0, Atom, JSON Feed, and what only looks like them.

The one wrapper of feedparser, which bears what publishers break. It is given bytes in memory,
never an address: it would fetch that. Its HTML cleaning is off, for no HTML is taken from it.
Source: jsonfeed.org/version/1.1.
"""

import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import feedparser  # type: ignore[import-untyped]
import feedparser.api  # type: ignore[import-untyped]

from archive import Moment
from crawler.discover import entities
from crawler.discover.announced import Announced, Announcement, short, web_url
from crawler.extract.dates import moment_of

MOST_BYTES = 8_388_608
MOST_LINKS = 5000
_MOST_TAGS = 150_000

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_HEAD_BYTES = 65_536
_LONGEST_TITLE = 4000

# feedparser has no parameter for this. It asks the first of these modules that is there.
feedparser.api.PREFERRED_XML_PARSERS.insert(0, entities.__name__)


def read_feed(body: bytes, url: str, content_type: str | None = None) -> Announcement:
    """What the feed `body`, which came from `url`, announces. Never fails.

    Something that is no feed announces nothing, and says so in `trouble`.
    """
    trouble = f"larger than {MOST_BYTES} bytes" if len(body) > MOST_BYTES else None
    body = body[:MOST_BYTES]
    if body[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        found = _read_json(body, url)
    elif body.count(b"<") > _MOST_TAGS:
        found = Announcement(trouble=f"more than {_MOST_TAGS} tags")
    else:
        found = _read_xml(body, url, content_type)
    links = _each_once(found.links)
    if len(links) > MOST_LINKS:
        links, trouble = links[:MOST_LINKS], f"more than {MOST_LINKS} entries"
    return Announcement(
        links=links, title=found.title, next_url=found.next_url, trouble=trouble or found.trouble
    )


def _read_xml(body: bytes, url: str, content_type: str | None) -> Announcement:
    headers = {"content-type": content_type} if content_type else {}
    try:
        feed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(body),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except entities.EntitiesDeclared as error:
        return Announcement(trouble=str(error))
    except Exception as error:  # noqa: BLE001 - it has many ways to stumble, and no family
        return Announcement(trouble=f"unreadable: {type(error).__name__}")
    if not feed.get("version") and not feed.get("entries"):
        return Announcement(trouble="no feed")
    channel = feed.get("feed", {})
    language = short(channel.get("language"))
    is_atom = str(feed.get("version")).startswith("atom")
    links = (_entry(entry, url, language, is_atom=is_atom) for entry in feed["entries"])
    broken = feed.get("bozo_exception") if feed.get("bozo") else None
    return Announcement(
        links=tuple(link for link in links if link is not None),
        title=short(channel.get("title")),
        next_url=next(
            (
                target
                for link in _links(channel)
                if link.get("rel") in {"next", "prev-archive"}
                and (target := web_url(str(link.get("href", "")), url))
            ),
            None,
        ),
        trouble=_told(broken),
    )


def _told(broken: object) -> str | None:
    if broken is None or isinstance(broken, feedparser.exceptions.CharacterEncodingOverride):
        return None  # a charset that was named wrongly and found nevertheless
    return f"broken: {type(broken).__name__}"


def _entry(
    entry: Mapping[str, Any], base: str, language: str | None, *, is_atom: bool
) -> Announced | None:
    url = next(filter(None, (web_url(text, base) for text in _addresses(entry))), None)
    if url is None:
        return None
    published = _moment(entry, "published", "created", "issued")
    changed = _moment(entry, "updated", "modified")
    if published is None and not is_atom:  # `dc:date` and its like, which RSS 1.0 dates with
        published, changed = changed, None
    return Announced(
        url=url,
        headline=_plain(entry.get("title")),
        published=published,
        modified=changed,
        language=short(entry.get("language")) or language,
        images=tuple(_images(entry, base)),
    )


def _plain(title: object) -> str | None:
    """A title without the markup that RSS lets it have, or not, as the publisher pleases."""
    if not isinstance(title, str):
        return None
    return short(html.unescape(_TAG.sub("", title[:_LONGEST_TITLE])))


def _addresses(entry: Mapping[str, Any]) -> Iterator[str]:
    """Where the entry may lead, the best first. FeedBurner's own links only count clicks."""
    for name in ("feedburner_origlink", "link"):
        if isinstance(text := entry.get(name), str) and text:
            yield text
    for link in _links(entry):
        if link.get("rel", "alternate") == "alternate" and isinstance(link.get("href"), str):
            yield link["href"]
    identity = entry.get("id")
    if isinstance(identity, str) and identity.startswith(("http://", "https://")):
        yield identity


def _links(holder: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    links = holder.get("links")
    return [link for link in links if isinstance(link, Mapping)] if links else []


def _images(entry: Mapping[str, Any], base: str) -> Iterator[str]:
    media: list[Any] = [*entry.get("media_content", ()), *entry.get("media_thumbnail", ())]
    enclosures = [link for link in _links(entry) if link.get("rel") == "enclosure"]
    for item in (media + enclosures)[:20]:
        kind = str(item.get("type") or item.get("medium") or "")
        address = item.get("url") or item.get("href")
        if isinstance(address, str) and (kind.startswith("image") or item in media):
            if kind and not kind.startswith("image"):
                continue
            if found := web_url(address, base):
                yield found


def _moment(entry: Mapping[str, Any], *names: str) -> Moment | None:
    for name in names:
        # Not by `in`: feedparser answers for `updated` with `published`, and warns.
        text = dict.get(entry, name) if isinstance(entry, dict) else None
        if isinstance(text, str) and (found := moment_of(text)) is not None:
            return found
    return None


def _read_json(body: bytes, url: str) -> Announcement:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return Announcement(trouble="no feed: broken JSON")
    version = feed.get("version") if isinstance(feed, dict) else None
    if not isinstance(version, str) or "jsonfeed.org" not in version:
        return Announcement(trouble="no feed")
    items = feed.get("items")
    language = short(feed.get("language"))
    entries = items if isinstance(items, list) else []
    found = (_item(item, url, language) for item in entries if isinstance(item, dict))
    next_url = feed.get("next_url")
    return Announcement(
        links=tuple(link for link in found if link is not None),
        title=short(feed.get("title")),
        next_url=web_url(next_url, url) if isinstance(next_url, str) else None,
        trouble=None if isinstance(items, list) else "no items",
    )


def _item(item: Mapping[str, object], base: str, language: str | None) -> Announced | None:
    addresses = (item.get(name) for name in ("url", "external_url", "id"))
    given = (text for text in addresses if isinstance(text, str))
    url = next(filter(None, (web_url(text, base) for text in given if "://" in text)), None)
    if url is None:
        return None
    images = (item.get(name) for name in ("image", "banner_image"))
    return Announced(
        url=url,
        headline=short(item.get("title")),
        published=_stated(item.get("date_published")),
        modified=_stated(item.get("date_modified")),
        language=short(item.get("language")) or language,
        images=tuple(
            found
            for image in images
            if isinstance(image, str) and (found := web_url(image, base)) is not None
        ),
    )


def _stated(text: object) -> Moment | None:
    return moment_of(text) if isinstance(text, str) else None


def _each_once(links: Iterable[Announced]) -> tuple[Announced, ...]:
    first: dict[str, Announced] = {}
    for link in links:
        first.setdefault(link.url, link)
    return tuple(first.values())
