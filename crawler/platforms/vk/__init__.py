"""VK."""

from collections.abc import Sequence

from crawler.platforms.rung import Rung
from crawler.platforms.vk import wall_page
from crawler.platforms.vk.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)

rungs: Sequence[Rung] = (wall_page.rung,)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
