"""What a URL costs in the frontier, at a size, beside Scrapy's disk queues in the same run.

    python -m bench.frontier --waiting 5000000

Both start from a queue that holds so many requests already, put in before the clock starts, on a
thousand hosts; then requests are put in and taken out one by one, as Scrapy does, each made from
and into a whole `scrapy.Request`. Scrapy's queues are its priority queue for each slot over pickled
FIFO files. They are shown with the least a queue must do beyond them to survive a killed process:
nothing, so they do not.
"""

import argparse
import hashlib
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

from scrapy import Request, Spider
from scrapy.pqueues import DownloaderAwarePriorityQueue
from scrapy.squeues import PickleFifoDiskQueue
from scrapy.utils.test import get_crawler

from crawler.frontier.codec import from_json, to_json
from crawler.frontier.store import Entry, FrontierStore, State, Ticket

HOSTS = 1000
BATCH = 100_000
BOUND_MS = 0.2


class _Bench(Spider):
    name = "bench"

    def parse_page(self, _: object) -> None:
        """Never called."""


def request_of(number: int) -> Request:
    """A request as a feed's links make them, its host and place in time well mixed."""
    host = number * 7919 % HOSTS
    return Request(
        f"https://news{host}.example/2026/11/22/a-story-of-the-day-{number}.html",
        callback=SPIDER.parse_page,
        priority=number % 3 * 100 - 50,
        meta={
            "dateline_found_by": "feed",
            "dateline_via": f"https://news{host}.example/feed.xml",
            "dateline_via_record": "urn:uuid:00000000-0000-4000-8000-000000000000",
        },
    )


def entry_of(request: Request) -> Entry:
    """What the scheduler makes of a request."""
    return Entry(
        key=hashlib.sha256(request.url.encode()).digest()[:20],
        host=request.url.split("/", 3)[2],
        priority=request.priority,
        found_by="feed",
        request=to_json(request, SPIDER),
    )


SPIDER = _Bench()


def frontier(folder: Path, waiting: int, count: int) -> Iterator[tuple[str, tuple[float, float]]]:
    """Milliseconds each: put in, taken out, settled."""
    store = FrontierStore.open(folder / "state.sqlite")
    connection = store._connection  # noqa: SLF001 - filled in large steps, which no crawl could
    connection.execute("PRAGMA wal_autocheckpoint = 100000")
    for begin in range(0, waiting, BATCH):
        connection.execute("BEGIN")
        for number in range(begin, min(begin + BATCH, waiting)):
            store.add(entry_of(request_of(number)))
        connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA wal_autocheckpoint = 16000")
    new = [request_of(number) for number in range(waiting, waiting + count)]
    yield "put in", timed(lambda: [store.add(entry_of(request)) for request in new], count)
    tickets: list[Ticket] = []

    def take() -> None:
        while len(tickets) < count and isinstance(ticket := store.take(lambda _: 0.0), Ticket):
            from_json(ticket.request, SPIDER)
            tickets.append(ticket)

    yield "taken out", timed(take, count)
    assert len(tickets) == count
    settle = [(ticket, State.DONE) for ticket in tickets]
    yield "settled", timed(lambda: [store.settle(*each) for each in settle], count)
    store.close()


def scrapy_queues(
    folder: Path, waiting: int, count: int
) -> Iterator[tuple[str, tuple[float, float]]]:
    """Milliseconds each: put in, taken out."""
    crawler = get_crawler(_Bench)
    crawler.spider = SPIDER
    slots: dict[str, object] = {}
    downloader = SimpleNamespace(
        slots=slots, get_slot_key=lambda request: request.url.split("/", 3)[2]
    )
    crawler._engine = SimpleNamespace(downloader=downloader)  # noqa: SLF001 - all it is asked for
    queue = DownloaderAwarePriorityQueue.from_crawler(
        crawler, PickleFifoDiskQueue, str(folder / "requests.queue")
    )
    for number in range(waiting):
        queue.push(request_of(number))
    new = [request_of(number) for number in range(waiting, waiting + count)]
    yield "put in", timed(lambda: [queue.push(request) for request in new], count)
    yield "taken out", timed(lambda: [queue.pop() for _ in range(count)], count)
    queue.close()


def timed(work: Callable[[], object], count: int) -> tuple[float, float]:
    """Milliseconds that each of `count` took: by the clock, and of the processor.

    The second is what counts on a machine that others use too, but knows no waiting for a disk.
    """
    began, used = time.perf_counter(), time.process_time()
    work()
    return (
        (time.perf_counter() - began) / count * 1000,
        (time.process_time() - used) / count * 1000,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--waiting", type=int, default=5_000_000)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--scrapy-waiting", type=int, help="default: as --waiting")
    parser.add_argument("--folder", type=Path, help="where the files are made")
    options = parser.parse_args()
    sizes = {"frontier": options.waiting, "scrapy": options.scrapy_waiting or options.waiting}
    for name, measure in (("frontier", frontier), ("scrapy", scrapy_queues)):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            began = time.perf_counter()
            found = dict(measure(Path(folder), sizes[name], options.count))
        row: dict[str, object] = {"queue": name, "waiting": sizes[name]}
        for what, (wall_ms, cpu_ms) in found.items():
            row |= {f"{what} ms": round(wall_ms, 4), f"{what} cpu ms": round(cpu_ms, 4)}
        row["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        row["whole s"] = round(time.perf_counter() - began)
        if name == "frontier":
            row["within bound"] = max(found["put in"][0], found["taken out"][0]) < BOUND_MS
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
