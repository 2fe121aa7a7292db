"""Ids of Meta's platforms: Instagram's and Threads' codes, Facebook's numbers and `pfbid`s."""

import datetime as dt
import re

from crawler.platforms.clock import IdClock

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}

_CODE = re.compile(r"[A-Za-z0-9_-]{5,12}")
_PRIVATE_TAIL = 28
_CLOCKED_LETTERS = 11

# Two minutes after the epoch: what decodes to less is a sequential number of the time before.
_CLOCK = IdClock(shift=23, tick_us=1000, epoch_ms=1_314_220_021_721, first=1 << 40)

_NUMBER = re.compile(r"[1-9][0-9]{4,19}")
# Opaque; several can mean one post, which only Facebook knows.
_PFBID = re.compile(r"pfbid[A-Za-z0-9]{20,100}")


def shortcode(text: str) -> str | None:
    """The public code in `text`: links to private posts carry 28 characters more."""
    if len(text) > _PRIVATE_TAIL + 4:
        text = text[:-_PRIVATE_TAIL]
    return text if _CODE.fullmatch(text) else None


def shortcode_instant(code: str) -> dt.datetime | None:
    """When the upload of the post with `code` began; its first 11 characters are the number."""
    number = 0
    for letter in code[:_CLOCKED_LETTERS]:
        value = _VALUES.get(letter)
        if value is None:
            return None
        number = number * 64 + value
    return _CLOCK.instant(number)


def facebook_id(text: str | None) -> str | None:
    """`text` where it is the number or the `pfbid` of a Facebook object."""
    if text and (_NUMBER.fullmatch(text) or _PFBID.fullmatch(text)):
        return text
    return None
