"""Facts that give every ready question of docs/analysis.md an answer."""

import datetime as dt
from dataclasses import replace

from archive.model import (
    Locator,
    Moment,
    PostAnswer,
    PostAuthor,
    PostFacts,
    PostState,
    Reading,
    Verdict,
)
from tests.archive.catalogue.facts import READER, RUN, STORY, article, capture, citation

NOW = dt.datetime.now(dt.UTC)
HOSTS = ("one.example", "two.example", "three.example", "four.example")


def _at(minutes):
    return NOW - dt.timedelta(hours=3) + dt.timedelta(minutes=minutes)


def _kept(number, url):
    place = Locator(warc="by-hand.warc.gz", offset=number * 1000, length=900)
    return capture(1000 + number, url, captured_at=_at(number), locator=place)


def _answer(post_id, state, said=None):
    return PostAnswer(
        platform="x",
        post_id=post_id,
        url=f"https://x.com/i/status/{post_id}",
        rung="first",
        grade="platform-api",
        state=state,
        facts=said,
    )


def add_by_hand(writer, *, without=None):
    """Four outlets that cite one post, an edited article, a post that went, a claim that is off.

    All but the capture with the record id `without`.
    """
    shared = citation(
        "900", claimed_handle="harbor", claimed_text="all is well", claimed_on=_at(0).date()
    )
    told = [
        article(
            f"https://{host}/2026/story",
            text=f"{STORY} {host}",
            site_name=f"=Outlet {host}",
            posts=(shared, citation("901")) if host == HOSTS[0] else (shared,),
            published_at=Moment(on=_at(0).date(), at=_at(-60), raw="this morning"),
        )
        for host in HOSTS
    ]
    told.append(replace(told[0], headline="Headline, corrected", body=told[1].body))
    readings = [(found.url, {"article": found}) for found in told]
    author = PostAuthor(id="7", handle="harbor", name="Harbor Desk")
    seen = PostFacts(author=author, text="quite other words\u2028here", posted_at=_at(-9000))
    readings += [
        ("https://x.com/i/status/900", {"answer": _answer("900", PostState.OK, seen)}),
        ("https://x.com/i/status/901", {"answer": _answer("901", PostState.OK, seen)}),
        ("https://x.com/i/status/901", {"answer": _answer("901", PostState.DELETED)}),
    ]
    with writer.batch():
        writer.add_run(RUN)
        for number, (url, found) in enumerate(readings):
            kept = _kept(number, url)
            if kept.record_id == without:
                continue
            writer.add_capture(kept)
            writer.add_reading(
                Reading(record_id=kept.record_id, reader=READER, verdict=Verdict.CONTENT, **found)
            )
