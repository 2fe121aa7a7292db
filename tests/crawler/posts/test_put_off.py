"""Every run comes back for the posts that were put off, unless no posts are wanted."""

import asyncio
from types import SimpleNamespace

import pytest

from crawler.schedule.rechecks import AgeSchedule
from crawler.spiders.articles import ArticlesSpider
from crawler.spiders.watch import WatchSpider


class Posts:
    """What stands for the asker: it has one post put off."""

    async def put_off(self):
        yield "the request for a post that was put off"


def begun(spider, *, posts):
    spider._config = SimpleNamespace(posts=posts, read=True)
    spider._posts = Posts()
    spider._pages = SimpleNamespace(due=lambda _now: [])

    async def steps():
        return [step async for step in spider.start()]

    return asyncio.run(steps())


def watching():
    return WatchSpider(sources=[], schedule=AgeSchedule(steps=()))


@pytest.mark.parametrize("spider", [ArticlesSpider, watching])
def test_a_run_asks_for_what_was_put_off(spider):
    assert begun(spider(), posts=True) == ["the request for a post that was put off"]


@pytest.mark.parametrize("spider", [ArticlesSpider, watching])
def test_a_run_without_posts_does_not(spider):
    assert begun(spider(), posts=False) == []


def test_a_backfill_leaves_them_to_the_next_run():
    spider = watching()
    spider._backfill = SimpleNamespace()
    spider._asker = SimpleNamespace(begin_backfill=lambda _backfill: [])
    assert begun(spider, posts=True) == []
