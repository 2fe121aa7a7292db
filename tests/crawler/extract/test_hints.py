"""What the structured data have of an article tells its lines, unless they have another text."""

from crawler.extract.hints import stated_clues
from crawler.extract.lines import Line
from crawler.extract.outline import Branch, Span

STORY = [
    f"On day {n} the fine old ship left the harbour, and nobody stood on the quay to see her go."
    for n in range(1, 6)
]


def clues(texts: list[str], body: str) -> list[str | None]:
    owner = Branch("p", {}, None)
    return list(stated_clues([Line(text, 0, Span(0, len(text)), owner) for text in texts], body))


def test_a_line_that_the_stated_text_lacks_is_told_from_those_it_has() -> None:
    lines = [STORY[0], "Share this", *STORY[1:]]
    assert clues(lines, "\n".join(STORY)) == ["stated", "not stated", *["stated"] * 4]


def test_what_follows_a_text_that_was_cut_off_is_not_called_missing() -> None:
    said = clues(STORY, " ".join([*STORY[:3], STORY[3][:40]]))
    assert said == ["stated"] * 3 + ["beyond what is stated"] * 2


def test_another_text_and_a_scant_one_tell_nothing() -> None:
    assert clues(STORY, "Quite another matter was stated here. " * 20) == [None] * 5
    assert clues(STORY, STORY[0]) == [None] * 5
