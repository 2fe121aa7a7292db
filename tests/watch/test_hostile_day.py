"""A virtual day among hosts that misbehave, each in its own way, beside one that does not."""

import datetime as dt
import hashlib

import pytest

from archive import verify
from crawler.demo.server import Answer, Part, WorldServer, reply
from tests.watch.watching import rows, run, sources_file, turned
from tests.watch.world import START, Press

HOURS = (0, 4, 14, 24)


def is_page(asked):
    return "/story-" in asked.path


def dies(_):
    return Answer(then_reset=True)


def stalls(asked):
    if is_page(asked):
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"
        return Answer((Part(head + b"so far ", wait_s=600),))
    return None


def flaps(asked):
    return reply(status="502 Bad Gateway") if asked.count % 2 == 1 and is_page(asked) else None


def is_busy(asked):
    if is_page(asked) and asked.count == 1:
        status = "429 Too Many" if asked.path.endswith(("0", "2", "4")) else "503 Busy"
        return reply(status=status)
    return None


def loops(asked):
    if is_page(asked) or asked.path.startswith("/round"):
        nth = int(asked.path.rpartition("-")[2]) if asked.path.startswith("/round") else 0
        return reply(status="302 Found", headers=[("Location", f"/round-{(nth + 1) % 7}")])
    return None


def is_endless(asked):
    """A calendar: every page of it lists the next hundred days, for ever."""
    if asked.path == "/feed.xml":
        seed = hashlib.sha256(str(asked.count).encode()).hexdigest()[:8]
        items = "".join(
            f"<item><link>http://{asked.host}/calendar/{seed}/{day}</link></item>"
            for day in range(100)
        )
        body = f'<rss version="2.0"><channel><title>c</title>{items}</channel></rss>'
        return reply(body.encode(), content_type="application/rss+xml")
    return None


def lies(asked):
    if is_page(asked):
        return Answer(
            (Part(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n<p>short"),), then_close=True
        )
    return None


BEHAVIOURS = (dies, stalls, flaps, is_busy, loops, is_endless, lies)


@pytest.mark.timeout(600)
def test_a_day_among_misbehaving_hosts_loses_nothing_and_explains_everything(tmp_path):
    press = Press.of(sites=len(BEHAVIOURS) + 1, stories=3)
    press.behaviours = dict(zip(press.hosts, BEHAVIOURS, strict=False))
    good = press.hosts[-1]
    root = tmp_path / "a"
    further = "most_pages = 10\nposts = false"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press, further=further)
        for nth, hours in enumerate(HOURS):
            press.now = START + dt.timedelta(hours=hours)
            if nth:
                press.publish(good, at=press.now)
            report = run(root, server, sources, press.now, "-s", "DOWNLOAD_TIMEOUT=1.5")
    standing = {
        (host, state): count
        for host, state, count in rows(
            root,
            "SELECT substr(source, 3), state, count(*) FROM watch_pages GROUP BY 1, 2",
        )
    }
    of = dict(zip((behave.__name__ for behave in BEHAVIOURS), press.hosts, strict=False))
    assert standing[good, "live"] == 3 + len(HOURS) - 1
    assert standing[of["is_busy"], "live"] == 3
    assert (of["dies"], "live") not in standing  # nothing of it was ever announced
    for name in ("stalls", "loops", "lies"):
        assert standing[of[name], "failing"] == 3
    flapping = {state for host, state in standing if host == of["flaps"]}
    assert flapping <= {"live", "failing"}
    # ten pages a run, and the rest waits its turn
    calendar = sum(count for (host, _), count in standing.items() if host == of["is_endless"])
    assert calendar >= 100
    looked = rows(
        root, f"SELECT count(*) FROM watch_pages WHERE source = 's-{of['is_endless']}' AND looks"
    )
    assert looked[0][0] <= 10 * len(HOURS)
    assert turned(root, "edited") == turned(root, "gone") == []
    explained = (
        "SELECT count(*) FROM captures c WHERE failure_kind IS NULL AND truncated IS NULL"
        " AND status IS NULL"
    )
    assert rows(root, explained, "catalogue.sqlite") == [(0,)]
    assert {tally["source"] for tally in report["sources"] if tally.get("failures")} <= {
        f"s-{of['dies']}"
    }
    assert rows(root, "SELECT count(*) FROM frontier_urls WHERE state IN (0, 1)") == [(0,)]
    assert verify(root).is_sound
