"""What was announced is had in the end: after sleep, failures, sources at rest, in large files."""

import datetime as dt
import gzip

import pytest

from crawler.demo.server import Answer, WorldServer, reply
from tests.watch.watching import rows, run, sources_file
from tests.watch.world import START, Press

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
LARGER_THAN_A_PAGE = (b"<!-- " + b"as some sites write them " * 20_000 + b" -->") * 20


def live(root):
    return sorted(url for (url,) in rows(root, "SELECT url FROM watch_pages WHERE state = 'live'"))


def test_what_a_sites_sitemap_announced_while_the_machine_slept_is_had(tmp_path):
    """Of a new site's sitemap only a week is taken; that week was counted from the waking."""
    press = Press.of(sites=1, stories=1)
    old = press.publish("site0.example", at=START - 30 * DAY)

    def without_lists(asked):
        if asked.path == "/robots.txt":
            return reply(b"Sitemap: http://site0.example/sitemap.xml", content_type="text/plain")
        return reply(b"<p>Welcome.</p>") if asked.path == "/" else None

    press.behaviours["site0.example"] = without_lists
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press, kind="site")
        run(root, server, sources, START)
        for days in (1, 9):
            press.publish("site0.example", at=START + days * DAY)
        press.now = START + 10 * DAY
        run(root, server, sources, press.now)
    assert live(root) == sorted(url for url in press.stories if url != old.url)


def test_a_page_that_failed_once_is_had_as_soon_as_its_host_answers(tmp_path):
    press = Press.of(sites=1, stories=1)
    old = press.publish("site0.example", at=START - 900 * DAY)
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        press.behaviours["site0.example"] = lambda asked: (
            Answer(then_reset=True) if "/story-" in asked.path else None
        )
        assert run(root, server, sources, START)["pages"] == {"failing": 2}
        press.behaviours.clear()
        run(root, server, sources, START + 16 * MINUTE)
    assert old.url in live(root)
    assert live(root) == sorted(press.stories)


def test_what_a_resting_source_left_is_had_through_another(tmp_path):
    press = Press.of(sites=1, stories=3)
    root, sources = tmp_path / "a", tmp_path / "sources.toml"
    first = '[[source]]\nname = "one"\nkind = "feed"\nurl = "http://site0.example/feed.xml"\n'
    second = (
        '[[source]]\nname = "two"\nkind = "sitemap"\nurl = "http://site0.example/sitemap.xml"\n'
    )
    with WorldServer(press, hosts=press.hosts) as server:
        sources.write_text(f"{first}most_pages = 1\n")
        run(root, server, sources, START)
        assert len(live(root)) == 1
        sources.write_text(f"{first}enabled = false\n{second}")
        run(root, server, sources, START + HOUR)
        assert live(root) == sorted(press.stories)
        press.asked.clear()
        run(root, server, sources, START + 8 * HOUR)
    assert press.article_requests() == 3, "they are looked at again for the other"


def paged(press, size, *, is_linked):
    """Feeds of `size` stories a page, the older ones behind `rel=next`."""

    def answer(asked):
        path, _, page = asked.path.partition("?")
        if path != "/feed.xml":
            return None
        page = int(page or 0)
        stories = press.published(asked.host)[page * size :][:size]
        entries = "".join(f'<entry><link href="{story.url}"/></entry>' for story in stories)
        older = f'<link rel="next" href="/feed.xml?{page + 1}"/>' if is_linked else ""
        space = "http://www.w3.org/2005/Atom"
        return reply(f'<feed xmlns="{space}">{older}{entries}</feed>'.encode())

    return answer


@pytest.mark.parametrize("is_linked", [True, False])
def test_what_left_a_feed_before_it_was_asked_again_is_had_or_named(tmp_path, is_linked):
    press = Press.of(sites=1, stories=40)
    press.behaviours["site0.example"] = paged(press, 6, is_linked=is_linked)
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        first = run(root, server, sources, START)
        assert len(live(root)) == 6, "the past is not filled unasked"
        press.now = START + 2 * HOUR
        new = [press.publish("site0.example").url for _ in range(15)]
        then = run(root, server, sources, press.now)
    assert first["health"] == []
    if is_linked:
        assert set(new) <= set(live(root))
        assert len(live(root)) == 6 + 15, "no further than to what is known"
        assert then["health"] == []
    else:
        assert [concern["kind"] for concern in then["health"]] == ["gaps"]


def test_sitemaps_are_asked_also_while_the_index_that_names_them_stays_the_same(tmp_path):
    """An index that answered 304 hid all that its sitemaps announced from then on."""
    press = Press.of(sites=1, stories=1)
    index = b"<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>"

    def indexed(asked):
        if asked.path == "/sitemap.xml":
            return press._unless_known(asked, index, "application/xml")
        if asked.path == "/news.xml":
            return reply(press._sitemap("site0.example").encode(), content_type="application/xml")
        return None

    press.behaviours["site0.example"] = indexed
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press, kind="sitemap")
        run(root, server, sources, START)
        press.now = START + 2 * HOUR
        press.publish("site0.example")
        run(root, server, sources, press.now)
    assert live(root) == sorted(press.stories)


@pytest.mark.parametrize("coding", [None, "gzip"])
def test_a_sitemap_larger_than_any_page_is_read_to_its_end(tmp_path, coding):
    press = Press.of(sites=1, stories=3)
    sitemap = press._sitemap("site0.example").encode()
    sitemap = sitemap.replace(b"<url>", LARGER_THAN_A_PAGE + b"<url>", 1)
    body = gzip.compress(sitemap, 1) if coding else sitemap
    headers = [("Content-Encoding", coding)] if coding else []
    press.behaviours["site0.example"] = lambda asked: (
        reply(body, content_type="application/xml", headers=headers)
        if asked.path == "/sitemap.xml"
        else None
    )
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press, kind="sitemap")
        report = run(root, server, sources, START)
    assert live(root) == sorted(press.stories)
    assert "failures" not in report["sources"][0]
