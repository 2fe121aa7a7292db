"""Reddit."""

from collections.abc import Sequence

from crawler.platforms.reddit import oembed
from crawler.platforms.reddit.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)
from crawler.platforms.rung import Rung

rungs: Sequence[Rung] = (oembed.rung,)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
