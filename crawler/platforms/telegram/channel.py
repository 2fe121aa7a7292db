"""A channel's public view, opened at a message: about twenty around it."""

from collections.abc import Sequence

from archive import PostAnswer, PostState
from crawler.platforms.page import PlatformPage
from crawler.platforms.place import Finding, Place, location
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.telegram.message import album, read_message


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=f"https://t.me/s/{ref.post_id}")


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if 300 <= answered.status < 400 and "/s/" not in (location(answered) or ""):
        reason = "no public view: a private or restricted chat, a group or an unknown name"
        return Finding(state=PostState.UNAVAILABLE, reason=reason)
    if answered.status != 200:
        return None
    shown = PlatformPage.read(answered).all(".tgme_widget_message[data-post]")
    if not shown:
        return None
    for message in shown:
        if ref.post_id in album(message):
            return read_message(message)
    reason = f"not among the {len(shown)} messages around it"
    return Finding(state=PostState.UNAVAILABLE, reason=reason)


rung = Place(name="channel", grade=Grade.PAGE, asking=_ask, reading=_read)
