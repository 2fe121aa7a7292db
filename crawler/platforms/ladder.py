"""The walk up a post's ladder: which rung is asked next, and what the walk came to. Pure.

The rule, in one line each:

- A full answer ends the walk, but for a rung that it names (`ASK_ALSO`): an edited post's history.
- An answer that settles the post's fate (`SETTLED`) ends our own asking. A web archive, where one
  is configured, is asked precisely then: it may have the post from before.
- A refusal, a wall, half an answer or a fault leads to the next rung.
- A passing fault (`PASSING`) leads there too, for the post may be gone later; and the walk is to
  be repeated (`is_to_be_repeated`) unless some rung gave the post in full or settled its fate.
- Once an author's wish not to be shown to strangers is known, nobody is asked any more.
"""

from collections.abc import Sequence

from archive import Failure, FailureKind, PostAnswer, PostState
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import ASK_ALSO, AUTHOR_WISH, Ask, Grade, Rung

SETTLED = frozenset(
    {
        PostState.DELETED,
        PostState.NOT_FOUND,
        PostState.SUSPENDED,
        PostState.PROTECTED,
    }
)
"""What another rung of the same platform would only say again."""

PASSING = frozenset({PostState.RATE_LIMITED, PostState.TRANSIENT})
"""What may be otherwise in an hour: asked again in a later walk."""

# What an answer tells of the post, most first. Before it count: found or not, ours or a third
# party's.
_TELLING = (
    PostState.OK,
    PostState.OK_PARTIAL,
    PostState.DELETED,
    PostState.SUSPENDED,
    PostState.PROTECTED,
    PostState.WITHHELD_LOGIN,
    PostState.GEO_BLOCKED,
    PostState.EMBEDDING_DISABLED,
    PostState.NOT_FOUND,
    PostState.UNAVAILABLE,
    PostState.LOGIN_WALL,
    PostState.BLOCKED_BOT,
    PostState.RATE_LIMITED,
    PostState.TRANSIENT,
    PostState.PARSE_ERROR,
    PostState.NOT_ASKED,
)
_RANK = {state: rank for rank, state in enumerate(_TELLING)}
_THIRD_PARTIES = frozenset({Grade.THIRD_PARTY_MIRROR, Grade.THIRD_PARTY_CAPTURE})

_STATE_OF_FAILURE = {
    FailureKind.ROBOTS_DENIED: PostState.NOT_ASKED,
    FailureKind.ADDRESS_REFUSED: PostState.NOT_ASKED,
    FailureKind.NOT_THE_WEB: PostState.NOT_ASKED,
    FailureKind.LEFT_ALONE: PostState.RATE_LIMITED,
    FailureKind.TOO_LARGE: PostState.PARSE_ERROR,
}


def next_ask(
    ref: PostRef, answers: Sequence[PostAnswer], enabled: Sequence[Rung]
) -> tuple[Rung, Ask] | None:
    """The next rung to ask for `ref`, and its request; None where the walk ends.

    `answers` holds what this walk's rungs answered so far, in order; `enabled` the rungs that are
    on, best first. A rung is asked once a walk, however often it failed.
    """
    if any(AUTHOR_WISH in answer.learnt for answer in answers):
        return None
    if any(answer.state is PostState.OK for answer in answers):
        also = {answer.learnt.get(ASK_ALSO) for answer in answers}
        enabled = [rung for rung in enabled if rung.name in also]
    is_settled = any(_settles(answer) for answer in answers)
    tried = {answer.rung for answer in answers}
    for rung in enabled:
        if rung.name in tried or (is_settled and rung.grade is not Grade.THIRD_PARTY_CAPTURE):
            continue
        ask = rung.ask(ref, answers)
        if ask is not None:
            return rung, ask
    return None


def best(answers: Sequence[PostAnswer]) -> PostAnswer | None:
    """The answer that tells most of the post: of equals the first; None of none.

    A found post before any failure, however late the failure; the platform's own word before a
    third party's.
    """
    return min(answers, key=_order, default=None)


def _order(answer: PostAnswer) -> tuple[bool, bool, int]:
    return not answer.state.is_found, answer.grade in _THIRD_PARTIES, _RANK[answer.state]


def is_to_be_repeated(answers: Sequence[PostAnswer]) -> bool:
    """Whether a later walk may bring more: a passing fault, and no last word of the platform's.

    A third party's copy is no last word.
    """
    ours = [answer for answer in answers if answer.grade not in _THIRD_PARTIES]
    if any(answer.state is PostState.OK or _settles(answer) for answer in ours):
        return False
    return any(answer.state in PASSING for answer in ours)


def _settles(answer: PostAnswer) -> bool:
    return answer.state in SETTLED and answer.grade not in _THIRD_PARTIES


def unanswered(ref: PostRef, rung: Rung, failure: Failure) -> PostAnswer:
    """What a rung came to that nothing readable came back from: robots, no connection, cut off."""
    return PostAnswer(
        platform=ref.platform,
        post_id=ref.post_id,
        url=ref.url,
        rung=rung.name,
        grade=rung.grade,
        state=_STATE_OF_FAILURE.get(failure.kind, PostState.TRANSIENT),
        reason=f"{failure.kind}: {failure.detail}",
    )


def not_asked(ref: PostRef, rungs: Sequence[Rung]) -> PostAnswer:
    """What stands for a post none of whose `rungs` is on: not asked, and why."""
    reasons = "; ".join(f"{rung.name}: {rung.why_off}" for rung in rungs if rung.why_off)
    return PostAnswer(
        platform=ref.platform,
        post_id=ref.post_id,
        url=ref.url,
        rung="none",
        grade="none",
        state=PostState.NOT_ASKED,
        reason=reasons or "no public place to ask is known",
    )
