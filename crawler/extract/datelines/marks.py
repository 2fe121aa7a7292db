"""The marks that end a dateline, and the brackets within one."""

import re

DASH = re.compile(
    r"\s*\.?\s?(?:—|–|―|‒|-{2,3}|-|[‐‑−]|_(?=\s)|(?<=\s)ـ{1,3}(?=\s))(?:\s(?:[–—-]|--)(?=\s))?\s*"
    r"(?=\S)"
)
STOP = re.compile(r"\s*[.:|।៖։]\s+(?=\S)")
BRACKETS = re.compile(r"[.,]?\s*(?:\(\s?([^()]{1,60}?)\s?\)|\[([^\[\]]{1,60})\]|/([^/]{1,40})/)")
