"""Instagram."""

from collections.abc import Sequence

from crawler.platforms.dialects.meta import meta_oembed
from crawler.platforms.instagram import embed
from crawler.platforms.instagram.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)
from crawler.platforms.rung import Rung

rungs: Sequence[Rung] = (
    embed.rung,
    meta_oembed("https://graph.facebook.com/v25.0/instagram_oembed"),
)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
