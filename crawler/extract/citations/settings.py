"""Which posts a script's code, or a component's settings, name: by address, by id, encoded."""

import json
import re
from collections.abc import Iterator
from itertools import islice

from crawler.extract.citations.hidden import LONGEST_HIDDEN, is_markup, quoted_urls, unhidden
from crawler.extract.citations.post_names import post_in_fields
from crawler.extract.citations.state.values import values_of
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import Registry

_MOST = 50
"""Addresses, and ids, in one script that are looked at."""
# `twttr.widgets.createTweet("ID", …)`, `new YT.Player("x", {videoId: "ID"})`
_NAMED = re.compile(
    r"""\b(create(?:Tweet|Video)(?:Embed)?|[A-Za-z_]\w{0,30}(?:Id|ID|_id|code))["']?\s{0,3}[:(]\s{0,3}"""
    r"""["']([A-Za-z0-9_/-]{5,40})["']"""
)
# `VK.Widgets.Post("x", -1, 2, "hash")`
_VK_POST = re.compile(
    r"""\bWidgets\.Post\(\s{0,3}["'][^"']{1,80}["']\s{0,3},\s{0,3}"""
    r"""(-?[0-9]{1,13})\s{0,3},\s{0,3}([0-9]{1,11})(?![0-9])"""
)
_OPENINGS = ("<", "&lt;", "\\u003c", "\\u003C")
"""How markup may open within JSON."""
_MOST_LITERALS = 2_000
_LITERAL = re.compile(r"\{([^{}]{8,400})\}")
_FIELD = re.compile(r"""\b(\w{1,30})["']?\s?:\s?["']([^"'\\]{1,200})["']""")
_PLAYERS = {"YT.Player": "youtube"}
"""Whose films are called by a `videoId` alone."""
_SCHEMES = ("http://", "https://", "at://")
_CALLS = ("createTweet", "createVideo", "YT.Player", "Widgets.Post")
_ENCODED = re.compile(r"""atob\(\s{0,3}["']([^"'\s]{32,})["']""")


def encoded_markup(code: str) -> Iterator[str]:
    """The markup that `code` has in base64, to be put in place decoded."""
    if "atob(" in code:
        for found in islice(_ENCODED.finditer(code), _MOST):
            markup = unhidden(found[1]) if len(found[1]) <= LONGEST_HIDDEN else ""
            if is_markup(markup):
                yield markup


def settings_markup(text: str) -> str | None:
    """The markup that an object of JSON keeps, of all its texts; None where `text` is no such."""
    if text[:1] != "{" or len(text) > LONGEST_HIDDEN or not any(map(text.__contains__, _OPENINGS)):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    texts = (unhidden(said) for _, said in values_of(value) if isinstance(said, str))
    return "".join(filter(is_markup, texts)) or None


def literal_posts(registry: Registry, code: str) -> Iterator[PostRef]:
    """The posts that objects written out in `code` name: `{type:"tweet",id:"17…"}`."""
    for found in islice(_LITERAL.finditer(code), _MOST_LITERALS):
        fields = dict(_FIELD.findall(found[1]))
        ref = post_in_fields(registry, "", fields) if fields else None
        if ref is not None:
            yield ref


def stated_posts(registry: Registry, text: str) -> Iterator[PostRef]:
    """The posts that objects of JSON name by a bare id: a component's settings."""
    if text[:1] not in {"{", "["} or not registry.may_be_named_in(text):
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    for name, fields in values_of(value):
        if not isinstance(fields, str):
            ref = post_in_fields(registry, name, fields)
            if ref is not None:
                yield ref


def addresses(code: str) -> Iterator[str]:
    """The first addresses that are whole strings of `code`, or all of it."""
    if code.startswith(_SCHEMES) and not code.split()[1:]:
        return iter((code,))
    return islice(quoted_urls(code), _MOST)


def calls_platform(code: str) -> bool:
    """Whether `code` calls a platform that it need not name otherwise: a quick look."""
    return any(map(code.__contains__, _CALLS))


def called_posts(registry: Registry, code: str) -> Iterator[PostRef]:
    """The posts whose bare ids `code` hands to a platform's own call or setting."""
    context = " ".join(whose for call, whose in _PLAYERS.items() if call in code)
    for found in islice(_NAMED.finditer(code), _MOST):
        ref = registry.from_field(found[1], found[2], context)
        if ref is not None:
            yield ref
    for found in islice(_VK_POST.finditer(code), _MOST):
        ref = registry.recognise(f"https://vk.com/wall{found[1]}_{found[2]}")
        if ref is not None:
            yield ref
