"""What a publisher says of its own text, and what only sounds like it."""

import pytest

from archive import BlockType, BodyBlock
from crawler.extract.document.markup import parse
from crawler.extract.document.structured import read_structured
from crawler.extract.text.notices import find_notices, notice_kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("correction", "Correction: the bridge is forty metres long, not fourteen."),
        ("correction", "CORRECTION (May 3, 2022): The name was misspelt."),
        ("correction", "Correction, 3 May — The name was misspelt."),
        ("correction", "Editor's note – Correction: The name was misspelt."),
        ("correction", "Editor’s note: An earlier version of this story misspelt the name."),
        ("correction", "Anmerkung der Redaktion: In einer früheren Version war er 40."),
        ("correction", "Amendment: the bridge is forty metres long."),
        ("correction", "In an earlier version of this article the name was misspelt."),
        ("correction", "Une version précédente de cet article donnait un faux nom."),
        ("update", "Editor's note: This story has been updated with a statement."),
        ("correction", "An earlier version of this article misspelt the mayor's name."),
        ("correction", "This story has been corrected to show that he is 40."),
        ("correction", "Korrektur: In einer früheren Version stand ein falscher Name."),
        ("correction", "In einer früheren Version dieses Artikels stand ein falscher Name."),
        ("correction", "Fe de errores: el puente mide cuarenta metros."),
        ("correction", "Исправление: мост длиной сорок метров."),
        ("correction", "تصحيح: طول الجسر أربعون مترا."),
        ("correction", "更正：桥长四十米。"),
        ("clarification", "Clarification: he spoke for himself."),
        ("clarification", "Уточнение: он говорил от себя."),
        ("update", "UPDATE: The road is open again."),
        ("update", "Update, 14:30: The road is open again."),
        ("update", "Updated 3 May 2022 – The road is open again."),
        ("update", "This article was updated on 3 May with a statement of the mayor."),
        ("update", "Dieser Artikel wurde am 3. Mai aktualisiert."),
        ("update", "Mise à jour : la route est rouverte."),
        ("update", "更新：道路已重新开放。"),
    ],
)
def test_a_notice_is_told_by_its_opening_or_its_sentence(kind, text):
    assert notice_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Corrections officers walked out on Monday over pay: their union called it a strike.",
        "The correction of the minutes took the council an hour.",
        "Updates to the software are due in May, the maker said.",
        "Update your address before you vote, the office asks.",
        "The article was never corrected, he said.",
        "Editor's note: the author is a fisherman.",
        "The mayor had sent an update: the road is open again.",
        "更新换代的速度很快。",
        "Correction: " + "x" * 3_000,
    ],
)
def test_a_sentence_about_corrections_is_none(text):
    assert notice_kind(text) is None


def test_a_correction_that_only_json_ld_has_stands_in_no_block():
    page = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A bridge opens",'
        '"correction": [{"@type": "CorrectionComment", "text": "It is forty metres long."}]}'
        "</script>"
    )
    structured = read_structured(parse(page), "https://a.example/1")
    body = [BodyBlock(type=BlockType.PARAGRAPH, text="Update: The bridge is open.")]
    found = [(one.kind.value, one.text, one.block) for one in find_notices(body, structured)]
    assert found == [
        ("update", "Update: The bridge is open.", 0),
        ("correction", "It is forty metres long.", None),
    ]
