"""What changed between two texts."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Article, BlockType, BodyBlock
from archive.text.difference import Change, Piece, count_words, differences, word_differences
from archive.text.parts import version_parts

WORDS = st.lists(
    st.sampled_from(
        ["the", "bridge", "fell", " ", "\n", ".", "don't", "北京", "ตำรวจ", "é", "e\u0301"]
    )
    | st.text(max_size=3),
    max_size=30,
).map("".join)


def marked(before, after):
    marks = {"same": "{}", "removed": "[{}]", "added": "<{}>"}
    pieces = word_differences(before, after)
    return "".join(marks[piece.change].format(piece.text) for piece in pieces)


def story(*paragraphs, headline="Headline", type_=BlockType.PARAGRAPH):
    body = tuple(BodyBlock(type=type_, text=text) for text in paragraphs)
    return Article(url="https://news.example/a", headline=headline, body=body)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Five were hurt.", "Seven were hurt.", "[Five]<Seven> were hurt."),
        ("It rained.", "It rained, and how.", "It rained<, and how>."),
        ("the mayor's plan", "the major's plan", "the [mayor's]<major's> plan"),
        ("a well-known man", "a known man", "a [well-known]<known> man"),
        ("one two three", "one three", "one [two ]three"),
        ("造成五人死亡。", "造成七人死亡。", "造成[五]<七>人死亡。"),
        ("ตำรวจจับ 3 คน", "ตำรวจจับ 4 คน", "ตำรวจจับ [3]<4> คน"),
        ("東京は晴れ", "東京は雨", "東京は[晴れ]<雨>"),
        ("", "new", "<new>"),
        ("old", "", "[old]"),
        ("as it was", "as it was", "as it was"),
    ],
)
def test_words_are_the_unit_and_letters_where_there_are_no_spaces(before, after, shown):
    assert marked(before, after) == shown


@given(WORDS, WORDS)
def test_the_pieces_put_together_are_both_texts(before, after):
    pieces = word_differences(before, after)
    for dropped, text in ((Change.ADDED, before), (Change.REMOVED, after)):
        assert "".join(piece.text for piece in pieces if piece.change is not dropped) == text
    assert all(piece.text for piece in pieces)
    assert all(one.change is not other.change for one, other in itertools.pairwise(pieces))
    assert all(piece.change is Change.SAME for piece in pieces) == (before == after)


@given(st.lists(WORDS, max_size=5), st.lists(WORDS, max_size=5))
def test_the_parts_put_together_are_both_versions(before, after):
    old, new = story(*before), story(*after)
    parts = differences(old, new)
    for dropped, article in ((Change.ADDED, old), (Change.REMOVED, new)):
        texts = ("".join(p.text for p in part.pieces if p.change is not dropped) for part in parts)
        assert [text for text in texts if text] == [part.text for part in version_parts(article)]


def test_a_new_paragraph_leaves_an_edited_neighbour_recognised():
    old = story("One.", "Five people were killed when the bridge gave way.", "Last.")
    new = story(
        "One.",
        "A wholly new thing stands here.",
        "Six people were killed when the bridge gave way.",
        "Last.",
    )
    changed = [part.pieces for part in differences(old, new) if not part.is_same]
    assert changed[0] == (Piece(change=Change.ADDED, text="A wholly new thing stands here."),)
    assert [(piece.change, piece.text) for piece in changed[1][:2]] == [
        (Change.REMOVED, "Five"),
        (Change.ADDED, "Six"),
    ]
    assert count_words(differences(old, new), Change.ADDED) == 7


def test_another_headline_is_a_part_of_its_own():
    (headline, body) = differences(story("a"), story("a", headline="Other"))
    assert (headline.kind, headline.is_same, body.is_same) == ("headline", False, True)


@pytest.mark.parametrize("text", ["ab " * 50_000, "a" * 300_000, "ท" * 50_000, "'" * 100_000])
def test_hostile_texts_take_no_long_time(text):
    began = time.monotonic()
    word_differences(text, "b " + text[: len(text) // 2] + " b " + text[::-1])
    assert time.monotonic() - began < 10


def test_many_paragraphs_are_compared_all_the_same():
    old = story(*(f"number {n} of the old" for n in range(300)))
    new = story(*(f"number {n} of the new" for n in range(300)))
    assert len(differences(old, new)) >= 300


def test_paragraphs_of_very_many_words_are_not_weighed_against_each_other():
    long = [" ".join(f"{name}{number % 700}" for number in range(33_000)) for name in "ab"]
    parts = differences(story(*long), story(*(f"{text} more" for text in long)))
    assert [[piece.change.value for piece in part.pieces] for part in parts] == [
        ["same"],
        ["added"],
        ["added"],
        ["removed"],
        ["removed"],
    ]
