"""Bluesky, on the AT Protocol."""

from collections.abc import Sequence

from crawler.platforms.bluesky import handle, posts, profile, thread
from crawler.platforms.bluesky.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)
from crawler.platforms.rung import Rung

rungs: Sequence[Rung] = (profile.rung, handle.rung, thread.rung, posts.rung)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
