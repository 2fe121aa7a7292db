"""What capturing and reading cost: dateline beside stock Scrapy, in turn, in one run.

    python bench/crawl.py [--pages N] [--rounds N] [--json]

A server of its own serves distinct generated gzip pages over loopback, made as news pages are (see
`page`). Each row is a page size and whether the server names a charset: where it names none, stock
Scrapy guesses one on the compressed bytes. The variants take turns in each round; figures are
medians over the rounds, ratios are taken round by round. CPU is that of the crawling process and
its workers, the server's left out.
"""

import argparse
import asyncio
import contextlib
import gzip
import json
import multiprocessing
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parent.parent
VARIANTS = ("stock", "capture", "read")
CONCURRENCY = 32


def page(number: int, size: int, words: list[str]) -> bytes:
    """A news page of about `size` bytes, different for each number.

    Made as news pages are: a story of some 4 to 8 KB, metadata twice, and around it what fills a
    page (menus, teasers, state for scripts), which is most of a large one.
    """
    chance = random.Random(number)

    def prose(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    title = f"{prose(8).capitalize()} {number}"
    story = "".join(
        f'<p class="story__text">{prose(chance.randint(25, 60)).capitalize()}.</p>\n'
        for _ in range(14 if size < 100_000 else 24)
    )
    ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2026-10-01T08:00:00+02:00",
        "author": {"@type": "Person", "name": prose(2).title()},
    }
    top = (
        f'<!doctype html><html lang="en"><head><title>{title} - Example</title>'
        f'<meta property="og:title" content="{title}">'
        f'<meta name="description" content="{prose(20)}">'
        f'<script type="application/ld+json">{json.dumps(ld)}</script></head><body>'
        f"<header><nav><ul>{_menu(chance, words, 30)}</ul></nav></header>"
        f"<main><article><h1>{title}</h1>{story}</article></main>"
    )
    furniture = []
    length = len(top)
    while length < size:
        teasers = f'<aside class="teasers"><ul>{_menu(chance, words, 12)}</ul></aside>'
        state = json.dumps({prose(1): chance.random() for _ in range(40)})
        block = f"{teasers}<script>window.state=({state})</script>"
        furniture.append(block)
        length += len(block)
    return f"{top}{''.join(furniture)}<footer>{_menu(chance, words, 10)}</footer></body>".encode()


def _menu(chance: random.Random, words: list[str], count: int) -> str:
    return "".join(
        f'<li class="item item--{chance.randint(1, 9)}"><a href="/{"/".join(names)}" class="link '
        f'link--plain"><span class="link__text">{" ".join(names)}</span></a></li>'
        for names in (chance.choices(words, k=4) for _ in range(count))
    )


class Pages(asyncio.Protocol):
    """Answers any number of pipelined GETs from ready-made bytes."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self.answers = answers
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each whole request."""
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            request, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            path = request.split(b" ", 2)[1]
            answer = self.answers.get(path, b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n")
            assert isinstance(self.transport, asyncio.WriteTransport)
            self.transport.write(answer)


def serve(pages: int, ready: Connection) -> None:
    """The server's process: build the pages, listen, tell the port, stay."""
    chance = random.Random(0)
    letters = "etaoinshrdlucmfwypvbgk"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 11))) for _ in range(4000)]
    answers: dict[bytes, bytes] = {}
    for size in (30, 150):
        for number in range(pages):
            body = gzip.compress(page(number, size * 1000, words), 6)
            for charset in ("", "; charset=utf-8"):
                path = f"/{size}/{'named' if charset else 'unnamed'}/{number}".encode()
                head = (
                    f"HTTP/1.1 200 OK\r\nContent-Type: text/html{charset}\r\n"
                    f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
                )
                answers[path] = head.encode() + body

    async def listen() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Pages(answers), "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(listen())


def cpu_below(parent: int) -> float:
    """Seconds of processor time of the processes that `parent` began, and of theirs (Linux)."""
    ticks = os.sysconf("SC_CLK_TCK")
    below, used = {parent}, 0.0
    for path in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parts[2])):
        with contextlib.suppress(OSError):  # it has ended
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[1]) in below:
                below.add(int(path.parts[2]))
                used += (int(fields[11]) + int(fields[12])) / ticks
    return used


def crawl(variant: str, urls: list[str], folder: str) -> None:
    """One crawl in this process; prints its figures as JSON."""
    from scrapy import Request, Spider, signals  # noqa: PLC0415 - a worker's own imports
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415
    from scrapy.settings import Settings  # noqa: PLC0415

    settings = Settings()
    common = {
        "LOG_LEVEL": "ERROR",
        "CONCURRENT_REQUESTS": CONCURRENCY,
        "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY,
        "DOWNLOAD_DELAY": 0,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "COOKIES_ENABLED": False,
    }
    if variant == "stock":
        settings.setdict(common, priority="cmdline")

        class Stock(Spider):
            name = "stock"

            async def start(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
                for url in urls:
                    yield Request(url)

            def parse(self, response):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
                pass

        spider, arguments = Stock, {}
    else:
        from crawler.spiders.articles import ArticlesSpider  # noqa: PLC0415

        settings.setmodule("crawler.settings", priority="project")
        ours = {
            "DATELINE_ARCHIVE": folder,
            "DATELINE_ALLOW_PRIVATE": True,
            "DATELINE_READ": variant == "read",
            "DATELINE_READERS": 2,
        }
        settings.setdict(common | ours, priority="cmdline")
        spider, arguments = ArticlesSpider, {"urls": urls}
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    began: list[float] = []
    crawler.signals.connect(
        lambda: began.append(time.perf_counter()), signals.spider_opened, weak=False
    )
    workers: list[float] = []
    crawler.signals.connect(
        lambda: workers.append(cpu_below(os.getpid())), signals.spider_closed, weak=False
    )
    process.crawl(crawler, **arguments)
    process.start()
    wall = time.perf_counter() - began[0]
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime + sum(workers)
    stats = crawler.stats.get_stats()
    figures = {
        "pages": stats.get("downloader/response_status_count/200", 0),
        "articles": stats.get("dateline/articles/new", 0),
        "wall_s": wall,
        "cpu_s": cpu,
    }
    print(json.dumps(figures))


def measure(variant: str, urls: list[str]) -> dict[str, float]:
    """Run one variant in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        command = [sys.executable, __file__, "--worker", variant, folder]
        done = subprocess.run(
            command, input="\n".join(urls), capture_output=True, text=True, cwd=ROOT, check=False
        )
    if done.returncode != 0:
        sys.exit(f"{variant} failed:\n{done.stderr}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if figures["pages"] != len(urls):
        sys.exit(f"{variant} fetched {figures['pages']} of {len(urls)} pages:\n{done.stderr}")
    if variant == "read" and figures["articles"] != len(urls):
        sys.exit(f"{variant} read {figures['articles']} of {len(urls)} articles:\n{done.stderr}")
    return figures


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--variants", nargs="+", default=list(VARIANTS), choices=VARIANTS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--worker", nargs=2, metavar=("VARIANT", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        sys.path.insert(0, str(ROOT))
        crawl(options.worker[0], sys.stdin.read().split(), options.worker[1])
        return
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve, args=(options.pages, theirs), daemon=True
    )
    server.start()
    port = ours.recv()
    rows = []
    try:
        for size in (30, 150):
            for charset in ("unnamed", "named"):
                base = f"http://127.0.0.1:{port}/{size}/{charset}"
                urls = [f"{base}/{number}" for number in range(options.pages)]
                rounds = [
                    {variant: measure(variant, urls) for variant in options.variants}
                    for _ in range(options.rounds)
                ]
                rows.append({"size_kb": size, "charset": charset, "rounds": rounds})
    finally:
        server.terminate()
    if options.json:
        print(json.dumps(rows))
        return
    print(f"{options.pages} pages, {options.rounds} rounds, medians; concurrency {CONCURRENCY}")
    print(f"{'page':>7} {'charset':>8} {'variant':>8} {'pages/s':>8} {'x stock':>8} {'CPU ms':>7}")
    for row in rows:
        for variant in options.variants:
            rates = [r[variant]["pages"] / r[variant]["wall_s"] for r in row["rounds"]]
            ratios = [
                r["stock"]["wall_s"] / r[variant]["wall_s"] for r in row["rounds"] if "stock" in r
            ]
            cpu = [1000 * r[variant]["cpu_s"] / r[variant]["pages"] for r in row["rounds"]]
            ratio = f"{statistics.median(ratios):8.2f}" if ratios else "       –"
            print(
                f"{row['size_kb']:>4} KB {row['charset']:>8} {variant:>8} "
                f"{statistics.median(rates):8.0f} {ratio} {statistics.median(cpu):7.2f}"
            )


if __name__ == "__main__":
    main()
