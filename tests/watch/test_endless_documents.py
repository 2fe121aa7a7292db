"""Sitemaps that lead in circles, or on and on."""

import pytest

from crawler.demo.server import WorldServer, reply
from tests.prepared import Forked, dateline
from tests.watch.watching import options, sources_file
from tests.watch.world import START, Press

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def index_of(*paths):
    entries = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in paths)
    return reply(f'<sitemapindex xmlns="{SPACE}">{entries}</sitemapindex>'.encode())


def frugal(*args):
    """`dateline` with the given arguments, that bears no more than a few documents."""
    from crawler.spiders import sources

    sources.MOST_DOCUMENTS = 30
    dateline(*args)


@pytest.mark.parametrize(
    ("named", "most"),
    [
        (lambda _: ["/sitemap.xml", "/twin.xml"], 2),
        (lambda count: [f"/{count}-{number}.xml" for number in range(20)], 30),
    ],
)
def test_each_document_is_asked_for_once_and_not_without_end(tmp_path, named, most):
    press, asked = Press.of(sites=1, stories=0), []

    def endless(request):
        if not request.path.endswith(".xml"):
            return None
        asked.append(request.path)
        return index_of(*named(len(asked)))

    press.behaviours["site0.example"] = endless
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press, kind="sitemap")
        process = Forked(frugal, "run", *options(tmp_path / "a", server, sources, START))
        _, err = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in err) == (0, False), err
    assert len(asked) == len(set(asked)) == most
