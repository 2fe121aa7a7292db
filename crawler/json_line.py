"""A line of JSON that steers no terminal, and the characters that would."""

import json
import re
from collections.abc import Mapping

HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u206f\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
MARKS = re.compile("[\u061c\u180e\u200b\u200e\u200f\ufeff]")
"""Honest writers use these too, and nobody sees them: left out where a terminal shows a text."""


def clean(text: object) -> str:
    """`text` with control characters, direction overrides and lone surrogates made visible."""
    return HOSTILE.sub("\N{REPLACEMENT CHARACTER}", MARKS.sub("", str(text)))


def json_line(value: Mapping[str, object]) -> str:
    """One JSON object on one line; whatever could steer a terminal is escaped.

    Raises: TypeError, ValueError for what JSON cannot say.
    """
    return escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def escaped(text: str) -> str:
    """A line of JSON, with whatever could steer a terminal escaped."""
    if text.isprintable():  # as nothing is that steers
        return text
    for steering in (HOSTILE, MARKS):
        text = steering.sub(lambda found: json.dumps(found[0])[1:-1], text)
    return text
