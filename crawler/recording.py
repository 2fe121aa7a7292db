"""Any Scrapy project's crawl, kept in an archive.

One setting lets a project do so:

    ADDONS = {"crawler.recording.Recording": 0}

Its spiders, middlewares, pipelines and politeness stay its own. Each exchange, robots.txt,
redirects, retries and failures too, is kept as it went over the wire before a response is handed
on; `response.meta["dateline_capture"]` is the capture. What is kept can be read for articles and
posts afterwards (`dateline reread`).
"""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings

from crawler.settings import DATELINE_ARCHIVE, DATELINE_KEYS, environment

_HANDLER = "crawler.running.closing.EndingHandler"
_OURS: dict[str, object] = {
    "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER},
    "DATELINE_ARCHIVE": DATELINE_ARCHIVE,
    "DATELINE_KEYS": DATELINE_KEYS,
}
_EXTENSIONS = ("crawler.running.keeper.Keeper", "crawler.running.closing.Closing")


class Recording:
    """The Scrapy add-on. Where `DATELINE_REPLAY` names an archive nothing is kept, nor asked."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Raises: NotConfigured where an archive answers instead of the web."""
        if crawler.settings.get("DATELINE_REPLAY"):
            raise NotConfigured
        return cls()

    def update_settings(self, settings: BaseSettings) -> None:
        """Record the wire, unless the project or a command line says otherwise."""
        for name, value in (_OURS | environment).items():
            settings.set(name, value, priority="addon")
        for path in _EXTENSIONS:
            settings["EXTENSIONS"].set(path, 0, priority="addon")
