"""Following the short links of articles, one hop at a time, to the posts behind them."""

import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from scrapy import Request
from scrapy.http import Response

from archive import Article, Capture, Reading
from crawler.fetch.origin import capture_of, origin_meta
from crawler.notes import SHORT_LINK
from crawler.platforms.registry import recognise
from crawler.platforms.shorteners import hop, landing
from crawler.posts.answering import leading
from crawler.posts.walks import Occasion
from crawler.running.reader import answered_of
from crawler.spiders.means import Means
from crawler.spiders.posts import PostAsker
from crawler.state.short_links import ShortLinkMemory

logger = logging.getLogger(__name__)

_META = "dateline_short_link"
_MOST_HOPS = 5
"""A loop of shorteners leads nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hop:
    """One hop, as it stands in its request's meta."""

    link: str
    """As the article has it."""
    url: str
    """The address of this hop."""
    hops: int = 1


class ShortLinkFollower:
    """Asks short links where they lead, each once; the posts behind them are walked to."""

    def __init__(
        self,
        means: Means,
        *,
        memory: ShortLinkMemory,
        posts: PostAsker,
        callback: Callable[..., Any],
        errback: Callable[..., Any],
    ) -> None:
        self._means = means
        self._memory = memory
        self._posts = posts
        self._callback = callback
        self._errback = errback
        self._followed: set[str] = set()

    async def cited(self, article: Article, capture: Capture) -> AsyncIterator[Reading | Request]:
        """Follow the short links of an article's body."""
        for link in article.links:
            if hop(link.url) is None or link.url in self._followed:
                continue
            self._followed.add(link.url)
            occasion = Occasion(
                found_by="short-link", via=article.url, via_record=capture.record_id
            )
            async for step in self._follow(_Hop(link=link.url, url=link.url), occasion):
                yield step

    async def take(self, response: Response) -> AsyncIterator[Reading | Request]:
        """Learn where a hop leads, and go on from there."""
        step = _Hop(**response.meta[_META])
        capture = capture_of(response)
        target = landing(answered_of(response))
        if target is None:
            logger.info("a short link leads nowhere: %s", response.url)
            return
        self._memory.remember(step.url, target)
        ref = recognise(target)
        if ref is not None:
            yield leading(capture.record_id, step.link, ref)
        occasion = Occasion(found_by="short-link", via=response.url, via_record=capture.record_id)
        async for further in self._land(step, target, occasion):
            yield further

    async def _follow(self, step: _Hop, occasion: Occasion) -> AsyncIterator[Reading | Request]:
        known = self._memory.target(step.url)
        if known is not None:
            async for further in self._land(step, known, occasion):
                yield further
            return
        ask = hop(step.url)
        if ask is None:
            return
        self._means.keep_pace(ask.url)
        yield Request(
            ask.url,
            headers=dict(ask.headers),
            callback=self._callback,
            errback=self._errback,
            dont_filter=True,  # it is followed once a run, by `_followed`
            meta={
                _META: asdict(step),
                **origin_meta(
                    occasion.found_by,
                    via=occasion.via,
                    via_record=occasion.via_record,
                    note={SHORT_LINK: step.link},
                    asked_for=step.link,
                ),
                "dont_redirect": True,  # one hop at a time
            },
        )

    async def _land(
        self, step: _Hop, target: str, occasion: Occasion
    ) -> AsyncIterator[Reading | Request]:
        ref = recognise(target)
        if ref is not None:
            occasion = replace(occasion, found_by="citation")
            async for further in self._posts.begin(ref, occasion):
                yield further
        elif step.hops < _MOST_HOPS:
            onward = _Hop(link=step.link, url=target, hops=step.hops + 1)
            async for further in self._follow(onward, occasion):
                yield further
