"""The Scrapy settings of this project, and the only reader of the environment.

Everything here can be set on a command line with `-s NAME=VALUE`. Settings that begin with
`DATELINE_` are ours and can be given in the environment too; `docs/settings.md` explains them.
"""

import os
from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("dateline")
except PackageNotFoundError:  # a checkout that was never installed
    VERSION = "0+checkout"

environment = {name: text for name, text in os.environ.items() if name.startswith("DATELINE_")}
"""What the environment sets of ours; whether each name is known is for `crawler.config`."""


_SAFE_PATH = "PYTHONSAFEPATH"


def guard_children() -> None:
    """Let our own processes import nothing from the folder that somebody stands in.

    That may be an archive that was handed over. Source: Python, command line, `-P`.
    """
    os.environ.setdefault(_SAFE_PATH, "1")


def environment_of_others() -> dict[str, str]:
    """What a program that is not ours is given: what we were, without that."""
    return {name: text for name, text in os.environ.items() if name != _SAFE_PATH}


def user_agent(contact: str) -> str:
    """The honest user agent; `contact` (an address or a URL) lets a site's owner reach you."""
    return f"dateline/{VERSION}" + (f" (+{contact})" if contact else " (news archiving)")


BOT_NAME = "dateline"
# Those that `scrapy crawl` can begin; the others are given what they need by `dateline`.
SPIDER_MODULES = ["crawler.spiders.articles"]

# Who we are; the spider adds DATELINE_CONTACT, wherever that was set.
USER_AGENT = user_agent("")

# Ours; those not named here have their default in `crawler.config` or where they are used.
DATELINE_ARCHIVE = "dateline-archive"
DATELINE_KEYS = os.path.join(  # noqa: PTH118 - settings are plain values
    os.environ.get("XDG_DATA_HOME") or "~/.local/share", "dateline", "keys"
)
DATELINE_READ = True
DATELINE_READERS = max(1, (os.cpu_count() or 2) - 1)
globals().update(environment)
# Where nobody has a home it stays as it is, and no key is made there.
DATELINE_KEYS = os.path.expanduser(DATELINE_KEYS)  # noqa: PTH111 - a plain value

# The wire: every exchange goes through the recording handler.
DOWNLOAD_HANDLERS = {
    "http": "crawler.running.closing.EndingHandler",
    "https": "crawler.running.closing.EndingHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_MAXSIZE = 1024**3
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 60
REDIRECT_MAX_TIMES = 10
HTTPERROR_ALLOW_ALL = True  # a 404 is read too: a failure is a fact
# A refresh at once is a redirect; one after a while is a page that shows itself again.
METAREFRESH_MAXDELAY = 1
RETRY_TIMES = 2
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"  # gives the whole answer
URLLENGTH_LIMIT = 0  # the URL rules have their own, and a URL that is dropped is named
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # it is on record, and the summary names it

# Polite. Robots are ours (RFC 9309, with Crawl-delay); a host is asked once a second.
ROBOTSTXT_OBEY = False  # Scrapy's own middleware; ours below replaces it
CONCURRENT_REQUESTS = 16
# What a page gives is kept in its order: its reading, then what follows from it.
CONCURRENT_ITEMS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0  # the delay is a least, not a mean

# Safe. Nothing listens, nothing is fetched behind our back, nobody logs in.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
COOKIES_ENABLED = False
HTTPCACHE_ENABLED = False
HTTPPROXY_ENABLED = False
REFERRER_POLICY = "no-referrer"

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.fetch.redirects.WebOnlyMiddleware": 10,
    "crawler.fetch.robots.RobotsMiddleware": 100,
    "crawler.fetch.pace.RequisitePaceMiddleware": 110,
    "crawler.fetch.backoff.BackoffMiddleware": 560,
    "crawler.fetch.refresh.RefreshMiddleware": 580,
    "crawler.fetch.decoding.DecodingMiddleware": 590,
    "crawler.fetch.redirects.HopMiddleware": 600,
    "crawler.fetch.conditional.ConditionalMiddleware": 610,
}
# Each of these costs a layer of generators for every page, and does nothing here: every status is
# wanted, and what follows from a page does not depend on depth. (RefererMiddleware does nothing
# either, but Scrapy's redirects warn where it is missing.)
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
SCHEDULER_PRIORITY_QUEUE = "crawler.fetch.queue.HostQueue"
REQUEST_FINGERPRINTER_CLASS = "crawler.fetch.fingerprint.CanonicalFingerprinter"
DUPEFILTER_CLASS = "crawler.fetch.fingerprint.UrlDupeFilter"

# What is kept, and what is read.
EXTENSIONS = {
    "crawler.running.keeper.Keeper": 0,
    "crawler.running.reader.Reader": 0,
    "crawler.running.closing.Closing": 0,
    "crawler.running.heap.Heap": 1000,
}
ITEM_PIPELINES = {
    "crawler.pipelines.CataloguePipeline": 300,
}
# Not there unless DATELINE_REPLAY names an archive: then it answers, and nothing is asked.
ADDONS = {
    "crawler.replay.Replay": 0,
}
LOG_LEVEL = "INFO"
