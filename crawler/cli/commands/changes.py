"""`dateline diff` and `changes`: what publishers changed, and what is gone."""

import argparse
import datetime as dt

from rich.text import Text

from archive import (
    ArchiveFolder,
    CatalogueReader,
    ChangeView,
    DifferenceView,
    Histories,
    VersionView,
)
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json, examples
from crawler.cli.screen.terminal import Screen, one_line, print_json, say, styled
from crawler.errors import ConfigError
from crawler.json_line import clean

EXAMPLES = """\
examples:
  dateline diff https://news.example/story         an article's newest edit
  dateline diff vq3k… vab2…                        two versions; `show --versions` lists them
  dateline diff urn:uuid:… urn:uuid:…              what two captures show
"""

STYLES = {"same": "", "removed": "red strike", "added": "green underline"}
_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
_KINDS = {
    "edited": "yellow",
    "moved": "blue",
    "gone": "red",
    "back": "green",
    "post-gone": "red",
}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    comparing = commands.add_parser(
        "diff",
        help="what changed between two versions, word by word",
        description="Compare two versions of a text. Each is named by a version's id, by that of a "
        "capture, or by an article's URL or id (its newest text); an article alone: its newest "
        "edit.",
        epilog=EXAMPLES,
    )
    comparing.add_argument("before", metavar="A", help="a version, a capture or an article")
    comparing.add_argument("after", metavar="B", nargs="?", help="another of them")
    listing = commands.add_parser(
        "changes",
        help="edits, moves and losses since a day or a run",
        description="List what became of what was known: articles that were edited, moved, are "
        "gone or back, and posts that their platforms do not show any more; newest first.",
        epilog=examples(
            "dateline changes --since 2026-11-01",
            "dateline changes --since 20261122T170812Z-1f0c9a2b --json",
        ),
    )
    listing.add_argument(
        "--since",
        required=True,
        metavar="DATE|RUN",
        help="a day or an instant (RFC 3339; UTC unless it says otherwise), or a run's beginning",
    )
    for parser, run in ((comparing, _diff), (listing, _changes)):
        add_archive(parser)
        add_json(parser)
        parser.set_defaults(run=run)


def _diff(options: argparse.Namespace) -> int:
    histories = Histories(ArchiveFolder.open(options.archive).catalogue)
    chosen = _chosen(histories, options.before, options.after)
    difference = histories.difference(*chosen) if chosen is not None else None
    if difference is None:
        return ExitCode.FAULTS
    if options.json:
        print_json(difference)
    else:
        draw_difference(Screen(), difference)
    return ExitCode.OK


def _chosen(histories: Histories, before: str, after: str | None) -> tuple[str, str] | None:
    """The ids of the versions to compare; None, and a message, where there are none."""
    old = histories.version_of(before)
    if old is None:
        say(f"no version of a text is called {one_line(before, 200)}")
        return None
    if after is None:
        edit = histories.last_edit(old["article_id"])
        if edit is None:
            say("that article was never seen to be edited")
        return edit
    new = histories.version_of(after, reader=old["reader"])
    if new is None:
        say(f"no version of a text is called {one_line(after, 200)}")
        return None
    old = histories.version_of(before, reader=new["reader"]) or old
    return old["id"], new["id"]


def draw_difference(screen: Screen, view: DifferenceView) -> None:
    """The parts that changed, with what was removed and added; the others only counted."""
    screen.blank()
    for name, version in (("before", view["before"]), ("after", view["after"])):
        screen.whole(styled(name, "dim", 6), styled(_of_version(version)), indent=2)
    if not view["is_same_reader"]:
        say("read by different versions of the reader: what differs may be its doing")
    if view["is_same_text"]:
        screen.line("the same text", indent=2)
        return
    screen.line(
        styled(f"{view['words_removed']} words removed, {view['words_added']} added", "dim"),
        indent=2,
    )
    untouched = 0
    for part in view["parts"]:
        if part["is_same"]:
            untouched += 1
            continue
        _draw_untouched(screen, untouched)
        untouched = 0
        text = Text()
        for piece in part["pieces"]:
            shown = clean(piece["text"])
            marked = shown if screen.width else _MARKS[piece["change"]].format(shown)
            text.append(marked, STYLES[piece["change"]])
        screen.blank()
        screen.paragraphs(text, indent=2)
    _draw_untouched(screen, untouched)


def _draw_untouched(screen: Screen, count: int) -> None:
    if count:
        screen.blank()
        screen.line(styled(f"… {count} as before", "dim"), indent=2)


def _of_version(version: VersionView) -> str:
    seen = f"{_moment(version['first_seen_at'])} to {_moment(version['last_seen_at'])}"
    return f"{version['id']}  seen {seen}  reader {version['reader']}"


def _changes(options: argparse.Namespace) -> int:
    catalogue = ArchiveFolder.open(options.archive).catalogue
    since = _since(CatalogueReader(catalogue), options.since)
    is_any = False
    screen = Screen()
    for change in Histories(catalogue).changes(since):
        is_any = True
        if options.json:
            print_json(change)
        else:
            _draw_change(screen, change)
    if not is_any:
        say("nothing changed")
    return ExitCode.OK


def _draw_change(screen: Screen, change: ChangeView) -> None:
    screen.line(
        Text(_moment(change["at"]), "green"),
        Text(f"{change['kind']:9}", _KINDS[change["kind"]]),
        styled(change["headline"] or change["id"], "bold"),
    )
    screen.whole(styled(change["url"], "cyan"), indent=4)
    if change["kind"] == "edited":
        screen.whole(styled(f"dateline diff {change['before']} {change['after']}", "dim"), indent=4)
    elif change["target"]:
        screen.whole(styled(f"to {change['target']}", "cyan"), indent=4)
    elif change["kind"] == "gone":
        screen.line(styled(f"not there since {_moment(change['since'])}", "dim"), indent=4)
    elif change["kind"] == "post-gone":
        screen.line(styled(f"its platform says: {change['after']}", "dim"), indent=4)


def _since(catalogue: CatalogueReader, text: str) -> dt.datetime:
    """Raises: ConfigError where it is neither a day, an instant nor a run."""
    run = catalogue.run(text)
    try:
        at = dt.datetime.fromisoformat(run["began_at"] if run is not None else text)
        return at.replace(tzinfo=at.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ConfigError(
            f"--since: a day, an instant or a run, not {one_line(text, 40)!r}; `dateline ls runs`"
        ) from None


def _moment(instant: str) -> str:
    return instant[:16].replace("T", " ")
