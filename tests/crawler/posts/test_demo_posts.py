"""The demo world's posts through a real crawl: as it is, and with first places broken."""

import json
from collections import Counter

import pytest

from archive import ArchiveFolder, CatalogueReader, Digest, verify
from crawler.demo import world
from crawler.demo.picture import landscape
from crawler.demo.posts import POSTS, XPost
from crawler.demo.server import WorldServer, reply
from crawler.demo.uncited import UNCITED
from crawler.platforms.registry import everyone
from tests.crawler.cli.running import dateline, inside, into
from tests.demo_archive import BROKEN

EDITED = UNCITED["edited-mastodon"]


def breaking(asked):
    """The demo world, in which some places answer every stranger alike."""
    if asked.host in BROKEN and asked.path != "/robots.txt":
        return reply(status=BROKEN[asked.host])
    return world.answer(asked)


def crawled(answer, archive, *options):
    """What a crawl of the world brought, by post; and the summary."""
    with WorldServer(answer, hosts=world.HOSTS) as server:
        done = dateline(
            *("crawl", "--json", "--archive", archive, *into(server), "-s", "RETRY_TIMES=0"),
            *("-s", "DATELINE_BACKOFF_S=0.01"),
            *options,
            *world.START_URLS,
        )
    assert done.returncode == 0, done.stderr.decode()
    reader = CatalogueReader(ArchiveFolder.open(archive).catalogue)
    posts = [reader.post(view["id"]) for view in reader.posts()]
    return {post["id"]: post for post in posts}, json.loads(done.stdout)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """With a post of its own, which no article cites: it was edited."""
    return crawled(world.answer, tmp_path_factory.mktemp("whole") / "archive", EDITED.url)


@pytest.fixture(scope="module")
def broken_archive(tmp_path_factory):
    return tmp_path_factory.mktemp("broken") / "archive"


@pytest.fixture(scope="module")
def broken(broken_archive):
    """With first places broken, and a web archive to turn to."""
    return crawled(
        breaking,
        broken_archive,
        *("-s", "DATELINE_WEB_ARCHIVES=keeper=https://keeper.example/web/"),
    )


def own(post):
    """The sightings of the post's own platform, first to last."""
    return [
        seen for seen in reversed(post["sightings"]) if not seen["grade"].startswith("third-party")
    ]


def test_every_post_whose_platform_has_a_rung_that_is_on_was_asked_for(whole):
    posts, summary = whole
    for post in posts.values():
        is_on = any(rung.why_off is None for rung in everyone().rungs(post["platform"]))
        assert bool(post["sightings"]) is is_on, post["id"]
        assert post["cited_by"] or post["state"] != "not_asked"
    assert summary["post_states"] == {
        key: posts[key]["latest_state"] or "not_asked" for key in summary["post_states"]
    }
    assert len({post["platform"] for post in posts.values() if post["text"] or post["title"]}) >= 5


def test_what_was_found_is_checked_against_every_claim(whole):
    for post in whole[0].values():
        if post["state"] in {"ok", "ok_partial"}:
            claimants = {claim["claimed_by"] for claim in post["claims"]}
            assert {check["claimed_by"] for check in post["checks"]} == claimants
    texts = Counter(check["text"] for post in whole[0].values() for check in post["checks"])
    assert texts["same"] >= 8
    assert texts["different"] == 0


def test_the_eight_platforms_are_fetched_checked_and_shown_or_say_why_not(whole):
    """The rest shows what the articles claim."""
    cited = {post["platform"] for post in whole[0].values() if post["cited_by"]}
    assert len(cited) == 8
    for post in whole[0].values():
        assert all(seen["rung"] and seen["grade"] for seen in post["sightings"])
        if post["state"] == "not_asked":  # no rung is on, or a robots.txt forbids it
            assert post["claims"]
            assert all(seen["reason"] for seen in post["sightings"])
        else:
            assert post["sightings"]
    asked = {post["platform"] for post in whole[0].values() if post["sightings"]}
    assert asked == {
        name for name in cited if any(rung.why_off is None for rung in everyone().rungs(name))
    }


def test_the_version_that_an_embed_names_is_held_against_the_platform_s(whole):
    (post,) = (post for post in whole[0].values() if post["platform"] == "bluesky")
    (claim,) = {claim["claimed_revision"] for claim in post["claims"]}
    assert claim == post["revision"] == POSTS["bridge-bluesky"].cid
    assert all("revision-differs" not in check["flags"] for check in post["checks"])


def test_what_an_edited_post_said_before_stands_beside_what_it_says(whole):
    (post,) = (post for post in whole[0].values() if post["text"] == EDITED.text)
    assert (post["state"], post["rung"], post["latest_state"]) == ("ok", "status", "ok")
    now, before = post["versions"]
    assert (now["text"], before["text"]) == (EDITED.text, EDITED.text_before)
    assert now["first_seen_at"] is not None
    assert before["first_seen_at"] is None
    told = next(seen for seen in post["sightings"] if seen["rung"] == "history")
    assert before["record_id"] == told["record_id"]


def shown(summary, key):
    done = inside("show", key, "--archive", summary["archive"])
    assert done.returncode == 0
    return done.stdout.decode()


def test_show_tells_what_a_post_said_before(whole):
    text = shown(whole[1], f"mastodon:{EDITED.host}/{EDITED.post_id}")
    assert "told by its history, the first" in text
    assert EDITED.text_before in text
    assert "history (platform-api)" in text


def test_show_lays_claims_and_facts_and_the_three_dates_side_by_side(whole):
    text = shown(whole[1], f"x:{POSTS['road-open'].post_id}")
    for part in ("Claimed against answered", "day claimed", "id says", "platform says"):
        assert part in text


def test_pictures_of_posts_are_kept_by_their_bytes(whole):
    pictures = {key: post["pictures"] for key, post in whole[0].items() if post["pictures"]}
    for post in POSTS.values():
        if isinstance(post, XPost) and post.picture and whole[0][f"x:{post.post_id}"]["media"]:
            (kept,) = pictures[f"x:{post.post_id}"]
            assert kept["media"] == Digest.of(landscape(post.picture))
            assert (kept["role"], kept["type"], kept["width"]) == ("image", "image/png", 640)
    assert {key.partition(":")[0] for key in pictures} >= {"x", "youtube"}
    assert set(whole[1]["pictures"]) >= {
        kept["media"] for found in pictures.values() for kept in found
    }


def test_breaking_the_first_rung_degrades_to_the_next_and_the_record_says_so(whole, broken):
    degraded = 0
    for key, post in whole[0].items():
        if post["platform"] != "x" or post["state"] != "ok":
            continue
        walk = [(seen["rung"], seen["state"]) for seen in reversed(broken[0][key]["sightings"])]
        assert walk[0] == ("tweet-result", "transient")
        assert walk[1][0] == "oembed"
        assert broken[0][key]["state"] in {"ok_partial", "ok"}
        assert broken[0][key]["text"]
        degraded += 1
    assert degraded >= 5


def test_a_host_that_walls_us_is_left_alone_and_the_report_says_so(broken):
    posts, summary = broken
    assert "t.me" in summary["walled"]
    walks = [
        [(seen["state"], (seen["reason"] or "")[:15]) for seen in own(post)]
        for post in posts.values()
        if post["platform"] == "telegram"
    ]
    assert sum(walk[0][0] == "blocked_bot" for walk in walks) >= 1
    assert all(walk[-1] == ("not_asked", "left alone for ") for walk in walks)


def test_a_web_archive_is_asked_last_and_graded_apart(broken, broken_archive):
    posts = broken[0]
    for post in posts.values():
        walk = list(reversed(post["sightings"]))
        after = [seen["rung"] for seen in walk[len(own(post)) :]]
        assert own(post) == walk[: len(own(post))]
        assert after in ([], ["keeper timegate"], ["keeper timegate", "keeper copy"])
        if post["grade"] == "third-party-capture":
            assert post["seen_at"] is None
            assert post["pictures"] == []
    withdrawn = POSTS["withdrawn"]
    kept = posts[f"x:{withdrawn.post_id}"]
    assert (kept["grade"], kept["rung"]) == ("third-party-capture", "keeper copy")
    assert (kept["text"], kept["latest_state"]) == (withdrawn.text, "not_found")
    assert verify(broken_archive).faults == []
