"""`sources.toml`: read, checked, and added to without touching what people wrote there.

[[source]]
name = "meridian-world"
kind = "feed"
url = "https://meridian.example/world/feed.xml"
"""

import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Item

from crawler.errors import ConfigError
from crawler.sources.check import Mistake, source_of
from crawler.sources.durations import format_duration
from crawler.sources.source import Source

FILE_NAME = "sources.toml"
MOST_BYTES = 16_000_000
_STANDARD_INPUT = Path("-")
_MARK = "\ufdd0"  # a noncharacter, which no TOML file of a person has
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMistake:
    """A mistake and its line, counted from 1."""

    line: int
    text: str


class SourcesError(ConfigError):
    """A file of sources that cannot be meant, with every mistake in it."""

    def __init__(self, path: str, mistakes: Sequence[PlacedMistake]) -> None:
        self.path = path
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(self.lines()))

    def lines(self) -> list[str]:
        """One line a mistake: `sources.toml:12: every: from 1m to 90d`."""
        return [f"{self.path}:{mistake.line}: {mistake.text}" for mistake in self.mistakes]


def load_sources(path: Path) -> tuple[Source, ...]:
    """The sources in the file at `path`, in its order; `-` is standard input.

    Raises: SourcesError with every mistake; ConfigError where the file cannot be read.
    """
    return parse_sources(text_of(path), str(path))


def parse_sources(text: str, path: str = FILE_NAME) -> tuple[Source, ...]:
    """The sources in `text`; `path` names it in mistakes.

    Raises: SourcesError.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        mistake = PlacedMistake(line=line, text=_AT_LINE.sub("", str(error)))
        raise SourcesError(path, [mistake]) from None
    except RecursionError:
        raise SourcesError(path, [PlacedMistake(line=1, text="nested too deep")]) from None
    mistakes: list[tuple[int | None, Mistake]] = [
        (None, Mistake(key=key, text=f"{key[:60]!r} is nothing here: write [[source]]"))
        for key in tables
        if key != "source"
    ]
    given = tables.get("source", [])
    if not isinstance(given, list) or not all(isinstance(table, dict) for table in given):
        mistakes.append((None, Mistake(key="source", text="write [[source]] before each source")))
        given = []
    sources = _checked(given, mistakes)
    if mistakes:
        raise SourcesError(path, _placed(text, mistakes))
    return sources


def _checked(
    given: Sequence[Mapping[str, object]], mistakes: list[tuple[int | None, Mistake]]
) -> tuple[Source, ...]:
    sources: list[Source] = []
    names: set[str] = set()
    for number, table in enumerate(given):
        source, wrong = source_of(table)
        mistakes += [(number, mistake) for mistake in wrong]
        name = table.get("name")
        if isinstance(name, str):
            if name in names:
                text = f"name: there is a {name[:80]!r} already"
                mistakes.append((number, Mistake(key="name", text=text)))
            names.add(name)
        if source is not None:
            sources.append(source)
    return tuple(sources)


def add_sources(path: Path, sources: Sequence[Source]) -> None:
    """Write `sources` behind what stands in the file at `path`; comments and order stay.

    The new file takes the old one's place whole, or not at all.

    Raises: SourcesError where what is there is wrong, or a name is taken; ConfigError.
    """
    before = text_of(path) if path.exists() else ""
    parse_sources(before, str(path))
    added = "\n".join(format_source(source) for source in sources)
    text = before + ("\n" if before.strip() else "") + added
    if before and not before.endswith("\n"):
        text = before + "\n\n" + added
    parse_sources(text, str(path))
    unfinished = path.with_name(path.name + ".tmp")
    try:
        unfinished.unlink(missing_ok=True)
        with unfinished.open("x", encoding="utf-8") as file:  # never through a link
            file.write(text)
        unfinished.replace(path)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error


def format_source(source: Source) -> str:
    """`source` as a table; what it has by default is left out."""
    table = tomlkit.table()
    for key, value in _keys_of(source).items():
        table.add(key, value)
    whole = tomlkit.document()
    tables = tomlkit.aot()
    tables.append(table)
    whole.add("source", tables)
    return tomlkit.dumps(whole)


def _keys_of(source: Source) -> dict[str, Any]:
    every, oldest = source.every, source.oldest
    keys: dict[str, Any] = {"name": source.name, "kind": str(source.kind)}
    keys |= {"url": source.urls[0]} if len(source.urls) == 1 else {"urls": list(source.urls)}
    optional: dict[str, Any] = {
        "outlet": source.outlet,
        "every": None if every is None else format_duration(every),
        "cron": source.cron,
        "language": source.language,
        "tags": list(source.tags) or None,
        "case": source.case,
        "include": list(source.patterns.include) or None,
        "exclude": list(source.patterns.exclude) or None,
        "most_pages": source.most_pages,
        "oldest": None if oldest is None else format_duration(oldest),
        "delay": source.delay_s,
        "posts": None if source.posts else False,
        "media": None if source.media else False,
        "requisites": source.requisites or None,
        "enabled": None if source.is_enabled else False,
    }
    return keys | {key: value for key, value in optional.items() if value is not None}


def text_of(path: Path) -> str:
    """What the file at `path` says, unchecked; `-` is standard input.

    Raises: SourcesError where it is not UTF-8; ConfigError where it cannot be read.
    """
    try:
        with nullcontext(sys.stdin.buffer) if path == _STANDARD_INPUT else path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ConfigError(f"{path} is larger than {MOST_BYTES} bytes")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: there is no such file; `dateline sources add URL` begins one"
        ) from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SourcesError(str(path), [PlacedMistake(line=line, text="not UTF-8")]) from None


def _placed(text: str, mistakes: Sequence[tuple[int | None, Mistake]]) -> list[PlacedMistake]:
    """The mistakes with their lines. Slow, and only asked where there are mistakes."""
    document = tomlkit.parse(text)
    placed = [
        PlacedMistake(line=_line_of(document, number, mistake.key), text=mistake.text)
        for number, mistake in mistakes
    ]
    return sorted(placed, key=lambda mistake: mistake.line)


def _line_of(document: tomlkit.TOMLDocument, number: int | None, key: str | None) -> int:
    """The line of a key in the source of that number, found by marking it in the text it is from.

    Where TOML's stranger spellings hide it (inline tables, dotted keys), the line of what is
    around it; 1 at the worst.
    """
    around: Any = document if number is None else document.get("source")
    places = [around]
    if number is not None:
        places.append(around[number])
    if key is not None and hasattr(places[-1], "item") and key in places[-1]:
        places.append(places[-1].item(key))
    for item in reversed(places):
        while isinstance(item, AoT):
            item = item[0]  # noqa: PLW2901 - an array of tables begins with its first
        if isinstance(item, Item):
            indent, item.trivia.indent = item.trivia.indent, _MARK
            text, mark, _ = tomlkit.dumps(document).partition(_MARK)
            item.trivia.indent = indent
            if mark:
                return text.count("\n") + 1
    return 1
