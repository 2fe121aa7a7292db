"""Reading a rung's answer: bytes to what they say of the post. Never raises, whatever the bytes."""

import logging
from dataclasses import dataclass, replace

from archive import Failure, FailureKind, PostAnswer, PostState, Reading, ShortLink, Verdict
from crawler.platforms.ladder import unanswered
from crawler.platforms.memento import WebArchive
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import everyone
from crawler.platforms.rung import Answered, Rung
from crawler.platforms.verdict import verdict
from crawler.posts.choice import RungChoice
from crawler.posts.walls import LEFT_ALONE

logger = logging.getLogger(__name__)

READER = "posts-3"
"""The version of this reader. Readings of equal versions can be compared, others cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RungPage:
    """An answer to be read: which post and rung it is of, and what came back."""

    ref: PostRef
    rung: str
    answered: Answered
    archives: tuple[WebArchive, ...] = ()
    """Those that are configured: they have no place in the registry."""


def read_answer(page: RungPage, record_id: str) -> Reading:
    """What the rung says of `page`, the answer kept as the capture `record_id`.

    Never raises: an answer that breaks its rung is a parse error, with the reason.
    """
    choice = RungChoice(registry=everyone(), archives=page.archives)
    rung = choice.rung(page.ref.platform, page.rung)
    assert rung is not None, "whoever asks looks first"
    try:
        answer = rung.read(page.ref, page.answered)
        return reading_of(answer, record_id, verdict(answer, page.answered))
    except Exception as error:  # the boundary of one answer's task: hostile bytes end here
        logger.warning("cannot read %s", record_id, exc_info=True)
        return unread(page.ref, rung, record_id, f"{type(error).__name__}: {str(error)[:200]}")


def unreached(ref: PostRef, rung: Rung, record_id: str, failure: Failure) -> Reading:
    """The reading of a capture that says why nothing came back."""
    answer = unanswered(ref, rung, failure)
    if failure.kind is FailureKind.LEFT_ALONE and failure.detail.startswith(LEFT_ALONE):
        answer = replace(answer, state=PostState.NOT_ASKED, reason=failure.detail)
    return reading_of(answer, record_id)


def leading(record_id: str, link: str, ref: PostRef) -> Reading:
    """The reading of a hop at whose end a post stands: `link` is as an article has it."""
    return Reading(
        record_id=record_id,
        reader=READER,
        verdict=Verdict.NOT_A_PAGE,
        short_link=ShortLink(
            url=link, platform=ref.platform, post_id=ref.post_id, post_url=ref.url
        ),
    )


def unread(ref: PostRef, rung: Rung, record_id: str, reason: str) -> Reading:
    """The reading of an answer that this reader failed at."""
    nothing = unanswered(ref, rung, Failure(kind=FailureKind.OTHER, detail=reason))
    answer = replace(nothing, state=PostState.PARSE_ERROR, reason=reason)
    return reading_of(answer, record_id, Verdict.UNREADABLE)


def reading_of(
    answer: PostAnswer, record_id: str, verdict: Verdict = Verdict.ERROR_PAGE
) -> Reading:
    """The reading that holds `answer`; by default of a capture that brought nothing to read."""
    return Reading(
        record_id=record_id,
        reader=READER,
        verdict=verdict,
        reason=answer.reason,
        answer=answer,
    )
