"""Which URLs a source wants: shell patterns, whose cost no pattern and no URL can blow up."""

import re
from dataclasses import dataclass
from functools import lru_cache

MOST_PATTERNS = 100
MOST_CHARACTERS = 300
MOST_STARS = 10


class BadPattern(ValueError):
    """A pattern that is none; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlPatterns:
    """What may be followed: something of `include` (where it has any), and nothing of `exclude`.

    `*` is any characters, `?` one; all else is itself, and case counts. A pattern holds for the
    whole URL without its scheme (`news.example/politics/*`), or, where it begins with `/`, for
    the path and query of any host. No regular expressions: they can be written to take for ever.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def wants(self, url: str) -> bool:
        """Whether `url`, absolute, may be followed."""
        bare = url.partition("://")[2]
        path = "/" + bare.partition("/")[2]

        def matches(pattern: str) -> bool:
            return is_match(pattern, path if pattern.startswith("/") else bare)

        return (not self.include or any(map(matches, self.include))) and not any(
            map(matches, self.exclude)
        )


def check_pattern(pattern: str) -> None:
    """Refuse what could not be meant.

    Raises: BadPattern.
    """
    if not pattern or len(pattern) > MOST_CHARACTERS:
        raise BadPattern(f"a pattern has 1 to {MOST_CHARACTERS} characters")
    if "://" in pattern:
        raise BadPattern("a pattern has no scheme: write news.example/path/*")
    if pattern.count("*") > MOST_STARS:
        raise BadPattern(f"a pattern has at most {MOST_STARS} stars")
    if not pattern.isprintable() or " " in pattern:
        raise BadPattern("a URL has neither white space nor control characters")


def is_match(pattern: str, text: str) -> bool:
    """Whether `pattern` is all of `text`.

    Takes at most the pattern's stars times the text's length: each piece between two stars is
    looked for once, from where the one before ended, and never given back.
    """
    first, *rest = _pieces(pattern)
    found = first.match(text)
    if found is None:
        return False
    if not rest:
        return found.end() == len(text)
    *inner, last = rest
    at = found.end()
    for piece in inner:
        found = piece.search(text, at)
        if found is None:
            return False
        at = found.end()
    end = len(text) - _length(last)
    return end >= at and last.match(text, end) is not None


@lru_cache(maxsize=4096)
def _pieces(pattern: str) -> tuple[re.Pattern[str], ...]:
    """What stands between the stars; each matches texts of one length only."""
    return tuple(
        re.compile("".join("." if char == "?" else re.escape(char) for char in piece), re.DOTALL)
        for piece in pattern.split("*")
    )


def _length(piece: re.Pattern[str]) -> int:
    return len(piece.pattern.replace("\\\\", "/").replace("\\", ""))
