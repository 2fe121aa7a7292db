"""Who keeps what the wire brought: the seam between the download handler and the archive."""

from typing import Protocol
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from archive import Capture, Exchange, StoreUnavailable


class Recorder(Protocol):
    """Keeps exchanges. One recorder serves one crawler, that is one run."""

    @property
    def run_id(self) -> str:
        """The run under which everything is kept."""

    async def keep(self, exchange: Exchange) -> Capture:
        """Keep `exchange`; return once it is durable.

        Reads `exchange.response` as often as it likes, and closes it.
        Raises: archive.StoreUnavailable where nothing more can be kept.
        """

    def fail(self, error: StoreUnavailable) -> None:
        """Be told that what came cannot be kept, before it could be handed to `keep`."""


_recorders: WeakKeyDictionary[Crawler, Recorder] = WeakKeyDictionary()


def provide_recorder(crawler: Crawler, recorder: Recorder) -> None:
    """Let `recorder` keep what `crawler` downloads; called before the crawler's engine is built."""
    _recorders[crawler] = recorder


def recorder_of(crawler: Crawler) -> Recorder:
    """The recorder that was provided for `crawler`.

    Raises: LookupError where none was: nothing may be downloaded that is not kept.
    """
    try:
        return _recorders[crawler]
    except KeyError:
        raise LookupError("no recorder was provided for this crawler") from None
