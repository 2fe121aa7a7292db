"""Mastodon, and what speaks ActivityPub as it does."""

from collections.abc import Sequence

from crawler.platforms.mastodon import activity, permalink, status
from crawler.platforms.mastodon.naming import (
    attributes,
    from_id,
    id_instant,
    marks,
    name,
    recognise,
)
from crawler.platforms.rung import Rung

rungs: Sequence[Rung] = (status.rung, activity.rung, permalink.rung)

__all__ = ["attributes", "from_id", "id_instant", "marks", "name", "recognise", "rungs"]
