"""The demo world's archive, with all that can come to be in one: what is read again is held to it.

Crawled twice, the second time with some platforms broken, so that there are retries, walls and
hosts left alone; with posts, a web archive, short links and requisites; a post asked for by its
address; a run killed and recovered. Imports and withdrawals are for the tests to add.
"""

from archive import Archive
from archive.warc.writer import WarcWriter
from crawler.demo import world
from crawler.demo.server import WorldServer, reply
from tests.archive.generated import made, new_run
from tests.crawler.cli.running import dateline, into, page
from tests.strategies import page as page_on_the_wire

OWN = "shortlinks.example"
BROKEN = {
    "syndication.twimg.com": "500 Internal Server Error",
    "cdn.syndication.twimg.com": "500 Internal Server Error",
    "t.me": "403 Forbidden",
}
"""Places that answer every stranger alike."""
POST = "https://x.com/i/status/2120861186107183105"
LINKS = (
    '<a href="https://t.co/abcDEF">A post</a> of the day, <a href="http://t.co/nowhere">'
    "another</a>. It rained on the ferry again, and the bridge was closed. "
)


def answer(asked):
    """The demo world, a page with short links, and t.co, which leads to a post."""
    if asked.host == OWN:
        return page("Short links", words=LINKS)
    if asked.host == "t.co" and asked.path == "/abcDEF":
        return reply(status="301 Moved Permanently", headers=[("Location", POST)])
    if asked.host == "t.co":
        return reply(status="404 Not Found")
    return world.answer(asked)


def breaking(asked):
    """The same, with some platforms that answer every stranger alike."""
    if asked.host in BROKEN and asked.path != "/robots.txt":
        return reply(status=BROKEN[asked.host])
    return answer(asked)


def fill(root, keys):
    """Make the archive in the folder `root`."""
    for number, each in enumerate((answer, breaking)):
        with WorldServer(each, hosts=(*world.HOSTS, OWN, "t.co")) as server:
            done = dateline(
                *("crawl", "--json", "--archive", root, *into(server)),
                *("-s", f"RETRY_TIMES={number}", "-s", "DATELINE_REQUISITES_DELAY=0.001"),
                *("-s", f"DATELINE_KEYS={keys}"),
                *("-s", "DATELINE_WEB_ARCHIVES=demo=https://web.archive.org/web/"),
                *("-s", "DATELINE_BACKOFF_S=0.01", "-s", "DATELINE_BACKOFF_MAX_S=0.02"),
                *(*world.START_URLS, f"https://{OWN}/story", POST),
            )
        assert done.returncode == 0, done.stderr.decode()
    killed = WarcWriter(root / "warc", run=new_run("killed"))
    killed.write_run(new_run("killed"))
    killed.write(made("killed", page_on_the_wire(b"")[:-4], method="HEAD"))
    killed.abandon()
    with Archive.open(root, run=new_run("after"), keys=keys) as archive:
        assert archive.recovered
