"""Ctrl-C, SIGTERM and a closed terminal during a crawl.

One asks it to end cleanly, a second one ends it at once.
"""

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self


def ending_signals() -> tuple[signal.Signals, ...]:
    """The signals that ask a command to end: not a closed terminal where `nohup` keeps it off."""
    is_kept_off = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return (signal.SIGINT, signal.SIGTERM, *(() if is_kept_off else (signal.SIGHUP,)))


class Interrupts:
    """While it is entered, the first signal calls `stop`, in the main thread, between two steps.

    Where `stop` says that there is nothing to stop yet, or stop was asked for before, the signal
    raises KeyboardInterrupt.
    """

    def __init__(self, stop: Callable[[], bool]) -> None:
        self._stop = stop
        self._before: dict[signal.Signals, Any] = {}
        self.was_asked = False

    def __enter__(self) -> Self:
        for number in ending_signals():
            self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        if self.was_asked or not self._stop():
            raise KeyboardInterrupt
        self.was_asked = True
