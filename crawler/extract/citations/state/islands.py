"""What Astro's islands are given: a JSON object whose values all have their kind beside them.

    {"id":[0,"17…"],"tags":[1,[[0,"flood"],[0,"quay"]]]}
    {"id": "17…", "tags": ["flood", "quay"]}

Source: Astro, `packages/astro/src/runtime/server/serialize.ts`, since 2022.
"""

import json

TAG = "astro-island"
SETTINGS = "props"
_MOST_KINDS = 12
"""There are so many: a value, an array, a pattern, a date, and so on."""


def plain_settings(text: str) -> str:
    """The settings in `text` without the kinds, as JSON; `text` itself where it is none such."""
    try:
        settings = json.loads(text)
        if not isinstance(settings, dict):
            return text
        plain = {name: _plain(value) for name, value in settings.items()}
        return json.dumps(plain, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _plain(pair: object) -> object:
    """What a pair of a kind and a value says; arrays were written as texts in early versions.

    Raises: ValueError for anything else.
    """
    if not (isinstance(pair, list) and len(pair) == 2 and pair[0] in range(_MOST_KINDS)):
        raise ValueError(pair)
    kind, value = pair
    if kind and isinstance(value, str) and value[:1] == "[":
        value = json.loads(value)
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
