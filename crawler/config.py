"""Options and `DATELINE_*` settings, checked once into one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from scrapy.settings import BaseSettings

from crawler.errors import ConfigError

KNOWN = frozenset(
    {
        "DATELINE_ALLOW_PRIVATE",
        "DATELINE_ARCHIVE",
        "DATELINE_BACKOFF_MAX_S",
        "DATELINE_BACKOFF_S",
        "DATELINE_BODY_MEMORY_BYTES",
        "DATELINE_CACERT",
        "DATELINE_CASE",
        "DATELINE_CONNECT_TO",
        "DATELINE_CONTACT",
        "DATELINE_DECODED_BYTES",
        "DATELINE_NOTE",
        "DATELINE_OPERATOR",
        "DATELINE_POSTS",
        "DATELINE_READ",
        "DATELINE_READERS",
        "DATELINE_READ_TIMEOUT_S",
        "DATELINE_ROBOTS_OVERRIDES",
        "DATELINE_SPOOL_FOLDER",
        "DATELINE_SPOOL_MEMORY_BYTES",
        "DATELINE_TLS_REQUIRE_VERIFIED",
        "DATELINE_WAIT",
        "DATELINE_WARC_BYTES",
    }
)
"""Every setting of ours. An unknown one is refused: a misspelt option must not be silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlConfig:
    """What a crawl is asked to do, beyond Scrapy's own settings."""

    archive: Path
    wait: bool = False
    warc_bytes: int = 1_000_000_000
    read: bool = True
    readers: int = 1
    read_timeout_s: float = 30.0
    posts: bool = True
    operator: str | None = None
    case: str | None = None
    note: str | None = None
    robots_overrides: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.warc_bytes < 1_000_000:
            raise ConfigError("DATELINE_WARC_BYTES: at least 1,000,000 bytes a WARC file")
        if not 0 <= self.readers <= 256:
            raise ConfigError("DATELINE_READERS: 0 (read in this process) to 256 processes")
        if not 0 < self.read_timeout_s <= 3600:
            raise ConfigError("DATELINE_READ_TIMEOUT_S: more than 0 and at most 3600 seconds")
        for host, reason in self.robots_overrides.items():
            if not reason.strip():
                raise ConfigError(
                    f"DATELINE_ROBOTS_OVERRIDES: a written reason is needed for {host!r}"
                )

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """The checked value of all `DATELINE_*` settings.

        Raises: ConfigError, naming the setting and what it accepts.
        """
        unknown = sorted(
            name for name in settings if name.startswith("DATELINE_") and name not in KNOWN
        )
        if unknown:
            raise ConfigError(
                f"unknown setting {unknown[0]}; known are: {', '.join(sorted(KNOWN))}"
            )
        try:
            return cls(
                archive=Path(settings.get("DATELINE_ARCHIVE") or "dateline-archive"),
                wait=settings.getbool("DATELINE_WAIT"),
                warc_bytes=settings.getint("DATELINE_WARC_BYTES", 1_000_000_000),
                read=settings.getbool("DATELINE_READ", True),  # noqa: FBT003 - Scrapy's signature
                readers=settings.getint("DATELINE_READERS", 1),
                read_timeout_s=settings.getfloat("DATELINE_READ_TIMEOUT_S", 30.0),
                posts=settings.getbool("DATELINE_POSTS", True),  # noqa: FBT003 - the same
                operator=settings.get("DATELINE_OPERATOR") or None,
                case=settings.get("DATELINE_CASE") or None,
                note=settings.get("DATELINE_NOTE") or None,
                robots_overrides=settings.getdict("DATELINE_ROBOTS_OVERRIDES"),
            )
        except ConfigError:
            raise
        except (TypeError, ValueError) as error:
            raise ConfigError(
                f"a DATELINE_* setting has a value of the wrong kind: {error}"
            ) from error
