from types import SimpleNamespace

from scrapy.core.downloader import Slot
from scrapy.settings import Settings

from crawler.demo.server import reply
from crawler.fetch.pace import Pace
from tests.crawler.fetch.polite_crawl import crawl


def paced(**settings):
    """A pace, and the downloader that it governs."""
    settings = {"DOWNLOAD_DELAY": 1, "DOWNLOAD_DELAY_JITTER": 0.5, **settings}
    downloader = SimpleNamespace(slots={}, per_slot_settings=settings.get("DOWNLOAD_SLOTS", {}))
    engine = SimpleNamespace(downloader=downloader)
    return Pace(SimpleNamespace(settings=Settings(settings), engine=engine)), downloader


def test_the_larger_of_wish_and_setting_holds_and_is_no_mean_but_a_least():
    pace, downloader = paced()
    pace.wish("a.test", "http://a.test", 10)
    assert downloader.per_slot_settings == {"a.test": {"delay": 10.0, "jitter": 0.0}}
    pace.wish("b.test", "http://b.test", 0.7)  # 1 s jittered by half might be less
    assert downloader.per_slot_settings["b.test"] == {"delay": 1.0, "jitter": 0.0}
    pace.wish("c.test", "http://c.test", 0.5)
    assert "c.test" not in downloader.per_slot_settings


def test_a_slot_in_use_changes_its_pace_at_once():
    pace, downloader = paced()
    downloader.slots["a.test"] = Slot(8, 1.0, 0.5)
    pace.wish("a.test", "http://a.test", 10)
    assert (downloader.slots["a.test"].delay, downloader.slots["a.test"].jitter) == (10, 0)


def test_a_wish_withdrawn_is_forgotten_but_not_what_the_settings_say():
    pace, downloader = paced(DOWNLOAD_SLOTS={"a.test": {"delay": 3, "concurrency": 1}})
    downloader.slots["a.test"] = Slot(1, 3.0, 0.5)
    pace.wish("a.test", "http://a.test", 10)
    assert downloader.per_slot_settings["a.test"] == {
        "delay": 10.0,
        "concurrency": 1,
        "jitter": 0.0,
    }
    pace.wish("a.test", "http://a.test", None)
    assert downloader.per_slot_settings["a.test"] == {"delay": 3, "concurrency": 1}
    assert (downloader.slots["a.test"].delay, downloader.slots["a.test"].jitter) == (3, 0.5)


def test_of_one_host_s_sites_the_slowest_decides():
    pace, downloader = paced()
    pace.wish("a.test", "http://a.test", 10)
    pace.wish("a.test", "https://a.test", None)
    pace.wish("a.test", "http://a.test:8080", 4)
    assert downloader.per_slot_settings["a.test"]["delay"] == 10
    pace.wish("a.test", "http://a.test", None)
    assert downloader.per_slot_settings["a.test"]["delay"] == 4


def test_nobody_makes_us_wait_longer_than_a_minute(caplog):
    pace, downloader = paced()
    with caplog.at_level("INFO"):
        pace.wish("a.test", "http://a.test", 86400)
    assert downloader.per_slot_settings["a.test"]["delay"] == 60
    assert "asks for a delay of 86400 s; waiting 60 s" in caplog.text


def test_memory_is_bounded_in_hosts():
    pace, downloader = paced()
    for n in range(10_100):
        pace.wish(f"h{n}.test", f"http://h{n}.test", 10)
    assert len(downloader.per_slot_settings) == 10_000
    assert "h10099.test" in downloader.per_slot_settings


def test_crawl_delay_paces_all_schemes_and_ports_of_a_host_and_no_other_host():
    def world(asked):
        if asked.path == "/robots.txt":
            delay = b"Crawl-delay: 0.4" if asked.host == "slow.test" else b""
            return reply(b"User-agent: *\n" + delay, content_type="text/plain")
        return reply(b"<p>page")

    done = crawl(
        world,
        ["slow.test", "other.test"],
        [
            "http://slow.test/1",
            "https://slow.test/2",
            "http://slow.test/3",
            *(f"http://other.test/{n}" for n in range(8)),
        ],
        DOWNLOAD_DELAY=0.05,
        DOWNLOAD_DELAY_JITTER=0.5,
    )
    # Only lower bounds, and loose ones: the server's clock reading waits for its turn as well.
    asked_at = sorted(each.at for each in done.served if each.host == "slow.test")
    assert len(asked_at) == 5
    assert asked_at[-1] - asked_at[1] >= 3 * 0.4 - 0.3  # at 0.05 s it would be 0.2 s
    others = sorted(each.at for each in done.served if each.host == "other.test")
    assert len(others) == 9
    assert others[-1] < asked_at[-1]
