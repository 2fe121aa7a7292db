"""Decides whether a payload is fresh or was kept before. Writes nothing itself.

The other two kinds of sameness are decided where their text is known: the same story under another
URL by its story digest (`archive.text`), the same post by its platform and id.
"""

from collections.abc import Callable
from typing import TypeGuard

from archive.digest import Digest
from archive.http import Payload
from archive.model import Capture
from archive.warc.records import Original

FindOriginal = Callable[[Digest], Capture | None]


def can_repeat(payload: Payload | None) -> TypeGuard[Payload]:
    """Whether a payload is one that a revisit may stand for.

    An empty one is not: the record would be larger than what it saves. One that was cut has no
    digest and is always kept.
    """
    return payload is not None and payload.size_bytes > 0


def original_of(payload: Payload | None, find_original: FindOriginal) -> Original | None:
    """The kept record whose payload is `payload`, or None where the payload is fresh."""
    found = find_original(payload.digest) if can_repeat(payload) else None
    if found is None:
        return None
    return Original(record_id=found.record_id, url=found.url, captured_at=found.captured_at)
