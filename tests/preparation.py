"""What `tests.prepared` imports before it forks: all that a run needs, and its first reading."""

import pytest  # noqa: F401 - functions of test modules are called too
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

import archive
import crawler.cli.crawling.process
import crawler.fetch.fingerprint
import crawler.frontier.downloader
import crawler.frontier.scheduler
import crawler.pipelines
import crawler.spiders.probing
import crawler.spiders.watch
import crawler.watch.report
import crawler.workers.origin  # noqa: F401 - imported for those who come after
from crawler.cli.command import parser

settings = Settings()
settings.setmodule("crawler.settings")
for name in ("ADDONS", "EXTENSIONS", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES"):
    for component in {**settings[name], **settings.get(f"{name}_BASE", {})}:
        load_object(component)
for name in archive.__all__:
    getattr(archive, name)  # opens its room
parser()  # loads all commands
archive.url_key("http://site.example/")  # reads the list of public suffixes
