"""Mastodon, and what speaks ActivityPub as it does."""

from collections.abc import Sequence

from crawler.platforms.mastodon import activity, history, permalink, status
from crawler.platforms.mastodon.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)
from crawler.platforms.rung import Rung

rungs: Sequence[Rung] = (status.rung, history.rung, activity.rung, permalink.rung)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
