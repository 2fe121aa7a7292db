import pytest

from crawler.extract.witnesses.signed_names import names_in, shown_names


@pytest.mark.parametrize(
    "byline",
    [
        "By Ann Lee, Staff Writer",
        "By Ann Lee Staff Writer",
        "Ann Lee, Executive Editor",
        "Ann Lee | May 3, 2021",
        "By Ann Lee · May 3, 2021",
        "By Ann Lee - May 3",
        "By Ann Lee On May 3, 2021",
        "By Ann Lee Tuesday, May 4",
        "By Ann Lee Marzo 3, 2021",
        "By Ann Lee Sept. 3, 2021",
        "By Ann Lee of Isle News",
        "By Ann Lee The Isle News",
        "By Ann Lee, The Isle News",
        "Ann Lee The Associated Press",
        "Story by Ann Lee",
        "Posted By: Ann Lee",
        "Ein Kommentar von Ann Lee",
        "Propos recueillis par Ann Lee",
        "a cura di Ann Lee",
        "Oleh Ann Lee",
        "Par Ann Lee (avec AFP)",
        "Por Ann Lee — Oslo",
        "Par Ann Lee publié le 3 mai 2021",
        "Por Ann Lee publicado el 3 de mayo",
        "Von Ann Lee veröffentlicht am 3. Mai",
        "Ann Lee opublikowano 3 maja",
        "Opr. Ann Lee",
        "oprac. Ann Lee",
        "Follow Ann Lee",
        "By Ann Lee Email",
        "By Ann Lee | Isle Courier",
        "✍️ Ann Lee",
        "dal nostro inviato Ann Lee",
        "De notre correspondante, Ann Lee",
        "Tekst Ann Lee",
        "Ann Lee (reporting) and Bo Ek (photography)",
    ],
)
def test_a_shown_byline_is_the_name_and_nothing_else(byline):
    assert list(shown_names([byline])) == ["Ann Lee"]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Lee with Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("By Ann Lee, Bo Ek and Cy Fox", ["Ann Lee", "Bo Ek", "Cy Fox"]),
        ("Von Ann Lee, dpa", ["Ann Lee", "dpa"]),
        ("Analysis by Ann Lee, CNN", ["Ann Lee", "CNN"]),
        ("By Ann van der Lee Political Correspondent", ["Ann van der Lee"]),
        ("By Ann Marie Lee", ["Ann Marie Lee"]),
        ("Ann Lee/AFP", ["Ann Lee", "AFP"]),
        ("Ann Lee – AFP", ["Ann Lee", "AFP"]),
        ("By Staff Reporter", []),
        ("Our Special Correspondent", []),
        ("dpa/Ann Lee", ["dpa", "Ann Lee"]),
        ("Ann Lee/Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee/Isle", ["Ann Lee/Isle"]),
        ("Isle/Bo Ek", ["Isle/Bo Ek"]),
        ("Ann Lee Ann Lee", ["Ann Lee"]),
        ("By Cory Cory", ["Cory Cory"]),
        ("By Ann L. Published 3/15/22", ["Ann L."]),
        ("Von unserem freien Mitarbeiter Bo Ek", ["Bo Ek"]),
        ("Von unserer Kulturredakteurin Ann Lee", ["Ann Lee"]),
    ],
)
def test_who_else_signs_is_named_too(byline, names):
    assert list(shown_names([byline])) == names


@pytest.mark.parametrize(
    "name", ["Ann Martin", "Ann Marsh", "Ann Jansen", "Ann Novak", "Ann Mayer"]
)
def test_a_name_that_begins_as_a_month_does_is_whole(name):
    assert list(shown_names([f"By {name} 3 June 2021"])) == [name]


@pytest.mark.parametrize(
    "line", ["By Monday, 300 of them had left", "By June, 12 houses were gone", "By Friday 3 May"]
)
def test_a_sentence_that_opens_with_a_day_is_signed_by_nobody(line):
    assert list(shown_names([line])) == []


@pytest.mark.parametrize(
    "line", ["Photos by Ann Lee", "Editor: Ann Lee", "Quelle: Ann Lee", "View Author Page"]
)
def test_who_signs_something_else_is_none(line):
    assert list(shown_names([line])) == []


@pytest.mark.parametrize(
    "byline",
    ["Foto: Bo Ek", "Photo by Bo Ek", "Фото: Анна Ли", "Text: Ann Lee, Foto: Bo Ek"],
)
def test_who_made_a_picture_has_not_written_the_text(byline):
    assert [name for name in names_in(byline) if name != "Ann Lee"] == []
