"""A sitemap's `lastmod` is honoured where it proves honest, and only there."""

import datetime as dt

import pytest

from crawler.demo.server import WorldServer
from tests.watch.watching import rows, run, sources_file
from tests.watch.world import START, Press

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


def after_ten_changes(tmp_path, *, edit):
    """What is asked for of ten pages when the sitemap says that one has changed.

    Before, it said so of each, and `edit(story)` is what was true of that.
    """
    press = Press.of(sites=1, stories=0)
    stories = [press.publish("site0.example", at=START - (2 + nth) * HOUR) for nth in range(10)]
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(
            tmp_path / "sources.toml", press, kind="sitemap", further='every = "5m"'
        )
        run(root, server, sources, START)
        for nth, story in enumerate(stories):
            press.now = START + HOUR + nth * MINUTE
            edit(press, story)
        press.now = START + 2 * HOUR
        run(root, server, sources, press.now)  # learns what the sitemap says
        press.now = START + 5.1 * HOUR
        run(root, server, sources, press.now)  # sees what is true
        press.asked.clear()
        press.now += 30 * MINUTE
        press.edit(stories[3])
        press.now += 10 * MINUTE
        run(root, server, sources, press.now)
    assert press.asked["http://site0.example/sitemap.xml"] == 1
    asked = [stories.index(press.stories[url]) for url in press.asked if "/story-" in url]
    return asked, rows(root, "SELECT confirmed, refuted, missed FROM watch_lastmods")


def touch(press, story):
    story.modified_at = press.now


@pytest.mark.parametrize(
    ("edit", "asked", "record"),
    [
        pytest.param(Press.edit, [3], (11, 0, 0), id="honest"),
        pytest.param(touch, [], (0, 10, 0), id="made up"),
    ],
)
def test_a_page_said_to_have_changed_is_looked_at_at_once_if_that_proved_true(
    tmp_path, edit, asked, record
):
    assert after_ten_changes(tmp_path, edit=edit) == (asked, [record])
