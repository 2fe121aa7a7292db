"""Options and `DATELINE_*` settings, checked once into one frozen value.

What the wire reads for itself (`crawler.fetch.handler`, `crawler.fetch.backoff`) is checked here
too, before the archive is opened: Scrapy only logs what goes wrong when it loads a handler.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from scrapy.settings import BaseSettings

from crawler.errors import ConfigError
from crawler.fetch.connect_to import ConnectTo
from crawler.fetch.robots import overrides_of
from crawler.fetch.tls import TlsClient
from crawler.names import check_names
from crawler.platforms.paces import PACES_S
from crawler.platforms.registry import everyone
from crawler.posts.choice import RungChoice

_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
_MANY_BYTES = 1 << 50
_LONGEST_PACE_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlConfig:
    """What a crawl is asked to do, beyond Scrapy's own settings."""

    archive: Path
    keys: Path | None = None
    wait: bool = False
    warc_bytes: int = 1_000_000_000
    read: bool = True
    readers: int = 1
    read_timeout_s: float = 30.0
    posts: bool = True
    post_depth: int = 1
    """How far quoted and forwarded posts are captured too; 0: not at all."""
    media: bool = True
    """Whether pictures of posts and lead images are captured."""
    media_bytes: int = 32 << 20
    requisites_per_page: int = 100
    """Of what a page needs to be seen at the most so many are captured; 0: none."""
    paces: Mapping[str, float] = field(default_factory=lambda: PACES_S)
    """Seconds between two requests to a platform's host, by pattern."""
    rungs: RungChoice = field(default_factory=lambda: RungChoice(registry=everyone()))
    operator: str | None = None
    case: str | None = None
    note: str | None = None
    robots_overrides: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """The checked value of all `DATELINE_*` settings.

        Raises: ConfigError, naming the setting and what it accepts.
        """
        check_names(settings)
        _check_wire(settings)
        return cls(
            archive=Path(settings.get("DATELINE_ARCHIVE") or "dateline-archive"),
            keys=_keys(settings),
            wait=_flag(settings, "DATELINE_WAIT", default=False),
            warc_bytes=_whole(settings, "DATELINE_WARC_BYTES", 1_000_000_000, least=1_000_000),
            read=_flag(settings, "DATELINE_READ", default=True),
            readers=_whole(settings, "DATELINE_READERS", 1, least=0, most=256),
            read_timeout_s=_seconds(settings, "DATELINE_READ_TIMEOUT_S", 30.0, most=3600.0),
            posts=_flag(settings, "DATELINE_POSTS", default=True),
            post_depth=_whole(settings, "DATELINE_POST_DEPTH", 1, least=0, most=10),
            media=_media(settings),
            media_bytes=_whole(settings, "DATELINE_MEDIA_BYTES", 32 << 20, least=1),
            requisites_per_page=_requisites(settings),
            paces=_paces(settings),
            rungs=RungChoice.parse(
                settings.getlist("DATELINE_RUNGS"),
                everyone(),
                settings.getlist("DATELINE_WEB_ARCHIVES"),
            ),
            operator=settings.get("DATELINE_OPERATOR") or None,
            case=settings.get("DATELINE_CASE") or None,
            note=settings.get("DATELINE_NOTE") or None,
            robots_overrides=_overrides(settings),
        )


def _keys(settings: BaseSettings) -> Path | None:
    """Where the keys lie. Raises: ConfigError where that is in the archive, which is given away."""
    if not settings.get("DATELINE_KEYS"):
        return None
    keys = Path(settings["DATELINE_KEYS"])
    archive = Path(settings.get("DATELINE_ARCHIVE") or "dateline-archive")
    if keys.resolve().is_relative_to(archive.resolve()):
        raise ConfigError(f"DATELINE_KEYS: {keys} lies in the archive; keys are kept outside of it")
    return keys


def _check_wire(settings: BaseSettings) -> None:
    """Refuse what the wire would stumble over."""
    if settings.get("TWISTED_REACTOR", _REACTOR) != _REACTOR:
        raise ConfigError(f"TWISTED_REACTOR: asyncio's alone will do, Scrapy's default: {_REACTOR}")
    _flag(settings, "DATELINE_ALLOW_PRIVATE", default=False)
    _flag(settings, "DATELINE_TLS_REQUIRE_VERIFIED", default=False)
    _whole(settings, "DATELINE_BODY_MEMORY_BYTES", 8 << 20, least=1)
    _whole(settings, "DATELINE_DECODED_BYTES", 8 << 20, least=1)
    _whole(settings, "DATELINE_SPOOL_MEMORY_BYTES", 1 << 20, least=0)
    _seconds(settings, "DATELINE_REQUISITES_DELAY", 0.25, most=86_400.0)
    _seconds(settings, "DOWNLOAD_TIMEOUT", 180.0, most=86_400.0)
    first_s = _seconds(settings, "DATELINE_BACKOFF_S", 5.0, most=86_400.0)
    if _seconds(settings, "DATELINE_BACKOFF_MAX_S", 120.0, most=86_400.0) < first_s:
        raise ConfigError("DATELINE_BACKOFF_MAX_S is at least DATELINE_BACKOFF_S")
    folder = settings.get("DATELINE_SPOOL_FOLDER")
    if folder and not Path(folder).is_dir():
        raise ConfigError(f"DATELINE_SPOOL_FOLDER: {folder} is no folder")
    contact = str(settings.get("DATELINE_CONTACT") or "")
    if not (contact.isascii() and contact.isprintable()) or len(contact) > 200:
        raise ConfigError("DATELINE_CONTACT is an address or a URL: ASCII, on one line")
    try:
        ConnectTo.parse(settings.getlist("DATELINE_CONNECT_TO"))
    except ValueError as error:
        raise ConfigError(str(error)) from error
    if ca_file := settings.get("DATELINE_CACERT"):
        try:
            TlsClient(ca_file=Path(ca_file)).creator("host.example")
        except ValueError:
            raise ConfigError(
                f"--cacert {ca_file}: no such file, or no PEM certificates in it"
            ) from None


def _media(settings: BaseSettings) -> bool:
    wanted = settings.get("DATELINE_MEDIA") or "images"
    if wanted not in {"images", "none"}:
        raise ConfigError(f"DATELINE_MEDIA is `images` or `none`, not {wanted!r:.60}")
    return bool(wanted == "images")


def _requisites(settings: BaseSettings) -> int:
    most = _whole(settings, "DATELINE_REQUISITES_PER_PAGE", 100, least=0, most=10_000)
    wanted = settings.get("DATELINE_REQUISITES", "page")
    if wanted not in {"page", "none"}:
        raise ConfigError("DATELINE_REQUISITES is `page` or `none`")
    return most if wanted == "page" else 0


def _paces(settings: BaseSettings) -> Mapping[str, float]:
    """The table of paces, with what the setting changes; `*` stands for the whole table."""
    try:
        given = {
            str(host): float(pace) for host, pace in settings.getdict("DATELINE_PACES").items()
        }
        is_right = all(0 <= pace <= _LONGEST_PACE_S for pace in given.values())
    except (TypeError, ValueError):
        is_right = False
    if not is_right:
        raise ConfigError(
            'DATELINE_PACES is an object of JSON: {"host": seconds}, from 0 to '
            f'{_LONGEST_PACE_S:g}; "*" for all platforms'
        )
    everywhere = given.pop("*", None)
    table = PACES_S if everywhere is None else dict.fromkeys(PACES_S, everywhere)
    return {**table, **given}


def _overrides(settings: BaseSettings) -> dict[str, str]:
    try:
        return overrides_of(settings)
    except ConfigError:
        raise
    except (TypeError, ValueError) as error:
        raise ConfigError(
            'DATELINE_ROBOTS_OVERRIDES is an object of JSON: {"host": "written reason"}'
        ) from error


def _flag(settings: BaseSettings, name: str, *, default: bool) -> bool:
    try:
        return settings.getbool(name, default)
    except ValueError:
        raise ConfigError(f"{name} is 0 or 1, not {settings[name]!r}") from None


def _whole(
    settings: BaseSettings, name: str, default: int, *, least: int, most: int = _MANY_BYTES
) -> int:
    try:
        value = settings.getint(name, default)
    except (TypeError, ValueError):
        value = least - 1
    if not least <= value <= most:
        raise ConfigError(
            f"{name} is a whole number from {least} to {most}, not {settings[name]!r}"
        )
    return value


def _seconds(settings: BaseSettings, name: str, default: float, *, most: float) -> float:
    try:
        value = settings.getfloat(name, default)
    except (TypeError, ValueError):
        value = math.nan
    if not 0 < value <= most:
        raise ConfigError(
            f"{name} is seconds, above 0 and at most {most:g}, not {settings[name]!r}"
        )
    return value
