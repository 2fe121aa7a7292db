"""The frame of Facebook's post plugin; what it shows may be cut, and it may not show at all."""

from collections.abc import Sequence
from urllib.parse import quote

from archive import FactSource, PostAnswer, PostAuthor, PostFacts, PostState
from crawler.platforms.json_tree import unix_instant
from crawler.platforms.page import PlatformPage, attribute, text_of
from crawler.platforms.place import Finding, Place, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade

_GONE = "no longer available"


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    href = quote(ref.url, safe="")
    return Ask(url=f"https://www.facebook.com/plugins/post.php?href={href}&show_text=true")


def _read(_ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return None
    page = PlatformPage.read(answered)
    time = attribute(page.first("[data-utime]"), "data-utime") or ""
    if not time.isdigit() or len(time) > 12:
        # The same box stands for deleted posts and for those that are not for everybody.
        if _GONE in (text_of(page.first("body")) or "").lower():
            return Finding(state=PostState.UNAVAILABLE, reason=f"the plugin says: {_GONE}")
        return None
    paragraphs = [text for node in page.all("p") if (text := text_of(node))]
    names = [text for node in page.all("a[href]") if (text := text_of(node))]
    facts = PostFacts(
        author=PostAuthor(name=names[0]) if names else None,
        text="\n\n".join(paragraphs) or None,
        posted_at=unix_instant(int(time)),
    )
    return Finding(
        state=PostState.OK_PARTIAL,
        reason="the plugin's excerpt",
        facts=sourced(facts, FactSource.PAGE),
    )


rung = Place(name="plugin", grade=Grade.EMBED, asking=_ask, reading=_read)
