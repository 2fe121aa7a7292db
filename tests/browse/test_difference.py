from hypothesis import given
from hypothesis import strategies as st

from archive.browse.difference import Kind, changes

paragraphs = st.lists(st.text("ab 北京.\n", min_size=1, max_size=12), max_size=6)


def sides(found, before):
    """The paragraphs on both sides, as the changes tell them."""
    old, new, at = [], [], 0
    for change in found:
        if change.unchanged:
            old += before[at : at + change.unchanged]
            new += before[at : at + change.unchanged]
            at += change.unchanged
            continue
        was = "".join(piece.text for piece in change.pieces if piece.kind is not Kind.IN)
        now = "".join(piece.text for piece in change.pieces if piece.kind is not Kind.OUT)
        old += [was] if was else []
        new += [now] if now else []
        at += bool(was)
    return old, new


@given(paragraphs, paragraphs)
def test_both_texts_can_be_read_off_their_difference(before, after):
    assert sides(changes(before, after), before) == (before, after)


@given(paragraphs)
def test_a_text_does_not_differ_from_itself(text):
    assert all(change.unchanged for change in changes(text, text))


def test_one_word_changed_is_one_word_shown():
    (change,) = changes(["The old bridge fell."], ["The new bridge fell."])
    assert [(str(piece.kind), piece.text) for piece in change.pieces] == [
        ("same", "The "),
        ("out", "old"),
        ("in", "new"),
        ("same", " bridge fell."),
    ]


def test_a_script_without_spaces_is_compared_by_its_characters():
    (change,) = changes(["列车比时刻表早到两分钟"], ["列车比时刻表早到三分钟"])
    assert [piece.text for piece in change.pieces if piece.kind is not Kind.SAME] == ["两", "三"]


def test_a_huge_paragraph_is_shown_as_replaced_and_takes_no_time():
    (change,) = changes(["a b " * 50_000], ["a c " * 50_000])
    assert [str(piece.kind) for piece in change.pieces] == ["out", "in"]
