"""What two readings of one capture say otherwise.

Never an edit of the publisher's, for the bytes are the same: only what one reader version
understands and the other does not.
"""

import json
from collections.abc import Mapping

from archive.codec import to_json
from archive.model import Reading

Changes = Mapping[str, tuple[object, object]]
"""Field to what the one and what the other says, as JSON has it; None where one does not say it."""


def reading_changes(before: Reading, now: Reading) -> Changes:
    """The fields in which two readings differ, by name; an answer's facts begin with `facts.`."""
    old, new = _said(before), _said(now)
    return {
        name: (old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    }


def _said(reading: Reading) -> dict[str, object]:
    said: dict[str, object] = {}
    for found in (reading.article, reading.answer, reading.short_link, reading.picture):
        if found is not None:
            said |= json.loads(to_json(found))
    if "reason" in said:
        said["answer.reason"] = said["reason"]
    said |= {"verdict": reading.verdict.value, "reason": reading.reason}
    facts = said.pop("facts", None)
    if isinstance(facts, dict):
        said |= {f"facts.{name}": value for name, value in facts.items()}
    return said
