"""A platform's answers by hand: which rung reads them, and what it says."""

import json
from dataclasses import fields

from archive import PostFacts
from crawler.platforms.registry import everyone, recognise
from crawler.platforms.rung import Answered

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"


def rung_of(platform, name):
    (found,) = [rung for rung in everyone().rungs(platform) if rung.name == name]
    return found


def answered(body=b"", *, status=200, url="https://platform.example/x", whole=True, **headers):
    """`body` may be a value, sent as JSON, or text, sent as a page."""
    if isinstance(body, bytes):
        kind = "application/octet-stream"
    elif isinstance(body, str):
        body, kind = body.encode(), HTML
    else:
        body, kind = json.dumps(body).encode(), JSON
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answered(
        url=url,
        status=status,
        headers={"content-type": kind, **named},
        body=body,
        is_whole=whole,
    )


def read(post, rung, body=b"", **how):
    """What `rung` says of the post at the URL `post` on getting `body`."""
    ref = recognise(post)
    answer = rung_of(ref.platform, rung).read(ref, answered(body, **how))
    assert (answer.platform, answer.post_id, answer.rung) == (ref.platform, ref.post_id, rung)
    for facts in (answer.facts, *answer.history):
        if facts is not None:
            assert_sourced(facts)
    return answer


def asked(post, rung, before=()):
    """The request that `rung` makes for the post at the URL `post`; None where it makes none."""
    ref = recognise(post)
    return rung_of(ref.platform, rung).ask(ref, before)


def assert_sourced(facts):
    """Every field that is set names its source, and no other does."""
    empty = PostFacts()
    set_fields = {
        one.name
        for one in fields(facts)
        if one.name != "sources" and getattr(facts, one.name) != getattr(empty, one.name)
    }
    assert set(facts.sources) == set_fields
