"""The addresses under which an element offers its picture: at once, lazily, in several sizes."""

import re
from collections.abc import Iterator, Mapping

# Where lazy loaders keep a picture's address until it is scrolled to.
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-hi-res-src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-original-set")

_INLINE = ("data:", "about:", "blob:", "#")

_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*)([^,]*)")


def picture_offers(attributes: Mapping[str, str | None]) -> Iterator[str]:
    """What the attributes of a picture's element offer, as written, some of it twice."""
    for name in ("src", *_LAZY):
        yield (attributes.get(name) or "").strip()
    for name in _SETS:
        if name in attributes:
            yield from srcset_urls(attributes[name] or "")


def picture_address(attributes: Mapping[str, str | None]) -> str | None:
    """The one address that says most: what a lazy loader would put in place of a stand-in."""
    offers = list(picture_offers(attributes))
    lazy = 1 + len(_LAZY)
    ranked = (*offers[1:lazy], offers[0], *offers[lazy:])
    return next((one for one in ranked if one and not one.startswith(_INLINE)), None)


def srcset_urls(text: str) -> Iterator[str]:
    """The addresses of a `srcset` (HTML standard, 4.8.4.2.1): they may hold commas themselves."""
    position = 0
    while found := _CANDIDATE.match(text, position):
        url = found[1]
        bare = url.rstrip(",")
        # A comma right behind an address ends its candidate; else its descriptors do.
        position = found.end(1) if bare != url else found.end()
        yield bare
