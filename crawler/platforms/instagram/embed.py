"""The frame that Instagram's embed shows with its caption; unstable, and often a login instead."""

from collections.abc import Sequence

from archive import FactSource, PostAnswer, PostAuthor, PostFacts, PostMedia, PostState
from crawler.platforms.instagram import naming
from crawler.platforms.json_tree import web_url
from crawler.platforms.page import PlatformPage, attribute, text_of
from crawler.platforms.place import Finding, Place, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=f"{ref.url}embed/captioned/")


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return None
    page = PlatformPage.read(answered)
    if page.first(".EmbedIsBroken, .ebmMessage") is not None:
        return Finding(state=PostState.UNAVAILABLE, reason="the frame says that the link is broken")
    handle = text_of(page.first(".UsernameText, .CaptionUsername"))
    caption = page.first(".Caption")
    if handle is None and caption is None:
        return None
    for aside in page.all(".Caption .CaptionUsername, .Caption .CaptionComments"):
        aside.decompose()
    picture = web_url(attribute(page.first("img.EmbeddedMediaImage"), "src") or "")
    facts = PostFacts(
        author=PostAuthor(handle=handle) if handle else None,
        text=text_of(caption),
        posted_at=naming.id_instant(ref.post_id),
        media=(PostMedia(type="image", url=picture),) if picture else (),
    )
    return Finding(
        state=PostState.OK_PARTIAL,
        reason="caption and author alone",
        facts=sourced(facts, FactSource.PAGE, posted_at=FactSource.ID),
    )


rung = Place(name="embed", grade=Grade.EMBED, asking=_ask, reading=_read)
