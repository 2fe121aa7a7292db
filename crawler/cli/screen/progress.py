"""A progress bar in bytes, on a terminal's standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from crawler.cli.screen.terminal import Screen


@contextmanager
def byte_bar(doing: str) -> Iterator[Callable[[int, int], None]]:
    """What is called with bytes done and bytes to do."""
    from rich.progress import (  # noqa: PLC0415 - slow, and not every command needs it
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TransferSpeedColumn,
    )

    screen = Screen(stderr=True).console
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
    )
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
