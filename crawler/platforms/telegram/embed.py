"""The page that Telegram's widget shows of one message."""

from collections.abc import Sequence

from archive import PostAnswer, PostState
from crawler.platforms.page import PlatformPage, attribute, text_of
from crawler.platforms.place import Finding, Place, another_post
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.telegram.message import album, read_message


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=f"{ref.url}?embed=1&mode=tme")


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return None
    page = PlatformPage.read(answered)
    error = page.first(".tgme_widget_message_error")
    if error is not None:
        return _error(text_of(error) or "")
    message = page.first(".tgme_widget_message[data-post]")
    if message is None:
        if page.first(".tgme_page") is None:
            return None
        reason = "no message: a private, restricted or unknown chat"
        return Finding(state=PostState.UNAVAILABLE, reason=reason)
    if ref.post_id not in album(message):
        return another_post(attribute(message, "data-post"))
    return read_message(message)


def _error(said: str) -> Finding:
    """`Post not found` of a deleted message as of one that never was; other words of a ban."""
    is_missing = said.strip().lower() == "post not found"
    state = PostState.NOT_FOUND if is_missing else PostState.UNAVAILABLE
    return Finding(state=state, reason=f"the embed says: {said}")


rung = Place(name="embed", grade=Grade.EMBED, asking=_ask, reading=_read)
