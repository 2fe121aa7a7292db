"""What a news site may do instead of simply serving a page."""

import dataclasses

from crawler.demo import press
from crawler.demo.delivery import html, redirect
from crawler.demo.server import Answer, Asked
from crawler.demo.site import Oddity, Site


def gone(site: Site, asked: Asked, ordinary: Answer) -> Answer:  # noqa: ARG001 - an Oddity
    """The page was taken down, and the site says so."""
    body = press.notice(site, "This page is gone", "The article was withdrawn by the newsroom.")
    return site.delivery.send(
        body.encode(site.charset), content_type=site.content_type, status="410 Gone"
    )


def moved_to(path: str) -> Oddity:
    """The page lives at `path` now."""

    def move(site: Site, asked: Asked, ordinary: Answer) -> Answer:  # noqa: ARG001 - an Oddity
        return redirect(site.home + path)

    return move


def cut_short(site: Site, asked: Asked, ordinary: Answer) -> Answer:  # noqa: ARG001 - an Oddity
    """The connection ends in the middle of the promised body."""
    (part,) = ordinary.parts
    head, blank, body = part.data.partition(b"\r\n\r\n")
    cut = dataclasses.replace(part, data=head + blank + body[: len(body) // 2])
    return Answer((cut,), then_close=True)


def busy_once(site: Site, asked: Asked, ordinary: Answer) -> Answer:  # noqa: ARG001 - an Oddity
    """Overloaded the first time, and says when to come again."""
    if asked.count > 1:
        return ordinary
    return html(
        "<h1>503 Service Unavailable</h1>\n",
        status="503 Service Unavailable",
        headers=(("Retry-After", "1"),),
    )
