"""Which posts are asked for, and when a walk ends."""

from dataclasses import dataclass, field, replace

import pytest

from archive import PostAnswer, PostFacts, PostPointer, PostState
from crawler.errors import ConfigError
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import Registry
from crawler.platforms.rung import Ask, Grade
from crawler.posts.choice import RungChoice
from crawler.posts.walks import Occasion, Walks
from crawler.posts.walls import LOGIN_WALLS, Walls
from crawler.state.repeats import PutOff

CITED = Occasion(found_by="citation", via="https://news.example/1")


@dataclass
class FakeRung:
    name: str
    why_off: str | None = None
    grade: Grade = Grade.API

    def ask(self, ref, before):
        return Ask(url=f"https://{self.name}.example/{ref.post_id}")


@dataclass
class FakePlatform:
    name: str = "fake"
    marks: frozenset = frozenset({"fake.example"})
    words: frozenset = frozenset()
    rungs: tuple = (FakeRung("one"), FakeRung("two"), FakeRung("three", "a mirror"))


@dataclass
class FakeMemory:
    held: dict = field(default_factory=dict)

    def knows(self, post_key):
        return post_key in self.held

    def remember(self, post_key, state):
        self.held[post_key] = state


@dataclass
class FakeRepeats:
    waiting: dict = field(default_factory=dict)

    def put_off(self, post):
        self.waiting[post.key] = post

    def settle(self, post_key):
        self.waiting.pop(post_key, None)

    def due(self):
        return list(self.waiting.values())


REGISTRY = Registry([FakePlatform()])


def ref(post_id):
    return PostRef(platform="fake", post_id=post_id, url=f"https://fake.example/{post_id}")


def put_off(post_id, depth):
    return PutOff(
        platform="fake", post_id=post_id, url=f"https://fake.example/{post_id}", depth=depth
    )


def answer(post_id, rung, state, **fields):
    return PostAnswer(
        platform="fake",
        post_id=post_id,
        url="https://fake.example/",
        rung=rung,
        grade="platform-api",
        state=state,
        **fields,
    )


@pytest.fixture
def memory():
    return FakeMemory()


@pytest.fixture
def repeats():
    return FakeRepeats()


@pytest.fixture
def walks(memory, repeats):
    return Walks(RungChoice(registry=REGISTRY), memory, repeats, depth=1)


def test_a_post_is_begun_once(walks):
    assert walks.begin(ref("1"), CITED) is not None
    assert walks.begin(ref("1"), CITED) is None


def test_another_name_of_an_answered_post_needs_no_walk(walks):
    walk = walks.begin(ref("1"), CITED)
    walks.note(walk, answer("1", "one", PostState.OK, same_as=("2",)))
    assert walks.begin(ref("2"), CITED) is None


@pytest.mark.parametrize("first", ["handle/1", "did:plc:a/1"])
def test_two_walks_for_a_handle_and_its_did_become_one(walks, first):
    """Begun at once, in either order: the one by the handle ends when it learns the DID."""
    second = "did:plc:a/1" if first == "handle/1" else "handle/1"
    begun = {post_id: walks.begin(ref(post_id), CITED) for post_id in (first, second)}
    by_handle, by_did = begun["handle/1"], begun["did:plc:a/1"]
    asked = [walks.next_step(by_handle)[0].name, walks.next_step(by_did)[0].name]
    told = answer("handle/1", "one", PostState.NOT_ASKED, same_as=("did:plc:a/1",))
    walks.note(by_handle, told)
    assert asked == ["one", "one"]
    assert walks.next_step(by_handle) is None
    assert walks.next_step(by_did) is not None


def test_a_handle_whose_did_has_no_walk_goes_on_and_the_did_needs_none(walks):
    walk = walks.begin(ref("handle/1"), CITED)
    told = answer("handle/1", "one", PostState.NOT_ASKED, same_as=("did:plc:a/1",))
    walks.note(walk, told)
    assert walks.next_step(walk)[0].name == "two"
    assert walks.begin(ref("did:plc:a/1"), CITED) is None


def test_a_walk_goes_down_the_rungs_that_are_on_and_ends(walks):
    walk = walks.begin(ref("1"), CITED)
    asked = []
    while (step := walks.next_step(walk)) is not None:
        asked.append(step[0].name)
        walks.note(walk, answer("1", step[0].name, PostState.TRANSIENT))
    assert asked == ["one", "two"]
    assert walks.outcome(walk) is PostState.TRANSIENT


def test_a_refusal_is_remembered_and_a_passing_fault_is_not(walks, memory):
    for post_id, state in (("1", PostState.DELETED), ("2", PostState.TRANSIENT)):
        walk = walks.begin(ref(post_id), CITED)
        walks.note(walk, answer(post_id, "one", state))
        walks.outcome(walk)
    assert memory.held == {"fake:1": "deleted"}


def test_a_refusal_beside_a_fault_that_may_pass_is_not_remembered(walks, memory):
    walk = walks.begin(ref("1"), CITED)
    walks.note(walk, answer("1", "one", PostState.RATE_LIMITED))
    walks.note(walk, answer("1", "two", PostState.UNAVAILABLE))
    assert walks.outcome(walk) is PostState.UNAVAILABLE
    assert memory.held == {}


@pytest.mark.parametrize(
    ("second", "is_put_off"),
    [(PostState.OK_PARTIAL, True), (PostState.OK, False), (PostState.DELETED, False)],
)
def test_a_walk_that_a_fault_spoilt_is_put_off_until_one_was_not(
    walks, repeats, second, is_put_off
):
    repeats.put_off(put_off("1", 0))
    walk = walks.begin(ref("1"), replace(CITED, depth=1))
    walks.note(walk, answer("1", "one", PostState.TRANSIENT))
    walks.note(walk, answer("1", "two", second))
    walks.outcome(walk)
    assert repeats.due() == ([put_off("1", 1)] if is_put_off else [])


def test_what_was_put_off_is_asked_for_again_at_its_depth(walks, repeats):
    repeats.put_off(put_off("1", 1))
    ((again, occasion),) = walks.put_off()
    assert (again, occasion.found_by, occasion.depth) == (ref("1"), "again", 1)
    assert walks.begin(again, occasion) is not None


def test_what_was_refused_is_asked_again_only_by_a_person(walks, memory):
    memory.held["fake:1"] = memory.held["fake:2"] = "deleted"
    assert walks.begin(ref("1"), CITED) is None
    assert walks.begin(ref("2"), Occasion(found_by="argument")) is not None


def test_an_answer_to_an_earlier_process_goes_on_where_it_was_asked(walks):
    walk = walks.resume(ref("1"), CITED)
    walks.note(walk, answer("1", "one", PostState.TRANSIENT))
    assert walks.next_step(walk)[0].name == "two"


@pytest.mark.parametrize(("depth", "followed"), [(0, ["2", "3"]), (1, [])])
def test_quoted_and_forwarded_posts_are_followed_to_the_depth(walks, depth, followed):
    walk = walks.begin(ref("1"), Occasion(found_by="citation", depth=depth))
    pointers = tuple(
        PostPointer(relation=relation, platform="fake", post_id=post_id, url="https://fake.example")
        for relation, post_id in (("quoted", "2"), ("forwarded", "3"), ("reply_to", "4"))
    )
    told = answer("1", "one", PostState.OK, facts=PostFacts(pointers=pointers))
    assert [each.post_id for each in walks.pointed_at(walk, told)] == followed


def test_rungs_are_chosen_by_name():
    choice = RungChoice.parse(["fake/three", " -fake/one "], REGISTRY)
    assert [rung.name for rung in choice.rungs("fake")] == ["two", "three"]
    assert choice.rungs("nobody") == []
    assert choice.rung("fake", "one").name == "one"
    with pytest.raises(ConfigError, match="fake has fake/one"):
        RungChoice.parse(["fake/four"], REGISTRY)


def test_a_bot_wall_counts_at_once_and_a_login_after_some_in_a_row():
    walls = Walls()
    assert walls.note("a.example", PostState.BLOCKED_BOT)
    assert not walls.note("a.example", PostState.BLOCKED_BOT)
    assert "blocked_bot" in walls.why_left_alone("a.example")
    for _ in range(LOGIN_WALLS - 1):
        assert not walls.note("b.example", PostState.LOGIN_WALL)
    assert not walls.note("b.example", PostState.OK)
    assert not walls.note("b.example", PostState.LOGIN_WALL)
    assert walls.why_left_alone("b.example") is None
    for _ in range(LOGIN_WALLS - 1):
        walls.note("b.example", PostState.LOGIN_WALL)
    assert walls.why_left_alone("b.example") is not None


def test_web_archives_are_asked_last_whatever_the_platform():
    choice = RungChoice.parse([], REGISTRY, ["mine=https://archive.example/web/"])
    names = [rung.name for rung in choice.rungs("fake")]
    assert names == ["one", "two", "mine timegate", "mine copy"]
    assert choice.rung("fake", "mine copy").grade == "third-party-capture"


@pytest.mark.parametrize("word", ["mine", "mine=ftp://a.example/", "Mine!=https://a.example/"])
def test_an_archive_that_is_none_is_refused(word):
    with pytest.raises(ConfigError, match="DATELINE_WEB_ARCHIVES is a list"):
        RungChoice.parse([], REGISTRY, [word])
