import datetime as dt
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discover.feeds import MOST_LINKS, read_feed

HERE = "https://news.example/feed.xml"
AT = dt.datetime(2026, 11, 22, 18, 0, tzinfo=dt.UTC)

RSS_091 = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Caf\xe9</title><language>fr</language>
<item><title>Un</title><link>/1</link></item></channel></rss>"""
RSS_10 = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>Caf\xc3\xa9</title>
<dc:language>fr</dc:language></channel>
<item rdf:about="https://news.example/1"><title>Un</title><link>https://news.example/1</link>
<dc:date>2026-11-22T20:00:00+02:00</dc:date></item></rdf:RDF>"""
RSS_20 = b"""<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>Caf\xc3\xa9</title><language>fr</language><item><title>Un</title>
<link>https://news.example/1</link><pubDate>Sun, 22 Nov 2026 20:00:00 +0200</pubDate>
<media:content url="/a.jpg" medium="image"/><media:content url="/a.mp4" medium="video"/>
</item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Caf\xc3\xa9</title>
<link rel="self" href="/feed.xml"/><link rel="next" href="/feed.xml?page=2"/>
<entry><title type="html">&lt;b&gt;Un&lt;/b&gt;</title><link rel="replies" href="/1#c"/>
<link rel="alternate" href="/1"/><id>tag:news.example,2026:1</id>
<published>2026-11-22T20:00:00+02:00</published><updated>2026-11-22T21:00:00+02:00</updated>
</entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Café",
        "language": "fr",
        "next_url": "https://news.example/feed.json?page=2",
        "items": [
            {
                "id": "1",
                "url": "/1",
                "external_url": "https://news.example/1",
                "title": "Un",
                "date_published": "2026-11-22T20:00:00+02:00",
                "image": "/a.jpg",
            },
            {"id": 2},
            "nothing",
        ],
    }
).encode()


@pytest.mark.parametrize("body", [RSS_091, RSS_10, RSS_20, ATOM, JSON_FEED])
def test_every_kind_of_feed_announces_its_article(body):
    found = read_feed(body, HERE)
    assert found.trouble is None
    assert found.title == "Café"
    (link,) = found.links
    assert (link.url, link.headline) == ("https://news.example/1", "Un")
    if body is not RSS_091:
        assert link.published.at == AT
        assert link.published.at.utcoffset() == dt.timedelta(hours=2)


def test_what_else_a_feed_says_is_kept():
    atom, rss, plain = (read_feed(body, HERE) for body in (ATOM, RSS_20, JSON_FEED))
    assert atom.next_url == "https://news.example/feed.xml?page=2"
    assert atom.links[0].modified.at == AT + dt.timedelta(hours=1)
    assert rss.links[0].images == ("https://news.example/a.jpg",)
    assert plain.links[0].images == ("https://news.example/a.jpg",)
    assert plain.next_url == "https://news.example/feed.json?page=2"
    assert {found.links[0].language for found in (rss, plain)} == {"fr"}


@pytest.mark.parametrize(
    ("body", "urls", "trouble"),
    [
        (RSS_20.replace(b"</item>", b"</item><item>")[:-20], ["https://news.example/1"], "broken"),
        (RSS_20.replace(b"example/1<", b"example/1?a=1&b=2<"), [], "broken"),
        (RSS_20.replace(b"<?xml", b"\n\n<?xml"), ["https://news.example/1"], None),
        (b"<rss version='2.0'><channel></channel></rss>", [], None),
        (b"", [], "no feed"),
        (b"<html><body><p>404</p></body></html>", [], "no feed"),
        (b'{"version": 1}', [], "no feed"),
        (b'{"version": "https://jsonfeed.org/version/1"}', [], "no items"),
        (b"[" * 100_000, [], "no feed"),
        (b"{" * 100_000, [], "no feed: broken JSON"),
        (b"\xff\xfe\x00\x00garbage", [], "no feed"),
    ],
)
def test_a_broken_feed_is_read_as_far_as_it_goes_and_says_so(body, urls, trouble):
    found = read_feed(body, HERE)
    if b"a=1&b" in body:
        assert [link.url for link in found.links] == ["https://news.example/1?a=1&b=2"]
    else:
        assert [link.url for link in found.links] == urls
    assert (found.trouble is None) == (trouble is None)
    assert trouble is None or trouble in found.trouble


def test_an_entry_that_leads_off_the_web_is_no_article():
    items = b"".join(
        b"<item><link>%s</link></item>" % link
        for link in (b"javascript:alert(1)", b"file:///etc/passwd", b"mailto:a@b", b"http://[", b"")
    )
    assert read_feed(b"<rss version='2.0'><channel>%s</channel></rss>" % items, HERE).links == ()


def test_an_address_that_stands_twice_is_announced_once_and_first():
    items = b"".join(b"<item><link>/%d</link></item>" % number for number in (1, 2, 1, 3))
    found = read_feed(b"<rss version='2.0'><channel>%s</channel></rss>" % items, HERE)
    assert [link.url[-1] for link in found.links] == ["1", "2", "3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_expanded_and_files_not_read(encoding, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("https://secret.example/")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    body = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}'
        f'<!ENTITY f SYSTEM "{secret.as_uri()}">]><rss version="2.0"><channel>'
        "<item><title>&l11;</title><link>&f;</link></item></channel></rss>"
    ).encode(encoding)
    began = time.process_time()
    found = read_feed(body, HERE)
    assert time.process_time() - began < 1
    assert found.links == ()
    assert "document type" in found.trouble


@pytest.mark.parametrize("encoding", ["utf-8", "utf-7"])
@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE rss SYSTEM "a>b" [',
        f"<!--{'of any length ' * 6000}--><!DOCTYPE rss [",
        "<!DOCTYPE rss [\n<!ELEMENT rss ANY>",
    ],
)
def test_entities_are_refused_however_they_are_hidden(before, encoding):
    body = (
        f'<?xml version="1.0" encoding="{encoding}"?>{before}<!ENTITY l "ha">]>'
        "<rss version='2.0'><channel><item><link>/&l;</link></item></channel></rss>"
    ).encode(encoding)
    found = read_feed(body, HERE)
    assert found.links == ()
    assert found.trouble == "a document type that declares entities"


def test_an_address_in_place_of_a_body_is_not_fetched():
    assert read_feed(b"http://127.0.0.1:9/feed.xml", HERE).links == ()
    assert read_feed(b"/etc/passwd", HERE).links == ()


@pytest.mark.parametrize(
    "piece", [b"<item>", b"<a>", b"<!--", b"<![CDATA[", b"&", b"<", b' a="', b"<content><div>"]
)
def test_no_feed_takes_long(piece):
    body = b"<rss version='2.0'><channel>" + piece * (100_000 // len(piece))
    began = time.process_time()
    read_feed(body, HERE)
    assert time.process_time() - began < 10


def test_a_feed_of_too_many_entries_is_cut_and_says_so():
    items = b"".join(b"<item><link>/%d</link></item>" % n for n in range(MOST_LINKS + 5))
    found = read_feed(b"<rss version='2.0'><channel>%s</channel></rss>" % items, HERE)
    assert len(found.links) == MOST_LINKS
    assert found.trouble == f"more than {MOST_LINKS} entries"


PIECES = [
    RSS_20,
    ATOM,
    JSON_FEED,
    b"<item>",
    b"<link>/x</link>",
    b"</rss>",
    b"\0",
    b"&amp;",
    b"]]>",
]


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=5).map(b"".join))
def test_whatever_comes_gives_addresses_of_the_web_or_none(body):
    found = read_feed(body, HERE)
    assert all(link.url.startswith(("http://", "https://")) for link in found.links)
    assert len({link.url for link in found.links}) == len(found.links)
