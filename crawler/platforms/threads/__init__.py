"""Threads."""

from collections.abc import Sequence

from crawler.platforms.dialects.meta import meta_oembed
from crawler.platforms.rung import Rung
from crawler.platforms.threads import permalink
from crawler.platforms.threads.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)

rungs: Sequence[Rung] = (
    permalink.rung,
    meta_oembed("https://graph.threads.net/v1.0/oembed"),
)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
