"""`dateline crawl` in a process of its own, against a world whose pages are endless."""

import random
from pathlib import Path

from crawler.demo.server import reply
from tests.prepared import Program

ROOT = Path(__file__).parents[2]
HOST = "news.example"
_NOISE = random.Random(5).randbytes(1 << 20)


def world(asked):
    """Pages of 40 KB that do not compress; every third URL has a page that another has too."""
    number = asked.path.rpartition("/")[2]
    if not number.isdecimal():
        return reply(status="404 Not Found")
    story = int(number) - (int(number) % 3 == 0)
    words = " ".join(f"word{story}x{nth}" for nth in range(80))
    noise = _NOISE[story * 100 % 900_000 :][:20_000].hex()
    page = (
        f"<html><head><title>Story {story}</title></head>"
        f"<body><article><h1>Story {story}</h1><p>{words}</p></article><!--{noise}--></body></html>"
    )
    return reply(page.encode())


def urls(first, count):
    return [f"http://{HOST}/story/{number}" for number in range(first, first + count)]


def start(root, server, urls, *options, file_size_limit=None):
    """Begin a crawl; a write beyond `file_size_limit` fails as one to a full disk does."""
    connect = [text for rule in server.connect_to() for text in ("--connect-to", rule)]
    given = ["crawl", "--archive", root, "--delay", "0", *connect, *options, *urls]
    return Program(*given, cwd=ROOT, largest_file=file_size_limit)


def kill(process):
    process.kill()
    process.communicate()
