"""Memory does not grow with what was crawled."""

import datetime as dt
import os
import statistics
import time
from pathlib import Path

import pytest

from crawler.demo.server import WorldServer, reply
from tests.watch.watching import rows, start
from tests.watch.world import START

HOSTS = [f"site{number}.example" for number in range(10)]
PAGES = int(os.environ.get("WATCH_PAGES", "100000"))
EARLY = PAGES // 10
WINDOW = PAGES // 50
"""Pages over which memory is looked at: one sample might fall into a large page."""


def sitemap(host):
    entries = "".join(
        f"<url><loc>http://{host}/{START:%Y/%m/%d}/story-{number}</loc></url>"
        for number in range(PAGES // len(HOSTS))
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><urlset xmlns="{space}">{entries}</urlset>'


def page(asked):
    title = f"Story {asked.path.rpartition('-')[2]} of {asked.host}"
    said = "".join(
        f"<p>{title}, part {part}: the river rose and the ferry did not sail before noon.</p>"
        for part in range(4)
    )
    return f"<html lang=en><title>{title}</title><article><h1>{title}</h1>{said}</article></html>"


class World:
    """Small pages; counts them."""

    def __init__(self):
        self.served = 0

    def __call__(self, asked):
        if asked.path == "/sitemap.xml":
            return reply(sitemap(asked.host).encode(), content_type="application/xml")
        if "/story-" not in asked.path:
            return reply(status="404 Not Found")
        self.served += 1
        return reply(page(asked).encode())


def resident_kib(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


@pytest.mark.soak
@pytest.mark.timeout(10_800)
def test_memory_after_100_000_pages_is_that_after_10_000(tmp_path):
    world, root = World(), tmp_path / "a"
    path = tmp_path / "sources.toml"
    path.write_text(
        "".join(
            f'[[source]]\nname = "s-{host}"\nkind = "sitemap"\nurl = "http://{host}/sitemap.xml"\n'
            for host in HOSTS
        )
    )
    early, late = [], []
    with WorldServer(world, hosts=HOSTS) as server:
        began = time.monotonic()
        process = start(root, server, path, START + dt.timedelta(hours=1), "--json")
        while process.returncode is None and world.served < PAGES - len(HOSTS):
            time.sleep(0.1)
            if EARLY - WINDOW < world.served <= EARLY:
                early.append(resident_kib(process.pid))
            elif world.served > PAGES - 2 * WINDOW:
                late.append(resident_kib(process.pid))
        _, err = process.communicate(timeout=600)
        took_s = time.monotonic() - began
    assert process.returncode == 0, err
    assert rows(root, "SELECT state, count(*) FROM watch_pages GROUP BY 1") == [("live", PAGES)]
    before, after = statistics.median(early), statistics.median(late)
    print(
        f"{before / 1024:.0f} MiB after {EARLY} pages, {after / 1024:.0f} after {PAGES};"
        f" {PAGES / took_s:.0f} pages a second"
    )
    assert after < 1.2 * before
