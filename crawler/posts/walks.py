"""Which posts are asked for in this run, and how far the walk up each one's ladder came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from archive import PostAnswer, PostState
from crawler.platforms.ladder import best, is_to_be_repeated, next_ask
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Ask, Rung
from crawler.posts.choice import RungChoice
from crawler.state.repeats import PutOff

REMEMBERED = frozenset(
    {
        PostState.DELETED,
        PostState.NOT_FOUND,
        PostState.SUSPENDED,
        PostState.PROTECTED,
        PostState.WITHHELD_LOGIN,
        PostState.EMBEDDING_DISABLED,
        PostState.GEO_BLOCKED,
        PostState.UNAVAILABLE,
        PostState.LOGIN_WALL,
    }
)
"""The outcomes after which a post is not asked for again in the next hours."""

FOLLOWED = frozenset({"quoted", "forwarded"})
"""The pointers whose posts are captured too; what a post replies to is another conversation."""


AGAIN = "again"
"""What finds a post that an earlier walk could not have: time has passed."""

_NAMING = frozenset({PostState.OK, PostState.OK_PARTIAL, PostState.NOT_ASKED})
"""The states of answers that are believed in what else the post is called."""


class NegativeMemory(Protocol):
    """What earlier runs could not have."""

    def knows(self, post_key: str) -> bool:
        """Whether the post was refused in the last hours."""

    def remember(self, post_key: str, state: str) -> None:
        """Note that the post was refused just now."""


class RepeatMemory(Protocol):
    """What a passing fault kept from earlier walks."""

    def put_off(self, post: PutOff) -> None:
        """Note that a walk was spoilt just now."""

    def settle(self, post_key: str) -> None:
        """Note that a walk was not."""

    def due(self) -> Sequence[PutOff]:
        """The posts that it is time to ask for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Why a post is asked for: as `archive.Origin` has it."""

    found_by: str
    via: str | None = None
    via_record: str | None = None
    depth: int = 0
    """0 for a post that an article cites, 1 for one that such a post quotes."""


@dataclass(slots=True, kw_only=True)
class Walk:
    """The walk up one post's ladder."""

    ref: PostRef
    occasion: Occasion
    answers: list[PostAnswer] = field(default_factory=list)
    is_anothers: bool = False
    """Whether another walk, begun under another of the post's keys, asks for it already."""


class Walks:
    """All walks of a run: a post is asked for once, however many articles cite it."""

    def __init__(
        self, choice: RungChoice, memory: NegativeMemory, repeats: RepeatMemory, *, depth: int
    ) -> None:
        self._choice = choice
        self._memory = memory
        self._repeats = repeats
        self._depth = depth
        self._begun: set[str] = set()
        self._under_way: dict[str, Walk] = {}

    def begin(self, ref: PostRef, occasion: Occasion) -> Walk | None:
        """The walk for `ref`; None where it was begun, no rung is on, or it was refused lately.

        A post that a person asks for is asked for, whatever is remembered.
        """
        if ref.key in self._begun:
            return None
        self._begun.add(ref.key)
        if not self._choice.rungs(ref.platform):
            return None
        if occasion.found_by != "argument" and self._memory.knows(ref.key):
            return None
        return self._under_way.setdefault(ref.key, Walk(ref=ref, occasion=occasion))

    def resume(self, ref: PostRef, occasion: Occasion) -> Walk:
        """The walk that an answer belongs to; begun anew where an earlier process had begun it."""
        self._begun.add(ref.key)
        return self._under_way.setdefault(ref.key, Walk(ref=ref, occasion=occasion))

    def next_step(self, walk: Walk) -> tuple[Rung, Ask] | None:
        """The next rung to ask; None where the walk is over, and then it is forgotten."""
        step = None
        if not walk.is_anothers:
            step = next_ask(walk.ref, walk.answers, self._choice.rungs(walk.ref.platform))
        if step is None:
            self._under_way.pop(walk.ref.key, None)
        return step

    def note(self, walk: Walk, answer: PostAnswer) -> None:
        """Take a rung's answer in: the post's other names need no walk of their own.

        Where one of them has a walk under way that began as this one did, this one ends.
        """
        walk.answers.append(answer)
        if answer.state not in _NAMING:
            return
        named = {f"{answer.platform}:{post_id}" for post_id in answer.same_as} - {walk.ref.key}
        if answer.state is PostState.NOT_ASKED:
            walk.is_anothers |= not named.isdisjoint(self._under_way.keys() - {walk.ref.key})
        self._begun |= named

    def outcome(self, walk: Walk) -> PostState:
        """What the walk came to: a refusal is remembered; where a fault may pass, the post is."""
        told = best(walk.answers)
        state = told.state if told is not None else PostState.NOT_ASKED
        if is_to_be_repeated(walk.answers):
            ref = walk.ref
            put_off = PutOff(
                platform=ref.platform,
                post_id=ref.post_id,
                url=ref.url,
                depth=walk.occasion.depth,
            )
            self._repeats.put_off(put_off)
            return state
        self._repeats.settle(walk.ref.key)
        if state in REMEMBERED:
            self._memory.remember(walk.ref.key, state)
        return state

    def put_off(self) -> Iterator[tuple[PostRef, Occasion]]:
        """The posts of earlier walks that it is time to ask for again."""
        for post in self._repeats.due():
            ref = PostRef(platform=post.platform, post_id=post.post_id, url=post.url)
            yield ref, Occasion(found_by=AGAIN, depth=post.depth)

    def pointed_at(self, walk: Walk, answer: PostAnswer) -> Iterator[PostRef]:
        """The posts that `answer` quotes or forwards, as far as the depth allows."""
        if answer.facts is None or walk.occasion.depth >= self._depth:
            return
        for pointer in answer.facts.pointers:
            if pointer.relation in FOLLOWED:
                yield PostRef(platform=pointer.platform, post_id=pointer.post_id, url=pointer.url)
