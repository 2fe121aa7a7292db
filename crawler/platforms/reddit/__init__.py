"""Reddit."""

from collections.abc import Sequence

from crawler.platforms.reddit import oembed
from crawler.platforms.reddit.naming import (
    attributes,
    from_id,
    id_instant,
    marks,
    name,
    recognise,
)
from crawler.platforms.rung import Rung

rungs: Sequence[Rung] = (oembed.rung,)

__all__ = ["attributes", "from_id", "id_instant", "marks", "name", "recognise", "rungs"]
