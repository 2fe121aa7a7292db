"""`dateline platforms` lists every rung, and says why one is off."""

from crawler.platforms.registry import everyone
from tests.crawler.cli.running import dateline, inside, lines_of


def test_every_platform_and_every_rung_is_listed_with_its_grade():
    lines = lines_of(inside("platforms", "--json"))
    listed = [(line["platform"], line["rung"]) for line in lines]
    every = [
        (platform, rung.name)
        for platform in everyone().names
        for rung in everyone().rungs(platform)
    ]
    assert [line for line in listed if line[0] != "*"] == every
    assert all(line["is_on"] == (line["why_off"] is None) for line in lines)
    first = lines[0]
    assert first == {
        "platform": "x",
        "rung": "tweet-result",
        "grade": "platform-embed",
        "is_on": True,
        "why_off": None,
    }


def test_what_terms_forbid_to_keep_third_parties_and_archives_are_off():
    off = {
        (line["platform"], line["rung"])
        for line in lines_of(inside("platforms", "--json"))
        if not line["is_on"]
    }
    meta = {(platform, "oembed") for platform in ("instagram", "facebook", "threads")}
    guest = {("x", "guest-token"), ("x", "guest")}
    assert off == {("x", "fxtwitter"), ("vk", "page"), ("*", "web archive"), *guest, *meta}


def test_person_reads_names_and_reasons():
    done = inside("platforms")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert "Truth Social\n    on   status" in text
    assert "Meta's terms forbid keeping" in text


def test_what_the_environment_turns_on_and_off_is_shown_so():
    done = dateline(
        *("platforms", "--json"),
        DATELINE_RUNGS="x/fxtwitter,-x/oembed",
        DATELINE_WEB_ARCHIVES="mine=https://archive.example/web/",
    )
    lines = {(line["platform"], line["rung"]): line for line in lines_of(done)}
    assert lines["x", "fxtwitter"]["is_on"]
    assert lines["x", "oembed"]["why_off"] == "DATELINE_RUNGS"
    assert lines["*", "web archive mine"]["is_on"]
