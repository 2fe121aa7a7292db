"""Every platform's ladder, walked over the demo's platforms."""

from urllib.parse import urlsplit

from archive import Verdict
from crawler.demo.posts import (
    POSTS,
    BlueskyPost,
    FacebookPost,
    InstagramPost,
    MastodonPost,
    TelegramPost,
    TikTokVideo,
    XPost,
    YouTubeVideo,
)
from crawler.demo.server import Answer, Asked
from crawler.demo.uncited import UNCITED
from crawler.demo.world import answer
from crawler.platforms.ladder import next_ask
from crawler.platforms.registry import everyone, recognise
from crawler.platforms.rung import Answered
from crawler.platforms.verdict import verdict
from crawler.posts.choice import RungChoice
from tests.crawler.platforms.answering import assert_sourced

EVERY = {**POSTS, **UNCITED}


def url_of(post):
    match post:
        case XPost():
            return f"https://x.com{post.path}"
        case TelegramPost():
            return f"https://t.me/{post.channel}/{post.number}"
        case YouTubeVideo():
            return f"https://youtu.be/{post.video_id}"
        case InstagramPost():
            return f"https://www.instagram.com/p/{post.code}/"
        case BlueskyPost() | MastodonPost() | FacebookPost() | TikTokVideo():
            return post.url


def get(ask, *, count=1):
    """The demo's answer to a rung's request, as a reader gets it."""
    parts = urlsplit(ask.url)
    given = answer(
        Asked(
            method=ask.method,
            host=parts.netloc,
            path=f"{parts.path or '/'}?{parts.query}".rstrip("?"),
            headers={name.lower(): value for name, value in ask.headers.items()},
            body=b"",
            is_tls=True,
            count=count,
        )
    )
    return parsed(ask.url, given)


def parsed(url, given: Answer):
    head, _, body = b"".join(part.data for part in given.parts).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = (line.split(": ", 1) for line in lines)
    return Answered(
        url=url,
        status=int(first.split()[1]),
        headers={name.lower(): value for name, value in fields},
        body=body,
    )


def walk(key, *, count=1, broken=(), on=(), more=()):
    """The answers of a walk; the rungs named in `broken` answer 503, those in `on` are on too."""
    ref = recognise(url_of(EVERY[key]))
    choice = RungChoice.parse([f"{ref.platform}/{name}" for name in on], everyone())
    rungs = (*choice.rungs(ref.platform), *more)
    answers = []
    while step := next_ask(ref, answers, rungs):
        rung, ask = step
        given = get(ask, count=count)
        if rung.name in broken:
            given = Answered(url=ask.url, status=503, headers={}, body=b"")
        told = rung.read(ref, given)
        if told.facts is not None:
            assert_sourced(told.facts)
        assert isinstance(verdict(told, given), Verdict)
        answers.append(told)
    return answers
