"""`dateline extract`: one page from disk, or a list of them, to JSON articles."""

import argparse
import sys
import zlib
from pathlib import Path

from archive import canonical_url
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import count, one_of
from crawler.cli.screen.terminal import print_json, print_line
from crawler.errors import ConfigError
from crawler.reading.rendering import Form, Posts, Summary

MAX_PAGE_BYTES = 256 * 1024**2
"""A larger file is none that holds a page."""

EXAMPLES = """\
examples:
  dateline extract page.html --url https://news.example/story
  curl -s https://news.example/story | dateline extract - --url https://news.example/story
  dateline extract page.html --url https://news.example/story --posts omit --summary apart
  dateline extract --batch list.jsonl --jobs 2      lines with "page" (a path) and "url"
  head -20 list.jsonl | dateline extract --batch -
"""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "extract",
        help="read pages from disk",
        description="Read a page from disk and print the article as one line of JSON.",
        epilog=EXAMPLES,
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a page, gzipped or not; - is standard input"
    )
    parser.add_argument("--url", help="the address it was served under")
    parser.add_argument(
        "--batch",
        metavar="LIST.jsonl",
        help='lines of JSON with "page" (a path relative to the list) and "url"; other keys are '
        "carried through; - is standard input, and paths are relative to this folder",
    )
    parser.add_argument("--jobs", type=count, default=1, metavar="N", help="processes (default 1)")
    parser.add_argument(
        "--text", action="store_true", help="FILE is plain text that once was a page, in UTF-8"
    )
    parser.add_argument(
        "--posts",
        type=one_of(Posts),
        choices=list(Posts),
        default=Posts.INLINE,
        help="what quoted posts say: in the body and the text (default), or not",
    )
    parser.add_argument(
        "--summary",
        type=one_of(Summary),
        choices=list(Summary),
        default=Summary.INLINE,
        help="the lead above the body: in it (default), or apart; `subtitle` has it either way",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """The command."""
    form = Form(posts=options.posts, summary=options.summary)
    if options.text:
        return _text(options.file, options.url, form, is_batch=options.batch is not None)
    if options.batch is not None and not options.file and not options.url:
        return _batch(options.batch, options.jobs, form)
    if options.batch is not None or not options.file or not options.url:
        raise ConfigError("give a FILE (or -) and its --url, or --batch LIST.jsonl alone")
    canonical_url(options.url)
    from crawler.reading.batch import read_file  # noqa: PLC0415 - the reader, which other commands spare

    body = _bytes(options.file)
    try:
        line = read_file(body, options.url, form)
    except (EOFError, zlib.error) as error:
        raise ConfigError(f"{options.file} is no whole gzip file: {error}") from error
    print_json(line)
    return ExitCode.OK


def _text(file: str | None, url: str | None, form: Form, *, is_batch: bool) -> int:
    if is_batch or not file:
        raise ConfigError("--text reads one FILE (or -)")
    if url is not None:
        canonical_url(url)
    from crawler.reading.batch import read_text_file  # noqa: PLC0415 - the same

    print_json(read_text_file(_bytes(file).decode("utf-8-sig", "replace"), url, form))
    return ExitCode.OK


def _batch(name: str, jobs: int, form: Form) -> int:
    if not 1 <= jobs <= 256:
        raise ConfigError("--jobs is 1 to 256")
    try:
        lines = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115 - below
    except OSError as error:
        raise ConfigError(f"--batch {name}: {error.strerror or error}") from error
    from crawler.workers.pool import begin_loading  # noqa: PLC0415 - other commands spare it

    begin_loading()  # beside this process, which has as much to load
    from crawler.reading.batch import read_batch  # noqa: PLC0415 - the same

    faults = 0
    with lines:
        for answer in read_batch(lines, Path(name).parent, jobs, form):
            faults += answer.is_fault
            print_line(answer.json)
    return ExitCode.FAULTS if faults else ExitCode.OK


def _bytes(file: str) -> bytes:
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as stream:
            body = stream.read(MAX_PAGE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file} cannot be read: {error}") from error
    if len(body) > MAX_PAGE_BYTES:
        raise ConfigError(f"{file} is no page: it is larger than {MAX_PAGE_BYTES >> 20} MB")
    return body
