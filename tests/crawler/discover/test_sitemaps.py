import datetime as dt
import gzip
import tracemalloc
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import Moment
from crawler.discover import sitemaps
from crawler.discover.honesty import LastmodRecord, looks_made_up
from crawler.discover.sitemaps import MOST_LINKS, SitemapReader

HERE = "https://news.example/sitemap.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
NEWS = (
    HEAD
    + b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://news.example/1?a=1&amp;b=2 </loc><lastmod>2026-11-22</lastmod>
<news:news><news:publication><news:name>N</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2026-11-22T20:00:00+02:00</news:publication_date>
<news:title>Floods &amp; bridges</news:title></news:news>
<image:image><image:loc>/a.jpg</image:loc><image:caption>c</image:caption></image:image>
<image:image><image:loc>/b.jpg</image:loc></image:image></url></urlset>"""
)
INDEX = (
    HEAD
    + b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.example/2026-11.xml.gz</loc><lastmod>2026-11-22T10:00Z</lastmod></sitemap>
<sitemap><loc>/2026-10.xml.gz</loc></sitemap></sitemapindex>"""
)


def read(body, size=65_536):
    reader = SitemapReader(HERE)
    links = list(reader.read(body[at : at + size] for at in range(0, len(body), size)))
    return reader, links


def urls(body):
    return [link.url for link in read(body)[1]]


@pytest.mark.parametrize("size", [1, 7, 65_536])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_news_and_image_extensions_are_read_whatever_the_pieces(pack, size):
    reader, (link,) = read(pack(NEWS), size)
    assert (reader.is_index, reader.trouble) == (False, None)
    assert link.url == "https://news.example/1?a=1&b=2"
    assert link.headline == "Floods & bridges"
    assert link.language == "en"
    assert link.published.at == dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC)
    assert link.modified == Moment(on=dt.date(2026, 11, 22), raw="2026-11-22")
    assert link.images == ("https://news.example/a.jpg", "https://news.example/b.jpg")


def test_an_index_gives_sitemaps():
    reader, links = read(INDEX)
    assert reader.is_index
    assert [link.url for link in links] == [
        "https://news.example/2026-11.xml.gz",
        "https://news.example/2026-10.xml.gz",
    ]


def test_a_list_of_plain_text_is_a_sitemap():
    reader, links = read(
        b"\xef\xbb\xbfhttps://news.example/1\r\n\r\nnot one\nhttps://news.example/2"
    )
    assert [link.url[-1] for link in links] == ["1", "2"]
    assert reader.trouble is None


def test_bare_ampersands_are_mended_and_html_entities_left_alone():
    body = b"<urlset><url><loc>https://a.example/?x=1&y=2&copy;=3</loc></url></urlset>"
    assert urls(body) == ["https://a.example/?x=1&y=2&copy;=3"]


@pytest.mark.parametrize(
    ("body", "count", "trouble"),
    [
        (NEWS[:-20], 0, "no XML from line"),
        (NEWS.replace(b"</urlset>", b"<url><loc>"), 1, "no XML from line"),
        (gzip.compress(NEWS * 1)[:-60], 0, "no XML"),
        (b"", 0, "no sitemap"),
        (b"<html><url><loc>https://a.example/</loc></url></html>", 0, "no sitemap"),
        (b"plain words", 0, "no sitemap"),
        (b"<urlset>" + b"<url>" * 100, 0, "nested deeper"),
        (b'<?xml version="1.0" encoding="x-klingon"?><urlset/>', 0, "an encoding"),
        (b"<urlset><url><loc>javascript:1</loc></url></urlset>", 0, None),
    ],
)
def test_what_is_broken_is_read_as_far_as_it_goes_and_says_so(body, count, trouble):
    reader, links = read(body)
    assert len(links) == count
    assert (reader.trouble or "").startswith(trouble or "")
    assert (reader.trouble is None) == (trouble is None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_bombs_are_refused_before_they_go_off(encoding):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE urlset [<!ENTITY l0 "ha">{laughs}]>'
        "<urlset><url><loc>https://a.example/&l11;</loc></url></urlset>"
    )
    reader, links = read(bomb.encode(encoding))
    assert links == []
    assert "document type" in reader.trouble


def test_a_gzip_bomb_is_left_when_it_is_larger_than_any_sitemap(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_BYTES", 2_000_000)
    body = gzip.compress(NEWS[: -len("</urlset>")] + b" " * 30_000_000)
    tracemalloc.start()
    reader, links = read(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(links) == 1
    assert reader.trouble == "larger than 2000000 bytes"
    assert peak < 4_000_000


def test_as_many_addresses_as_may_be_are_streamed_and_no_more(monkeypatch):
    most = 5_000
    assert MOST_LINKS == 50_000
    monkeypatch.setattr(sitemaps, "MOST_LINKS", most)
    given = []

    def chunks():
        yield b"<urlset>"
        for number in range(most + 10):
            given.append(number)
            yield b"<url><loc>https://news.example/%d</loc></url>" % number
        yield b"</urlset>"

    reader = SitemapReader(HERE)
    taken = reader.read(chunks())
    assert next(taken).url == "https://news.example/0"
    assert len(given) < 3  # it waits for its reader
    tracemalloc.start()
    count = 1 + sum(1 for _ in taken)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == most
    assert reader.trouble == f"more than {most} addresses"
    assert peak < 1_500_000


@given(
    paths=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=9)),
    size=st.integers(1, 50),
)
def test_what_is_written_is_read_again(paths, size):
    plain = [f"https://news.example/{index}?{'x' * len(path)}" for index, path in enumerate(paths)]
    body = "".join(
        f"<url><loc>{escape(url)}</loc><note>{escape(path)}</note></url>"
        for url, path in zip(plain, paths, strict=True)
        if path.isprintable()
    )
    wanted = [url for url, path in zip(plain, paths, strict=True) if path.isprintable()]
    reader, links = read(f"<urlset>{body}</urlset>".encode(), size)
    assert (reader.trouble, [link.url for link in links]) == (None, wanted)


@given(st.lists(st.sampled_from([NEWS, INDEX, b"<url>", b"<loc>", b"&", b"]]>"]) | st.binary()))
def test_whatever_comes_gives_addresses_of_the_web_or_none(pieces):
    links = read(b"".join(pieces), 100)[1]
    assert all(link.url.startswith(("http://", "https://")) for link in links)


NOW = dt.datetime(2026, 11, 22, 20, tzinfo=dt.UTC)


def moment(minutes):
    at = NOW - dt.timedelta(minutes=minutes)
    return Moment(on=at.date(), at=at)


@pytest.mark.parametrize(
    ("lastmods", "is_made_up"),
    [
        ([moment(60 * n) for n in range(1, 9)], False),
        ([moment(2)] * 8, True),
        ([moment(9000)] * 8, True),
        ([moment(n) for n in range(8)], True),
        ([moment(2)] * 4, False),
        ([None] * 8, False),
        ([Moment(on=NOW.date())] * 8, False),
    ],
)
def test_a_lastmod_of_the_asking_itself_is_found_out_at_once(lastmods, is_made_up):
    assert looks_made_up(lastmods, NOW) is is_made_up


def test_a_lastmod_proves_honest_or_not_by_what_came_of_it():
    record = LastmodRecord()
    assert record.is_honest is None
    honest = made_up = blind = record
    for _ in range(10):
        honest = honest.with_look(has_moved=True, has_changed=True)
        honest = honest.with_look(has_moved=False, has_changed=False)
        made_up = made_up.with_look(has_moved=True, has_changed=False)
        blind = blind.with_look(has_moved=False, has_changed=True)
    assert (honest.is_honest, made_up.is_honest, blind.is_honest) == (True, False, False)


@pytest.mark.parametrize("begin", [b"<!--", b"<?x ", b"<url x='"])
def test_what_never_ends_is_read_no_further_than_its_bound(begin):
    entry = b"<url><loc>https://news.example/a</loc></url>"
    reader = SitemapReader("https://news.example/sitemap.xml")
    body = b"<urlset>" + entry + begin + b"y" * 40_000_000
    pieces = iter([body[at : at + 65_536] for at in range(0, len(body), 65_536)])
    assert [link.url for link in reader.read(pieces)] == ["https://news.example/a"]
    assert "longer than" in reader.trouble
    assert sum(map(len, pieces)) > 38_000_000


def test_many_comments_and_a_long_text_are_no_tag_without_end():
    entry = b"<url><loc>https://news.example/a</loc></url>"
    reader = SitemapReader("https://news.example/sitemap.xml")
    long = b"<!-- one of many -->" * 200_000 + b"word " * 1_000_000
    assert len(list(reader.read([b"<urlset>" + long + entry + b"</urlset>"]))) == 1
    assert reader.trouble is None
