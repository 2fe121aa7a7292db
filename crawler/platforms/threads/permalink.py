"""A post's page on Threads: what it states for those who share it."""

from collections.abc import Sequence
from dataclasses import replace

from archive import FactSource, PostAnswer, PostState
from crawler.platforms.dialects.open_graph import read_open_graph
from crawler.platforms.page import PlatformPage
from crawler.platforms.place import Finding, Place, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.threads import naming


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=ref.url)


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return None
    page = PlatformPage.read(answered)
    # The front page has these fields too; only a post's names its code as the page's address.
    if ref.post_id not in (page.meta("og:url") or ""):
        return None
    facts = read_open_graph(page)
    if facts is None:
        return None
    if facts.posted_at is None:
        facts = replace(facts, posted_at=naming.id_instant(ref.post_id))
        facts = sourced(facts, FactSource.PAGE, posted_at=FactSource.ID)
    return Finding(state=PostState.OK_PARTIAL, reason="the page's summary alone", facts=facts)


rung = Place(name="page", grade=Grade.PAGE, asking=_ask, reading=_read)
