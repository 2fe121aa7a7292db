"""A URL taken apart for recognition: lower-case host, decoded path segments, query, fragment."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

LONGEST_URL = 4096
"""Longer links are not looked at: no post needs it, and pages can be hostile."""

_SCHEMES = frozenset({"http", "https", "at", "tg"})
# What a sentence or a quotation leaves behind a link in it; no post's path ends so.
_LEFT_BEHIND = " .,;:!?…'\"’”“»)]}>\u00a0\u200b\u200e\u200f\u2060\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What platforms need of an absolute URL. Nothing here is fetched or trusted."""

    scheme: str
    host: str
    """Lower-case, without port and credentials. For `at://` the authority, a DID or a handle."""
    segments: tuple[str, ...]
    """The path's parts, percent-decoded, empty ones and the sentence's punctuation left out."""
    query: str
    fragment: str

    @classmethod
    def parse(cls, url: str) -> Self | None:
        """`url` taken apart; None where it is not absolute, of another scheme, broken or too long.

        `//host/path` counts as https.
        """
        if len(url) > LONGEST_URL:
            return None
        url = url.strip()
        if url.startswith("//"):
            url = "https:" + url
        try:
            parts = urlsplit(url)
            scheme = parts.scheme
            # A DID holds colons, which `hostname` would take for a port.
            host = parts.netloc if scheme == "at" else parts.hostname
        except ValueError:
            return None
        if scheme not in _SCHEMES or not host:
            return None
        path, query = parts.path, parts.query
        if "%" in path:
            # A link that was escaped whole hides its query in the path: `/watch%3Fv%3D…`.
            path, mark, hidden = unquote(path).partition("?")
            query = hidden if mark and not query else query
        return cls(
            scheme=scheme,
            host=host.rstrip(".").lower(),
            segments=tuple(part for part in path.rstrip(_LEFT_BEHIND).split("/") if part),
            query=query,
            fragment=parts.fragment,
        )

    def parameter(self, *names: str) -> str | None:
        """The first value of the first of `names` that the query holds, percent-decoded."""
        if not self.query:
            return None
        try:
            # `&amp;` left in by a page that escaped its links twice.
            values = parse_qs(self.query.replace("&amp;", "&"), max_num_fields=100)
        except ValueError:
            return None
        return next((values[name][0] for name in names if name in values), None)


def host_suffixes(host: str) -> tuple[str, ...]:
    """`host` and the domains above it, longest first, at most eight: `a.b.example`, `b.example`."""
    labels = host.split(".")[-8:]
    return tuple(".".join(labels[start:]) for start in range(len(labels) - 1))
