"""Reddit, VK, Meta's platforms and Truth Social, which guard their posts; a mirror of X."""

import datetime as dt

import pytest

from archive import FactSource, PostState
from crawler.platforms.registry import everyone
from crawler.posts.choice import RungChoice
from tests.crawler.platforms.answering import answered, asked, read, rung_of

REDDIT = "https://www.reddit.com/r/Floods/comments/1abcde/gate/"
VK = "https://vk.com/wall-77_12"
INSTAGRAM = "https://www.instagram.com/p/DfgtZa4wBbF/"
FACEBOOK = "https://www.facebook.com/MarlLocks/posts/1029384756102938"
THREADS = "https://www.threads.com/@marl/post/DfgtZa4wBbF"
TRUTH = "https://truthsocial.com/@marl/116170144489345170"
X = "https://x.com/quay_office/status/2120861186107183105"
META_OEMBED = {"type": "rich", "version": "1.0", "html": "<blockquote></blockquote>", "width": 658}


@pytest.mark.parametrize(
    ("body", "status", "state"),
    [
        ({"error": 403, "reason": "private"}, 403, PostState.PROTECTED),
        ({"error": 403, "reason": "quarantined"}, 403, PostState.WITHHELD_LOGIN),
        ({"error": 404, "reason": "banned"}, 404, PostState.SUSPENDED),
        ("<h1>whoa there, pardner!</h1>", 403, PostState.BLOCKED_BOT),
        ("<p>blocked by network security</p>", 403, PostState.BLOCKED_BOT),
        (b"", 404, PostState.UNAVAILABLE),
        (b"", 429, PostState.RATE_LIMITED),
    ],
)
def test_reddit_says_why_not(body, status, state):
    assert read(REDDIT, "oembed", body, status=status).state is state


def test_reddit_oembed_gives_title_and_author():
    given = {"type": "rich", "title": "Gate stuck at Marl", "author_name": "lockfan", "html": "…"}
    answer = read(REDDIT, "oembed", given)
    assert answer.state is PostState.OK_PARTIAL
    assert (answer.facts.title, answer.facts.author.handle) == ("Gate stuck at Marl", "lockfan")


def test_vk_page_is_read_in_either_charset():
    markup = (
        '<span class="PostHeaderTitle__authorName">Шлюз</span>'
        '<div class="wall_post_text">Ворота закрыты.<br>Ждём.</div>'
    )
    plain = read(VK, "page", markup)
    old = rung_of("vk", "page").read(
        everyone().recognise(VK),
        answered(markup.encode("cp1251"), content_type="text/html; charset=windows-1251"),
    )
    assert plain.facts == old.facts
    assert (plain.facts.author.name, plain.facts.text) == ("Шлюз", "Ворота закрыты.\nЖдём.")


def test_vk_challenge_is_a_wall():
    answer = read(VK, "page", status=302, location="https://vk.com/challenge.html?hash429=x")
    assert answer.state is PostState.BLOCKED_BOT


def test_instagram_frame_gives_caption_and_the_ids_instant():
    frame = (
        '<div class="Embed"><a class="UsernameText">marl.mornings</a>'
        '<img class="EmbeddedMediaImage" src="https://scontent.example/p.jpg">'
        '<div class="Caption"><a class="CaptionUsername">marl.mornings</a>The gate holds. #marl'
        '<div class="CaptionComments">View all comments</div></div></div>'
    )
    answer = read(INSTAGRAM, "embed", frame)
    facts = answer.facts
    assert asked(INSTAGRAM, "embed").url == f"{INSTAGRAM}embed/captioned/"
    assert (answer.state, facts.text) == (PostState.OK_PARTIAL, "The gate holds. #marl")
    assert (facts.author.handle, facts.media[0].url) == (
        "marl.mornings",
        "https://scontent.example/p.jpg",
    )
    assert facts.sources["posted_at"] is FactSource.ID


@pytest.mark.parametrize(
    ("body", "how", "state"),
    [
        (b"", {"status": 302, "location": "/accounts/login/?next=x"}, PostState.LOGIN_WALL),
        ("<form>", {"url": "https://www.instagram.com/accounts/login/"}, PostState.LOGIN_WALL),
        ('<div class="EmbedIsBroken">broken</div>', {}, PostState.UNAVAILABLE),
        ("<div id=root></div><script>x</script>", {}, PostState.PARSE_ERROR),
    ],
)
def test_instagram_frame_without_a_post_has_its_state(body, how, state):
    assert read(INSTAGRAM, "embed", body, **how).state is state


def test_facebook_plugin_gives_its_excerpt():
    frame = (
        '<div><a href="https://www.facebook.com/MarlLocks">Marl Locks</a>'
        '<abbr data-utime="1794177115">8 November</abbr>'
        "<p>Crews are out.</p><p>Keep clear.</p></div>"
    )
    answer = read(FACEBOOK, "plugin", frame)
    facts = answer.facts
    assert (answer.state, facts.text) == (PostState.OK_PARTIAL, "Crews are out.\n\nKeep clear.")
    assert facts.author.name == "Marl Locks"
    assert facts.posted_at == dt.datetime(2026, 11, 8, 22, 31, 55, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("body", "how", "state"),
    [
        ("<p>This Facebook post is no longer available.</p>", {}, PostState.UNAVAILABLE),
        (b"", {"status": 302, "location": "https://www.facebook.com/login.php"},
         PostState.LOGIN_WALL),
        (b"", {"status": 302, "location": "/checkpoint/block/"}, PostState.LOGIN_WALL),
        ("<p>hello</p>", {}, PostState.PARSE_ERROR),
        ('<abbr data-utime="99999999999999999999">', {}, PostState.PARSE_ERROR),
    ],
)  # fmt: skip
def test_facebook_plugin_without_a_post_never_says_deleted(body, how, state):
    assert read(FACEBOOK, "plugin", body, **how).state is state


def test_threads_page_gives_its_summary():
    page = (
        '<meta property="og:url" content="https://www.threads.com/@marl/post/DfgtZa4wBbF">'
        '<meta property="og:title" content="Marl (@marl) on Threads">'
        '<meta property="og:description" content="Gate holds.">'
    )
    answer = read(THREADS, "page", page)
    assert (answer.state, answer.facts.text) == (PostState.OK_PARTIAL, "Gate holds.")
    assert answer.facts.sources["posted_at"] is FactSource.ID
    assert read(THREADS, "page", page.replace("DfgtZa4wBbF", "x")).state is PostState.PARSE_ERROR


def test_truth_social_speaks_mastodons_dialect_and_refuses_by_challenge():
    status = {
        "id": "116170144489345170",
        "created_at": "2026-03-04T09:15:30.123Z",
        "visibility": "public",
        "content": "<p>Gate.</p>",
        "uri": f"{TRUTH}",
        "account": {"id": "1", "acct": "marl", "username": "marl", "display_name": "Marl"},
    }
    answer = read(TRUTH, "status", status)
    assert (answer.state, answer.facts.text) == (PostState.OK, "Gate.")
    wall = read(TRUTH, "status", "<title>Just a moment...</title>", status=403)
    assert wall.state is PostState.BLOCKED_BOT


@pytest.mark.parametrize("post", [INSTAGRAM, FACEBOOK, THREADS])
def test_metas_oembed_is_off_and_tells_no_more_than_that_the_post_is_there(post):
    rung = rung_of(everyone().recognise(post).platform, "oembed")
    assert "terms forbid" in rung.why_off
    alive = read(post, "oembed", META_OEMBED)
    assert (alive.state, alive.facts) == (PostState.OK_PARTIAL, None)
    gone = read(post, "oembed", {"error": {"message": "Unsupported", "code": 24}}, status=400)
    assert gone.state is PostState.UNAVAILABLE


def test_mirror_is_off_and_its_words_for_why_make_no_state_of_their_own():
    assert "fxtwitter" not in [rung.name for rung in RungChoice(registry=everyone()).rungs("x")]
    tweet = {
        "id": "2120861186107183105",
        "text": "Lock gate stuck",
        "created_at": "Thu Nov 12 12:48:05 +0000 2026",
        "author": {"id": "811", "screen_name": "quay_office", "name": "Quay Office"},
        "media": {"all": [{"type": "photo", "url": "https://pbs.twimg.com/media/G.jpg"}]},
        "likes": 17,
        "retweets": 4,
    }
    answer = read(X, "fxtwitter", {"code": 200, "message": "OK", "tweet": tweet})
    assert (answer.state, answer.grade) == (PostState.OK, "third-party-mirror")
    assert answer.facts.posted_at == dt.datetime(2026, 11, 12, 12, 48, 5, tzinfo=dt.UTC)
    assert answer.facts.metrics == {"likes": 17, "reposts": 4}
    private = read(X, "fxtwitter", {"code": 401, "message": "PRIVATE_TWEET", "tweet": None})
    assert private.state is PostState.UNAVAILABLE
    assert read(X, "fxtwitter", "<html>").state is PostState.PARSE_ERROR
