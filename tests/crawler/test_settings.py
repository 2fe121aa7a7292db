import os
import subprocess
import sys

from scrapy.settings import Settings

from crawler.settings import user_agent
from crawler.spiders.articles import ArticlesSpider
from tests.crawler.cli.running import ROOT, environment

SHOW = "from crawler import settings; print([settings.DATELINE_ARCHIVE, settings.DATELINE_READ])"


def settings(**given):
    values = Settings()
    values.setmodule("crawler.settings", priority="project")
    values.setdict(given, priority="cmdline")
    ArticlesSpider.update_settings(values)
    return values


def test_the_environment_gives_our_settings():
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        env=environment(DATELINE_ARCHIVE="elsewhere", DATELINE_READ="0"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "['elsewhere', '0']\n"


def test_the_contact_stands_in_the_user_agent_wherever_it_was_set():
    assert settings()["USER_AGENT"] == user_agent("")
    contacted = settings(DATELINE_CONTACT="https://desk.example/bot")
    assert contacted["USER_AGENT"].endswith("(+https://desk.example/bot)")
    chosen = settings(DATELINE_CONTACT="me", USER_AGENT="mine/1")
    assert chosen["USER_AGENT"] == "mine/1"


def test_nothing_reaches_for_the_network_behind_our_back():
    values = settings()
    for name in ("COOKIES", "HTTPCACHE", "HTTPPROXY", "REMOTE_CONTROL", "TELNETCONSOLE"):
        assert not values.getbool(f"{name}_ENABLED"), name
    handlers = values.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


def test_readers_leave_a_processor_to_the_crawl():
    assert settings().getint("DATELINE_READERS") == max(1, (os.cpu_count() or 2) - 1)
