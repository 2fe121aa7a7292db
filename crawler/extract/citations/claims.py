"""What an embed's markup alone claims of its post: who, what, when. Claims, never facts.

Each platform signs its embeds in its own way; the text of the post is what stands before, or
around, that signature.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from crawler.extract.citations.rendered import Rendered, Span
from crawler.extract.written_day import written_day
from crawler.platforms.reference import PostRef

_MOST_OF_EACH = 100
_LONGEST_NAME = 200
_LONGEST_SIGNATURE = 300

Recognise = Callable[[str], PostRef | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The claims of one embed; what it does not state is None or empty."""

    handle: str | None = None
    """Without `@`, spelled as shown."""
    name: str | None = None
    text: str | None = None
    """The post's words without the signature, `br` as a newline."""
    on: dt.date | None = None
    hashtags: tuple[str, ...] = ()
    """Without `#`, spelled as shown, each once."""
    mentions: tuple[str, ...] = ()
    """Without `@`, each once."""
    links: tuple[str, ...] = ()
    """Targets of the text's links; a picture's as `https://pic.twitter.com/KEY`."""
    revision: str | None = None
    """The version of the post that the embed was made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """`— NAME (@handle) DATE` below a post's text, DATE being the link to the post."""

    ref: PostRef
    name: str | None
    handle: str
    permalink: Span
    text_end: int
    """Where the post's text ends."""


_REVISIONS = {"bluesky": "data-bluesky-cid"}
"""The attribute in which a platform's embed names the post's version."""
_REVISION = re.compile("[A-Za-z0-9._-]{1,120}")

BIDI = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
HANDLE = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,250}[A-Za-z0-9_])?"
_SIGNED = re.compile(
    rf"\([{BIDI}\s]{{0,4}}@({HANDLE}(?:@{HANDLE})?)[{BIDI}\s]{{0,4}}\)[{BIDI}\s]{{0,8}}$"
)
_DASHES = "—–―-"
_EDGE = f"{_DASHES} \t\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def signature(page: Rendered, recognise: Recognise) -> Signature | None:
    """The signature of `page`: its last link to a post that `NAME (@handle)` stands before.

    Links to posts in the text itself, before the signature, are not taken for it.
    """
    for span in reversed(page.spans):
        if span.tag != "a" or not span.href:
            continue
        start = max(0, span.start - _LONGEST_SIGNATURE)
        signed = _SIGNED.search(page.text[start : span.start])
        if signed is None:
            continue
        ref = recognise(span.href)
        if ref is None:
            continue
        found = _name_before(page.text, start + signed.start())
        if found is not None:
            name, text_end = found
            return Signature(
                ref=ref, name=name, handle=signed[1], permalink=span, text_end=text_end
            )
    return None


def _name_before(text: str, end: int) -> tuple[str | None, int] | None:
    """The name that stands before `end`, and where the dash before it starts; None without both.

    The dash starts the signature's line; only where text and signature share one line is it the
    last dash of that line, for names hold dashes too.
    """
    line_start = text.rfind("\n", 0, end) + 1
    line = text[line_start:end]
    opening = len(line) - len(line.lstrip(_EDGE))
    if opening and any(dash in line[:opening] for dash in _DASHES):
        return _named(line[opening:]), line_start
    dash = max(line.rfind(mark) for mark in ("—", "–", "―", " - ", "--"))
    if dash >= 0:
        return _named(line[dash:]), line_start + dash
    return (_named(line), line_start) if line_start else None


def _named(text: str) -> str | None:
    name = text.strip(_EDGE)
    return name[:_LONGEST_NAME].strip() or None


def claims_of(platform: str, page: Rendered, signed: Signature | None, ref: PostRef) -> Claims:
    """What `page`, the rendering of an embed of `ref`, claims."""
    if signed is not None:
        return _signed_claims(platform, page, signed)
    reader = _READERS.get(platform)
    return Claims() if reader is None else reader(page, ref)


def claimed_revision(platform: str, attributes: Mapping[str, str | None]) -> str | None:
    """The version of the post that an embed's own element names."""
    named = attributes.get(_REVISIONS.get(platform, "")) or ""
    return named if _REVISION.fullmatch(named) else None


def _signed_claims(platform: str, page: Rendered, signed: Signature) -> Claims:
    permalink = signed.permalink
    # 2011 to 2013: the exact instant, in UTC
    stated = permalink.attributes.get("data-datetime")
    claims = _with_text(platform, page, 0, signed.text_end)
    return replace(
        claims,
        handle=signed.handle,
        name=signed.name,
        on=_iso_day(stated) or written_day(page.of(permalink)),
    )


def _with_text(platform: str, page: Rendered, start: int, end: int) -> Claims:
    """Text, tags, mentions and links of the part of `page` from `start` to `end`."""
    text = page.text[start:end].strip()
    if platform == "bluesky":
        text = text.removesuffix("[image or embed]").rstrip()
    return Claims(
        text=text or None,
        hashtags=hashtags(text),
        mentions=mentions(text),
        links=_links(page, start, end),
    )


def _iso_day(text: str | None) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(text).date() if text else None
    except ValueError:
        return None


# ------------------------------------------------------------------------ platforms' own signatures

_SHARED_BY = re.compile(
    r"(?:A (?:post|photo|video|reel) (?:shared|posted) by|Ein Beitrag geteilt von"
    r"|Une (?:publication|photo|vidéo) (?:partagée|publiée) par"
    r"|Una (?:publicación|foto) (?:compartida|publicada) (?:de|por)"
    r"|U(?:ma publicação compartilhada|n post condiviso) (?:por|da)|Een bericht gedeeld door"
    r"|Публикация от|تمت مشاركة منشور بواسطة)\s*"
)
_AT_HANDLE = re.compile(rf"\(@({HANDLE})\)")
_LONGEST_INVITATION = 80


def _instagram(page: Rendered, ref: PostRef) -> Claims:
    """A caption, `View this post on Instagram`, `A post shared by NAME (@handle) on DATE`."""
    del ref
    end = len(page.text)
    handle = name = day = None
    lines = page.text.rstrip().split("\n")
    last = lines[-1][:600]
    signed = _AT_HANDLE.search(last)
    if signed is not None and (_SHARED_BY.match(last) or len(lines) > 1):
        prefix = _SHARED_BY.match(last)
        handle = signed[1]
        name = last[prefix.end() : signed.start()].strip() or None if prefix else None
        end = len(page.text.rstrip()) - len(lines[-1])
        stated = next((span for span in page.spans if span.tag == "time"), None)
        day = (stated and _iso_day(stated.attributes.get("datetime"))) or written_day(
            last[signed.end() :]
        )
    start = 0
    # The invitation stands above the signature, or alone; in a caption it would be longer.
    body = page.text[:end].strip()
    if "\n" not in body and "Instagram" in body and len(body) <= _LONGEST_INVITATION:
        start = end
    return replace(_with_text("instagram", page, start, end), handle=handle, name=name, on=day)


def _facebook(page: Rendered, ref: PostRef) -> Claims:
    """Text, then `Posted by NAME on DATE`, both of them links, in many languages."""
    del ref
    anchors = [span for span in page.spans if span.tag == "a"]
    for name, day in zip(anchors[-2::-1], anchors[:0:-1], strict=False):
        written = written_day(page.of(day))
        line_start = page.text.rfind("\n", 0, day.start) + 1
        if written is not None and line_start <= name.start:
            claims = _with_text("facebook", page, 0, line_start)
            return replace(claims, name=page.of(name)[:_LONGEST_NAME] or None, on=written)
    return _with_text("facebook", page, 0, len(page.text))


def _tiktok(page: Rendered, ref: PostRef) -> Claims:
    """`@handle`, the caption, and a line of its own for the sound."""
    del ref
    start, end = 0, len(page.text)
    handle = None
    first = page.text.lstrip().partition("\n")[0].strip()
    if re.fullmatch(rf"@{HANDLE}", first):
        handle = first[1:]
        start = page.text.index(first) + len(first)
    sound = page.text.rfind("♬", start)
    if sound >= 0:
        end = sound
    return replace(_with_text("tiktok", page, start, end), handle=handle)


_POST_BY = re.compile(rf"^Post by @({HANDLE}(?:@{HANDLE})?)$", re.MULTILINE)


def _post_by(page: Rendered, ref: PostRef) -> Claims:
    """`Post by @user@host`, `View on Mastodon`: these embeds hold no text of the post."""
    del ref
    found = _POST_BY.search(page.text)
    return Claims(handle=found[1] if found else None)


# Its snippets put no blank between `by` and the link to the author.
_BY_USER = re.compile(r"(?:\b|by)u/([A-Za-z0-9_-]{3,20})")


def _reddit(page: Rendered, ref: PostRef) -> Claims:
    """`TITLE by u/USER in r/SUB`, or `Comment by u/USER from discussion in r/SUB`."""
    title = next((span for span in page.spans if span.tag == "a"), None)
    if title is None:
        return Claims()
    user = _BY_USER.search(page.text, title.end)
    # A comment is linked by that word alone, its text is not there.
    is_post = "/" not in ref.post_id
    claims = _with_text("reddit", page, title.start, title.end) if is_post else Claims()
    return replace(claims, links=(), handle=user[1] if user else None)


def _plain(page: Rendered, ref: PostRef) -> Claims:
    """Whatever text there is, where it is more than the post's own link."""
    anchors = [span for span in page.spans if span.tag == "a"]
    if sum(len(page.of(span)) for span in anchors) >= len(page.text.strip()):
        return Claims()
    return _with_text(ref.platform, page, 0, len(page.text))


_READERS: dict[str, Callable[[Rendered, PostRef], Claims]] = {
    "bluesky": _plain,
    "facebook": _facebook,
    "instagram": _instagram,
    "mastodon": _post_by,
    "reddit": _reddit,
    "threads": _post_by,
    "tiktok": _tiktok,
    "x": _plain,
}


# ------------------------------------------------------------------------------- what a text holds

# Beside letters, digits and marks: joiners and separators of some scripts (twitter-text, hashtags).
_IN_TAG = frozenset(
    "_\u200c\u200d\u00b7\u05be\u05f3\u05f4\u0f0b\u0f0c\u309b\u309c\u30a0\u30fb\u3003"
)
_MENTION = re.compile(rf"(?<![A-Za-z0-9_@.!/&])[@＠]({HANDLE}(?:@{HANDLE})?)")


def hashtags(text: str) -> tuple[str, ...]:
    """The tags of `text` in any script, without `#`: `#Armenia–#Azerbaijan` has two.

    A tag needs a letter (`#1` is none), and none starts within a word or a URL.
    """
    tags: list[str] = []
    end = 0
    while (start := _next_hash(text, end)) >= 0:
        end = start + 1
        while end < len(text) and _belongs_to_tag(text[end]):
            end += 1
        tag = text[start + 1 : end]
        before = text[start - 1] if start else " "
        if any(map(str.isalpha, tag)) and not (before in "/&#＃" or _belongs_to_tag(before)):
            tags.append(tag)
    return _once(tags)


def _next_hash(text: str, start: int) -> int:
    places = [at for at in (text.find("#", start), text.find("＃", start)) if at >= 0]
    return min(places, default=-1)


def _belongs_to_tag(letter: str) -> bool:
    return letter.isalnum() or letter in _IN_TAG or unicodedata.category(letter) in {"Mn", "Mc"}


def mentions(text: str) -> tuple[str, ...]:
    """The handles that `text` mentions, without `@`; a mail address is none."""
    return _once(found[1] for found in _MENTION.finditer(text))


# A key of t.co has ten characters, and what follows may be glued to it.
_SHORT = re.compile(r"(?:pic\.(?:twitter|x)\.com/[A-Za-z0-9]{1,40}|\bt\.co/[A-Za-z0-9]{1,10})")
_PICTURE = re.compile(r"(?:https?://)?(pic\.(?:twitter|x)\.com/[A-Za-z0-9]{1,40})$")


def _links(page: Rendered, start: int, end: int) -> tuple[str, ...]:
    """The links from `start` to `end`, linked or bare, without those of tags and mentions."""
    links: list[str] = []
    unlinked: list[str] = []
    at = start
    for span in page.spans:
        if span.tag != "a" or span.start < start or span.end > end:
            continue
        unlinked.append(page.text[at : span.start])
        at = max(at, span.end)
        shown = page.of(span)
        if not span.href.startswith(("http://", "https://")):
            continue
        if shown.startswith(("#", "@", "＃", "＠", "$")) or shown == "[image or embed]":
            continue
        # A picture's link is t.co with the same key; what is shown says that it is a picture.
        picture = _PICTURE.match(shown)
        links.append(f"https://{picture[1]}" if picture else span.href)
    unlinked.append(page.text[at:end])
    links.extend(f"https://{link}" for text in unlinked for link in _SHORT.findall(text))
    return _once(links)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))[:_MOST_OF_EACH]
