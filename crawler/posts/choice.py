"""Which rungs are on: each platform's own wish, and what `DATELINE_RUNGS` changes of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

from archive import InvalidUrl, canonical_url
from crawler.errors import ConfigError
from crawler.platforms.memento import WebArchive, archive_rungs
from crawler.platforms.registry import Registry
from crawler.platforms.rung import Rung

OFF = "-"
_NAME = re.compile("[a-z0-9][a-z0-9.-]{0,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RungChoice:
    """Rungs turned on, or off, beyond what their platforms say; names are `platform/rung`.

    `archives` are asked last, for posts of every platform.
    """

    registry: Registry
    archives: tuple[WebArchive, ...] = ()
    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, words: Iterable[str], registry: Registry, archives: Iterable[str] = ()) -> Self:
        """The choice that `platform/rung` (on) and `-platform/rung` (off) make.

        An archive is `NAME=TIMEGATE`, the address that a page's own is put behind.

        Raises: ConfigError for a rung that there is not, or an archive that is none.
        """
        on: set[str] = set()
        off: set[str] = set()
        for word in filter(None, (word.strip() for word in words)):
            name = word.removeprefix(OFF)
            platform, _, rung = name.partition("/")
            names = [one.name for one in registry.rungs(platform)]
            if rung not in names:
                known = ", ".join(f"{platform}/{each}" for each in names)
                raise ConfigError(
                    f"DATELINE_RUNGS: there is no rung {name!r:.100}; "
                    + (f"{platform} has {known}" if names else "`dateline platforms` lists them")
                )
            (off if word.startswith(OFF) else on).add(name)
        return cls(
            registry=registry,
            on=frozenset(on),
            off=frozenset(off),
            archives=tuple(_archive(word.strip()) for word in archives if word.strip()),
        )

    def rungs(self, platform: str) -> Sequence[Rung]:
        """The rungs of `platform` that are on, best first; web archives come last."""
        own = [rung for rung in self.registry.rungs(platform) if self.is_on(platform, rung)]
        return [*own, *self._archive_rungs()]

    def rung(self, platform: str, name: str) -> Rung | None:
        """The rung of that name, whether on or off; None where there is none."""
        rungs = (*self.registry.rungs(platform), *self._archive_rungs())
        return next((one for one in rungs if one.name == name), None)

    def _archive_rungs(self) -> Iterator[Rung]:
        return chain.from_iterable(map(archive_rungs, self.archives))

    def is_on(self, platform: str, rung: Rung) -> bool:
        """Whether a platform's own rung is asked."""
        name = f"{platform}/{rung.name}"
        return name not in self.off and (rung.why_off is None or name in self.on)


def _archive(word: str) -> WebArchive:
    name, _, timegate = word.partition("=")
    try:
        canonical_url(timegate)
    except InvalidUrl:
        name = ""
    if not _NAME.fullmatch(name):
        raise ConfigError(
            f"DATELINE_WEB_ARCHIVES is a list of NAME=TIMEGATE, not {word!r:.200}: "
            "wayback=https://web.archive.org/web/"
        )
    return WebArchive(name=name, timegate=timegate)
