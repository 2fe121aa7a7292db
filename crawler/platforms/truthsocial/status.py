"""Truth Social's status API, which is public, and whose front often refuses what is no browser."""

from collections.abc import Sequence

from archive import PostAnswer
from crawler.platforms.address import Address
from crawler.platforms.dialects.mastodon_api import api_error, read_status
from crawler.platforms.json_tree import read_json
from crawler.platforms.place import Finding, Place, another_post
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.truthsocial import naming


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=f"https://truthsocial.com/api/v1/statuses/{ref.post_id}")


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return api_error(answered)
    status = read_json(answered.body)
    if status is None or status["id"].text() is None:
        return None
    if status["id"].text() != ref.post_id:
        return another_post(status["id"].text())
    return read_status(status, _refer)


def _refer(url: str) -> PostRef | None:
    address = Address.parse(url)
    return naming.recognise(address) if address else None


rung = Place(name="status", grade=Grade.API, asking=_ask, reading=_read)
