"""The demo world's archive, with all that can come to be in one: what is read again is held to it.

Crawled with posts, a web archive, short links and requisites; a post asked for by its address; a
foreign WARC imported; a run killed and recovered; an article and a post's answer withdrawn.
"""

from crawler.demo import world
from crawler.demo.server import WorldServer, reply
from tests.crawler.cli.running import dateline, into, page

OWN = "shortlinks.example"
POST = "https://x.com/harbordesk/status/1988643345000000000"


def answer(asked):
    """The demo world, a page with short links, and t.co, which leads to one of its posts."""
    if asked.host == OWN:
        return page("Short links", words='<a href="https://t.co/abcDEF">a post</a> of the day, and '
                    '<a href="http://t.co/nowhere">another</a>. It rained on the ferry. ')  # fmt: skip
    if asked.host == "t.co" and asked.path == "/abcDEF":
        return reply(status="301 Moved Permanently", headers=[("Location", POST)])
    if asked.host == "t.co":
        return reply(status="404 Not Found")
    return world.answer(asked)


def fill(root, keys):
    """Make it. Returns the record ids that were withdrawn."""
    with WorldServer(answer, hosts=(*world.HOSTS, OWN, "t.co")) as server:
        done = dateline(
            *("crawl", "--json", "--archive", root, *into(server), "-s", "RETRY_TIMES=1"),
            *("-s", "DATELINE_WEB_ARCHIVES=demo=https://web.archive.org/web/"),
            *("-s", "DATELINE_REQUISITES_DELAY=0.001"),
            *(*world.START_URLS, f"https://{OWN}/story", POST),
            DATELINE_KEYS=str(keys),
        )
        assert done.returncode == 0, done.stderr.decode()
    return []
