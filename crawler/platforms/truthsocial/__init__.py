"""Truth Social."""

from collections.abc import Sequence

from crawler.platforms.rung import Rung
from crawler.platforms.truthsocial import status
from crawler.platforms.truthsocial.naming import (
    attributes,
    from_id,
    id_instant,
    marks,
    name,
    recognise,
)

rungs: Sequence[Rung] = (status.rung,)

__all__ = ["attributes", "from_id", "id_instant", "marks", "name", "recognise", "rungs"]
