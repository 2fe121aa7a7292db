"""How long to wait between two requests to a platform's host: where to start, one table.

A pattern is a host with all that is below it, or `/api/v1/statuses/` and its like: a piece of a
path, for platforms of many servers. A crawl's own, longer pace and a host's `Retry-After` come on
top.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from crawler.platforms.address import host_suffixes

PACES_S: Mapping[str, float] = {
    "syndication.twimg.com": 3.0,
    "api.x.com": 10.0,
    "publish.x.com": 2.0,
    "publish.twitter.com": 2.0,
    "api.fxtwitter.com": 5.0,
    "t.co": 1.0,
    "t.me": 1.0,
    "public.api.bsky.app": 0.5,
    "youtube.com": 1.0,
    "youtu.be": 1.0,
    "tiktok.com": 5.0,
    "truthsocial.com": 5.0,
    "threads.com": 10.0,
    "threads.net": 10.0,
    "instagram.com": 10.0,
    "facebook.com": 10.0,
    "fb.watch": 10.0,
    # A thousand requests an hour are allowed.
    "graph.facebook.com": 4.0,
    "graph.threads.net": 4.0,
    "vk.com": 10.0,
    "vk.cc": 10.0,
    "reddit.com": 10.0,
    "redd.it": 10.0,
    "web.archive.org": 4.0,
    # Pictures and films.
    "pbs.twimg.com": 0.5,
    "video.twimg.com": 0.5,
    "telesco.pe": 0.5,
    "cdn.bsky.app": 0.5,
    "ytimg.com": 0.5,
    # Any server of the fediverse: many are small.
    "/api/v1/statuses/": 1.0,
    "/users/": 1.0,
    "/@": 1.0,
}
"""Seconds between the beginnings of two requests to a host, by its pattern."""


def pace_s(url: str, paces: Mapping[str, float] = PACES_S) -> float | None:
    """Seconds to wait between requests to the host of `url`; None where no platform's pace holds.

    The longest host that fits counts before shorter ones, and hosts before paths.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    for suffix in host_suffixes(host):
        if suffix in paces:
            return paces[suffix]
    return next(
        (pace for mark, pace in paces.items() if mark.startswith("/") and mark in parts.path), None
    )
