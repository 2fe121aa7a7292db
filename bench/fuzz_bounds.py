"""Soups of tags against the bounds: is what is left of one ever deep, or dear, to a parser?

    python bench/fuzz_bounds.py --minutes 10 [--seed N]

A soup is a short row of tags and texts, many times over: that is how little markup makes a parser
take hours or gigabytes, where a page as broken but short says nothing. Each is bounded and parsed
as a reader would, in a process with little memory. A finding is told as the row that makes it; the
exit code is 1 where there is any. Mend it, and keep the row among the cases of
tests/crawler/bounds/.
"""

import argparse
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # this checkout is fuzzed, wherever another is installed

from selectolax.lexbor import LexborHTMLParser, LexborNode  # noqa: E402 - once the path is right

from crawler.bounds.markup import MAX_DEPTH, bound  # noqa: E402

NAMES = (
    "p div li dd dt ul ol dl menu table tr th td tbody thead tfoot caption colgroup col form "
    "button select option optgroup input a b i nobr span x-y z h1 h2 section address center pre "
    "object applet marquee template svg math foreignobject desc title script style textarea "
    "iframe noscript noembed noframes frameset frame body html head br hr img image rt rp rb ruby "
    "rtc details summary fieldset legend label plaintext xmp listing dialog nav blockquote font em "
    "meta link base canvas mi mtext annotation-xml keygen wbr search hgroup"
).split()
TEXTS = ("x", " ", "\xa0", "a" * 40, " " * 40, "b" * 400)
LONGEST = 3_000_000
TAGS = 40_000
PARSE_S = 1.5
CROWDED = 10_000
"""With no more tags a page may be as deep as it has tags: that costs little."""
DEEPEST = 5 * MAX_DEPTH
"""Of a table in a table in a table four elements are not counted: `tbody`, `tr`, `td`, `p`."""
MEMORY = 400_000_000
STALL_S = 60


def soups(chance: random.Random) -> Iterator[tuple[str, str, int]]:
    """What stands before, the row, and how many times it is there."""
    while True:
        names = chance.sample(NAMES, chance.randint(1, 5))
        row = [_piece(chance, names) for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 5, 7, 9)))]
        before = "".join(f"<{name}>" for name in chance.sample(NAMES, chance.choice((0, 0, 1, 2))))
        whole = "".join(row)
        most = min(LONGEST // len(whole), chance.choice((9_000, TAGS)) // len(row))
        yield before, whole, most


def _piece(chance: random.Random, names: list[str]) -> str:
    name = chance.choice(names)
    text = chance.choice(TEXTS)
    forms = (
        *(f"<{name}>",) * 4, *(f"</{name}>",) * 4, f"<{name} id=q>", f"</{name} id=q>",
        f"<{name} type=hidden>", text, text, f"<!--{text}-->", f"<{name} id={{}}>",
    )  # fmt: skip
    return chance.choice(forms)


def page_of(before: str, row: str, times: int) -> str:
    """The soup as a page; each `{}` of the row is another number."""
    if "{}" not in row:
        return before + row * times
    count = row.count("{}")
    return before + "".join(row.format(*(range(at, at + count))) for at in range(times))


def fault_of(page: str) -> str | None:
    """Why the page hurts; None where it does not."""
    text = bound(page)
    started = time.process_time()
    try:
        root = LexborHTMLParser(text).root
    except Exception as error:  # noqa: BLE001 - whatever a parser does without memory
        return f"{type(error).__name__}: {error}"
    took = time.process_time() - started
    if took > PARSE_S:
        return f"parsed in {took:.1f} s"
    deepest = depth_of(root)
    if page.count("<") > CROWDED and deepest > DEEPEST:
        return f"{deepest} deep"
    return None


def depth_of(root: LexborNode | None) -> int:
    """How many elements, or a text, are in each other below `root`."""
    node, depth, deepest = root, 0, 0
    while node is not None:
        deepest = max(deepest, depth)
        if node.first_child is not None:
            node, depth = node.first_child, depth + 1
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None else None
    return deepest


def _judge(ends: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    while True:
        ends.send(fault_of(page_of(*ends.recv())))


def main() -> int:
    """Try soups until time is up."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").strip(), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    seed = random.randrange(2**32) if asked.seed is None else asked.seed
    print(f"seed {seed}", flush=True)
    until = time.monotonic() + 60 * asked.minutes
    here, child = _started()
    tried = faults = 0
    for soup in soups(random.Random(seed)):
        if time.monotonic() > until:
            break
        tried += 1
        try:
            here.send(soup)
            fault = here.recv() if here.poll(STALL_S) else f"nothing in {STALL_S} s"
        except (EOFError, BrokenPipeError):
            fault = "the process died"
        if fault is not None:
            faults += 1
            print(f"{fault}: {soup}", flush=True)
            child.kill()
            here, child = _started()
    child.kill()
    print(f"{tried} soups, {faults} findings")
    return 1 if faults else 0


def _started() -> tuple[Connection, multiprocessing.process.BaseProcess]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=_judge, args=(there,), daemon=True)
    child.start()
    there.close()
    return here, child


if __name__ == "__main__":
    sys.exit(main())
