"""Telegram's public channels and groups."""

from collections.abc import Sequence

from crawler.platforms.rung import Rung
from crawler.platforms.telegram import channel, embed
from crawler.platforms.telegram.naming import (
    from_id,
    id_instant,
    marks,
    name,
    recognise,
    words,
)

rungs: Sequence[Rung] = (embed.rung, channel.rung)

__all__ = ["from_id", "id_instant", "marks", "name", "recognise", "rungs", "words"]
