"""`dateline export`: the archive for other programs."""

import argparse
import datetime as dt
import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

from archive import (
    KINDS,
    ArchiveError,
    Collector,
    Format,
    PackageSigner,
    Position,
    Selection,
    export_cdxj,
    export_tables,
    export_wacz,
    is_write_protected,
    note_event,
    write_sidecar,
)
from crawler import settings
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json, examples, folder, one_of
from crawler.cli.screen.progress import byte_bar
from crawler.cli.screen.terminal import Screen, print_json, say, styled
from crawler.settings import VERSION

EXAMPLES = """\
examples:
  dateline export cdxj index.cdxj
  dateline export wacz everything.wacz
  dateline export wacz bridge.wacz --case "bridge collapse" --since 2026-11-01
  dateline export wacz story.wacz --article https://news.example/story
  dateline export wacz to-publish.wacz --article aq3k… --collector minimal
  dateline export parquet tables --kind articles,citations,posts
  dateline export duckdb news.duckdb --case "bridge collapse"
  dateline export jsonl since-then --since 2f61d0c4a9be-1841
"""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    exporting = commands.add_parser(
        "export",
        help="tables, an index or a package for other programs",
        description="Write an index of the archive, a package of all or a part of it, or tables of "
        "what was read in it.",
        epilog=EXAMPLES,
    )
    kinds = exporting.add_subparsers(title="kinds", metavar="KIND", required=True)
    indexing = kinds.add_parser(
        "cdxj",
        help="an index for replay tools",
        description="Write a sorted CDXJ index of all captures, as pywb reads it.",
        epilog=examples(
            "dateline export cdxj index.cdxj",
            "dateline export cdxj index.cdxj.gz --compressed",
        ),
    )
    indexing.add_argument("target", type=Path, metavar="FILE", help="where to write it")
    indexing.add_argument(
        "--compressed", action="store_true", help="gzip in blocks, with an .idx beside it"
    )
    indexing.set_defaults(run=_cdxj)
    packing = kinds.add_parser(
        "wacz",
        help="a package that ReplayWeb.page opens",
        description="Write the archive, or a part of it, to one WACZ file: records, index, pages.",
        epilog=examples(
            "dateline export wacz everything.wacz",
            "dateline export wacz part.wacz --host news.example --since 2026-11-01",
            'dateline export wacz story.wacz --article URL --title "The bridge"',
        ),
    )
    packing.add_argument("target", type=Path, metavar="FILE", help="where to write it")
    packing.add_argument("--url", help="captures of this URL, under any spelling")
    packing.add_argument("--host", help="captures of this host and those below it")
    packing.add_argument(
        "--since", type=_instant, metavar="WHEN", help="captured then or later (RFC 3339)"
    )
    packing.add_argument("--case", metavar="LABEL", help="captures of runs with this label")
    packing.add_argument(
        "--article",
        metavar="URL|ID",
        help="one article: its captures, what its pages need to be seen, and the posts it cites",
    )
    packing.add_argument("--title", help="the package's title")
    packing.add_argument(
        "--collector",
        type=one_of(Collector),
        choices=list(Collector),
        default=Collector.FULL,
        help="minimal: leave out what identifies who collected (default: full)",
    )
    packing.set_defaults(run=_wacz)
    tables = [_add_tables(kinds, form) for form in Format]
    for parser in (indexing, packing, *tables):
        add_archive(parser)
        add_json(parser)


def _add_tables(
    kinds: "argparse._SubParsersAction[argparse.ArgumentParser]", form: Format
) -> argparse.ArgumentParser:
    is_file = form is Format.DUCKDB
    shape, target = ("a database", "news.duckdb") if is_file else ("a folder", "tables")
    parser = kinds.add_parser(
        form.value,
        help=f"articles, citations, posts and the rest: {shape}",
        description=f"Write the rows of the archive to {shape}, each with the place of its bytes.",
        epilog=examples(
            f"dateline export {form} {target}",
            f"dateline export {form} {target} --kind articles,citations,posts --since 2026-11-01",
        ),
    )
    parser.add_argument("target", type=folder, metavar="PATH", help=f"{shape} that is not there")
    parser.add_argument(
        "--since",
        type=_since,
        metavar="POSITION|WHEN",
        help="what changed after a position of the feed, or was committed then or later",
    )
    parser.add_argument(
        "--kind",
        type=_kinds,
        default=tuple(KINDS),
        metavar="KIND,…",
        help=f"of {', '.join(KINDS)} (default: all)",
    )
    parser.add_argument("--case", metavar="LABEL", help="seen in runs with this label")
    parser.set_defaults(run=_tables, form=form)
    return parser


def _tables(options: argparse.Namespace) -> int:
    made = export_tables(
        options.archive,
        options.target,
        options.form,
        software=f"dateline/{VERSION}",
        kinds=options.kind,
        since=options.since,
        case=options.case,
    )
    what = {"what": options.target.name, "digest": _digest(options.target)}
    _note(options, str(options.form), {**what, "rows": sum(made.rows.values())})
    if options.json:
        print_json(
            {
                "path": str(options.target),
                "schema_version": made.schema_version,
                "position": made.position,
                "rows": dict(made.rows),
            }
        )
    else:
        counted = ", ".join(f"{count:,} {kind}" for kind, count in made.rows.items())
        Screen().whole(styled(f"{counted}: {options.target}", "green"))
        Screen().whole(f"position {made.position}")
    return ExitCode.OK


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(text.split(",")))
    for kind in kinds:
        if kind not in KINDS:
            raise argparse.ArgumentTypeError(f"{kind[:40]!r} is none of {', '.join(KINDS)}")
    return kinds


def _since(text: str) -> Position | dt.datetime:
    try:
        return Position.parse(text)
    except ArchiveError:
        return _instant(text)


def _cdxj(options: argparse.Namespace) -> int:
    lines = export_cdxj(options.archive, options.target, is_compressed=options.compressed)
    what = {"what": options.target.name, "digest": _digest(options.target)}
    _note(options, "cdxj", {**what, "lines": lines})
    if options.json:
        print_json({"path": str(options.target), "lines": lines})
    else:
        Screen().whole(styled(f"{lines:,} lines written to {options.target}", "green"))
    return ExitCode.OK


def _wacz(options: argparse.Namespace) -> int:
    selection = Selection(
        url=options.url,
        host=options.host,
        since=options.since,
        case=options.case,
        record_ids=_of_article(options),
    )
    with byte_bar("packing") as tell:
        made = export_wacz(
            options.archive,
            options.target,
            software=f"dateline/{VERSION}",
            selection=selection,
            collector=options.collector,
            title=options.title,
            signer=_signer(options.collector),
            tell=tell,
        )
    what: dict[str, str | int] = {
        "what": made.path.name,
        "digest": made.digest,
        "captures": made.captures,
    }
    _note(options, "wacz", what)
    sidecar = None
    if settings.DATELINE_KEYS and options.collector is Collector.FULL:
        sidecar = write_sidecar(options.archive, made)
    if options.json:
        print_json(
            {
                "path": str(made.path),
                "size_bytes": made.size_bytes,
                "digest": made.digest,
                "captures": made.captures,
                "pages": made.pages,
                "is_whole": made.is_whole,
                "sidecar": str(sidecar) if sidecar is not None else None,
            }
        )
    else:
        counted = f"{made.captures:,} captures, {made.pages:,} pages, {made.size_bytes:,} bytes"
        Screen().whole(styled(f"{counted}: {made.path}", "green" if made.captures else "yellow"))
    if not made.captures:
        sys.stderr.write("dateline: nothing was chosen: the package is empty\n")
        return ExitCode.FAULTS
    return ExitCode.OK


def _signer(collector: Collector) -> PackageSigner | None:
    """Nobody signs a package that is to name nobody."""
    if not settings.DATELINE_KEYS or collector is Collector.MINIMAL:
        return None
    return PackageSigner(Path(settings.DATELINE_KEYS), software=f"dateline/{VERSION}")


def _digest(path: Path) -> str:
    """SHA-256 of a file; of a folder that of its files' lines as `sha256sum` prints them.

    They are named from the folder on, in the order of those names in the C locale.
    """
    if path.is_dir():
        files = {one.relative_to(path).as_posix(): one for one in path.rglob("*") if one.is_file()}
        sums = "".join(f"{_hex(files[name])}  {name}\n" for name in sorted(files))
        return f"sha256:{hashlib.sha256(sums.encode()).hexdigest()}"
    return f"sha256:{_hex(path)}"


def _hex(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note(options: argparse.Namespace, form: str, what: Mapping[str, str | int]) -> None:
    """Enter an export in the custody log, where that can be written: who, when, what, digest."""
    if is_write_protected(options.archive):
        say("the archive is write-protected: its custody log does not know of this export")
        return
    note_event(
        options.archive,
        "export",
        {"form": form, "who": settings.environment.get("DATELINE_OPERATOR"), **what},
        keys=Path(settings.DATELINE_KEYS) if settings.DATELINE_KEYS else None,
    )


def _of_article(options: argparse.Namespace) -> frozenset[str] | None:
    if not options.article:
        return None
    from crawler.rereading.article_parts import parts_of_article  # noqa: PLC0415 - the reader's libraries

    return parts_of_article(options.archive, options.article)


def _instant(text: str) -> dt.datetime:
    """A day or an instant, in UTC unless it says otherwise."""
    try:
        at = dt.datetime.fromisoformat(text)
        return at.replace(tzinfo=at.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"a day or an instant, not {text[:40]!r}") from None
