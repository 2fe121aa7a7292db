"""Facebook."""

from collections.abc import Sequence

from crawler.platforms.dialects.meta import meta_oembed
from crawler.platforms.facebook import plugin
from crawler.platforms.facebook.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)
from crawler.platforms.rung import Rung

rungs: Sequence[Rung] = (
    plugin.rung,
    meta_oembed("https://graph.facebook.com/v25.0/oembed_post"),
)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
