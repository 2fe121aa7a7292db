"""Seconds for a package of an archive, beside py-wacz's own over the same WARC files.

    python bench/wacz.py [GIGABYTES [--json]]

A generated archive (default: 1 GB of WARC files) is packed by `export_wacz` and, in the same run,
by `wacz create` of py-wacz, which is looked for in `.venv-wacz` or `PYWACZ_BIN`. The most memory
is that of each process.
"""

import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from archive import Archive, Exchange, Origin, Run

ROOT = Path(__file__).parent.parent
PAGE_BYTES = 60_000
BEGAN = dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)
PACK = """
import sys
from pathlib import Path
from archive import export_wacz
export_wacz(Path(sys.argv[1]), Path(sys.argv[2]), software="dateline/bench")
"""


class Bytes:
    """A block that lies in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def chunks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to `end`."""
        yield self._data[start:end]

    def close(self) -> None:
        """Nothing is held."""


def fill(root: Path, size_bytes: int) -> int:
    """Keep pages that do not compress until the WARC files are so large; how many."""
    run = Run(
        run_id="bench",
        began_at=BEGAN,
        software="dateline/bench",
        user_agent="bench",
        robots="classic",
        hostname="bench",
    )
    chance = random.Random(1)
    count = size_bytes // PAGE_BYTES
    with Archive.open(root, run=run) as archive:
        waiting = []
        for number in range(count):
            body = chance.randbytes(PAGE_BYTES)
            head = f"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}"
            raw = head.encode() + b"\r\n\r\n"
            at = BEGAN + dt.timedelta(seconds=number)
            made = Exchange(
                url=f"https://news.example/{number}.jpg",
                method="GET",
                began_at=at,
                ended_at=at,
                origin=Origin(run_id="bench", found_by="argument"),
                request=b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n",
                response=Bytes(raw + body),
                head_bytes=len(raw),
                status=200,
            )
            waiting.append(archive.keep(made))
            if len(waiting) > 200:
                for told in waiting:
                    told.result()
                waiting.clear()
    return count


@dataclass(frozen=True, slots=True)
class Packed:
    """What making a package took."""

    seconds: float
    size_bytes: int
    most_memory_bytes: int


def measure(size_bytes: int) -> dict[str, Packed]:
    """Pack an archive of so many bytes of WARC files, by us and, where it is there, by py-wacz."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "archive"
        # In a process of its own: one that is started from a large one counts as large.
        filling = [sys.executable, __file__, "fill", root, str(size_bytes)]
        subprocess.run(filling, capture_output=True, check=True)
        ours = Path(folder) / "ours.wacz"
        found = {"export_wacz": timed([sys.executable, "-c", PACK, root, ours], ours)}
        ours.unlink()
        wacz = Path(os.environ.get("PYWACZ_BIN", ROOT / ".venv-wacz" / "bin")) / "wacz"
        if wacz.exists():
            theirs = Path(folder) / "theirs.wacz"
            warcs = sorted((root / "warc").glob("*.warc.gz"))
            found["py-wacz"] = timed([wacz, "create", "-o", theirs, *warcs], theirs)
        return found


def timed(command: list[str | Path], made: Path) -> Packed:
    """Run a command to its end; the time and the most memory that it took."""
    began = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    took_s = time.monotonic() - began
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with {process.returncode}")
    return Packed(took_s, made.stat().st_size, usage.ru_maxrss * 1024)


def table(size_bytes: int, found: dict[str, Packed]) -> None:
    """Print it."""
    print(f"a package of {size_bytes / 1e9:.2f} GB of WARC files")
    for name, one in found.items():
        pace, memory = one.size_bytes / one.seconds / 1e6, one.most_memory_bytes / 1e6
        print(f"{name:23} {one.seconds:8.1f} s {pace:7.0f} MB/s {memory:7.0f} MB at the most")
    if "py-wacz" not in found:
        print("py-wacz                 not there: `make wacz`")


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["fill"]:
        print(fill(Path(sys.argv[2]), int(sys.argv[3])))
        return
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else 1) * 1e9)
    found = measure(size)
    if "--json" in sys.argv:
        print(json.dumps({name: asdict(one) for name, one in found.items()}))
    else:
        table(size, found)


if __name__ == "__main__":
    main()
