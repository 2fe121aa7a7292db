"""What holds of every reading, whatever the bytes: the laws that fuzzers and tests check."""

import json
import time
from collections.abc import Iterator

from archive import Article, Reading, Verdict
from archive.codec import from_json, to_json
from crawler.extract.flattened.article import read_flattened
from crawler.extract.page import Page
from crawler.json_line import HOSTILE, json_line
from crawler.reading.batch import reading_line
from crawler.reading.normalise import normalise_article
from crawler.reading.page import read
from crawler.reading.rendering import Form, Posts, Summary, arranged, render_text

MOST_SECONDS = 2.0
"""Of processor time for one page, however large and hostile (issue 3)."""
_MOST_LETTERS = 8
"""A body has at most so many letters for each byte of its page: nothing multiplies."""
_BARE = Form(posts=Posts.OMIT, summary=Summary.APART)


def broken_laws(page: Page) -> Iterator[str]:
    """One line for each law that the reading of `page` breaks."""
    began = time.process_time()
    reading = read(page, "urn:uuid:1")
    seconds = time.process_time() - began
    if seconds > MOST_SECONDS:
        yield f"slow: {seconds:.1f} s"
    if reading.verdict is Verdict.UNREADABLE and page.is_whole:
        yield f"unreadable: {reading.reason}"
    if from_json(to_json(reading), Reading) != reading:
        yield "JSON: does not come back as it was"
    line = json_line(reading_line(reading, page.url, _BARE))
    if HOSTILE.search(line):
        yield "JSON: could steer a terminal"
    json.loads(line)
    if seconds < MOST_SECONDS and read(page, "urn:uuid:1") != reading:
        yield "chance: reads otherwise a second time"
    if reading.article is not None:
        yield from _of_article(reading.article, len(page.body))
        # What is left of the page where its markup is lost.
        text = render_text(reading.article)
        yield from _of_article(normalise_article(read_flattened(text, page.url)), len(text))


def _of_article(article: Article, page_bytes: int) -> Iterator[str]:
    again = normalise_article(article)
    if again != article:
        names = [n for n in Article.__slots__ if getattr(again, n) != getattr(article, n)]
        yield f"normal: not in its one form: {', '.join(names)}"
    for form in (Form(), _BARE):
        yield from _of_indexes(arranged(article, form))
        render_text(article, posts=form.posts, summary=form.summary)
    letters = sum(len(block.text) for block in article.body)
    if letters > _MOST_LETTERS * page_bytes + 1_000:
        yield f"size: {letters} letters from {page_bytes} bytes"


def _of_indexes(article: Article) -> Iterator[str]:
    blocks = range(len(article.body))
    for link in article.links:
        if link.block is not None and link.block not in blocks:
            yield "index: a link points at no block"
    for post in article.posts:
        if post.block is not None and post.block not in blocks:
            yield "index: a citation points at no block"
        elif post.block is not None and article.body[post.block].post not in (None, post.post_key):
            yield "index: a citation points at another's block"
    if any(one.block is not None and one.block not in blocks for one in article.quoted):
        yield "index: a quoted post stands in no block"
    if any(one.block is not None and one.block not in blocks for one in article.notices):
        yield "index: a notice stands in no block"
    opened = article.dateline.block if article.dateline is not None else None
    if opened is not None and opened not in blocks:
        yield "index: a dateline opens no block"
    keys = {post.post_key for post in article.posts}
    if any(block.post not in keys for block in article.body if block.post is not None):
        yield "index: a block without its citation"
