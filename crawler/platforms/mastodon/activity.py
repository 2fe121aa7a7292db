"""The post's ActivityPub object, at its author's server."""

from collections.abc import Sequence

from archive import PostAnswer
from crawler.platforms.dialects.activitypub import ACCEPT, read_object
from crawler.platforms.mastodon.address import home, refer
from crawler.platforms.place import Finding, Place
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade


def _ask(ref: PostRef, before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=home(ref, before), headers={"Accept": ACCEPT})


def _read(_ref: PostRef, answered: Answered) -> Finding | None:
    return read_object(answered, refer)


rung = Place(name="activity", grade=Grade.API, asking=_ask, reading=_read)
