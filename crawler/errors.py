"""What goes wrong in the crawler, as one family.

CrawlError              everything the crawler raises on purpose
├─ ConfigError          also a ValueError; names the setting and what it accepts
└─ WorkersUnavailable   worker processes cannot be started: stop what needs them
"""


class CrawlError(Exception):
    """Everything the crawler raises on purpose. Its text is one line, fit for a person."""


class ConfigError(CrawlError, ValueError):
    """A setting, an option or a file of settings says what cannot be meant."""


class WorkersUnavailable(CrawlError):
    """No worker process starts, so that nothing given to them will ever be done."""
