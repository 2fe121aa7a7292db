"""Options that several commands share, and what their values may be."""

import argparse
import math
import re
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from crawler import settings
from crawler.errors import ConfigError
from crawler.names import check_names

E = TypeVar("E", bound=Enum)

_ARCHIVE = Path(settings.DATELINE_ARCHIVE or "dateline-archive")


class _Formatter(argparse.HelpFormatter):
    """argparse's, which leaves the lines of examples as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if "\n" in text else super()._fill_text(text, width, indent)


class Parser(argparse.ArgumentParser):
    """argparse, whose errors are one line like all others.

    Raises: ConfigError where a command line is wrong.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(*args, **{"formatter_class": _Formatter} | kwargs)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401
        """As argparse's own, but it is the command itself that refuses what it does not know."""
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return options, unknown

    def error(self, message: str) -> NoReturn:
        """As argparse's own, but raised."""
        raise ConfigError(f"{message} (see: {self.prog} --help)")


def examples(*lines: str) -> str:
    """A command's epilogue: command lines that can be copied."""
    return "examples:\n" + "".join(f"  {line}\n" for line in lines)


def add_archive(parser: argparse.ArgumentParser) -> None:
    """`--archive DIR`, else `DATELINE_ARCHIVE`, else `dateline-archive` in this folder."""
    parser.add_argument(
        "--archive",
        type=folder,
        default=_ARCHIVE,
        metavar="DIR",
        help="the archive's folder (default: DATELINE_ARCHIVE, else ./dateline-archive)",
    )


def add_folder(parser: argparse.ArgumentParser) -> None:
    """The archive as `DIR`, which may be left out, where a command is of the whole of it."""
    parser.add_argument(
        "archive",
        type=folder,
        nargs="?",
        default=_ARCHIVE,
        metavar="DIR",
        help="the archive's folder (default: DATELINE_ARCHIVE, else ./dateline-archive)",
    )


def add_address(parser: argparse.ArgumentParser, *, port: int) -> None:
    """`--port` and `--bind`: where a server of ours listens."""
    parser.add_argument(
        "--port", type=port_number, default=port, metavar="N", help=f"default: {port}"
    )
    parser.add_argument(
        "--bind",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="default: this machine alone; any other shows the archive to whoever can reach it",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """`--json`: JSON Lines for programs."""
    parser.add_argument("--json", action="store_true", help="JSON Lines on standard output")


def folder(text: str) -> Path:
    """A path; the empty one is none."""
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError("no folder is called that")
    return Path(text)


def one_of(kind: type[E]) -> Callable[[str], E]:
    """A value of an enumeration, by what it is called on a command line."""

    def value(text: str) -> E:
        try:
            return kind(text)
        except ValueError:
            named = ", ".join(str(one.value) for one in kind)
            raise argparse.ArgumentTypeError(f"one of {named}, not {text[:40]!r}") from None

    return value


def count(text: str) -> int:
    """0 or more."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise argparse.ArgumentTypeError(f"a whole number, 0 or more, not {text[:40]!r}")
    return int(text)


def port_number(text: str) -> int:
    """Of a server of ours; 0 is any that is free."""
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65_535):
        raise argparse.ArgumentTypeError(f"a port from 0 to 65535, not {text[:40]!r}")
    return int(text)


def web_address(text: str) -> str:
    """An http or https address, without a question and without its last slash."""
    address = text.rstrip("/")
    if not re.fullmatch(r"https?://[A-Za-z0-9.:_\[\]/~-]{1,200}", address):
        raise argparse.ArgumentTypeError(f"an http or https address, not {text[:40]!r}")
    return address


def seconds(text: str) -> float:
    """0 or more, and not for ever."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 86_400:
        raise argparse.ArgumentTypeError(f"seconds from 0 to 86400, not {text[:40]!r}")
    return value


def assignment(text: str) -> tuple[str, str]:
    """`NAME=VALUE` of `-s`, where Scrapy's own settings must be of the kind of their default."""
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"write NAME=VALUE, not {text[:80]!r}")
    try:
        check_names([name])
        _check_kind(name, value)
    except ConfigError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return name, value


def _check_kind(name: str, value: str) -> None:
    """Raises: ConfigError where Scrapy could not read `value` as the kind that `name` has."""
    from scrapy.settings import BaseSettings, Settings  # noqa: PLC0415 - slow, and seldom needed

    kind = "an object of JSON"
    try:
        given = Settings({name: value})
        match Settings().get(name):
            case bool():
                kind = "0 or 1"
                given.getbool(name)
            case int() | float():  # Scrapy writes some numbers whole that may have a fraction
                kind = "a number"
                given.getfloat(name)
            case dict() | BaseSettings():
                given.getdict(name)
    except (TypeError, ValueError):
        raise ConfigError(f"{name} is {kind}, not {value[:80]!r}") from None
