"""Truth Social."""

from collections.abc import Sequence

from crawler.platforms.rung import Rung
from crawler.platforms.truthsocial import status
from crawler.platforms.truthsocial.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)

rungs: Sequence[Rung] = (status.rung,)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
