"""Instagram."""

from collections.abc import Sequence

from crawler.platforms.dialects.meta import meta_oembed
from crawler.platforms.instagram import embed
from crawler.platforms.instagram.naming import (
    attributes,
    from_id,
    id_instant,
    marks,
    name,
    recognise,
)
from crawler.platforms.rung import Rung

rungs: Sequence[Rung] = (
    embed.rung,
    meta_oembed("https://graph.facebook.com/v25.0/instagram_oembed"),
)

__all__ = ["attributes", "from_id", "id_instant", "marks", "name", "recognise", "rungs"]
