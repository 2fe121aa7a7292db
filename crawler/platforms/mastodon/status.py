"""The status API of the server that the post's number is of; public since Mastodon 2.7."""

from collections.abc import Sequence
from dataclasses import replace

from archive import PostAnswer, PostState
from crawler.platforms.dialects.mastodon_api import api_error, read_status
from crawler.platforms.json_tree import read_json
from crawler.platforms.mastodon.address import refer
from crawler.platforms.place import Finding, Place, another_post
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import ASK_ALSO, Answered, Ask, Grade

HISTORY = "history"
"""The rung that is asked for what the status was before its edits."""


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=api_url(ref))


def api_url(ref: PostRef) -> str:
    """The status's place in the API of the server that its number is of."""
    host, _, post_id = ref.post_id.partition("/")
    return f"https://{host}/api/v1/statuses/{post_id}"


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return api_error(answered)
    status = read_json(answered.body)
    if status is None or status["id"].text() is None:
        return None
    if status["id"].text() != ref.post_id.rpartition("/")[2]:
        return another_post(status["id"].text())
    found = read_status(status, refer)
    if found is None or found.state is not PostState.OK:
        return found
    is_edited = found.facts is not None and found.facts.is_edited
    return replace(found, learnt={ASK_ALSO: HISTORY}) if is_edited else found


rung = Place(name="status", grade=Grade.API, asking=_ask, reading=_read)
