"""Posts that watched pages cite: asked for once, then again by age; their pictures as wanted."""

import datetime as dt

import pytest

from crawler.demo import world
from crawler.demo.embeds import embed
from crawler.demo.posts import POSTS, XPost
from crawler.demo.server import WorldServer, reply
from crawler.platforms.reference import PostRef
from crawler.schedule.rechecks import USUAL_OF_POSTS, AgeSchedule
from crawler.state.database import open_state
from crawler.watch.posts import Posts
from crawler.watch.room import ROOM
from tests.watch.watching import rows, run, sources_file
from tests.watch.world import START, Press

HOUR = dt.timedelta(hours=1)
REF = PostRef(platform="bluesky", post_id="at://a/b", url="https://bsky.app/profile/a/post/b")
SITE = "site0.example"


@pytest.fixture
def state(tmp_path):
    connection = open_state(tmp_path / "state.sqlite", ROOM)
    yield connection
    connection.close()


def added(posts, *refs, now=START):
    return posts.add(refs, source="s", via="http://site0.example/1", via_record=None, now=now)


def test_a_post_is_watched_once_and_due_until_it_was_asked_for(state):
    posts = Posts(state, schedule=USUAL_OF_POSTS)
    (post,) = added(posts, REF)
    assert added(posts, REF) == []
    assert list(posts.due(START)) == [post]
    posts.note_asked(post, START)
    assert list(posts.due(START + 0.99 * HOUR)) == []
    assert list(posts.due(START + HOUR)) == [post]


def test_a_post_is_asked_for_less_and_less_and_then_no_more(state):
    posts = Posts(state, schedule=AgeSchedule.parse("1h until 2h, 6h until 12h"))
    added(posts, REF)
    asked, now = [], START
    for _ in range(60):
        for due in posts.due(now):
            asked.append(int((now - START) / HOUR))
            posts.note_asked(due, now)
        now += HOUR
    assert asked == [0, 1, 2, 8, 14]


def test_a_clock_that_was_set_back_delays_by_one_wait_at_the_most(state):
    posts = Posts(state, schedule=USUAL_OF_POSTS)
    (post,) = added(posts, REF, now=START + 90 * HOUR)
    posts.note_asked(post, START + 90 * HOUR)
    posts.set_back(START)
    assert list(posts.due(START)) == []
    assert list(posts.due(START + HOUR)) == [post]


def test_a_post_that_seemed_too_old_while_the_clock_was_wrong_is_asked_for_again(state):
    posts = Posts(state, schedule=USUAL_OF_POSTS)
    (post,) = added(posts, REF)
    posts.note_asked(post, START + 9000 * HOUR)
    assert list(posts.due(START + 90_000 * HOUR)) == []
    posts.set_back(START + HOUR)
    assert list(posts.due(START + HOUR)) == []
    assert list(posts.due(START + 2 * HOUR)) == [post]


POST = next(post for post in POSTS.values() if isinstance(post, XPost) and post.picture)
STORY = "/2026/11/23/story-with-a-post"


class Citing(Press):
    """A press whose one story embeds a post of the demo world's, and shows a picture."""

    def __call__(self, asked):
        if asked.host not in self.hosts:
            self.asked[f"https://{asked.host}{asked.path.partition('?')[0]}"] += 1
            return world.answer(asked)
        return super().__call__(asked)

    def _page(self, story, count):
        picture = f'<meta property="og:image" content="http://{SITE}/lead.png"><title>'
        page = super()._page(story, count).replace("<title>", picture, 1)
        return page.replace("</article>", f"{embed(POST, language='en', is_old=False)}</article>")


@pytest.fixture
def press():
    press = Citing.of(sites=1, stories=1)
    press.behaviours[SITE] = lambda asked: (
        reply(b"no picture", content_type="image/png") if asked.path == "/lead.png" else None
    )
    return press


def times_asked(root):
    """How often the post was asked for: answers that are kept."""
    return rows(
        root,
        "SELECT count(*) FROM captures WHERE url LIKE '%/tweet-result%' AND status = 200",
        "catalogue.sqlite",
    )[0][0]


def watched(tmp_path, press, hours, further=""):
    root = tmp_path / "a"
    with WorldServer(press, hosts=[*press.hosts, *world.HOSTS]) as server:
        sources = sources_file(tmp_path / "sources.toml", press, further=further)
        trust = ("--cacert", server.ca_file, "-s", 'DATELINE_PACES={"*": 0}')
        for hour in hours:
            run(root, server, sources, START + hour * HOUR, *trust)
            yield root


def test_posts_are_asked_for_again_by_age_though_their_page_is_not(tmp_path, press):
    counts = [times_asked(root) for root in watched(tmp_path, press, (0, 0.5, 1.5, 1.6))]
    assert counts == [1, 1, 2, 2]
    assert press.article_requests() == 3  # at once, after half an hour, after 1.5


def test_what_is_not_wanted_of_a_source_is_not_asked_for(tmp_path, press):
    for root in watched(tmp_path, press, (0,), further="posts = false\nmedia = false"):
        assert times_asked(root) == 0
    assert rows(root, "SELECT * FROM watch_posts") == []
    found = "SELECT DISTINCT found_by FROM captures"
    assert ("media",) not in rows(root, found, "catalogue.sqlite")


@pytest.mark.parametrize("wanted", [True, False])
def test_pictures_of_pages_and_of_their_posts_are_fetched_as_the_source_says(
    tmp_path, press, wanted
):
    further = "" if wanted else "media = false"
    for root in watched(tmp_path, press, (0,), further=further):
        assert times_asked(root) == 1
    urls = {
        url
        for (url,) in rows(
            root, "SELECT url FROM captures WHERE found_by = 'media'", "catalogue.sqlite"
        )
    }
    assert (f"http://{SITE}/lead.png" in urls) is wanted
    assert any(SITE not in url for url in urls) is wanted


def test_posts_of_a_source_that_rests_are_left_alone(tmp_path, press):
    (root,) = watched(tmp_path, press, (0,))
    list(watched(tmp_path, press, (5,), further="enabled = false"))
    assert times_asked(root) == 1
