"""What a run kept, and what it could not have: as JSON, and for a person."""

import shlex
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from rich.text import Text

from archive import (
    ArchiveFolder,
    ArticleView,
    CaptureView,
    CatalogueReader,
    platform_name,
    registrable_domain,
)
from crawler.cli.screen.terminal import Screen, one_line, styled
from crawler.cli.screen.words import HAD, POST_STATES, why_not_had

_PARTS = frozenset({"requisite", "media", "memento"})
"""What is asked for because of a page or a post: `ls media` and the captures tell of them."""

LISTED = 40
"""A longer list is cut for a person, never for `--json`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An article on one line."""

    article_id: str
    url: str
    day: str
    place: str | None
    text: str
    posts: tuple[str, ...]
    """Keys of the posts that it cites, `platform:post_id`, as often as it does."""

    @classmethod
    def of(cls, article: ArticleView) -> "Headline":
        """The line of `article`."""
        dateline = article["dateline"]
        return cls(
            article_id=article["id"],
            url=article["canonical_url"],
            day=(article["published_at"] or "")[:10],
            place=dateline["place"] if dateline is not None else None,
            text=one_line(article["headline"] or article["canonical_url"]),
            posts=tuple(f"{post['platform']}:{post['post_id']}" for post in article["posts"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """Something that was asked for and could not be had whole."""

    url: str
    why: str
    """A failure's kind, a verdict, or `cut-off`."""
    words: str
    """The same for a person."""
    detail: str


@dataclass(slots=True, kw_only=True)
class Summary:
    """One run in numbers and lists."""

    run_id: str
    archive: Path
    articles: dict[str, Headline] = field(default_factory=dict)
    captures: int = 0
    kept_bytes: int = 0
    """Compressed, in this run's WARC records."""
    hosts: set[str] = field(default_factory=set)
    answered: dict[str, None] = field(default_factory=dict)
    """Keys of the posts that platforms were asked for."""
    states: dict[str, str] = field(default_factory=dict)
    """What is known today of each post, cited or asked for: a `PostState`."""
    pictures: set[str] = field(default_factory=set)
    """Ids of the pictures that were kept."""
    walled: list[str] = field(default_factory=list)
    """Hosts that walled us, and were left alone."""
    misses: list[Miss] = field(default_factory=list)
    duplicates: dict[str, int] = field(default_factory=dict)
    left_out: int = 0
    """URLs of the list that were none."""
    seconds: float = 0.0

    @property
    def posts(self) -> list[str]:
        """Keys of the posts that the articles cite, each once."""
        return list(dict.fromkeys(self._citations()))

    def _citations(self) -> Iterator[str]:
        for article in self.articles.values():
            yield from article.posts

    def count_duplicates(self, stats: Mapping[str, object]) -> None:
        """Fill `duplicates` from the crawl's counts and what the articles cite."""
        self.duplicates = {
            "url": _count(stats, "dateline/duplicates/url"),
            "payload": _count(stats, "dateline/duplicates/payload"),
            "text": _count(stats, "dateline/duplicates/text"),
            "post": len(list(self._citations())) - len(self.posts),
        }

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "run": self.run_id,
            "archive": str(self.archive),
            "articles": list(self.articles),
            "posts": self.posts,
            "post_states": self.states,
            "pictures": sorted(self.pictures),
            "walled": self.walled,
            "captures": self.captures,
            "kept_bytes": self.kept_bytes,
            "duplicates": self.duplicates,
            "not_had": [
                {"url": miss.url, "why": miss.why, "detail": miss.detail} for miss in self.misses
            ],
            "left_out": self.left_out,
            "seconds": round(self.seconds, 3),
        }


def summarise(root: Path, run_id: str, stats: Mapping[str, object]) -> Summary:
    """The summary of a run, from the catalogue and the crawl's counts.

    Raises: NotAnArchive, StoreUnavailable.
    """
    catalogue = CatalogueReader(ArchiveFolder.open(root).catalogue)
    summary = Summary(run_id=run_id, archive=root)
    last_word: set[str] = set()
    for capture in catalogue.captures(run_id=run_id):  # the newest first: it has the last word
        summary.captures += 1
        summary.kept_bytes += capture["length"]
        summary.hosts.add(urlsplit(capture["url"]).netloc)
        for reading in capture["readings"]:
            if (id_ := reading["article_id"]) and (article := catalogue.article(id_)):
                summary.articles.setdefault(article["id"], Headline.of(article))
            if reading["post"] is not None:
                summary.answered[reading["post"]] = None
            if reading["media"] is not None:
                summary.pictures.add(reading["media"])
        is_page = not _is_apart(capture) and capture["found_by"] not in _PARTS
        if capture["url"] not in last_word and is_page:
            last_word.add(capture["url"])
            if miss := _miss(capture):
                summary.misses.append(miss)
    summary.misses.reverse()
    summary.states = catalogue.latest_states([*summary.posts, *summary.answered])
    prefix = "dateline/posts/walled/"
    summary.walled = sorted(name.removeprefix(prefix) for name in stats if name.startswith(prefix))
    summary.count_duplicates(stats)
    summary.left_out = _count(stats, "dateline/left-out/invalid-url")
    elapsed = stats.get("elapsed_time_seconds", 0.0)
    summary.seconds = float(elapsed) if isinstance(elapsed, (int, float)) else 0.0
    return summary


def _count(stats: Mapping[str, object], name: str) -> int:
    value = stats.get(name, 0)
    return value if isinstance(value, int) else 0


def _is_apart(capture: CaptureView) -> bool:
    """Whether it is told of elsewhere, or is the crawler's own: a rung's answer, a robots.txt."""
    if any(reading["post"] is not None for reading in capture["readings"]):
        return True
    return urlsplit(capture["url"]).path == "/robots.txt" and capture["found_by"] != "argument"


def _miss(capture: CaptureView) -> Miss | None:
    """Why a capture is not the whole page that was asked for, if it is not."""
    words = why_not_had(capture)
    if words is None:
        return None
    failure, truncated = capture["failure"], capture["truncated"]
    if failure is not None:
        why, detail = failure["kind"], failure["detail"]
    elif truncated:
        why, detail = "cut-off", f"WARC-Truncated: {truncated}"
    else:
        reading = next(each for each in capture["readings"] if each["verdict"] not in HAD)
        why, detail = reading["verdict"], reading["reason"] or f"HTTP {capture['status']}"
    return Miss(url=capture["url"], why=why, words=words, detail=detail)


def print_summary(screen: Screen, summary: Summary) -> None:
    """The summary for a person."""
    screen.blank()
    if summary.articles:
        _print_articles(screen, list(summary.articles.values()))
    if summary.misses:
        _print_misses(screen, summary.misses)
    _print_counts(screen, summary)
    if summary.left_out:
        screen.line(Text(f"{summary.left_out:6}", "bold yellow"), "of the URLs given were none")
    screen.line(
        styled(f"run {summary.run_id} in {summary.archive}, {summary.seconds:.1f} s", "dim"),
        indent=2,
    )


def print_further(screen: Screen, summary: Summary) -> None:
    """Where to look next: commands that work as they stand."""
    option = ["--archive", str(summary.archive)]
    richest = max(summary.articles.values(), key=lambda a: len(a.posts), default=None)
    commands = [["ls", "articles", *option], ["search", "北京", *option]]
    if richest is not None:
        commands.append(["show", richest.url, *option])
    if richest is not None and richest.posts:
        commands.append(["show", richest.posts[0], *option])
    commands.append(["verify", str(summary.archive)])
    screen.blank()
    screen.line(Text("Look further", "bold"), indent=2)
    for command in commands:
        screen.whole(styled(shlex.join([*_how_called(), *command]), "cyan"), indent=4)


def _how_called() -> list[str]:
    """The words by which this program can be called again from here."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return [_from_here(Path(sys.executable)), "-m", "crawler"]
    found = shutil.which(called.name)
    if found is not None and Path(found).resolve() == called.resolve():
        return [called.name]
    return [_from_here(called.absolute())]


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _print_articles(screen: Screen, articles: list[Headline]) -> None:
    """By outlet, the newest first; the headline ends its line, whichever way it is written."""
    outlets: dict[str, list[Headline]] = {}
    for article in sorted(articles, key=lambda article: article.day, reverse=True):
        outlets.setdefault(registrable_domain(article.url), []).append(article)
    left = LISTED
    for outlet in sorted(outlets):
        if left <= 0:
            break
        cited = len({post for article in outlets[outlet] for post in article.posts})
        posts = Text(f"cites {_counted(cited, 'post')}" if cited else "", "magenta")
        screen.line(styled(outlet, "bold cyan"), posts, indent=2)
        for article in outlets[outlet][:left]:
            opening = Text(f"{one_line(article.place, 30)} — " if article.place else "", "dim")
            line = opening.append_text(Text(article.text))
            screen.line(styled(article.day, "green", 10), line, indent=4)
        left -= len(outlets[outlet])
    if len(articles) > LISTED:
        screen.line(f"… and {len(articles) - LISTED} more", indent=2)
    screen.blank()


def _print_misses(screen: Screen, misses: list[Miss]) -> None:
    screen.line(Text("Could not be had", "bold"), indent=2)
    width = max(len(miss.words) for miss in misses[:LISTED])
    for miss in misses[:LISTED]:
        screen.line(
            styled(miss.words, "yellow", width), styled(miss.url.removeprefix("https://")), indent=4
        )
    if len(misses) > LISTED:
        screen.line(f"… and {len(misses) - LISTED} more; --json lists all", indent=4)
    screen.blank()


def _print_counts(screen: Screen, summary: Summary) -> None:
    def row(text: str) -> None:
        number, _, rest = text.partition(" ")
        screen.line(Text(f"{number:>6}", "bold green"), styled(rest))

    row(_counted(len(summary.articles), "article"))
    row(_counted(len(summary.posts), "post cited", "posts cited"))
    platforms = Counter(post.partition(":")[0] for post in summary.posts).most_common()
    by_platform = ", ".join(f"{n}\N{NO-BREAK SPACE}{platform_name(name)}" for name, n in platforms)
    for line in textwrap.wrap(by_platform, (screen.width or 1000) - 8):
        screen.line(styled(line, "dim"), indent=8)
    _print_states(screen, summary)
    if summary.pictures:
        row(
            _counted(len(summary.pictures), "picture kept", "pictures kept")
            + ", of articles and posts"
        )
    hosts = _counted(len(summary.hosts), "host")
    size = f"{summary.kept_bytes / 1024:,.0f} KB of WARC records"
    row(f"{_counted(summary.captures, 'capture')} from {hosts}, every byte as sent: {size}")
    duplicates = summary.duplicates
    row(_counted(sum(duplicates.values()), "duplicate avoided", "duplicates avoided"))
    for what, text in (
        ("url", "addresses asked for once, though spelt differently"),
        ("payload", "answers with bytes that were kept before"),
        ("text", "articles with the text of another outlet's"),
        ("post", "posts cited again"),
    ):
        if duplicates[what]:
            screen.line(f"{duplicates[what]:10}", styled(text, "dim"))


def _print_states(screen: Screen, summary: Summary) -> None:
    """What came of the posts: those found first."""
    states = Counter(summary.states.values())
    order = [*POST_STATES, *sorted(states.keys() - POST_STATES.keys())]
    for state in filter(states.__contains__, order):
        screen.line(f"{states[state]:10}", styled(POST_STATES.get(state, state), "dim"))
    for host in summary.walled[:LISTED]:
        screen.line(Text("  left alone", "yellow"), styled(f"{host}, which wants no stranger"))


def _counted(number: int, one: str, many: str | None = None) -> str:
    """`1 post`, `2 posts`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
