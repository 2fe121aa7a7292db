"""What a run kept, and what it could not have: as JSON, and for a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from archive import ArchiveFolder, ArticleView, CaptureView, CatalogueReader
from crawler.cli.terminal import styled

LISTED = 40
"""A longer list is cut for a person, never for `--json`."""

_WORDS = {
    "address-refused": "refused: a private address",
    "gone": "gone",
    "paywall": "paywalled",
    "robots-denied": "forbidden by robots.txt",
    "too-large": "larger than the limit",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """Something that was asked for and could not be had whole."""

    url: str
    why: str
    """A failure's kind, a verdict or a truncation."""
    detail: str


@dataclass(slots=True, kw_only=True)
class Summary:
    """One run in numbers and lists."""

    run_id: str
    archive: Path
    articles: dict[str, ArticleView] = field(default_factory=dict)
    captures: int = 0
    kept_bytes: int = 0
    """Compressed, in this run's WARC records."""
    hosts: set[str] = field(default_factory=set)
    misses: list[Miss] = field(default_factory=list)
    duplicates: dict[str, int] = field(default_factory=dict)
    left_out: int = 0
    """URLs of the list that were none."""
    seconds: float = 0.0

    @property
    def posts(self) -> list[str]:
        """Keys of the posts that the articles cite, each once."""
        keys = (
            f"{post['platform']}:{post['post_id']}"
            for article in self.articles.values()
            for post in article["posts"]
        )
        return list(dict.fromkeys(keys))

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "run": self.run_id,
            "archive": str(self.archive),
            "articles": list(self.articles),
            "posts": self.posts,
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

    def count(name: str) -> int:
        value = stats.get(name, 0)
        return value if isinstance(value, int) else 0

    catalogue = CatalogueReader(ArchiveFolder.open(root).catalogue)
    summary = Summary(run_id=run_id, archive=root)
    for capture in catalogue.captures(run_id=run_id):
        summary.captures += 1
        summary.kept_bytes += capture["length"]
        for reading in capture["readings"]:
            if (id_ := reading["article_id"]) and id_ not in summary.articles:
                article = catalogue.article(id_)
                if article is not None:
                    summary.articles[article["id"]] = article
        if capture["found_by"] != "robots" and (miss := _miss(capture)):
            summary.misses.append(miss)
    summary.misses = _last_word(reversed(summary.misses))
    summary.duplicates = {
        "url": count("dateline/duplicates/url"),
        "payload": count("dateline/duplicates/payload"),
        "text": count("dateline/duplicates/text"),
        "post": sum(len(article["posts"]) for article in summary.articles.values())
        - len(summary.posts),
    }
    summary.left_out = count("dateline/left-out/invalid-url")
    elapsed = stats.get("elapsed_time_seconds", 0.0)
    summary.seconds = float(elapsed) if isinstance(elapsed, (int, float)) else 0.0
    return summary


def _miss(capture: CaptureView) -> Miss | None:
    """Why a capture is not the whole page that was asked for, if it is not."""
    url = capture["url"]
    failure = capture["failure"]
    if failure is not None:
        return Miss(url=url, why=failure["kind"], detail=failure["detail"])
    if capture["truncated"]:
        return Miss(url=url, why="cut off", detail=f"WARC-Truncated: {capture['truncated']}")
    for reading in capture["readings"]:
        if reading["verdict"] not in {"content", "not-a-page"}:
            detail = reading["reason"] or f"HTTP {capture['status']}"
            return Miss(url=url, why=reading["verdict"], detail=detail)
    return None


def _last_word(misses: Iterable[Miss]) -> list[Miss]:
    """One miss a URL: that of the last attempt."""
    return list({miss.url: miss for miss in misses}.values())


def print_summary(console: Console, summary: Summary) -> None:
    """The summary for a person."""
    console.print()
    if summary.articles:
        console.print(_articles(summary))
        console.print()
    if summary.misses:
        console.print(_misses(summary.misses))
        console.print()
    console.print(_counts(summary))
    if summary.left_out:
        console.print(Text(f"  {summary.left_out} lines of the list were no URLs", style="yellow"))
    console.print(
        Text(f"  run {summary.run_id} in {summary.archive}, {summary.seconds:.1f} s", style="dim")
    )


def print_further(console: Console, root: Path) -> None:
    """Where to look next."""
    option = f" --archive {root}"
    lines = (
        (f"dateline ls articles{option}", "what is there"),
        (f"dateline search 北京{option}", "words in headlines, bodies and posts"),
        (f"dateline show URL{option}", "an article, its posts, its bytes"),
        (f"dateline verify {root}", "everything is as it was written"),
    )
    table = Table.grid(padding=(0, 3))
    for command, meaning in lines:
        table.add_row(Text(f".venv/bin/{command}", style="cyan"), Text(meaning, style="dim"))
    console.print(Text("\n  Look further:"))
    console.print(Padding(table, (0, 0, 1, 4)))


def _articles(summary: Summary) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for article in list(summary.articles.values())[:LISTED]:
        table.add_row(
            styled((article["published_at"] or "")[:16].replace("T", " "), "dim"),
            styled(article["headline"] or article["canonical_url"], "bold", 76),
        )
        table.add_row("", _about(article))
    return Padding(table, (0, 2))


def _about(article: ArticleView) -> Text:
    """One line: outlet, dateline, posts, copies."""
    parts = [article["canonical_url"].split("/")[2].removeprefix("www.")]
    if article["dateline"]:
        parts.append(article["dateline"]["raw"])
    platforms: dict[str, int] = {}
    for post in article["posts"]:
        platforms[post["platform"]] = platforms.get(post["platform"], 0) + 1
    parts += [f"{name} ×{n}" if n > 1 else name for name, n in platforms.items()]
    if article["copies"]:
        parts.append(f"same story in {article['copies']} more")
    if article["verdict"] == "paywall":
        parts.append("teaser only")
    return styled(" · ".join(parts), "cyan", 100)


def _misses(misses: list[Miss]) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_row(Text("could not be had", style="yellow"), "")
    for miss in misses[:LISTED]:
        table.add_row(
            styled(_WORDS.get(miss.why, miss.why.replace("-", " ")), "yellow", 28),
            styled(miss.url, "", 90),
        )
    if len(misses) > LISTED:
        table.add_row("", Text(f"… and {len(misses) - LISTED} more (--json lists all)"))
    return Padding(table, (0, 2))


def _counts(summary: Summary) -> Padding:
    duplicates = summary.duplicates
    avoided = ", ".join(
        f"{count} {what}"
        for what, count in (
            ("URLs spelt differently", duplicates["url"]),
            ("payloads kept before", duplicates["payload"]),
            ("copies of a story", duplicates["text"]),
            ("posts cited again", duplicates["post"]),
        )
        if count
    )
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="bold green")
    table.add_column()
    table.add_row(str(len(summary.articles)), "articles")
    table.add_row(str(len(summary.posts)), "posts that they cite")
    table.add_row(
        str(summary.captures), f"captures, {summary.kept_bytes / 1024:,.0f} KB of WARC records"
    )
    table.add_row(str(sum(duplicates.values())), f"duplicates avoided: {avoided or 'none'}")
    table.add_row(str(len(summary.misses)), "could not be had, each with its reason on record")
    return Padding(table, (0, 2))
