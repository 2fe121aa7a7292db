import pytest

from archive import BlockType, BodyBlock
from crawler.extract.text.biography import without_biographies
from crawler.extract.text.lines import Placed

STORY = [
    f"The ferry number {number} left the harbour before dawn on Monday." for number in range(5)
]


def placed(texts, kind=BlockType.PARAGRAPH):
    return [Placed(BodyBlock(type=kind, text=text), span=None) for text in texts]


def kept(texts, *authors):
    return [one.block.text for one in without_biographies(placed(texts), authors)]


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee is a reporter in Oslo.",
        "Ann Lee (34) is a reporter in Oslo.",
        "Ann Lee, who lives in Bergen, writes about ships.",
        "Ann Lee ist Redakteurin in Oslo.",
        "ANN LEE works for the harbour's own paper.",
    ],
)
def test_a_last_line_that_says_who_the_author_is_goes(line):
    assert kept([*STORY, line], "Bo Ek", "Ann Lee") == STORY


def test_what_stands_below_such_a_line_goes_with_it():
    assert kept([*STORY, "Ann Lee is a reporter.", "She lives in Oslo."], "Ann Lee") == STORY


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee told the court that she had seen nothing.",  # she is in the story
        "Bo Ek is a reporter in Oslo.",  # and no author
        "Annabel is a reporter in Oslo.",
    ],
)
def test_other_last_lines_stay(line):
    assert kept([*STORY, line], "Ann Lee", "Ann") == [*STORY, line]


def test_a_portrait_of_its_author_keeps_its_text():
    portrait = ["Ann Lee is a reporter in Oslo.", *STORY, "Lee sailed with it."]
    assert kept(portrait, "Ann Lee") == portrait
    short = ["Ann Lee is a reporter in Oslo.", "Ann Lee has a boat."]
    assert kept(short, "Ann Lee") == short


@pytest.mark.parametrize(
    "line", ["Ann Lee is a reporter in Oslo.", "Ann Lee currently works for the Isle News."]
)
def test_so_does_a_first_line_where_the_rest_does_not_tell_of_the_author(line):
    assert kept([line, *STORY], "Ann Lee") == STORY


def test_a_quotation_of_the_author_stays():
    quoted = [*placed(STORY), *placed(["Ann Lee is a reporter."], BlockType.QUOTE)]
    assert without_biographies(quoted, ["Ann Lee"]) == quoted
