"""Which post an element's attributes, or the fields of an object of data, name.

By an address, or by a bare id where the field's name or what stands around it says whose it is.
"""

import re
from collections.abc import Iterable, Mapping

from crawler.extract.citations.carriers import Attributes, context_of
from crawler.platforms.address import LONGEST_URL, Address
from crawler.platforms.mending import led_to
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import Registry

# Fields of an object that tell what kind of thing it is, or whose.
_KINDS = frozenset(
    {
        "type",
        "_type",
        ":type",
        "__component",
        "__typename",
        "blockType",
        "elementType",
        "slice_type",
    }
    | {"tagName", "$type", "contentType", "embedType", "kind", "subtype", "name"}
    | {"blockName", "component", "layout", "mediaType", "model", "network", "origin", "platform"}
    | {"provider", "providerName", "provider_name", "service", "serviceName", "site", "source"}
    | {"vendor", "variant", "embed_type", "content_type", "class"}
)
# The WordPress plug-in WP YouTube Lyte; the player Vidstack.
_FILM = re.compile(r"WYL_|youtube/")
_LONGEST_KIND = 40
_MOST_FIELDS = 60


def post_in_attributes(
    registry: Registry, tag: str, attributes: Attributes, naming: Iterable[str]
) -> PostRef | None:
    """The post that the first of `attributes`, among those that are `naming` ones, names."""
    if tag == "amp-vk":
        owner, post = attributes.get("data-owner-id"), attributes.get("data-post-id")
        return registry.recognise(f"https://vk.com/wall{owner}_{post}")
    context = None
    for name in naming:
        written = attributes[name]
        if not written or len(written) > LONGEST_URL:
            continue
        value = written.strip()
        if "//" in value or "%2F" in value:
            ref = registry.recognise(value) or _framed(registry, value)
        elif film := _FILM.match(value):
            ref = registry.from_field("videoid", value[film.end() :], "youtube")
        else:
            value = value.partition("?")[0]  # Telegram's `name/12?single`
            if not registry.may_be_id(name, value):
                continue
            context = context or context_of(tag, attributes)
            ref = registry.from_field(name, value, context)
        if ref is not None:
            return ref
    return None


def _framed(registry: Registry, address: str) -> PostRef | None:
    """The post whose address stands in that of a frame around it, the site's own or another's."""
    target = led_to(address)
    ref = registry.recognise(target) if target else None
    parsed = Address.parse(address) if ref else None
    return None if parsed and registry.knows(parsed.host) else ref  # a platform's button


def said_kind(kind: str, fields: Mapping[str, object]) -> str:
    """What an object kept under `kind` says of its kind."""
    said = [kind]
    for name in _KINDS & fields.keys():
        value = fields[name]
        if isinstance(value, str) and len(value) <= _LONGEST_KIND:
            said.append(value)
    return " ".join(said)


def _is_meta(fields: Mapping[str, object]) -> bool:
    """Whether an object is a page's `<meta>`: `{"name": "twitter:app:id:ipad", "content": "…"}`."""
    name = fields.get("name", fields.get("property"))
    return "content" in fields and isinstance(name, str) and ":" in name


def post_in_fields(registry: Registry, kind: str, fields: Mapping[str, object]) -> PostRef | None:
    """The post that an object of data names by a bare id: `{"type": "tweet", "id": "17…"}`.

    `kind` is the name under which the object is kept; it may be what says whose the id is.
    """
    if len(fields) > _MOST_FIELDS or _is_meta(fields):
        return None
    context: str | None = None
    for name, value in fields.items():
        if isinstance(value, str | int) and not isinstance(value, bool) and name not in _KINDS:
            if not registry.may_be_id(name, text := str(value)):
                continue
            context = context or said_kind(kind, fields)
            ref = registry.from_field(name, text, context)
            if ref is not None:
                return ref
    return None
