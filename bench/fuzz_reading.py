"""Read broken pages for as long as there is time, and keep what breaks a law of reading.

    python bench/fuzz_reading.py --minutes 60 [--findings DIR] [--seed N] [--plain]

Pages are made of the golden pages and of traps, broken up and put together anew. Where atheris is
installed (`pip install atheris`), it looks for pages that reach code which no other did; else, or
with `--plain`, chance alone does. A page that crashes its process, takes too long or too much
memory ends that process only. Every kind of finding is kept once, as the page that shows it and a
line of why, in DIR; the exit code is 1 where there is any.

    python bench/fuzz_reading.py --again PAGE …      say what these pages break
"""

import argparse
import hashlib
import importlib.util
import random
import re
import resource
import subprocess
import sys
import time
import traceback
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # this checkout is fuzzed, wherever another is installed

GOLDEN = ROOT / "tests" / "golden"
MEMORY_MB = 600
"""Of a whole process with its interpreter, libraries and instrumentation; a page's own share is
measured by a test."""
LONGEST_PAGE = 60_000
STALL_S = 20
_URLS = (
    "https://news.example/2022/05/03/story",
    "https://xn--e1afmkfd.example/a?b=c",
    "http://127.0.0.1/",
    "file:/tmp/page.html",
)
_TYPES = ("text/html", "text/html; charset=utf-8", "text/html; charset=shift_jis", None)
_TAG = re.compile(rb"<[^>]*>|[^<]+")
TRAPS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[31m", b"&#xD800;", b"&#x202e;", b"\xed\xa0\x80",
    b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<p", b"</p>", b'"', b"'", b"<b>" * 50, b"<div>" * 300,
    b"<table><tr><td>", b"<svg><p>", b"<template>", b"<noscript>", b"<plaintext>",
    b"<base href=x:>",
    b'<meta charset="utf-16">', b'<meta http-equiv="content-type" content="text/html;charset=x">',
    b'<script type="application/ld+json">', b"</script>", b'{"@graph":[', b'"@id":"#a"', b"}]}",
    b'{"@type":"NewsArticle","headline":["a",{"@value":null}],"author":{"name":[1,true,{}]}}',
    b'"datePublished":"0001-01-01T00:00:00+23:59"', b"2022-02-30T25:61:61Z", b"1e400", b"-0",
    b'<time datetime="9999-12-31T23:59:60-14:00">', b'<blockquote class="twitter-tweet">',
    b"https://x.com/i/status/99999999999999999999", b"https://t.me/s/a/1?single", b"//youtu.be/",
    b"KYIV, Ukraine (AP) \xe2\x80\x94 ", "【ソウル＝聯合】".encode(),
    "新华社北京4月24日电".encode(),
    "МОСКВА, 30 фев — РИА".encode(), b"BEIRUT, LEBANON (25:35 P.M.) - ", b"Correction: ",
    b"UPDATE: ",
    b'<article class="live-blog"><time>', b'itemprop="liveBlogUpdate"',
    b'"isAccessibleForFree":"False"',
    b"pic.twitter.com/", b"#" * 300, b"@" * 300, b" " * 2000, "\u0301".encode() * 200, "﷽".encode(),
    "\U0001f468\u200d\U0001f469".encode(), b'data-html="PGlmcmFtZQ=="', b"&amp;" * 200,
    b"%25" * 200,
)  # fmt: skip


def main() -> int:
    """Fuzz, or say what pages break."""
    options = _options()
    if options.again:
        return _say_again(options.again)
    if options.rounds_of is not None:
        _fuzz(options)
        return 0
    return _oversee(options)


def _oversee(options: argparse.Namespace) -> int:
    """Start processes that fuzz, one after the other, until the time is over."""
    options.findings.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + 60 * options.minutes
    rounds = 0
    while (left := until - time.monotonic()) > 1:
        rounds += 1
        command = [
            *(sys.executable, __file__, "--minutes", str(left / 60), "--rounds-of", str(rounds)),
            *("--findings", str(options.findings), "--seed", str(options.seed + rounds)),
            *(["--plain"] if options.plain else []),
        ]
        ended = subprocess.run(command, check=False).returncode
        if ended:
            _keep_last(options.findings, f"process ended with {ended}")
    _last(options.findings).unlink(missing_ok=True)
    found = sorted(options.findings.glob("*.why"))
    print(f"{options.minutes:g} minutes, {rounds} processes, {len(found)} kinds of finding")
    for why in found:
        print(f"  {why.with_suffix('.html')}: {why.read_text('utf-8').strip()}")
    return 1 if found else 0


def _fuzz(options: argparse.Namespace) -> None:
    _limit_memory()
    if options.plain or importlib.util.find_spec("atheris") is None:
        _fuzz_by_chance(options)
    else:
        _fuzz_guided(options)


def _limit_memory() -> None:
    limit = MEMORY_MB << 20
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _fuzz_by_chance(options: argparse.Namespace) -> None:
    chance = random.Random(options.seed)
    seeds = seed_pages()
    until = time.monotonic() + 60 * options.minutes
    count = 0
    while time.monotonic() < until:
        _try(mutated(chance.choice(seeds), seeds, chance), options.findings)
        count += 1
    print(f"{count} pages")


def _fuzz_guided(options: argparse.Namespace) -> None:
    import atheris  # noqa: PLC0415 - optional

    with atheris.instrument_imports(include=["crawler", "archive"]):
        import bench.reading_laws  # noqa: F401, PLC0415 - what is imported here is watched

    seeds = seed_pages()

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.3:
            return bytes(atheris.Mutate(data, size))
        return mutated(data, seeds, chance)[:size]

    corpus = options.findings / "corpus"
    corpus.mkdir(exist_ok=True)
    for seed in seeds:
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    flags = {
        "max_total_time": int(60 * options.minutes),
        "timeout": STALL_S,
        "rss_limit_mb": 2 * MEMORY_MB,
        "max_len": LONGEST_PAGE,
        "seed": options.seed,
        "artifact_prefix": f"{options.findings}/",
        "verbosity": 0,
        "print_final_stats": 1,
    }
    atheris.Setup(
        [sys.argv[0], *(f"-{name}={value}" for name, value in flags.items()), str(corpus)],
        lambda data: _try(data, options.findings),
        custom_mutator=mutate,
    )
    atheris.Fuzz()


def mutated(page: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """`page` with a few of its pieces lost, doubled, swapped, or taken from elsewhere."""
    pieces = _TAG.findall(page) or [page]
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(pieces) + 1)
        match chance.randrange(7):
            case 0:
                pieces.insert(at, chance.choice(TRAPS))
            case 1:
                pieces.insert(at, chance.choice(TRAPS) * chance.choice((2, 30, 300)))
            case 2:
                del pieces[at : at + chance.choice((1, 1, 5))]
            case 3:
                pieces[at:at] = pieces[at : at + 8] * chance.choice((1, 2, 40))
            case 4:
                other = _TAG.findall(chance.choice(seeds))
                start = chance.randrange(max(1, len(other)))
                pieces[at:at] = other[start : start + chance.choice((1, 5, 20))]
            case 5 if at < len(pieces):
                pieces[at] = _broken(pieces[at], chance)
            case _:
                rest = pieces[at:]
                chance.shuffle(rest)
                pieces[at:] = rest[: chance.choice((5, 50, 500))]
    return b"".join(pieces)[:LONGEST_PAGE]


def _broken(piece: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(piece) + 1)
    return piece[:at] + chance.choice((b"", bytes([chance.randrange(256)]), *TRAPS)) + piece[at:]


def seed_pages() -> list[bytes]:
    """The golden pages."""
    return [path.read_bytes() for path in sorted(GOLDEN.glob("*/page.*"))]


def _try(data: bytes, findings: Path) -> None:
    """Read one page; keep it where it breaks a law, once for each kind of break."""
    _last(findings).write_bytes(data)
    for why in _faults(data):
        _keep(findings, data, why)


def _faults(data: bytes) -> Iterator[str]:
    from bench.reading_laws import broken_laws  # noqa: PLC0415 - instrumented first
    from crawler.extract.page import Page  # noqa: PLC0415

    chosen = zlib.crc32(data)
    page = Page(
        url=_URLS[chosen % len(_URLS)],
        body=data,
        content_type=_TYPES[chosen // 7 % len(_TYPES)],
        link_header='<https://news.example/x>; rel="canonical"' if chosen % 5 == 0 else None,
    )
    try:
        yield from broken_laws(page)
    except Exception as error:  # noqa: BLE001 - any is a finding
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        yield f"raised: {type(error).__name__} at {where}: {error}"


def _keep(findings: Path, data: bytes, why: str) -> None:
    kind = hashlib.sha256(re.sub(r"[\d.]+ ", "", why)[:80].encode()).hexdigest()[:12]
    note = findings / f"{kind}.why"
    if not note.exists():
        (findings / f"{kind}.html").write_bytes(data)
        note.write_text(why + "\n", "utf-8", errors="backslashreplace")
        print(f"found: {kind}: {why!a}", flush=True)


def _keep_last(findings: Path, why: str) -> None:
    """Keep the page that a process ended with, where it breaks something alone as well.

    A busy machine makes any page slow by the clock, which is what libFuzzer goes by.
    """
    last = _last(findings)
    if not last.exists():
        return
    command = [sys.executable, __file__, "--again", str(last)]
    try:
        ended = subprocess.run(command, check=False, timeout=10 * STALL_S).returncode
    except subprocess.TimeoutExpired:
        ended = None
    if ended == 0:
        print(f"{why}; the page that it was at reads well alone")
    else:
        data = last.read_bytes()
        _keep(findings, data, f"{why}: page {hashlib.sha256(data).hexdigest()[:12]}")


def _last(findings: Path) -> Path:
    """The page that is being read: what is left of a process that did not survive it."""
    return findings / "last"


def _say_again(paths: Sequence[Path]) -> int:
    _limit_memory()
    faults = 0
    for path in paths:
        for why in _faults(path.read_bytes()):
            faults += 1
            print(f"{path}: {why}")
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"), metavar="DIR")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--again", nargs="+", type=Path, metavar="PAGE")
    parser.add_argument("--rounds-of", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
