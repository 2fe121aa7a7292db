import datetime as dt
import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.catalogue import CatalogueReader
from archive.conclusions.identity import article_id
from archive.model import Author, Moment, Reading, Verdict
from archive.web.urls import registrable_domain, url_key
from tests.archive.catalogue.derived import derived
from tests.archive.catalogue.facts import (
    READER,
    RUN,
    add,
    article,
    capture,
    citation,
    crawls,
    opened,
)
from tests.examples import examples, spread

A, B, C = "https://a.example/amp/s-1", "https://b.example/2026/s-1", "https://c.example/x/s-1"


def id_of(url):
    return article_id(url_key(url))


def catalogued(captures, readings, *, one_by_one=False):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.sqlite"
        with opened(path) as writer:
            with writer.batch():
                writer.add_run(RUN)
                for kept in captures:
                    writer.add_capture(kept)
            if one_by_one:
                for reading in readings:
                    with writer.batch():
                        writer.add_reading(reading)
            else:
                with writer.batch():
                    for reading in readings:
                        writer.add_reading(reading)
            found = derived(writer._connection)
        reader = CatalogueReader(path)
        views = [list(reader.articles()), list(reader.posts()), list(reader.citations())]
        hits = sorted((hit["kind"], hit["id"]) for hit in reader.search("word1 word2"))
        return found, views, hits


def crawl(*pages):
    """Captures and readings of `pages`, one after the other."""
    captures = [capture(number, url=page.url) for number, page in enumerate(pages)]
    readings = [
        Reading(record_id=kept.record_id, reader=READER, verdict=Verdict.CONTENT, article=page)
        for kept, page in zip(captures, pages, strict=True)
    ]
    return captures, readings


@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(crawls(), st.randoms(use_true_random=False))
def test_order_of_readings_does_not_matter(facts, random):
    captures, readings = facts
    other = list(readings)
    random.shuffle(other)
    one = catalogued(captures, readings)
    assert catalogued(reversed(captures), other, one_by_one=True) == one
    assert catalogued(captures, [*other, *readings]) == one


CONFIRMED = [
    article(A, "copy one", canonical=B, posts=(citation("1"),)),
    article(A, "copy two", canonical=B),
    article(A, "before it named anything"),
    article(B, "copy one", canonical=B, amp=A, posts=(citation("1", claimed_text="x"),)),
    article(B, "edited", canonical=C),
    article(C, "third", canonical=B),
    article(C, "third", amp=B),
]


@pytest.mark.parametrize("chosen", spread(itertools.combinations(range(len(CONFIRMED)), 4), 12))
def test_order_does_not_matter_where_sites_confirm_each_other(chosen):
    captures, readings = crawl(*(CONFIRMED[index] for index in chosen))
    first, *others = (
        catalogued(captures, order)
        for order in itertools.islice(itertools.permutations(readings), 0, 24, 7)
    )
    assert all(other == first for other in others)


def test_the_newest_capture_describes_the_article(writer, reader):
    add(writer, 5, article(headline="New", canonical="https://other.example/s-1"))
    found = add(writer, 1, article(headline="Old"))
    view = reader.article(found.article_id)
    assert view["headline"] == "New"
    assert view["claimed_canonical_url"] == "https://other.example/s-1"
    assert view["capture"]["record_id"] == capture(5).record_id
    assert view["first_seen_at"] == "2026-11-22T17:01:00.000000Z"
    assert view["last_seen_at"] == "2026-11-22T17:05:00.000000Z"


def test_of_two_readers_the_newer_describes_the_same_capture(writer, reader):
    for name, reader_name in (("Ten", "r/1.10"), ("Nine", "r/1.9")):
        found = add(writer, 1, article(headline=name), reader=reader_name)
    view = reader.article(found.article_id)
    assert (view["headline"], view["reader"], view["versions"]) == ("Ten", "r/1.10", 1)


def test_what_a_version_lacks_in_text_is_of_its_newest_capture(writer, reader):
    add(writer, 2, article(authors=(Author(name="Now"),)))
    found = add(writer, 1, article(authors=(Author(name="Then"),)))
    assert reader.article(found.article_id)["authors"] == [{"name": "Now"}]


def test_a_hub_never_joins_what_it_names(writer, reader):
    hub, one, two = (f"https://news.example/{name}" for name in ("latest", "2026/a-1", "2026/b-2"))
    add(writer, 1, article(hub, "first", canonical=one))
    add(writer, 2, article(hub, "second", canonical=two))
    add(writer, 3, article(one, "first"))
    add(writer, 4, article(two, "second"))
    assert {view["id"] for view in reader.articles()} == {id_of(one), id_of(two)}
    for url in (one, two):
        urls = reader.article(id_of(url))["urls"]
        assert {"url": hub, "how": "page"} in urls
        assert {"url": url, "how": "canonical"} in urls
    assert reader.find(hub).view["id"] == id_of(two)  # what it named last


def test_a_redirect_is_listed_and_unites_nothing(writer, reader):
    short = "https://evil.example/go?utm_source=x"
    add(writer, 1, article(B), requested_url=short)
    add(writer, 2, article(C), requested_url=short)
    add(writer, 3, article(C), requested_url="nonsense")
    assert {view["id"] for view in reader.articles()} == {id_of(B), id_of(C)}
    assert {"url": "https://evil.example/go", "how": "redirect"} in reader.article(id_of(B))["urls"]
    assert reader.find(short).view["id"] == id_of(C)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_two_sites_that_name_each_other_have_one_article(writer, reader, order):
    pages = [
        article(A, "copy", canonical=B),
        article(B, "original", canonical=B, amp=A),
        article(A, "copy", canonical=B),
    ]
    for number in order:
        add(writer, number, pages[number])
    (view,) = reader.articles()
    assert view["id"] == id_of(B)
    assert view["canonical_url"] == B
    assert view["claimed_canonical_url"] is None
    assert {seen["url"] for seen in view["urls"]} == {A, B}
    assert reader.article(id_of(A)) == view  # the id of before still leads there
    assert reader.find(A).view == reader.find(B).view == view
    assert reader.capture(capture(0).record_id)["readings"][0]["article_id"] == id_of(B)


def test_a_confirmed_page_may_say_more_later(writer, reader):
    add(writer, 1, article(C, "original", amp=B))
    add(writer, 2, article(B, "copy", canonical=C))
    add(writer, 3, article(B, "copy", canonical=C, amp=C))
    (view,) = reader.articles()
    assert view["id"] == reader.article(id_of(B))["id"] == id_of(C)


def test_captures_that_named_nothing_keep_their_article(writer, reader):
    add(writer, 1, article(A, "before"))
    add(writer, 2, article(A, "copy", canonical=B))
    add(writer, 3, article(B, "original", amp=A))
    assert {view["id"] for view in reader.articles()} == {id_of(A), id_of(B)}
    assert reader.find(A).view["id"] == id_of(A)


def test_two_sites_that_call_each_other_canonical_share_the_lesser_key(writer, reader):
    add(writer, 1, article(C, "one", canonical=B))
    add(writer, 2, article(B, "two", canonical=C))
    (view,) = reader.articles()
    assert view["id"] == reader.article(id_of(C))["id"] == id_of(B)
    assert view["versions"] == 2


@pytest.mark.parametrize(
    "victim",
    [
        {},
        {"canonical": B},
        {"amp": "https://b.example/amp/s-1"},
        {"amp": "https://a.example/amp/another"},
        {"canonical": "https://a.example/"},
    ],
)
def test_one_site_alone_unites_nothing(writer, reader, victim):
    add(writer, 1, article(A, "copy", canonical=B, amp=B))
    add(writer, 2, article(B, "original", **victim))
    assert {view["id"] for view in reader.articles()} == {id_of(A), id_of(B)}
    assert reader.find(B).view["body"][0]["text"] == "original"
    assert reader.article(id_of(A))["claimed_canonical_url"] == B


VICTIM = "https://victim.example/2026/s-1"
HOSTILE = st.sampled_from(
    [
        "https://evil.example/2026/s-1",
        "https://amp.evil.example/s-1",
        "https://you.github.io/2026/s-1",
        "https://other.evil.co.uk/s-1",
    ]
)
ANYTHING = (
    st.none()
    | HOSTILE
    | st.sampled_from(
        [
            VICTIM,
            VICTIM + "/amp",
            "https://www.victim.example/2026/s-2",
            "https://victim.example@evil.example/x-1",
        ]
    )
)
OWN = st.none() | st.sampled_from([VICTIM, VICTIM + "/amp", "https://victim.example/2026/s-2"])


@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_page_attaches_itself_to_another_sites_article(data):
    """Whatever the hostile sites claim, alone or together, the victim's articles hold no page of
    theirs, and none of the victim's addresses leads to one.
    """
    hostile = st.builds(article, url=HOSTILE, canonical=ANYTHING, amp=ANYTHING)
    own = st.builds(article, url=st.sampled_from([VICTIM, VICTIM + "/amp"]), canonical=OWN, amp=OWN)
    pages = data.draw(st.lists(hostile | own, min_size=2, max_size=8))
    captures, readings = crawl(*pages)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.sqlite"
        with opened(path) as writer, writer.batch():
            writer.add_run(RUN)
            for kept, reading in zip(captures, readings, strict=True):
                writer.add_capture(kept)
                writer.add_reading(reading)
        reader = CatalogueReader(path)
        for view in reader.articles():
            sites = {registrable_domain(seen["url"]) for seen in view["urls"]}
            assert "victim.example" not in sites or sites == {"victim.example"}
        for page in pages:
            site = registrable_domain(page.url)
            found = reader.find(page.url).view
            if site == "victim.example":
                assert registrable_domain(found["canonical_url"]) == site


def test_a_year_that_utc_has_not_is_kept_as_the_page_says(writer, reader):
    zone = dt.timezone(dt.timedelta(hours=14))
    early = Moment(on=dt.date(1, 1, 1), at=dt.datetime(1, 1, 1, tzinfo=zone), raw="1")
    found = add(writer, 1, article(published_at=early))
    row = writer._connection.execute(
        "SELECT published_at, published_on, published_offset_s, published_raw FROM versions"
    ).fetchone()
    assert tuple(row) == (None, "0001-01-01", 14 * 3600, "1")
    assert reader.article(found.article_id)["published_at"] == "0001-01-01T00:00:00+14:00"


def test_hostile_texts_are_catalogued_as_they_are(writer, reader):
    evil = "'); DROP TABLE articles; -- \x00 \ud800 \u202e <script>"
    found = add(
        writer,
        1,
        article(text=evil, headline=evil, section=evil, posts=(citation(evil, claimed_text=evil),)),
    )
    view = reader.article(found.article_id)
    assert view["headline"] == evil.replace("\ud800", "\ufffd")
    assert [hit["kind"] for hit in reader.search("drop table")] == ["article", "post"]


def test_a_changed_claim_is_a_second_citation_and_nothing_is_lost(writer, reader):
    add(writer, 1, article(posts=(citation(claimed_text="then"),)))
    add(writer, 2, article(posts=(citation(claimed_text="now"),)))
    assert [entry["claimed_text"] for entry in reader.citations()] == ["now", "then"]
    post = reader.post("x:1")
    assert [claims["claimed_text"] for claims in post["claims"]] == ["now", "then"]
    assert len(post["cited_by"]) == 1


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_posts_and_citations_know_when_they_were_first_seen(writer, order):
    for number in order:
        add(writer, number, article(posts=(citation(),)))
    for table in ("posts", "citations"):
        row = writer._connection.execute(f"SELECT first_seen_at FROM {table}").fetchone()
        assert row[0] == "2026-11-22T17:01:00.000000Z"


@pytest.mark.parametrize("order", [(1, 2, 3, 4), (4, 3, 2, 1), (3, 1, 4, 2)])
def test_a_citation_leads_to_the_first_capture_that_makes_it(writer, reader, order):
    # Posts come and go beside a text that stays: neither first nor newest shows this one.
    for number in order:
        posts = (citation(claimed_text="said"),) if number in {2, 3} else ()
        add(writer, number, article(posts=posts))
    (entry,) = reader.citations()
    post = reader.post("x:1")
    (claims,), (citer,) = post["claims"], post["cited_by"]
    for told in (entry, claims, citer):
        assert told["record_id"] == capture(2).record_id


def test_a_post_known_by_two_urls_has_the_newest(writer, reader):
    add(writer, 2, article(posts=(citation(url="https://x.com/new/status/1"),)))
    add(writer, 1, article(posts=(citation(url="https://x.com/old/status/1"),)))
    assert reader.post("x:1")["url"] == "https://x.com/new/status/1"
