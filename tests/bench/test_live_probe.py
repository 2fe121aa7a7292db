"""The live probe, on the demo's small web: which rungs answer, and whether wishes came true."""

import json

import pytest

from archive import PostState
from bench.live_probe import Wire, demo_get, main, probe
from crawler.demo.server import WorldServer, reply
from crawler.platforms.registry import everyone, recognise
from crawler.platforms.rung import Ask


def rows(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_rung_of_every_platform_of_the_demo_has_its_row(capsys):
    assert main(["--demo", "--json"]) == 0
    found = {(row["post"].partition(":")[0], row["rung"]): row["state"] for row in rows(capsys)}
    assert found["x", "tweet-result"] == "deleted"  # of the two posts there, the latter
    assert found["telegram", "channel"] == "ok"
    assert found["bluesky", "thread"] == "ok"
    assert found["mastodon", "activity"] == "ok"
    assert found["tiktok", "page"] == "blocked_bot"
    assert ("x", "fxtwitter") not in found


def test_rungs_that_are_off_are_asked_where_that_is_wished(capsys):
    assert main(["--demo", "--json", "--all"]) == 0
    assert ("x", "fxtwitter") in {
        (row["post"].partition(":")[0], row["rung"]) for row in rows(capsys)
    }


def test_table_for_a_person_has_a_line_a_rung(capsys):
    main(["--demo"])
    text = capsys.readouterr().out
    assert "youtube:cR4d9SmBq_w" in text
    assert "ok_partial" in text


def test_file_that_is_missing_a_post_or_a_wish_that_fails_is_said(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("bench.live_probe.Wire.get", lambda _self, _ask: pytest.fail("asked"))
    posts = tmp_path / "posts.txt"
    posts.write_text("# ours\nhttps://news.example/no-post\n\n")
    assert main([str(posts)]) == 1
    assert "no post" in capsys.readouterr().err


def test_wire_asks_robots_first_and_leaves_redirects_alone():
    def answer(asked):
        match asked.path:
            case "/robots.txt":
                return reply(b"User-agent: *\nDisallow: /closed\n")
            case "/moved":
                return reply(status="302 Found", headers=[("Location", "/elsewhere")])
            case _:
                return reply(asked.headers["user-agent"].encode(), status="404 Not Found")

    with WorldServer(answer, hosts=["probe.example"]) as server:
        site = f"http://127.0.0.1:{server.http_port}"
        wire = Wire("desk@news.example")
        wire._wait = lambda _url: None
        moved = wire.get(Ask(url=f"{site}/moved"))
        assert (moved.status, moved.headers["location"]) == (302, "/elsewhere")
        missing = wire.get(Ask(url=f"{site}/x"))
        assert (missing.status, b"desk@news.example" in missing.body) == (404, True)
        with pytest.raises(PermissionError):
            wire.get(Ask(url=f"{site}/closed"))


def test_author_who_wishes_not_to_be_shown_is_left_alone():
    ref = recognise("https://bsky.app/profile/quiet.calder.example/post/3mzub2ytxu227")
    (row,) = [row for row, _ in probe(ref, everyone().rungs("bluesky"), demo_get)]
    assert (row.rung, row.state) == ("profile", PostState.NOT_ASKED)


def test_robots_and_broken_connections_are_rows_too():
    ref = recognise("https://t.me/calder_river/412")
    rungs = everyone().rungs("telegram")
    troubles = iter([PermissionError("robots.txt forbids it"), ConnectionResetError("hung up")])

    def get(_ask):
        raise next(troubles)

    found = [row.state for row, _ in probe(ref, rungs, get)]
    assert found == [PostState.NOT_ASKED, PostState.TRANSIENT]
