"""Which elements and attributes may carry an embed: for scripts to replace, or held back."""

import functools
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from selectolax.lexbor import LexborNode

Attributes = Mapping[str, str | None]


class Form(StrEnum):
    """The markup that a citation came in."""

    BLOCKQUOTE = "blockquote"
    IFRAME = "iframe"
    AMP = "amp"
    OBJECT = "object"
    SCRIPT = "script"
    ATTRIBUTE = "attribute"
    """Any other element that names the post in an attribute, for a script to replace."""
    URL = "url"
    """A bare URL alone in its paragraph, as content systems store an embed."""
    STATE = "state"
    """Data from which the page's scripts draw the article."""
    CARD = "card"
    """The post as the site draws it itself, around links to it."""
    LINK = "link"


# Elements that a page is made of, or that a reader clicks: their attributes are no embeds.
_NO_CARRIERS = frozenset((
    *("a", "area", "article", "audio", "body", "button", "html", "input", "li", "link", "main"),
    *("meta", "option", "time"),
))  # fmt: skip
# Class words of the platforms' own snippets; consent tools move them to other attributes.
_EMBED_WORDS = frozenset(
    {"twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed"}
    | {
        "embedly-card",
        "mastodon-embed",
        "fb-xfbml-parse-ignore",
        "reddit-card",
        "reddit-embed",
        "reddit-embed-bq",
    }
    | {"text-post-media"}
)
_LONGEST_WORDS = 500
_NAMING = frozenset({"cite", "data"})
_CARD = re.compile(
    r"(?<![a-z])(?:tweet|toot|skeet|(?:bluesky|bsky|facebook|instagram|mastodon|social(?:-?media)?"
    r"|telegram|tiktok|twitter|x)"
    r"[-_]?(?:card|embed|post))(?![a-z])"
)
_CARD_CLUES = ("tweet", "toot", "skeet", "card", "embed", "post")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_REPLACED = re.compile(r"embed|iframely")
_HOLDING = frozenset({"content", "html", "srcdoc"})
_NO_CARRYING_NAMES = frozenset({"alt", "aria-label", "class", "name", "role", "style", "title"})
"""Attributes that neither name a post nor hold markup back, on whatever element."""
_NO_NAMES = _NO_CARRYING_NAMES | {"content", "id"}
"""And these name none on elements of a site's own, whose other attributes all may."""


class Names(NamedTuple):
    """Of an element's attributes those that tell something."""

    naming: tuple[str, ...]
    """Which may name a post."""
    holding: tuple[str, ...]
    """Which may hold markup back."""


def may_carry(tag: str, attributes: Attributes) -> bool:
    """Whether an element's attributes may name an embed or hold one back: a quick look."""
    return tag not in _NO_CARRIERS and not attributes.keys() <= _NO_CARRYING_NAMES


def names_of(tag: str, names: Iterable[str]) -> Names:
    """What the attributes of these names may tell."""
    telling = [name for name in names if "share" not in name and "clipboard" not in name]
    return Names(
        tuple([name for name in telling if _may_name_post(tag, name)]),
        tuple([name for name in telling if _may_hold_back(tag, name)]),
    )


def is_snippet(attributes: Attributes) -> bool:
    """Whether one of the short attributes holds a snippet's class word."""
    for name, value in attributes.items():
        if value and "-" in value and (name == "class" or name.startswith("data-")):
            is_short = len(value) < _LONGEST_WORDS
            if is_short and not _EMBED_WORDS.isdisjoint(value.split()):
                return True
    return False


def is_card(attributes: Attributes) -> bool:
    """Whether an element is called a post of some platform: `tweet`, `kg-twitter-card`."""
    words = attributes.get("class")
    return words is not None and _is_card(words[:_LONGEST_WORDS])


@functools.lru_cache(maxsize=8192)
def _is_card(words: str) -> bool:
    low = words.lower()
    if not any(map(low.__contains__, _CARD_CLUES)):
        return False  # as are nearly all
    return _CARD.search(low if low == words else _CAMEL.sub("-", words).lower()) is not None


def is_replaced(attributes: Attributes) -> bool:
    """Whether a link is there for a script to put what it leads to in its place."""
    words = (*attributes, attributes.get("class") or "")
    return any("share" not in word and _REPLACED.search(word) for word in words)


def _may_name_post(tag: str, name: str) -> bool:
    """Whether an attribute of this name may hold an embedded post.

    Consent tools and lazy loaders rename `src` and `href`, each in its own way.
    """
    if name == "value":
        return tag == "param"
    if name.startswith("data-") or "src" in name or "href" in name:
        return True
    if name.endswith(("id", "url")):
        return name != "itemid"  # of microdata: what the page's own thing is called
    return name in _NAMING or ("-" in tag and name not in _NO_NAMES)


def _may_hold_back(tag: str, name: str) -> bool:
    """Whether an attribute of this name may hold markup, or the settings of an embed."""
    is_component_s = "-" in tag and name not in _NO_NAMES
    return is_component_s or name in _HOLDING or name.startswith("data-")


def context_of(tag: str, attributes: Attributes) -> str:
    """The words of an element that tell which platform's a bare id is."""
    values = (value.lower() for value in attributes.values() if value and len(value) <= 80)
    return " ".join((tag, *values))


def form_of(tag: str) -> Form:
    """The form of a citation that an element of this tag carries."""
    if tag.startswith("amp-"):
        return Form.AMP
    if tag in {"object", "embed", "param"}:
        return Form.OBJECT
    return {"iframe": Form.IFRAME, "script": Form.SCRIPT}.get(tag, Form.ATTRIBUTE)


_PLAYER_WORDS = re.compile(r"youtube|video ?player|embed", re.IGNORECASE)


def film_title(title: str | None) -> str | None:
    """A frame's title where it is the film's, not the player's."""
    if not title or len(title) > 500 or _PLAYER_WORDS.search(title):
        return None
    return " ".join(title.split()) or None


# What holds markup as text, for a script to put in place.
HOLDERS = frozenset({"noembed", "template", "textarea"})


def held_text(node: LexborNode, tag: str) -> str:
    """What a holder of markup holds; a template's contents are a tree of their own.

    What a text area shows to be copied is for other pages.
    """
    if tag == "textarea" and "readonly" in node.attributes:
        return ""
    if tag != "template":
        return node.text()
    return (node.html or "").partition(">")[2].removesuffix("</template>")
