"""YouTube."""

from collections.abc import Sequence

from crawler.platforms.rung import Rung
from crawler.platforms.youtube import oembed, watch
from crawler.platforms.youtube.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)

rungs: Sequence[Rung] = (oembed.rung, watch.rung)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
