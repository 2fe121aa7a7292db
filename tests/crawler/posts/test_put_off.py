"""A crawl comes back for the posts that were put off, unless no posts are wanted."""

import asyncio
from types import SimpleNamespace

import pytest

from crawler.spiders.articles import ArticlesSpider


class Posts:
    """What stands for the asker: it has one post put off."""

    async def put_off(self):
        yield "the request for a post that was put off"


@pytest.mark.parametrize("posts", [True, False])
def test_a_crawl_asks_for_what_was_put_off_where_posts_are_wanted(posts):
    spider = ArticlesSpider()
    spider._config = SimpleNamespace(posts=posts, read=True)
    spider._posts = Posts()

    async def steps():
        return [step async for step in spider.start()]

    assert asyncio.run(steps()) == ["the request for a post that was put off"] * posts
