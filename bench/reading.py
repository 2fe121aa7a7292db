"""How well and how fast pages are read: dateline beside other extractors, over a corpus with truth.

    python bench/reading.py --corpus DIR [--part all|train|unread] [--peers NAME …] [--jobs N]
                            [--json] [--floor | --raise-floors]
    python bench/reading.py --corpus DIR --losses ROW [--worst N]
    python bench/reading.py --corpus DIR --profile

The corpus is third-party and no part of the project; where it is missing there is nothing to do. A
third of its publishers is unread: it gives totals and nothing else, so that no rule is made to fit
its pages. A gap between the two sides is what fitting looks like. Paces are pages a second of
processor time in one process; measure them with `--jobs 1` on a machine that does nothing else.
"""

import argparse
import functools
import json
import multiprocessing
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # this checkout is measured, wherever another is installed

from bench.scoring.corpus import Case, Part, in_part, read_corpus  # noqa: E402
from bench.scoring.extractors import EXTRACTORS, made, timed  # noqa: E402
from bench.scoring.floors import falls, raised, read_floors  # noqa: E402
from bench.scoring.losses import losses  # noqa: E402
from bench.scoring.rooms import profile  # noqa: E402
from bench.scoring.scores import PageScore, Prediction, score  # noqa: E402
from bench.scoring.table import ROWS, Figures, figures, gaps, lines  # noqa: E402

FLOORS = ROOT / "bench" / "reading_floors.json"
OURS = "dateline"
_ready = functools.cache(made)
"""A process makes each extractor once."""


def _measure(name: str, case: Case) -> tuple[Prediction, PageScore]:
    prediction = timed(_ready(name), case)
    return prediction, score(case, prediction)


Measured = Sequence[tuple[Case, Prediction, PageScore]]


def measure(name: str, cases: Sequence[Case], jobs: int) -> Measured:
    """Every case read by the extractor `name`, in `jobs` processes, and scored.

    The first page is read once before, so that no page's pace holds what only a process's first
    must load.
    """
    measure_one = functools.partial(_measure, name)
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        pool.map(measure_one, list(cases[:1]) * jobs, chunksize=1)
        answers = list(pool.imap(measure_one, cases, chunksize=8))
    return [(case, *answer) for case, answer in zip(cases, answers, strict=True)]


def by_part(measured: Measured, parts: Iterable[Part]) -> dict[str, Figures]:
    """The figures of each part."""
    return {
        part.value: figures(
            page
            for case, _, page in measured
            if part is Part.ALL or case.is_unread == (part is Part.UNREAD)
        )
        for part in parts
    }


def prediction_lines(measured: Measured) -> Iterator[str]:
    """What was said of each page as JSON Lines, for other scorers."""
    for case, prediction, _ in measured:
        posts = [{"platform": name, "post_id": id_} for name, id_ in sorted(prediction.posts)]
        said = {
            **{name: getattr(prediction, name) for name in ("body", "title", "authors", "date")},
            "posts": posts,
            # An empty dateline is one all the same: something stands there that was taken off.
            "dateline": asdict(prediction.dateline) | {"raw": "-"} if prediction.dateline else None,
        }
        yield json.dumps({"corpus": case.origin, "file": case.file, **said}, ensure_ascii=False)


def print_tables(
    found: Mapping[str, Mapping[str, Figures]], cases: Sequence[Case], parts: Sequence[Part]
) -> None:
    """The table: for each extractor its parts, and for ours how much worse the unread third is."""
    counts = ", ".join(f"{len(in_part(cases, part))} {part}" for part in parts)
    print(f"pages: {counts}")
    columns = [
        (f"{_short_name(name)} {part}", given)
        for name, rows in found.items()
        for part, given in rows.items()
    ]
    if OURS in found and {Part.TRAIN, Part.UNREAD} <= set(parts):
        gap = gaps(found[OURS][Part.TRAIN], found[OURS][Part.UNREAD])
        columns.insert(len(parts), ("gap", gap))
    print("\n".join(lines(columns)))


def _short_name(name: str) -> str:
    """`trafilatura-precision` as `traf-prec`, so that a table of many columns fits."""
    return "-".join(word[:4] for word in name.split("-")) if "-" in name else name[:8]


def print_losses(key: str, measured: Measured, worst: int) -> None:
    """The train pages that lost most in one row."""
    found = losses(key, measured)
    print(
        f"{len(found)} pages of the train part lose {sum(loss.size for loss in found):.2f} in {key}"
    )
    for loss in found[:worst]:
        print(f"\n{loss.size:.2f}  {loss.case.origin} {loss.case.path.name}  {loss.case.url}")
        for name, side in (("expected", loss.expected), ("got", loss.got)):
            indented = side.replace("\n", "\n            ")
            print(f"  {name + ':':9} {indented}")


def print_profile(cases: Sequence[Case]) -> None:
    """Where the milliseconds go, over the train part."""
    found = profile(cases, ROOT)
    print(f"{found.total_ms:.2f} ms a page over {len(cases)} pages of the train part\n")
    for room, ms in found.rooms:
        print(f"{ms:8.3f}  {room}")
    print()
    for place, ms in found.functions[:30]:
        print(f"{ms:8.3f}  {place.room}: {place.function}")


def main() -> int:
    """Measure and print; 1 where a figure fell below its floor."""
    options = _options()
    if not (options.corpus and (options.corpus / "manifest.jsonl").is_file()):
        print(f"skipped: no corpus at {options.corpus or '--corpus DIR'}", file=sys.stderr)
        return 0
    part = Part(options.part)
    everything = read_corpus(options.corpus)
    if options.profile:
        print_profile(in_part(everything, Part.TRAIN))
        return 0
    if options.losses:
        measured = measure(OURS, in_part(everything, Part.TRAIN), options.jobs)
        print_losses(options.losses, measured, options.worst)
        return 0
    parts = tuple(Part) if part is Part.ALL else (part,)
    cases = in_part(everything, part)
    found = {}
    for name in [OURS, *options.peers]:
        measured = measure(name, cases, options.jobs)
        found[name] = by_part(measured, parts)
        if options.predictions:
            options.predictions.mkdir(parents=True, exist_ok=True)
            text = "".join(f"{line}\n" for line in prediction_lines(measured))
            (options.predictions / f"{name}.jsonl").write_text(text, "utf-8")
    if options.json:
        print(json.dumps(found))
    else:
        print_tables(found, cases, parts)
    return _mind_floors(found[OURS], raise_them=options.raise_floors) if options.floors else 0


def _mind_floors(found: Mapping[str, Figures], *, raise_them: bool) -> int:
    found = {part: rows for part, rows in found.items() if part != Part.TRAIN}
    floors = read_floors(FLOORS)
    faults = falls(floors, found)
    for fault in faults:
        print(f"below its floor: {fault}", file=sys.stderr)
    if raise_them:  # what rose, whatever fell: no floor falls
        FLOORS.write_text(json.dumps(raised(floors, found), indent=2) + "\n", "utf-8")
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    others = [one.name for one in EXTRACTORS if one.name != OURS]
    installed = [one.name for one in EXTRACTORS if one.name in others and one.is_installed]
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--part", choices=list(Part), default=Part.ALL)
    parser.add_argument(
        "--peers",
        nargs="*",
        choices=others,
        default=installed,
        metavar="NAME",
        help=f"other extractors (default: those installed, of {', '.join(others)})",
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (default 1)")
    parser.add_argument("--json", action="store_true", help="the figures as one object of JSON")
    parser.add_argument(
        "--predictions", type=Path, metavar="DIR", help="write what each extractor said to DIR"
    )
    parser.add_argument("--floor", action="store_true", help="fail where a figure fell")
    parser.add_argument(
        "--raise-floors", action="store_true", help="as --floor; then record what rose"
    )
    parser.add_argument("--losses", choices=[row.key for row in ROWS], metavar="ROW")
    parser.add_argument("--worst", type=int, default=20, metavar="N", help="with --losses")
    parser.add_argument("--profile", action="store_true", help="milliseconds by room")
    options = parser.parse_args()
    if absent := set(options.peers) - set(installed):
        parser.error(f"not installed: {', '.join(sorted(absent))}")
    options.floors = options.floor or options.raise_floors
    return options


if __name__ == "__main__":
    sys.exit(main())
