"""YouTube."""

from collections.abc import Sequence

from crawler.platforms.rung import Rung
from crawler.platforms.youtube import oembed, watch
from crawler.platforms.youtube.naming import (
    attributes,
    from_id,
    id_instant,
    marks,
    name,
    recognise,
)

rungs: Sequence[Rung] = (oembed.rung, watch.rung)

__all__ = ["attributes", "from_id", "id_instant", "marks", "name", "recognise", "rungs"]
