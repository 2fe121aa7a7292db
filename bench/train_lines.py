"""Learn the weights of `crawler/extract/text/line_weights.py` from the train part of a corpus.

    python bench/train_lines.py --corpus DIR [--folds] [--write]

A logistic regression over the clues of each line, which are present or not: a number a clue.
A line is right where the truth holds half of its word groups, or one of its segments. Two draws
more of each page are read with half of the class words forgotten, so that what is learnt leans on
the structure that strange pages have too; and every draw is read once more in another shape (see
`reshaping`). The unread part is never opened. `--folds` prints how well weights made without a
fifth of the publishers judge that fifth as it is; `--write` ships new weights.
"""

import argparse
import hashlib
import math
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # this checkout is measured, wherever another is installed

from archive import BlockType, Relation  # noqa: E402
from bench.reshaping import reshape  # noqa: E402
from bench.scoring.bodies import folded, word_groups  # noqa: E402
from bench.scoring.corpus import Case, Part, in_part, read_corpus  # noqa: E402
from crawler.extract.citations.walk import find_citations  # noqa: E402
from crawler.extract.document.markup import decode, parse  # noqa: E402
from crawler.extract.document.structured import read_structured  # noqa: E402
from crawler.extract.letters import bare_letters  # noqa: E402
from crawler.extract.page import Page  # noqa: E402
from crawler.extract.text import classwords  # noqa: E402
from crawler.extract.text.body import find_lines  # noqa: E402
from crawler.extract.text.clues import clues_of  # noqa: E402
from crawler.extract.text.lines import Line  # noqa: E402
from crawler.extract.text.outlining import build_outline  # noqa: E402
from crawler.extract.witnesses.headline import stated_headlines  # noqa: E402

SHIPPED = ROOT / "crawler" / "extract" / "text" / "line_weights.py"
DRAWS = 3
RESHAPED_SHARE = 0.5
FOLDS = 5
_EPOCHS = 12
_BATCH = 256
_PACE = 0.3
_DECAY = 2.5e-4
_LEAST_WEIGHT = 0.02
_LEAST_WORDS = 4
_LEAST_LETTERS = 4
_WORDS = ("_MINOR", "_FOREIGN", "_FOREIGN_STEMS", "_MINOR_STEMS")


class Example(NamedTuple):
    """A line whose side is known."""

    clues: tuple[str, ...]
    is_article: bool
    weight: float
    fold: int
    is_reshaped: bool = False


def examples(cases: Sequence[Case]) -> Iterator[Example]:
    """The lines of `cases`, once as they are read and twice with half of the class words.

    Each time there are those of the pages reshaped, too.
    """
    known = {name: getattr(classwords, name) for name in _WORDS}
    for draw in range(DRAWS):
        chance = random.Random(draw)
        half = {
            name: type(words)(word for word in sorted(words) if not draw or chance.random() < 0.5)
            for name, words in known.items()
        }
        with patch.multiple(classwords, **half):
            classwords.forget()
            for case in cases:
                yield from _examples_of(case, shaping=None)
                yield from _examples_of(case, shaping=chance)
    classwords.forget()


def _examples_of(case: Case, shaping: random.Random | None) -> Iterator[Example]:
    labelled = [
        (line, tuple(clues), side)
        for line, clues in _lines(case, shaping)
        if (side := _side(case, line)) is not None
    ]
    # A whole page weighs like several lines of one whose truth is a few segments.
    share = 1.0 if case.origin == "trafilatura" else 3 / math.sqrt(len(labelled) or 1)
    if case.origin == "readability":
        share /= 2  # another program's word
    if shaping is not None:
        share *= RESHAPED_SHARE
    for line, clues, side in labelled:
        size = min(3.0, max(0.3, math.sqrt(len(line.text) / 60)))
        yield Example(clues, side, share * size, _fold(case), shaping is not None)


def _lines(case: Case, shaping: random.Random | None) -> Iterator[tuple[Line, list[str]]]:
    page = Page(url=case.url, body=case.body(), content_type="text/html")
    tree = parse(decode(page))
    embeds = find_citations(tree, page.url)
    root = tree.body or tree.root
    assert root is not None, "lexbor gives every document a root"
    outline = build_outline(
        root,
        omitted={one.node.mem_id for one in embeds if one.citation.relation is Relation.EMBEDDED},
    )
    if shaping is not None:
        reshape(outline.root, shaping)
    structured = read_structured(tree, page.url)
    headline = next((one.text for one in stated_headlines(tree, structured, page.url)), "")
    found = find_lines(outline, headline)
    prose = [line for line in found.lines if line.type is not BlockType.CAPTION]
    yield from zip(prose, list(clues_of(prose, found.container)), strict=True)
    outline.release()


def _side(case: Case, line: Line) -> bool | None:
    """Whether the truth holds a line; None where it does not say."""
    truth: Mapping[str, Any] = case.truth
    if case.origin == "trafilatura":
        text = folded(line.text)
        if any(folded(segment) in text for segment in truth["with"]):
            return True
        return False if any(folded(segment) in text for segment in truth["without"]) else None
    groups = word_groups(line.text)
    if len(line.text.split()) >= _LEAST_WORDS:
        return 2 * (groups & word_groups(truth["body"])).total() >= groups.total()
    letters = bare_letters(line.text)
    return letters in _all_letters(truth["body"]) if len(letters) >= _LEAST_LETTERS else None


def _all_letters(text: str) -> str:
    return "".join(bare_letters(line) for line in text.splitlines())


def _fold(case: Case) -> int:
    name = f"fold {case.publisher.partition('.')[0]}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()) % FOLDS


def learn(given: Sequence[Example]) -> dict[str, float]:
    """The weight of each clue: descent by batches, weights decaying, the mean of the last half.

    Each clue has its own pace, slower the more it was moved (Adagrad), so that rare ones arrive.
    """
    weights: dict[str, float] = {clue: 0.0 for one in given for clue in one.clues}
    means, moved = dict(weights), dict.fromkeys(weights, 1e-8)
    order = list(given)
    chance = random.Random(0)
    counted = 0
    for epoch in range(_EPOCHS):
        chance.shuffle(order)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            slopes: dict[str, float] = {}
            for one in batch:
                slope = one.weight * (one.is_article - likelihood(weights, one.clues))
                for clue in one.clues:
                    slopes[clue] = slopes.get(clue, 0.0) + slope
            for clue, weight in weights.items():
                slope = slopes.get(clue, 0.0) / len(batch) - _DECAY * weight
                moved[clue] += slope * slope
                weights[clue] = weight + _PACE * slope / math.sqrt(moved[clue])
        if 2 * epoch >= _EPOCHS:
            counted += 1
            for clue, weight in weights.items():
                means[clue] += (weight - means[clue]) / counted
    return means


def likelihood(weights: Mapping[str, float], clues: Iterable[str]) -> float:
    """How likely a line of these clues is of the article, by `weights`."""
    total = sum([weights.get(clue, 0.0) for clue in clues])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def judge(weights: Mapping[str, float], given: Iterable[Example]) -> str:
    """How well `weights` judge lines: the mean surprise, and the shares judged right."""
    surprise = total = right = 0.0
    for one in given:
        chance = likelihood(weights, one.clues)
        surprise -= one.weight * math.log(max(1e-9, chance if one.is_article else 1 - chance))
        right += one.weight * ((chance > 0.5) == one.is_article)
        total += one.weight
    return f"surprise {surprise / total:.4f}, right {right / total:.4f}"


def module(weights: Mapping[str, float]) -> str:
    """The weights as the module that ships them."""
    rows = sorted(weights.items(), key=lambda pair: pair[1])
    shown = [
        f'    "{clue}": {weight:.2f},' for clue, weight in rows if abs(weight) >= _LEAST_WEIGHT
    ]
    head = (
        '"""What each clue says of a line: below nought against the article, above it for it.\n\n'
        "Learnt by `bench/train_lines.py`, which writes this file: logarithms of odds, to be added"
        ' up.\n"""\n\n'
    )
    return f"{head}WEIGHTS = {{\n" + "\n".join(shown) + "\n}\n"


def main() -> int:
    """Learn, and print or ship."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    parser.add_argument("--folds", action="store_true", help="judge publishers not learnt from")
    parser.add_argument("--write", action="store_true", help="ship the weights")
    options = parser.parse_args()
    given = list(examples(in_part(read_corpus(options.corpus), Part.TRAIN)))
    print(f"{len(given)} lines")
    for fold in range(FOLDS if options.folds else 0):
        weights = learn([one for one in given if one.fold != fold])
        held_out = [one for one in given if one.fold == fold and not one.is_reshaped]
        print(f"fold {fold}: {judge(weights, held_out)}")
    weights = learn(given)
    print(f"all: {judge(weights, given)}")
    if options.write:
        SHIPPED.write_text(module(weights), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
