"""What a crawl logs, for a person: one handler, at the end of every logger."""

import logging
import sys

from crawler.cli.terminal import clean
from crawler.errors import ConfigError

_OURS = ("archive", "crawler")


def set_up(*, level: str | None) -> None:
    """Send the log to standard error.

    `level` None shows what someone should look at: our own warnings, and everyone's errors.

    Raises: ConfigError where `level` is none.
    """
    number = logging.WARNING if level is None else logging.getLevelNamesMapping().get(level)
    if number is None:
        raise ConfigError(f"LOG_LEVEL is one of {', '.join(logging.getLevelNamesMapping())}")
    handler = _Handler(number)
    if level is None:
        handler.addFilter(_is_worth_a_look)
        handler.setFormatter(_Formatter("dateline: %(message)s"))
    else:
        handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.root.addHandler(handler)
    logging.root.setLevel(number)


def _is_worth_a_look(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.ERROR or record.name.partition(".")[0] in _OURS


class _Formatter(logging.Formatter):
    """Lets no page's control characters through; a traceback keeps its lines."""

    def format(self, record: logging.LogRecord) -> str:
        return clean(super().format(record))


class _Handler(logging.Handler):
    """Writes to what is standard error at that moment: a progress bar may stand there."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
        except Exception:  # noqa: BLE001 - logging's own way: a log line never breaks the program
            self.handleError(record)
