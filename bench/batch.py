"""How `dateline extract --batch` gains by a second process, over a corpus.

    python bench/batch.py --corpus DIR [--rounds N] [--least RATIO]

One and two processes take turns; each round gives a ratio of their paces, and their median counts.
The paces are of whole runs, with what it takes to start. Measure on a machine that does nothing
else. With `--least` the exit code is 1 below that ratio.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # this checkout is measured, wherever another is installed

from bench.scoring.corpus import Case, read_corpus  # noqa: E402


def write_list(cases: Sequence[Case], path: Path) -> None:
    """A list for `--batch`."""
    lines = (json.dumps({"page": str(case.path.resolve()), "url": case.url}) for case in cases)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def measure(path: Path, pages: int, jobs: int) -> float:
    """Run the command once: pages a second."""
    command = [sys.executable, "-m", "crawler", "extract", "--batch", str(path)]
    began = time.perf_counter()
    subprocess.run([*command, "--jobs", str(jobs)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return pages / (time.perf_counter() - began)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--least", type=float, metavar="RATIO")
    options = parser.parse_args()
    if not (options.corpus and (options.corpus / "manifest.jsonl").is_file()):
        print(f"skipped: no corpus at {options.corpus or '--corpus DIR'}", file=sys.stderr)
        return 0
    cases = read_corpus(options.corpus)
    ratios = []
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        path = Path(folder) / "list.jsonl"
        write_list(cases, path)
        for _ in range(options.rounds):
            one, two = (measure(path, len(cases), jobs) for jobs in (1, 2))
            ratios.append(two / one)
            for jobs, pace in ((1, one), (2, two)):
                print(f"{jobs} jobs: {pace:6.1f} pages/s")
    ratio = statistics.median(ratios)
    print(f"{len(cases)} pages, {options.rounds} rounds: {ratio:.2f} times one process's pace")
    return 1 if options.least and ratio < options.least else 0


if __name__ == "__main__":
    sys.exit(main())
