"""The key under which replay tools look a URL up.

It is no identity of ours (`web.urls.UrlKey` is): it folds case, drops `www.` and session ids,
and undoes escapes, because pywb must find what we write. CDXJ 0.1.0 leaves the rules open ("SURT");
these are the defaults of the Internet Archive's `surt` 0.3.1, which pywb and cdxj-indexer call. It
is not used itself: it warns when it is imported, and asks the DNS for hosts that look like numbers.
The tests hold the two against each other.
"""

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes

_PARTS = re.compile(rb"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_PORTS = {b"http": b"80", b"https": b"443"}
_WWW = re.compile(rb"\Awww[0-9]*\.")
_SAFE = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_PATH_SESSIONS = (
    re.compile(rb"^(.*/)(\((?:[a-z]\([0-9a-z]{24}\))+\)/)([^\?]+\.aspx.*)$", re.IGNORECASE),
    re.compile(rb"^(.*/)(\([0-9a-z]{24}\)/)([^\?]+\.aspx.*)$", re.IGNORECASE),
)
_QUERY_SESSIONS = tuple(
    re.compile(rb"^(.*)(?:%s)(?:&(.*))?$" % form, re.IGNORECASE)
    for form in (
        rb"jsessionid=[0-9a-zA-Z]{32}",
        rb"phpsessid=[0-9a-zA-Z]{32}",
        rb"sid=[0-9a-zA-Z]{32}",
        rb"ASPSESSIONID[a-zA-Z]{8}=[a-zA-Z]{24}",
        rb"cfid=[^&]+&cftoken=[^&]+",
    )
)
_MOST_UNESCAPES = 8192
"""One escape within the other, as often as a URL is long: each round takes two bytes at least."""


def surt_key(url: str) -> str:
    """`example,news)/2026/story?a=1` for an absolute http or https URL: ASCII without a space.

    Anything else is escaped, and is its own key.
    """
    found = _PARTS.match(url.encode("utf-8", "replace"))
    if found is None or not found[2]:
        return _escaped(url.encode("utf-8", "replace")).decode("ascii") or "-"
    scheme, authority, path, query = found.groups()
    host, port = _host_and_port(authority, _PORTS[scheme.lower()])
    key = b",".join(reversed(host.split(b"."))) + port + b")" + _path(path)
    if query and (ordered := _query(query)):
        key += b"?" + ordered
    return key.decode("ascii")


def _host_and_port(authority: bytes, default: bytes) -> tuple[bytes, bytes]:
    """The host as the key has it, and its port with the colon where it is not the default."""
    bare = authority.rpartition(b"@")[2].rstrip(b":")
    host, colon, port = bare.rpartition(b":")
    if not colon or not port.isdigit():
        host, port = bare, b""
    host = _unescaped(host).replace(b"..", b".").strip(b".[]")
    host = _WWW.sub(b"", _escaped(host.lower()))
    number = port.lstrip(b"0")
    return host, b":" + number if number and number != default else b""


def _path(path: bytes) -> bytes:
    segments: list[bytes] = []
    for segment in _unescaped(path).split(b"/")[1:]:
        if segment == b"..":
            # One too many stays: so does it there.
            segments = segments[:-1] if segments else [segment]
        elif segment != b".":
            segments.append(segment)
    inner = b"".join(segment + b"/" for segment in segments[:-1] if segment)
    lowered = _escaped(b"/" + inner + b"".join(segments[-1:])).lower()
    for session in _PATH_SESSIONS:
        lowered = session.sub(rb"\1\3", lowered)
    return lowered.removesuffix(b"/") or b"/"


def _query(query: bytes) -> bytes:
    text = _escaped(_unescaped(query))
    for session in _QUERY_SESSIONS:
        text = session.sub(lambda found: found[1] + (found[2] or b""), text)
    parts = [part.partition(b"=") for part in text.lower().split(b"&")]
    return b"&".join(b"".join(part) for part in sorted(parts, key=_order)) if text else b""


def _order(part: tuple[bytes, bytes, bytes]) -> tuple[bytes, ...]:
    """As tuples sort there: a name without `=` before the same name with an empty value."""
    name, equals, value = part
    return (name, value) if equals else (name,)


def _unescaped(text: bytes) -> bytes:
    """`text` with its escapes undone, and those that came out of them."""
    for _ in range(_MOST_UNESCAPES):
        plain = unquote_to_bytes(text)
        if plain == text:
            break
        text = plain
    return text


def _escaped(text: bytes) -> bytes:
    return quote_from_bytes(text, safe=_SAFE).encode("ascii")
