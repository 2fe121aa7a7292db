"""TikTok."""

from collections.abc import Sequence

from crawler.platforms.rung import Rung
from crawler.platforms.tiktok import oembed, post_page
from crawler.platforms.tiktok.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)

rungs: Sequence[Rung] = (oembed.rung, post_page.rung)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
