"""The status API of the server that the post's number is of; public since Mastodon 2.7."""

from collections.abc import Sequence

from archive import PostAnswer
from crawler.platforms.dialects.mastodon_api import api_error, read_status
from crawler.platforms.json_tree import read_json
from crawler.platforms.mastodon.address import refer
from crawler.platforms.place import Finding, Place, another_post
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    host, _, post_id = ref.post_id.partition("/")
    return Ask(url=f"https://{host}/api/v1/statuses/{post_id}")


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return api_error(answered)
    status = read_json(answered.body)
    if status is None or status["id"].text() is None:
        return None
    if status["id"].text() != ref.post_id.rpartition("/")[2]:
        return another_post(status["id"].text())
    return read_status(status, refer)


rung = Place(name="status", grade=Grade.API, asking=_ask, reading=_read)
