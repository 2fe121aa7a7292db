"""One table of `sources.toml` → a `Source`, or every mistake that is in it."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from archive import InvalidUrl, canonical_url
from crawler.sources.cron import check_cron
from crawler.sources.durations import parse_duration
from crawler.sources.patterns import MOST_PATTERNS, UrlPatterns, check_pattern
from crawler.sources.source import Source, SourceKind

_T = TypeVar("_T")

LEAST_EVERY = dt.timedelta(minutes=1)
MOST_EVERY = dt.timedelta(days=90)
MOST_URLS = 50_000
_MOST_TEXTS = 50
_MOST_CHARACTERS = 200
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
# Enough of BCP 47 (RFC 5646, section 2.1): a language, then subtags.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What cannot be meant, under which key; None where the table lacks one."""

    key: str | None
    text: str


class _Bad(ValueError):
    """A value that cannot be meant; the text says what may stand there."""


class _Table:
    """Takes the keys of one table, and notes what is wrong with them."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = dict(values)
        self.mistakes: list[Mistake] = []

    def take(self, key: str, read: Callable[[object], _T], default: _T) -> _T:
        """The value of `key`, read; `default` where there is none, or a mistake."""
        if key not in self._values:
            return default
        try:
            return read(self._values.pop(key))
        except ValueError as error:
            self.mistakes.append(Mistake(key=key, text=f"{key}: {error}"))
            return default

    def has(self, key: str) -> bool:
        """Whether the key stands there, and was not taken yet."""
        return key in self._values

    def missing(self, key: str) -> None:
        """Note that the table needs `key`."""
        self.mistakes.append(Mistake(key=None, text=f"a source needs `{key}`"))

    def refuse_the_rest(self) -> None:
        """Note every key that nobody took: a misspelt one must not be silence."""
        self.mistakes += [
            Mistake(key=key, text=f"{key[:60]!r} is no key of a source") for key in self._values
        ]


def source_of(values: Mapping[str, object]) -> tuple[Source | None, list[Mistake]]:
    """The source that a table of TOML describes; None where there are mistakes, and all of them."""
    table = _Table(values)
    has_name, has_kind = table.has("name"), table.has("kind")
    has_where = table.has("url") or table.has("urls")
    is_timed_twice = table.has("every") and table.has("cron")
    is_placed_twice = table.has("url") and table.has("urls")
    name = table.take("name", _name, "")
    kind = table.take("kind", _kind, SourceKind.SITE)
    takes_many = kind is SourceKind.URLS
    has_wrong_place = has_kind and table.has("urls") and not takes_many
    one: str | None = table.take("url", _url, None)
    many: tuple[str, ...] = table.take("urls", _urls, ())
    source = Source(
        name=name,
        kind=kind,
        urls=many if one is None else (one,),
        outlet=table.take("outlet", _text, None),
        every=table.take("every", _every, None),
        cron=table.take("cron", _cron, None),
        language=table.take("language", _language, None),
        tags=table.take("tags", _texts, ()),
        case=table.take("case", _text, None),
        patterns=UrlPatterns(
            include=table.take("include", _patterns, ()),
            exclude=table.take("exclude", _patterns, ()),
        ),
        most_pages=table.take("most_pages", _pages, None),
        oldest=table.take("oldest", _duration, None),
        delay_s=table.take("delay", _delay, None),
        posts=table.take("posts", _flag, True),  # noqa: FBT003 - the default of a flag
        media=table.take("media", _flag, True),  # noqa: FBT003
        requisites=table.take("requisites", _flag, False),  # noqa: FBT003
        is_enabled=table.take("enabled", _flag, True),  # noqa: FBT003
    )
    table.refuse_the_rest()
    for is_there, key in ((has_name, "name"), (has_kind, "kind"), (has_where, "url")):
        if not is_there:
            table.missing(key)
    if is_timed_twice:
        table.mistakes.append(Mistake(key="cron", text="either `every` or `cron`, not both"))
    if is_placed_twice:
        table.mistakes.append(Mistake(key="urls", text="either `url` or `urls`, not both"))
    elif has_wrong_place:
        table.mistakes.append(Mistake(key="urls", text="`urls` is for the kind `urls` alone"))
    return (None if table.mistakes else source), table.mistakes


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _MOST_CHARACTERS:
        raise _Bad(f"a text of 1 to {_MOST_CHARACTERS} characters")
    if not value.isprintable():
        raise _Bad("a text without control characters")
    return value


def _list_of(value: object, read: Callable[[object], str], most: int) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > most:
        raise _Bad(f"a list of at most {most}")
    return tuple(map(read, value))


def _texts(value: object) -> tuple[str, ...]:
    return _list_of(value, _text, _MOST_TEXTS)


def _name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise _Bad("small letters, digits and `.`, `_`, `-`, at most 64, such as meridian-world")
    return value


def _kind(value: object) -> SourceKind:
    try:
        return SourceKind(str(value))
    except ValueError:
        raise _Bad(f"one of {', '.join(SourceKind)}") from None


def _url(value: object) -> str:
    if not isinstance(value, str):
        raise _Bad("a URL in quotes")
    try:
        canonical_url(value)
    except InvalidUrl as error:
        raise _Bad(str(error)) from error
    if "@" in value.partition("://")[2].partition("/")[0]:
        raise _Bad("a URL without user name and password: credentials are never sent or kept")
    return value.strip()


def _urls(value: object) -> tuple[str, ...]:
    urls = _list_of(value, _url, MOST_URLS)
    if not urls:
        raise _Bad("a list of at least one URL")
    return urls


def _duration(value: object) -> dt.timedelta:
    if not isinstance(value, str):
        raise _Bad("a duration in quotes, such as 15m")
    return parse_duration(value)


def _every(value: object) -> dt.timedelta:
    every = _duration(value)
    if not LEAST_EVERY <= every <= MOST_EVERY:
        raise _Bad("from 1m to 90d")
    return every


def _cron(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MOST_CHARACTERS:
        raise _Bad("a cron expression in quotes")
    check_cron(value)
    return value


def _language(value: object) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise _Bad("a language tag, such as en or pt-BR")
    return value


def _patterns(value: object) -> tuple[str, ...]:
    def read(pattern: object) -> str:
        if not isinstance(pattern, str):
            raise _Bad("patterns in quotes")
        check_pattern(pattern)
        return pattern

    return _list_of(value, read, MOST_PATTERNS)


def _pages(value: object) -> int:
    if type(value) is not int or not 1 <= value <= 1_000_000:
        raise _Bad("a whole number from 1 to 1000000")
    return value


def _delay(value: object) -> float:
    if type(value) not in {int, float} or not isinstance(value, int | float):
        raise _Bad("seconds, a number")
    if not (math.isfinite(value) and 0 < value <= 3600):
        raise _Bad("seconds, above 0 and at most 3600")
    return float(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Bad("true or false")
    return value
