"""What the rungs share: which post a URL names, and which server is asked."""

from collections.abc import Sequence

from archive import PostAnswer
from crawler.platforms.address import Address
from crawler.platforms.dialects.mastodon_api import ORIGIN
from crawler.platforms.mastodon import naming
from crawler.platforms.reference import PostRef


def refer(url: str) -> PostRef | None:
    """The post that `url` names."""
    address = Address.parse(url)
    return naming.recognise(address) if address else None


def home(ref: PostRef, before: Sequence[PostAnswer]) -> str:
    """The post's address at its author's server, where a rung before learnt of it."""
    return next((answer.learnt[ORIGIN] for answer in before if ORIGIN in answer.learnt), ref.url)
