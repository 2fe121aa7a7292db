"""The key under which replay tools look a URL up: the one wrapper of `surt`.

It is no identity of ours (`archive.urls.UrlKey` is): it folds case, and drops `www.` and session
ids, as pywb does, because pywb must find what we write. Source: CDXJ 0.1.0, "Searchable URL";
what it leaves open is settled by the Internet Archive's `surt`, which pywb and cdxj-indexer use.
"""

import re

import surt  # type: ignore[import-untyped]

_UNFIT = re.compile(r"[^!-~]")


def surt_key(url: str) -> str:
    """`example,news)/2026/story?a=1`: printable ASCII without a space, whatever `url` holds.

    A URL that `surt` cannot take is its own key.
    """
    try:
        key = str(surt.surt(url))
    except Exception:  # noqa: BLE001 - it was written for the web's URLs, and this is any text
        key = url
    return _UNFIT.sub(lambda found: _escaped(found[0]), key) or "-"


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02x}" for byte in character.encode("utf-8", "replace"))
