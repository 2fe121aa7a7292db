"""X, formerly Twitter."""

from collections.abc import Sequence

from crawler.platforms.rung import Rung
from crawler.platforms.x import guest, mirror, oembed, syndication
from crawler.platforms.x.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)

rungs: Sequence[Rung] = (
    syndication.rung,
    guest.token_rung,
    guest.rung,
    oembed.rung,
    mirror.rung,
)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
