"""A run that one slow host keeps up for hours: the others are not forgotten meanwhile."""

import threading
import time

from crawler.demo.server import Answer, Part, WorldServer
from tests.prepared import Forked, dateline
from tests.watch.watching import options, rows, sources_file
from tests.watch.world import Press


def hurried(*args):
    """`dateline` with the given arguments, in a world where an hour passes in a second."""
    from crawler.frontier import clock
    from crawler.spiders import watch

    began = time.monotonic()
    clock.SteadyClock.__call__ = lambda self: (
        self._offset_s + began + (time.monotonic() - began) * 3600
    )
    watch._LOOK_S = 0.1
    dateline(*args)


def test_a_source_that_is_due_while_a_slow_host_keeps_the_run_up_is_asked_in_it(tmp_path):
    press = Press.of(sites=2, stories=1)
    slow, _ = press.stories.values()
    feeds, is_told = [], threading.Event()

    def never_ending(asked):
        if asked.path != slow.path:
            return None
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"
        return Answer((Part(head, wait_s=60), Part(b"so far")))

    def telling(asked):
        if asked.path == "/feed.xml":
            feeds.append(asked)
            if len(feeds) == 2:
                press.publish("site1.example")
        if asked.path.endswith("story-of-the-2"):
            is_told.set()

    press.behaviours = {"site0.example": never_ending, "site1.example": telling}
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        process = Forked(hurried, "run", *options(root, server, sources, None))
        assert is_told.wait(30), "the run is over, or waits, and nobody was asked again"
        assert process.returncode is None
        process.send_signal(15)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in err) == (130, False), err
    sources_asked = rows(
        root, "SELECT count(*) FROM captures WHERE url LIKE '%site1%feed.xml'", "catalogue.sqlite"
    )
    assert sources_asked[0][0] >= 2
