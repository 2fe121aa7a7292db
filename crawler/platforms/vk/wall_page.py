"""A post's page on VK. Its widget wants the citing article's hash, its API a token."""

from collections.abc import Sequence

from archive import FactSource, PostAnswer, PostAuthor, PostFacts, PostState
from crawler.platforms.page import PlatformPage, text_of
from crawler.platforms.place import Finding, Place, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=ref.url)


def _read(_ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return None
    page = PlatformPage.read(answered)
    name = text_of(page.first(".PostHeaderTitle__authorName"))
    text = text_of(page.first(".wall_post_text"))
    if name is None and text is None:
        return None
    facts = PostFacts(author=PostAuthor(name=name) if name else None, text=text)
    return Finding(
        state=PostState.OK_PARTIAL,
        reason="author and text alone",
        facts=sourced(facts, FactSource.PAGE),
    )


rung = Place(
    name="page",
    grade=Grade.PAGE,
    asking=_ask,
    reading=_read,
    why_off="strangers mostly get a script challenge; whether a page is served is untested",
)
