"""VK."""

from collections.abc import Sequence

from crawler.platforms.rung import Rung
from crawler.platforms.vk import wall_page
from crawler.platforms.vk.naming import (
    attributes,
    from_id,
    id_instant,
    marks,
    name,
    recognise,
)

rungs: Sequence[Rung] = (wall_page.rung,)

__all__ = ["attributes", "from_id", "id_instant", "marks", "name", "recognise", "rungs"]
