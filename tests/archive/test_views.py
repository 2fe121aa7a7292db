"""The names that issue 2 promises, and that nobody's script should lose."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from archive.conclusions.identity import article_id
from archive.digest import Digest
from archive.errors import InvalidUrl
from archive.instants import instant
from archive.model import (
    Article,
    Author,
    BlockType,
    BodyBlock,
    CanonicalClaim,
    Capture,
    CaptureKind,
    Citation,
    Dateline,
    Failure,
    FailureKind,
    Link,
    Locator,
    Moment,
    Notice,
    NoticeKind,
    Post,
    Relation,
    Run,
    Statement,
    Truncation,
    Verdict,
)
from archive.views.articles import article_view
from archive.views.captures import capture_view
from archive.views.citations import citation_view
from archive.views.posts import post_view
from archive.views.runs import run_view
from archive.web.urls import url_key

AT = dt.datetime(2026, 11, 22, 5, 35, tzinfo=dt.timezone(dt.timedelta(hours=2)))
CITATION = Citation(
    platform="x",
    post_id="1",
    url="https://x.com/a/status/1",
    relation=Relation.EMBEDDED,
    form="blockquote",
    claimed_handle="a",
    claimed_on=dt.date(2026, 11, 21),
    hashtags=("#A",),
    id_at=AT,
)
ARTICLE = Article(
    url="https://www.news.example/2026/a-1?utm_source=x",
    claim=CanonicalClaim(canonical_url="https://other.example/a-1"),
    headline="H",
    authors=(Author(name="N"),),
    agencies=("AP",),
    notices=(Notice(kind=NoticeKind.UPDATE, text="T", block=0),),
    field_sources={"headline": "h1"},
    other_statements=(Statement(field="headline", source="title", value="I"),),
    published_at=Moment(on=AT.date(), at=AT),
    modified_at=Moment(on=AT.date()),
    dateline=Dateline(raw="BEIRUT –", place="Beirut", local_time=dt.time(17, 35), block=0),
    tags=("t",),
    body=(BodyBlock(type=BlockType.HEADING, text="T", level=2),),
    links=(Link(url="https://b.example/", text="b", block=0),),
    posts=(CITATION,),
)
CAPTURE = Capture(
    record_id="urn:uuid:1",
    kind=CaptureKind.RESPONSE,
    url="https://news.example/",
    method="GET",
    captured_at=AT,
    run_id="r",
    locator=Locator(warc="w", offset=5, length=6),
    payload_digest=Digest.of(b""),
    truncated=Truncation.TIME,
    failure=Failure(kind=FailureKind.TIMEOUT, detail="d"),
)


def test_an_article_has_the_promised_names_without_any_catalogue():
    view = article_view(ARTICLE, capture=CAPTURE, reader="r/1", verdict=Verdict.CONTENT)
    assert json.loads(json.dumps(view)) == {
        "id": article_id(url_key("https://news.example/2026/a-1")),
        "url": "https://www.news.example/2026/a-1?utm_source=x",
        "canonical_url": "https://www.news.example/2026/a-1",
        "claimed_canonical_url": "https://other.example/a-1",
        "headline": "H",
        "headline_alternatives": [],
        "subtitle": None,
        "authors": [{"name": "N"}],
        "agencies": ["AP"],
        "published_at": "2026-11-22T05:35:00+02:00",
        "modified_at": "2026-11-22",
        "dateline": {
            "place": "Beirut",
            "region": None,
            "country": None,
            "agency": None,
            "date": None,
            "local_time": "17:35:00",
            "time_disagrees": None,
            "block": 0,
            "raw": "BEIRUT –",
        },
        "language": None,
        "section": None,
        "tags": ["t"],
        "site_name": None,
        "image": None,
        "image_credit": None,
        "pictures": [],
        "body": [
            {
                "type": "heading",
                "text": "T",
                "level": 2,
                "items": [],
                "post": None,
                "url": None,
                "stated_at": None,
            }
        ],
        "links": [{"url": "https://b.example/", "text": "b", "block": 0}],
        "posts": [
            {
                "platform": "x",
                "post_id": "1",
                "url": "https://x.com/a/status/1",
                "relation": "embedded",
                "form": "blockquote",
                "block": None,
                "claimed_handle": "a",
                "claimed_name": None,
                "claimed_text": None,
                "claimed_on": "2026-11-21",
                "hashtags": ["#A"],
                "mentions": [],
                "links": [],
                "id_at": "2026-11-22T03:35:00.000000Z",
                "claimed_revision": None,
                "day_disagrees": False,
            }
        ],
        "quoted": [],
        "notices": [{"kind": "update", "text": "T", "block": 0}],
        "partial": None,
        "field_sources": {"headline": "h1"},
        "other_statements": [{"field": "headline", "source": "title", "value": "I"}],
        "capture": {
            "record_id": "urn:uuid:1",
            "warc": "w",
            "offset": 5,
            "length": 6,
            "payload_digest": Digest.of(b""),
            "captured_at": "2026-11-22T03:35:00.000000Z",
            "is_tls_verified": None,
            "found_by": "argument",
        },
        "reader": "r/1",
        "verdict": "content",
        "reason": None,
        "urls": [{"url": "https://www.news.example/2026/a-1", "how": "page"}],
        "versions": None,
        "copies": None,
        "cluster": None,
        "near_copies": None,
        "first_seen_at": None,
        "last_seen_at": None,
    }


def test_a_bare_article_is_json_with_the_same_names():
    bare = article_view(Article(url="https://news.example/"))
    assert bare.keys() == article_view(ARTICLE).keys()
    assert json.loads(json.dumps(bare))["capture"] is None


def test_an_article_without_an_address_is_refused():
    with pytest.raises(InvalidUrl):
        article_view(Article(url="page.html"))


def test_a_capture_tells_all_that_is_known_of_it():
    view = capture_view(CAPTURE)
    assert view["failure"] == {"kind": "timeout", "detail": "d"}
    assert (view["kind"], view["truncated"], view["readings"]) == ("response", "time", [])
    assert (
        capture_view(CAPTURE).items() >= article_view(ARTICLE, capture=CAPTURE)["capture"].items()
    )
    json.dumps(view)


def test_a_post_and_a_run_are_json():
    post = Post(platform="x", post_id="1", url="https://x.com/a/status/1")
    view = post_view(post, cited_by=[], claims=[])
    assert {name: value for name, value in view.items() if value} == {
        "id": "x:1",
        "platform": "x",
        "post_id": "1",
        "url": "https://x.com/a/status/1",
        "state": "not_asked",
    }
    assert {"author", "text", "posted_at", "hashtags", "mentions", "links", "media"} <= set(view)
    run = Run(run_id="r", began_at=AT, software="s", user_agent="u", robots="classic", hostname="h")
    assert run_view(run)["began_at"] == "2026-11-22T03:35:00.000000Z"
    json.dumps([run_view(run), citation_view(CITATION)])


def test_instants_sort_as_text():
    instants = [AT, AT.replace(microsecond=1), AT.astimezone(dt.UTC).replace(hour=4)]
    assert sorted(map(instant, instants)) == [instant(at) for at in instants]
    with pytest.raises(ValueError, match="aware"):
        instant(AT.replace(tzinfo=None))


def test_a_claimed_day_more_than_one_off_the_ids_is_marked():
    assert replace(CITATION, claimed_on=dt.date(2026, 11, 20)).day_disagrees is True
    assert replace(CITATION, claimed_on=dt.date(2026, 11, 23)).day_disagrees is False
    assert replace(CITATION, id_at=None).day_disagrees is None
