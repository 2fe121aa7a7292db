"""The names of our own settings."""

import difflib
from collections.abc import Iterable

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
        "DATELINE_HEALTH_HOOK",
        "DATELINE_KEYS",
        "DATELINE_MEDIA",
        "DATELINE_MEDIA_BYTES",
        "DATELINE_METRICS_PORT",
        "DATELINE_NOTE",
        "DATELINE_OPERATOR",
        "DATELINE_PACES",
        "DATELINE_POSTS",
        "DATELINE_POST_DEPTH",
        "DATELINE_POST_RECHECKS",
        "DATELINE_PYWB_BIN",
        "DATELINE_READ",
        "DATELINE_READERS",
        "DATELINE_READ_TIMEOUT_S",
        "DATELINE_RECHECKS",
        "DATELINE_REPLAY",
        "DATELINE_REPLAY_AT",
        "DATELINE_REQUISITES",
        "DATELINE_REQUISITES_DELAY",
        "DATELINE_REQUISITES_PER_PAGE",
        "DATELINE_ROBOTS_OVERRIDES",
        "DATELINE_RUNGS",
        "DATELINE_SPOOL_FOLDER",
        "DATELINE_SPOOL_MEMORY_BYTES",
        "DATELINE_TIME_AUTHORITIES",
        "DATELINE_TLS_REQUIRE_VERIFIED",
        "DATELINE_WAIT",
        "DATELINE_WARC_BYTES",
        "DATELINE_WEB_ARCHIVES",
    }
)
"""Every setting of ours. An unknown one is refused: a misspelt option must not be silence."""


def check_names(names: Iterable[str]) -> None:
    """Refuse names that begin like ours and are none.

    Raises: ConfigError, naming the first and what it may have been.
    """
    unknown = sorted({name for name in names if name.startswith("DATELINE_")} - KNOWN)
    if unknown:
        near = difflib.get_close_matches(unknown[0], sorted(KNOWN), n=1, cutoff=0.0)
        raise ConfigError(
            f"there is no setting {unknown[0]}; the nearest is {near[0]}, and docs/settings.md "
            "lists all"
        )
