"""`dateline ls`, `show` and `search`: what the archive holds."""

import argparse
from collections.abc import Callable, Iterator, Mapping

from rich.text import Text

from archive import ArchiveFolder, CatalogueReader, Finding, Histories, RunReports
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json, count, examples
from crawler.cli.screen.portraits import PORTRAITS
from crawler.cli.screen.run_portrait import draw_report, draw_sources
from crawler.cli.screen.terminal import Screen, one_line, print_json, say, styled
from crawler.cli.screen.version_portrait import draw_history
from crawler.watch.report import report_of

Row = Mapping[str, object]


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    listing = commands.add_parser(
        "ls",
        help="list what is there",
        description="List articles, posts, citations, media, web archives' copies, captures or "
        "runs, newest first.",
        epilog=examples(
            "dateline ls articles",
            "dateline ls captures --archive case-17 --limit 10",
            "dateline ls posts --json",
        ),
    )
    listing.add_argument("what", choices=list(_LISTS), help="what is listed")
    listing.add_argument("--limit", type=count, metavar="N", help="default: 50, with --json all")
    showing = commands.add_parser(
        "show",
        help="one thing: an article, a post, a picture, a capture, a run",
        description="Show what a URL or an id names: an article with its posts and the place of "
        "its bytes, a post with who cites it, a picture (sha256:…) with who shows it, a capture, a "
        "run.",
        epilog=examples(
            "dateline show https://news.example/story",
            "dateline show https://news.example/story --versions",
            "dateline show x:1988643345000000000 --json",
        ),
    )
    showing.add_argument(
        "what", metavar="URL|ID", help="any spelling of the URL; an id as `dateline ls` prints it"
    )
    showing.add_argument(
        "--versions", action="store_true", help="of an article: its texts, and how it stands"
    )
    searching = commands.add_parser(
        "search",
        help="words in headlines, bodies and posts",
        description="Find articles and posts that have all of the words, in any script. Letter "
        "forms and accents do not matter; Chinese, Japanese and Thai need no spaces.",
        epilog=examples(
            "dateline search flood bridge",
            "dateline search 北京 --limit 5 --json",
        ),
    )
    searching.add_argument("words", nargs="+", metavar="WORD", help="all of them are looked for")
    searching.add_argument("--limit", type=count, default=20, metavar="N", help="default: 20")
    for parser, run in ((listing, _list), (showing, _show), (searching, _search)):
        add_archive(parser)
        add_json(parser)
        parser.set_defaults(run=run)


def _catalogue(options: argparse.Namespace) -> CatalogueReader:
    return CatalogueReader(ArchiveFolder.open(options.archive).catalogue)


def _list(options: argparse.Namespace) -> int:
    limit = options.limit if options.limit is not None or options.json else 50
    rows, describe = _LISTS[options.what]
    shown = 0
    screen = Screen()
    for row in rows(_catalogue(options), limit):
        shown += 1
        if options.json:
            print_json(row)
        else:
            describe(screen, row)
    if not options.json:
        if not shown and limit != 0:
            say(f"no {options.what} yet")
        elif shown == limit and options.limit is None:
            say(f"the newest {limit}; --limit N shows more")
    return ExitCode.OK


def _show(options: argparse.Namespace) -> int:
    found = _catalogue(options).find(options.what)
    if found is None:
        name = one_line(options.what, 200)
        say(f"nothing here is called {name!r}; `dateline ls` lists what is")
        return ExitCode.FAULTS
    if options.versions:
        return _show_versions(options, found)
    path = ArchiveFolder.open(options.archive).catalogue
    run_id = str(found.view.get("id")) if found.kind == "run" else None
    report = RunReports(path).report(run_id) if run_id is not None else None
    watched = report_of(options.archive, run_id) if run_id is not None else None
    sources = watched.get("sources", []) if watched is not None else []
    if options.json:
        more: dict[str, object] = {"report": report} if report is not None else {}
        more |= {"sources": sources} if watched is not None else {}
        print_json({"found": found.kind, **found.view, **more})
        return ExitCode.OK
    screen = Screen()
    PORTRAITS[found.kind](screen, found.view)
    if report is not None:
        draw_report(screen, report)
    if sources:
        draw_sources(screen, sources)
    return ExitCode.OK


def _show_versions(options: argparse.Namespace, found: Finding) -> int:
    histories = Histories(ArchiveFolder.open(options.archive).catalogue)
    history = histories.versions(str(found.view.get("id")))
    if history is None:
        say(f"a {found.kind} has no versions that could be listed; of a post, `show` has them")
        return ExitCode.FAULTS
    if options.json:
        print_json(history)
    else:
        draw_history(Screen(), history)
    return ExitCode.OK


def _search(options: argparse.Namespace) -> int:
    hits = 0
    screen = Screen()
    for hit in _catalogue(options).search(" ".join(options.words), limit=options.limit):
        hits += 1
        if options.json:
            print_json(hit)
            continue
        screen.line(styled(hit["kind"], "dim"), styled(hit["headline"] or hit["id"], "bold"))
        screen.line(styled(hit["url"], "cyan"), indent=4)
        screen.line(styled(hit["snippet"]), indent=4)
    if not hits:
        say("nothing found")
    return ExitCode.OK if hits else ExitCode.FAULTS


def _moment(value: object) -> str:
    """The day, and the minute where it is known, of an instant in RFC 3339."""
    return str(value)[:16].replace("T", " ")


def _describe_article(screen: Screen, row: Row) -> None:
    when = f"{_moment(row['published_at'] or row['first_seen_at']):16}"
    screen.line(
        styled(row["id"], "dim"), Text(when, "green"), styled(row["headline"] or "", "bold")
    )
    screen.line(styled(row["canonical_url"], "cyan"), indent=4)


def _describe_post(screen: Screen, row: Row) -> None:
    cited_by = row["cited_by"]
    times = len(cited_by) if isinstance(cited_by, list) else 0
    state = str(row["state"]).replace("_", " ")
    screen.line(
        styled(row["id"], "bold"), styled(state, "yellow"), styled(f"cited by {times}", "dim")
    )
    screen.line(styled(row["url"], "cyan"), indent=4)
    if text := row["text"] or row["title"]:
        screen.line(styled(text), indent=4)


def _describe_citation(screen: Screen, row: Row) -> None:
    screen.line(
        styled(f"{row['platform']}:{row['post_id']}", "bold"),
        styled(f"{row['relation']} ({row['form']})", "yellow"),
        styled(row["claimed_text"] or ""),
    )
    screen.line(styled(f"in {row['article_url']}", "cyan"), indent=4)


def _describe_media(screen: Screen, row: Row) -> None:
    screen.line(styled(row["id"], "bold"))
    looks_like, named_by = row["looks_like"], row["named_by"]
    alike = len(looks_like) if isinstance(looks_like, list) else 0
    screen.line(
        Text(_moment(row["first_seen_at"]), "green"),
        styled(f"{row['type']} {row['width'] or '?'} × {row['height'] or '?'}"),
        styled("sensitive" if row["is_sensitive"] else "", "yellow"),
        styled(f"looks like {alike} others" if alike else "", "dim"),
        indent=4,
    )
    for name in named_by if isinstance(named_by, list) else ():
        screen.line(styled(f"{name['role']} of {name['id']}", "cyan"), indent=4)


def _describe_copy(screen: Screen, row: Row) -> None:
    article = row["article"]
    headline = article["headline"] if isinstance(article, dict) else row["reason"]
    screen.line(
        Text(_moment(row["memento_at"] or ""), "green"),
        styled(f"{row['archive']}'s copy ({row['grade']})", "yellow"),
        styled(headline or "", "bold"),
    )
    screen.line(styled(row["url"], "cyan"), indent=4)


def _describe_capture(screen: Screen, row: Row) -> None:
    failure = row["failure"]
    outcome = failure["kind"] if isinstance(failure, dict) else row["status"]
    if row["truncated"] and not failure:
        outcome = f"{outcome}, cut ({row['truncated']})"
    screen.line(
        Text(str(row["captured_at"])[:19].replace("T", " "), "green"),
        styled(f"{outcome!s:>3}", "yellow"),
        styled(row["kind"], "dim"),
        styled(row["url"], "cyan"),
    )
    screen.line(styled(f"{row['record_id']} in {row['warc']} at {row['offset']}", "dim"), indent=4)


def _describe_run(screen: Screen, row: Row) -> None:
    screen.line(
        styled(row["id"], "bold"),
        styled(row["outcome"] or "no end on record", "yellow"),
        styled(_counted(row["counts"])),
        styled(" · ".join(str(row[name]) for name in ("case", "note") if row[name])),
    )


def _counted(counts: object) -> str:
    """A run on one line, by the counts of its own report."""
    if not isinstance(counts, dict) or not counts:
        return ""
    kinds = ("response", "revisit", "failure")
    captures = sum(counts.get(f"dateline/captures/{kind}", 0) for kind in kinds)
    articles = counts.get("dateline/articles/new", 0)
    return f"{captures} captures, {articles} new articles"


_LISTS: dict[
    str,
    tuple[Callable[[CatalogueReader, int | None], Iterator[Row]], Callable[[Screen, Row], None]],
] = {
    "articles": (lambda catalogue, limit: catalogue.articles(limit=limit), _describe_article),
    "posts": (lambda catalogue, limit: catalogue.posts(limit=limit), _describe_post),
    "citations": (lambda catalogue, limit: catalogue.citations(limit=limit), _describe_citation),
    "media": (lambda catalogue, limit: catalogue.media(limit=limit), _describe_media),
    "copies": (lambda catalogue, limit: catalogue.copies(limit=limit), _describe_copy),
    "captures": (lambda catalogue, limit: catalogue.captures(limit=limit), _describe_capture),
    "runs": (lambda catalogue, limit: catalogue.runs(limit=limit), _describe_run),
}
