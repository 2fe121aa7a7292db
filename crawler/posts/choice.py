"""Which rungs are on: each platform's own wish, and what `DATELINE_RUNGS` changes of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from crawler.errors import ConfigError
from crawler.platforms.registry import Registry
from crawler.platforms.rung import Rung

OFF = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class RungChoice:
    """Rungs turned on, or off, beyond what their platforms say; names are `platform/rung`."""

    registry: Registry
    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, words: Iterable[str], registry: Registry) -> Self:
        """The choice that `platform/rung` (on) and `-platform/rung` (off) make.

        Raises: ConfigError for a rung that there is not.
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
        return cls(registry=registry, on=frozenset(on), off=frozenset(off))

    def rungs(self, platform: str) -> Sequence[Rung]:
        """The rungs of `platform` that are on, best first."""
        return [rung for rung in self.registry.rungs(platform) if self._is_on(platform, rung)]

    def rung(self, platform: str, name: str) -> Rung | None:
        """The rung of that name, whether on or off; None where there is none."""
        return next((one for one in self.registry.rungs(platform) if one.name == name), None)

    def _is_on(self, platform: str, rung: Rung) -> bool:
        name = f"{platform}/{rung.name}"
        return name not in self.off and (rung.why_off is None or name in self.on)
