"""A request as JSON and back: no pickle, nothing that runs when it is read.

Callbacks are the names of the spider's own methods. Meta and callback arguments are plain values
of JSON, except the two by which `crawler.fetch.origin` knows the capture before a redirect or
retry; those have types of their own here, so that a chain that a killed process began is kept
whole by the next. What Scrapy's downloader notes for itself is left out.
"""

from dataclasses import dataclass, field
from typing import Any

import msgspec
from scrapy import Request, Spider

from archive import Capture
from crawler.errors import CrawlError
from crawler.fetch.origin import CAPTURE, CAPTURES, HOP, Hop

# Made anew by whoever downloads next.
_PASSING = frozenset({CAPTURE, HOP, CAPTURES, "download_slot", "download_latency"})
_DEEPEST = 16
_TOO_LARGE = 2**63


class UnstorableRequest(CrawlError, ValueError):
    """A request that cannot be written down, or one in the frontier that cannot be made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    url: str
    callback: str | None = None
    errback: str | None = None
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    """Latin-1, which gives every byte a character."""
    body: bytes = b""
    encoding: str = "utf-8"
    priority: int = 0
    dont_filter: bool = False
    flags: tuple[str, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict)
    cb_kwargs: dict[str, Any] = field(default_factory=dict)
    capture: Capture | None = None
    hop: Hop | None = None


def to_json(request: Request, spider: Spider) -> bytes:
    """`request` as one line of JSON. Its cookies are not kept: nobody logs in.

    Raises: UnstorableRequest where a callback is none of the spider's methods, or where meta or
    callback arguments hold what JSON cannot.
    """
    meta = {name: value for name, value in request.meta.items() if name not in _PASSING}
    for part, values in (("meta", meta), ("cb_kwargs", request.cb_kwargs)):
        if not _is_plain(values):
            raise UnstorableRequest(f"{part} of {request} has a value that JSON has not")
    capture, hop = request.meta.get(CAPTURE), request.meta.get(HOP)
    stored = _Stored(
        url=request.url,
        callback=_name_of(request.callback, spider),
        errback=_name_of(request.errback, spider),
        method=request.method,
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in request.headers.items()
            for value in values
        ),
        body=request.body,
        encoding=request.encoding,
        priority=request.priority,
        dont_filter=request.dont_filter,
        flags=tuple(request.flags),
        meta=meta,
        cb_kwargs=request.cb_kwargs,
        capture=capture if isinstance(capture, Capture) else None,
        hop=hop if isinstance(hop, Hop) else None,
    )
    try:
        return _ENCODER.encode(stored)
    except (UnicodeEncodeError, OverflowError, RecursionError) as error:
        raise UnstorableRequest(f"{request} cannot be written as JSON: {error}") from error


def from_json(data: bytes, spider: Spider) -> Request:
    """The request that `to_json` wrote, with methods of `spider` as its callbacks.

    Raises: UnstorableRequest where `data` is not that, or the spider has no such method.
    """
    try:
        stored = _DECODER.decode(data)
        request = Request(
            stored.url,
            callback=_method(stored.callback, spider),
            errback=_method(stored.errback, spider),
            method=stored.method,
            headers=[(name, value.encode("latin-1")) for name, value in stored.headers],
            body=stored.body,
            encoding=stored.encoding,
            priority=stored.priority,
            dont_filter=stored.dont_filter,
            flags=list(stored.flags),
            meta=stored.meta,
            cb_kwargs=stored.cb_kwargs,
        )
    except (ValueError, LookupError) as error:
        raise UnstorableRequest(f"a request in the frontier cannot be read: {error}") from error
    if stored.capture is not None:
        request.meta[CAPTURE] = stored.capture
    if stored.hop is not None:
        request.meta[HOP] = stored.hop
    return request


def _name_of(method: object, spider: Spider) -> str | None:
    if method is None:
        return None
    name = getattr(method, "__name__", "")
    if getattr(method, "__self__", None) is not spider or getattr(spider, name, None) != method:
        raise UnstorableRequest(f"{method!r} is no method of the spider {spider.name}")
    return str(name)


def _method(name: str | None, spider: Spider) -> Any:  # noqa: ANN401 - whatever a callback is
    if name is None:
        return None
    method = getattr(spider, name, None)
    if getattr(method, "__self__", None) is not spider:
        raise UnstorableRequest(f"the spider {spider.name} has no method {name[:80]!r}")
    return method


def _is_plain(value: object, depth: int = 0) -> bool:
    if value is None or type(value) in {bool, str}:
        return True
    if type(value) in {int, float}:  # what JSON's readers give back as it was
        return isinstance(value, int | float) and abs(value) < _TOO_LARGE
    if depth > _DEEPEST:
        return False
    if isinstance(value, dict):
        return all(type(name) is str and _is_plain(item, depth + 1) for name, item in value.items())
    return isinstance(value, list | tuple) and all(_is_plain(item, depth + 1) for item in value)


def _typed_text(wanted: type, value: object) -> object:
    if issubclass(wanted, str) and isinstance(value, str):
        return wanted(value)
    raise NotImplementedError


_ENCODER = msgspec.json.Encoder(enc_hook=str)
_DECODER = msgspec.json.Decoder(_Stored, dec_hook=_typed_text)
