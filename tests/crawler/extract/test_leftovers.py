import pytest

from archive import BlockType, BodyBlock
from crawler.extract.leftovers import Leftovers, without_leftovers
from crawler.extract.markup import parse

STORY = "The ships left the harbour in the morning, and nobody was on the quay to see them. "


def kept(*lines):
    blocks = [BodyBlock(type=BlockType.PARAGRAPH, text=line) for line in lines]
    return [line for line, keep in zip(lines, without_leftovers(blocks), strict=True) if keep]


@pytest.mark.parametrize(
    "line",
    ["2 Shares", "1.2K shares", "12 Kommentare", "Share on Facebook", "Tweet | Share | E-mail"],
)
def test_counters_and_buttons_are_dropped_anywhere(line):
    assert kept(STORY, line, STORY) == [STORY, STORY]


@pytest.mark.parametrize(
    "line",
    [
        "Be civil. No insults.",
        "Please keep it respectful, everyone.",
        "Comments are moderated and must follow our guidelines.",
    ],
)
def test_rules_for_comments_are_dropped_at_the_end(line):
    assert kept(STORY, STORY, line) == [STORY, STORY]


def test_everything_behind_the_heading_of_the_comments_goes():
    assert kept(STORY, STORY, STORY, "Leave a Reply", "First!") == [STORY, STORY, STORY]


@pytest.mark.parametrize(
    "line",
    [
        "Shares fell.",
        "He sold 2 shares of the company on Monday, and bought them back on Friday.",
        "The minister's comments on the policy were widely shared.",
        "Print.it is a company.",
        "Comments",
    ],
)
def test_sentences_of_the_story_stay(line):
    assert kept(line, STORY, STORY, STORY, STORY, STORY)[0] == line


def holds(html, selector):
    tree = parse(html)
    node = tree.css_first(selector)
    return Leftovers(tree.body).holds(node, node.attributes)


def test_a_small_part_that_names_itself_is_left_over():
    html = f"<div>{STORY * 5}</div><div class='post_comments-area commentsArea'>A comment</div>"
    assert holds(html, "div + div")
    assert not holds(html, "div")


def test_a_wrapper_of_the_story_is_not_whatever_it_is_called():
    assert not holds(f"<div class=share>{STORY}</div>", "div")
    assert not holds(f"<div class=share><h1>T</h1></div><p>{STORY * 9}</p>", "div")
    assert not holds(f"<article class=comments>x</article><p>{STORY * 9}</p>", "article")


def test_scripts_do_not_make_a_story_look_small():
    script = "<script>" + "x" * 100_000 + "</script>"
    assert not holds(f"{script}<div class=related>{STORY}</div>", "div")
