"""What a crawl logs: for a person, and in Scrapy's LOG_FILE where that names one."""

import logging
import sys

from scrapy.settings import Settings

from crawler.errors import ConfigError
from crawler.json_line import clean

_OURS = ("archive", "crawler")
_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def set_up(settings: Settings, *, level: str | None) -> None:
    """Send the log to standard error, and all of LOG_LEVEL to LOG_FILE.

    `level` None shows what someone should look at: our own warnings, and everyone's errors.

    Raises: ConfigError where a level is none; OSError where the file cannot be opened.
    """
    number = logging.WARNING if level is None else _number(level)
    handler = _Handler(number)
    if level is None:
        handler.addFilter(_is_worth_a_look)
        handler.setFormatter(_Formatter("dateline: %(message)s"))
    else:
        handler.setFormatter(_Formatter(_LINE))
    logging.root.addHandler(handler)
    path = settings.get("LOG_FILE")
    if path:
        mode = "a" if settings.getbool("LOG_FILE_APPEND") else "w"
        file = logging.FileHandler(path, mode, encoding="utf-8", errors="backslashreplace")
        file.setLevel(_number(settings.get("LOG_LEVEL")))
        file.setFormatter(_Formatter(_LINE))
        logging.root.addHandler(file)
        number = min(number, file.level)
    logging.root.setLevel(number)


def _number(level: str) -> int:
    """The number of a level by its name. Raises: ConfigError."""
    levels = logging.getLevelNamesMapping()
    if level not in levels:
        raise ConfigError(f"LOG_LEVEL is one of {', '.join(levels)}")
    return levels[level]


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
