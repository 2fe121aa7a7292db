"""A scripted press: sites with feeds and articles, whose hour and whose edits the test decides.

Every page has churn around its text (a counter, an advert, a list of what others read) that is
another at each asking, as pages have.
"""

import datetime as dt
import hashlib
import itertools
from collections import Counter
from dataclasses import dataclass, field
from email.utils import format_datetime

from crawler.demo.server import Answer, Asked, reply

_WORDS = """
    river bridge council harbour ferry harvest strike ballot border market clinic school engine
    winter verdict tunnel tariff pension orchard summit convoy minister quarry dairy signal
""".split()
START = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)


@dataclass
class Story:
    """One article, as it stands now."""

    host: str
    path: str
    number: int
    published_at: dt.datetime
    edits: int = 0
    modified_at: dt.datetime | None = None
    """As the sitemap says; None: when it was published."""
    is_gone: bool = False
    moved_to: str | None = None

    @property
    def url(self):
        return f"http://{self.host}{self.path}"


@dataclass
class Press:
    """The world: `press(asked)` is its answer. Set `now`, then `edit`, `delete`, `move`."""

    hosts: list[str]
    now: dt.datetime = START
    stories: dict[str, Story] = field(default_factory=dict)
    asked: Counter = field(default_factory=Counter)
    """How often each URL was asked for, since it was last cleared."""
    behaviours: dict[str, object] = field(default_factory=dict)
    """Host to a function of `Asked`, where the host does not behave; None lets it."""
    _urls_of: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, *, sites, stories, every=dt.timedelta()):
        """A press of so many sites with so many stories each, one published `every` so often."""
        press = cls(hosts=[f"site{number}.example" for number in range(sites)])
        for host in press.hosts:
            for number in range(stories):
                press.publish(host, at=START - dt.timedelta(minutes=5) + every * number)
        return press

    def publish(self, host, at=None):
        number = len(self.stories)
        at = at or self.now
        story = Story(
            host=host, path=f"/{at:%Y/%m/%d}/story-of-the-{number}", number=number, published_at=at
        )
        self._add(story)
        return story

    def _add(self, story):
        self.stories[story.url] = story
        self._urls_of.setdefault(story.host, []).append(story.url)

    def edit(self, story):
        story.edits += 1
        story.modified_at = self.now

    def delete(self, story):
        story.is_gone = True

    def move(self, story):
        """Give the story another address; the old one leads there."""
        moved = Story(
            host=story.host,
            path=story.path + "-moved",
            number=story.number,
            published_at=story.published_at,
            edits=story.edits,
        )
        self._add(moved)
        story.moved_to = moved.url

    def article_requests(self):
        return sum(times for url, times in self.asked.items() if "/story-" in url)

    def __call__(self, asked: Asked) -> Answer:
        behave = self.behaviours.get(asked.host)
        if behave and (answer := behave(asked)) is not None:
            return answer
        self.asked[f"http://{asked.host}{asked.path}"] += 1
        match asked.path:
            case "/feed.xml":
                feed = self._feed(asked.host).encode()
                return self._unless_known(asked, feed, "application/rss+xml")
            case "/sitemap.xml":
                sitemap = self._sitemap(asked.host).encode()
                return self._unless_known(asked, sitemap, "application/xml")
            case "/":
                return reply(self._front(asked.host).encode())
        return self._story(asked)

    def _story(self, asked):
        story = self.stories.get(f"http://{asked.host}{asked.path}")
        if story is None or story.published_at > self.now:
            return reply(b"<h1>Not found</h1>", status="404 Not Found")
        if story.moved_to:
            return reply(status="301 Moved", headers=[("Location", story.moved_to)])
        if story.is_gone:
            return reply(b"<h1>Gone</h1>", status="410 Gone")
        return reply(self._page(story, asked.count).encode())

    def _unless_known(self, asked, body, kind):
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = [("ETag", tag), ("Date", format_datetime(dt.datetime.now(dt.UTC), usegmt=True))]
        if asked.headers.get("if-none-match") == tag:
            return reply(status="304 Not Modified", headers=headers, content_type=None)
        return reply(body, content_type=kind, headers=headers)

    def published(self, host):
        """The stories of a host that are out, the newest first."""
        found = [
            story
            for story in map(self.stories.get, self._urls_of.get(host, ()))
            if story is not None
            and story.published_at <= self.now
            and not story.is_gone
            and not story.path.endswith("-moved")
        ]
        return sorted(found, key=lambda story: story.published_at, reverse=True)

    def _feed(self, host):
        items = "".join(
            f"<item><title>Story {story.number}</title><link>{story.url}</link>"
            f"<pubDate>{format_datetime(story.published_at)}</pubDate></item>"
            for story in self.published(host)
        )
        return f'<rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'

    def _sitemap(self, host):
        entries = "".join(
            f"<url><loc>{story.url}</loc>"
            f"<lastmod>{(story.modified_at or story.published_at).isoformat()}</lastmod></url>"
            for story in self.published(host)
        )
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        return f'<?xml version="1.0"?><urlset xmlns="{space}">{entries}</urlset>'

    def _front(self, host):
        links = "".join(
            f'<li><h2><a href="{story.path}">The long headline of story {story.number} here</a>'
            "</h2></li>"
            for story in self.published(host)[:20]
        )
        feed = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        return f"<html><head><title>{host}</title>{feed}</head><body><ul>{links}</ul></body></html>"

    def _page(self, story, count):
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(story))
        title = f"Story {story.number} of {story.host}"
        return (
            f"<!doctype html><html lang=en><head><title>{title}</title>"
            f'<meta property="article:published_time" content="{story.published_at.isoformat()}">'
            f'<meta name="csrf-token" content="{hashlib.sha256(bytes([count % 256])).hexdigest()}">'
            "</head><body><nav><a href=/>Home</a></nav>"
            f"<article><h1>{title}</h1>{text}"
            f'<div class="share">{count * 3} shares</div></article>'
            f"<aside><h3>Most read</h3><ul>{self._most_read(story.host, count)}</ul></aside>"
            f"<aside>Advert number {count * 7}</aside><footer>Read {count} times</footer>"
            "</body></html>"
        )

    def _most_read(self, host, count):
        """Five other stories of the host, others at each asking."""
        urls = self._urls_of[host]
        numbers = [(count * 5 + nth) % len(urls) for nth in range(5)]
        return "".join(
            f'<li><a href="{urls[number]}">What readers of part {number} said next</a></li>'
            for number in numbers
        )


def paragraphs(story):
    """The text of a story: its own words, and one more sentence for each edit."""
    turned = itertools.cycle(_WORDS[story.number % len(_WORDS) :] + _WORDS)
    for nth in range(4):
        words = " ".join(next(turned) for _ in range(30))
        last = f" Corrected {story.edits} times." if nth == 3 and story.edits else ""
        yield f"In report {story.number}, part {nth}, it is said: {words}.{last}"
