from types import SimpleNamespace

from scrapy import Request
from scrapy.settings import Settings
from scrapy.squeues import FifoMemoryQueue

from crawler.demo.server import Part, reply
from crawler.fetch.queue import HostQueue
from tests.crawler.fetch.polite_crawl import crawl


def queue(room):
    def slot_of(request):
        return request.url.split("/")[2]

    downloader = SimpleNamespace(
        active=set(),
        slots={},
        per_slot_settings={},
        domain_concurrency=room,
        get_slot_key=slot_of,
    )
    crawler = SimpleNamespace(settings=Settings(), engine=SimpleNamespace(downloader=downloader))
    return HostQueue.from_crawler(crawler, FifoMemoryQueue, ""), downloader


def test_a_host_gets_as_many_places_as_it_may_have_transfers():
    hosts, downloader = queue(room=2)
    for n in range(3):
        hosts.push(Request(f"http://a.test/{n}"))
        hosts.push(Request(f"http://b.test/{n}"))
    popped = []
    while (request := hosts.pop()) is not None:
        popped.append(request.url)
        downloader.active.add(request)
    assert sorted(popped) == [
        "http://a.test/0",
        "http://a.test/1",
        "http://b.test/0",
        "http://b.test/1",
    ]
    assert len(hosts) == 2
    downloader.active = {each for each in downloader.active if "b.test" in each.url}
    assert hosts.pop().url == "http://a.test/2"
    assert hosts.pop() is None
    downloader.active.clear()
    assert hosts.pop().url == "http://b.test/2"
    assert len(hosts) == 0


def test_a_host_whose_robots_txt_does_not_come_does_not_stop_the_others():
    def world(asked):
        answer = reply(status="404 Not Found")
        if asked.path != "/robots.txt":
            return reply(b"<p>page")
        if asked.host == "slow.test":
            return type(answer)((Part(b"", wait_s=1.5), *answer.parts))
        return answer

    slow = [f"http://slow.test/{n}" for n in range(8)]
    others = [f"http://other.test/{n}" for n in range(8)]
    done = crawl(
        world,
        ["slow.test", "other.test"],
        [*slow, *others],
        CONCURRENT_REQUESTS=4,
        CONCURRENT_REQUESTS_PER_DOMAIN=2,
    )
    assert len(done.events) == 16
    first_slow = min(each.at for each in done.served if each.host == "slow.test")
    assert all(each.at < first_slow for each in done.served if each.host == "other.test")
