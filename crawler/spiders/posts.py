"""Asking platforms for the posts that articles cite: the requests of a walk, and its answers.

What is asked next is `crawler.platforms.ladder`'s to say, which posts at all `crawler.posts`'. Here
a step becomes a request, and a response a reading. A step stands whole in its request's meta, as
plain values, so that a request may wait on disk and be answered in another process.
"""

import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure as Trouble

from archive import (
    Article,
    Capture,
    Citation,
    Failure,
    FailureKind,
    PostAnswer,
    PostState,
    Reading,
)
from crawler.fetch.origin import capture_of, kept_of, origin_meta
from crawler.fetch.redirects import why_not_web
from crawler.fetch.refusals import CrawlClosing
from crawler.frontier.scheduler import UNFINISHED
from crawler.notes import POST, POST_URL, RUNG
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Ask, Rung
from crawler.posts.answering import RungPage, unreached
from crawler.posts.walks import Occasion, Walk, Walks
from crawler.posts.walls import Walls
from crawler.running.reader import ReadingStopped, answered_of
from crawler.spiders.means import Means

logger = logging.getLogger(__name__)

_META = "dateline_post"
_MOST_HOPS = 3
"""A place may have moved; who sends us on more often wants no answer to be found."""
_UNREADABLE = (PostState.PARSE_ERROR, PostState.TRANSIENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One request of a walk, as it stands in meta."""

    platform: str
    post_id: str
    url: str
    rung: str
    found_by: str
    via: str | None
    via_record: str | None
    depth: int
    hops: int = 0

    @property
    def ref(self) -> PostRef:
        return PostRef(platform=self.platform, post_id=self.post_id, url=self.url)

    @property
    def occasion(self) -> Occasion:
        return Occasion(
            found_by=self.found_by, via=self.via, via_record=self.via_record, depth=self.depth
        )


class PostAsker:
    """Walks posts' ladders by requests whose callbacks are `callback` and `errback`."""

    def __init__(
        self,
        means: Means,
        *,
        walks: Walks,
        callback: Callable[..., Any],
        errback: Callable[..., Any],
    ) -> None:
        self._means = means
        self._choice = means.config.rungs
        self._walks = walks
        self._walls = Walls()
        self._callback = callback
        self._errback = errback

    async def cited(self, article: Article, capture: Capture) -> AsyncIterator[Reading | Request]:
        """Begin the walks of the posts that an article cites."""
        for citation in article.posts:
            occasion = Occasion(found_by="citation", via=article.url, via_record=capture.record_id)
            async for step in self.begin(ref_of(citation), occasion):
                yield step

    async def put_off(self) -> AsyncIterator[Reading | Request]:
        """Begin the walks that a passing fault spoilt, hours ago, in an earlier run."""
        for ref, occasion in self._walks.put_off():
            async for step in self.begin(ref, occasion):
                yield step

    async def begin(self, ref: PostRef, occasion: Occasion) -> AsyncIterator[Reading | Request]:
        """The first step for `ref`; nothing where it is not to be asked for (again)."""
        walk = self._walks.begin(ref, occasion)
        if walk is not None:
            self._means.count("dateline/posts/asked")
            async for step in self._next(walk):
                yield step

    async def take(self, response: Response) -> AsyncIterator[Reading | Request]:
        """Read a rung's answer, and go on."""
        step = _Step(**response.meta[_META])
        capture = capture_of(response)
        rung = self._choice.rung(step.platform, step.rung)
        if rung is None:  # a request of an earlier process, of a platform that is gone
            return
        answered = answered_of(response)
        page = RungPage(
            ref=step.ref, rung=step.rung, answered=answered, archives=self._choice.archives
        )
        try:
            reading = await self._means.reader.read_answer(page, rung, capture)
        except ReadingStopped:
            logger.info("kept, and not read any more: %s", response.url)
            response.meta[UNFINISHED] = True
            return
        answer = reading.answer
        assert answer is not None
        hop = _moved(response) if answer.state in _UNREADABLE else None
        if hop is not None and step.hops < _MOST_HOPS:
            yield self._request(
                replace(step, hops=step.hops + 1),
                Ask(url=hop, headers=response.meta["dateline_ask_headers"]),
                Occasion(found_by="redirect", via=response.url, via_record=capture.record_id),
            )
            return
        if self._walls.note(_host(response.url), answer.state):
            self._means.count(f"dateline/posts/walled/{_host(response.url)}")
            logger.warning(
                "%r walls us (%s): left alone for this run", _host(response.url), answer.state
            )
        yield reading
        async for further in self._go_on(step, answer, response.url, capture):
            yield further

    async def fail(self, trouble: Trouble) -> AsyncIterator[Reading | Request]:
        """Note that a rung brought nothing to read, and go on with the next.

        What the end of the crawl cut off is no answer: nothing is known of the post.
        """
        if isinstance(trouble.value, CrawlClosing):
            return
        request: Request = trouble.request  # type: ignore[attr-defined]
        step = _Step(**request.meta[_META])
        capture = kept_of(request)
        rung = self._choice.rung(step.platform, step.rung)
        logger.info("not had: %s (%s)", request, trouble.value)
        if capture is None or rung is None:
            return
        failure = capture.failure or Failure(
            kind=FailureKind.OTHER, detail=type(trouble.value).__name__
        )
        reading = unreached(step.ref, rung, capture.record_id, failure)
        yield reading
        assert reading.answer is not None
        async for further in self._go_on(step, reading.answer, request.url, capture):
            yield further

    async def _go_on(
        self, step: _Step, answer: PostAnswer, url: str, capture: Capture
    ) -> AsyncIterator[Reading | Request]:
        walk = self._walks.resume(step.ref, step.occasion)
        self._walks.note(walk, answer)
        async for further in self._next(walk):
            yield further
        for ref in self._walks.pointed_at(walk, answer):
            occasion = Occasion(
                found_by="pointer",
                via=url,
                via_record=capture.record_id,
                depth=step.depth + 1,
            )
            async for further in self.begin(ref, occasion):
                yield further

    async def _next(self, walk: Walk) -> AsyncIterator[Reading | Request]:
        """The walk's next request; rungs whose host walls us are passed over, on record."""
        while (found := self._walks.next_step(walk)) is not None:
            rung, ask = found
            request = self._first_request(walk, rung, ask)
            why = self._walls.why_left_alone(_host(ask.url))
            if why is None:
                yield request
                return
            capture = await self._means.refusals.record(request, FailureKind.LEFT_ALONE, why)
            assert capture.failure is not None
            reading = unreached(walk.ref, rung, capture.record_id, capture.failure)
            assert reading.answer is not None
            self._walks.note(walk, reading.answer)
            yield reading
        self._means.count(f"dateline/posts/state/{self._walks.outcome(walk)}")

    def _first_request(self, walk: Walk, rung: Rung, ask: Ask) -> Request:
        step = _Step(
            platform=walk.ref.platform,
            post_id=walk.ref.post_id,
            url=walk.ref.url,
            rung=rung.name,
            **asdict(walk.occasion),
        )
        return self._request(step, ask, walk.occasion)

    def _request(self, step: _Step, ask: Ask, occasion: Occasion) -> Request:
        self._means.keep_pace(ask.url)
        headers = dict(ask.headers)
        return Request(
            ask.url,
            method=ask.method,
            headers=headers,
            callback=self._callback,
            errback=self._errback,
            # `Walks` sees that a post is asked for once a run.
            dont_filter=True,
            meta={
                _META: asdict(step),
                "dateline_ask_headers": headers,
                **origin_meta(
                    occasion.found_by,
                    via=occasion.via,
                    via_record=occasion.via_record,
                    note={POST: step.ref.key, POST_URL: step.url, RUNG: step.rung},
                    asked_for=f"{step.ref.key} {step.rung}",
                ),
                "dont_redirect": True,  # where a platform sends us is its answer
            },
        )


def ref_of(citation: Citation) -> PostRef:
    """The post that is cited."""
    return PostRef(platform=citation.platform, post_id=citation.post_id, url=citation.url)


def _moved(response: Response) -> str | None:
    """Where a redirect leads, where that is a web address; one of a POST is not followed."""
    location = response.headers.get("Location")
    is_followed = response.request is not None and response.request.method == "GET"
    if not 300 <= response.status < 400 or not location or not is_followed:
        return None
    try:
        target = urljoin(response.url, location.decode("latin-1").strip())
    except ValueError:
        return None
    return target if why_not_web(target) is None else None


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
