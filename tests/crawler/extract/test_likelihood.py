"""Lines of the page itself are told from the article's by where they stand, in any language."""

import pytest

from crawler.extract.document.markup import parse
from crawler.extract.text.body import find_lines, read_body
from crawler.extract.text.clues import clues_of
from crawler.extract.text.likelihood import likely
from crawler.extract.text.line_weights import WEIGHTS
from crawler.extract.text.outline import Outline
from crawler.extract.text.outlining import build_outline


def story(first: int) -> str:
    return "".join(
        f"<p>En la {n}a tago la granda ŝipo forlasis la havenon antaŭ la sunleviĝo, kaj neniu "
        "el la vilaĝo scias, kien ĝi velis aŭ kial ĝi neniam revenis al ni.</p>"
        for n in range(first, first + 6)
    )


STORY, SEQUEL = story(1), story(11)


def outline(markup: str) -> Outline:
    root = parse(f"<body><h1>La ŝipo</h1><div class=x>{markup}</div>").body
    assert root is not None
    return build_outline(root)


def texts(markup: str) -> str:
    text = read_body(outline(markup), "La ŝipo", "", "https://news.example/")
    return "\n".join(one.block.text for one in text.blocks)


@pytest.mark.parametrize(
    "box",
    [
        "<div class=q><p>Viaj leteroj</p><p>Skribu <a href=/1>al ni</a></p><button>Ek</button>",
        "<div class=q><span>12</span><span>5</span><span>al 2019</span><input>E",
    ],
)
def test_a_box_of_short_lines_with_controls_after_the_text_is_none_of_it(box: str) -> None:
    read = texts(f"{STORY}{box}</div>")
    assert "granda ŝipo" in read
    assert "leteroj" not in read
    assert "2019" not in read


def test_a_short_paragraph_between_long_ones_stays() -> None:
    assert "Neniam." in texts(f"{STORY}<p>Neniam.</p>{SEQUEL}").split("\n")


def test_a_heading_before_a_paragraph_stays() -> None:
    assert "La dua tago" in texts(f"{STORY}<h2>La dua tago</h2>{SEQUEL}")


def test_a_list_is_judged_as_one() -> None:
    items = "".join(f"<li>{n} {'vortoj pri la ŝipo ' * 6}</li>" for n in range(4))
    read = texts(f"{STORY}<p>Oni scias tion:</p><ul>{items}<li>Ne</li></ul>{SEQUEL}")
    assert "Ne" in read.split("\n")


def test_every_clue_of_a_plain_page_is_weighed_or_says_nothing() -> None:
    found = find_lines(outline(STORY), "La ŝipo")
    assert likely(found.lines, found.lines, found.container) == found.lines
    for clues in clues_of(found.lines, found.container):
        assert sum(WEIGHTS.get(clue, 0.0) for clue in clues) > 0
        assert len(clues) == len(set(clues))


def test_clues_come_in_one_order_whatever_the_process() -> None:
    line = "Kaj tio estis la fino de la rakonto pri la ŝipo, kiun ĉiuj en la vilaĝo konis bone."
    part = f"<section class=lead><header><ul class=summary><li>{line}</li></ul></header></section>"
    found = find_lines(outline(f"<form>{STORY}{part}</form>"), "La ŝipo")
    [clues] = [
        clues
        for one, clues in zip(found.lines, clues_of(found.lines, found.container), strict=True)
        if one.text == line
    ]
    within = [clue for clue in clues if clue.startswith("in ") and "part" not in clue]
    assert within == ["in li", "in lead words", "in header", "in section"]
