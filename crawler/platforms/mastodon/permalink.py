"""The post's own page: what a server in secure mode still shows to everybody."""

from collections.abc import Sequence

from archive import PostAnswer, PostState
from crawler.platforms.dialects.open_graph import read_open_graph
from crawler.platforms.mastodon.address import home, refer
from crawler.platforms.page import PlatformPage
from crawler.platforms.place import Finding, Place, another_post
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade


def _ask(ref: PostRef, before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=home(ref, before), headers={"Accept": "text/html"})


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return None
    page = PlatformPage.read(answered)
    # A server's front page has these fields too; a post's is an article or has its author.
    if page.meta("og:type") == "website":
        return None
    named = refer(page.meta("og:url") or "")
    if named is not None and named.post_id != ref.post_id and _host(named) == _host(ref):
        return another_post(named.post_id)
    facts = read_open_graph(page)
    if facts is None:
        return None
    return Finding(state=PostState.OK_PARTIAL, reason="the page's summary alone", facts=facts)


def _host(ref: PostRef) -> str:
    return ref.post_id.partition("/")[0]


rung = Place(name="page", grade=Grade.PAGE, asking=_ask, reading=_read)
