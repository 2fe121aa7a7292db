import sqlite3
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Article, BlockType, BodyBlock, Dateline
from archive.text.folding import find, fold, query
from archive.text.parts import STORY_WORDS, story_digest, text_digest, version_parts

WORDS = " ".join(f"word{number}" for number in range(STORY_WORDS))


def article(*texts, type_=BlockType.PARAGRAPH, **fields):
    body = tuple(BodyBlock(type=type_, text=text) for text in texts)
    return Article(url="https://news.example/a", body=body, **fields)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße ŁÓDŹ ﬁn Ærø", "strasse lodz fin aero"),
        ("İstanbul ISTANBUL ıstanbul", "istanbul istanbul istanbul"),
        ("أذربيجان إيران آب ٱلله", "اذربيجان ايران اب الله"),
        ("مستشفى مدرسة مسؤول هيئة", "مستشفي مدرسه مسوول هييه"),
        ("ایران کشور", "ايران كشور"),
        ("لبنـــــان مُحَمَّدٌ", "لبنان محمد"),
        ("٢٠٢٦ ۲۰۲۶ २०२६", "2026 2026 2026"),
        ("ВСЁ й", "все и"),
        ("हिन्दी में", unicodedata.normalize("NFC", "हिन्दी में")),
        ("서울 특별시", "서울 특별시"),
        ("#A–#B (H/T @someone)", "a b h t someone"),
        ("می\u200cخواهم co\u00adoperate", "ميخواهم cooperate"),
        ("don’t don't", "don t don t"),
        ("北京大学", "北京 京大 大学 学"),
        ("在2026年", "在 2026 年"),
        ("東京ﾀﾜｰ", "東京 京タ タワ ワー ー"),
        ("ก\u0e31น ไทย", "ก\u0e31 \u0e31น น ไท ทย ย"),
        ("", ""),
        ("… — !", ""),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_gives_only_tokens_and_does_not_see_spelling(text):
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert '"' not in folded
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(unicodedata.normalize("NFC", text)) == folded


@pytest.fixture(scope="module")
def fts():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE s USING fts5 (body, content='', tokenize='ascii')")
    yield connection
    connection.close()


def hits(fts, text, words):
    fts.execute("INSERT INTO s (s) VALUES ('delete-all')")
    fts.execute("INSERT INTO s (rowid, body) VALUES (1, ?)", (fold(text),))
    asked = query(words)
    return bool(asked and fts.execute("SELECT 1 FROM s WHERE s MATCH ?", (asked,)).fetchone())


@pytest.mark.parametrize(
    ("text", "words", "is_hit"),
    [
        ("在北京大学", "北京", True),
        ("在北京大学", "京大", True),
        ("在北京大学", "学", True),
        ("在北京大学", "京", True),
        ("在北京大学", "北大", False),
        ("北 京", "北京", False),
        ("新版iPhone手机", "iphone手机", True),
        ("2026年11月", "11月", True),
        ("กรุงเทพมหานคร", "เทพ", True),
        ("東京タワー", "ﾀﾜｰ", True),
        ("عاجل #المرصدالسوري يقول", "#المرصدالسوري", True),
        ("في أذربيجان", "اذربيجان", True),
        ("في اذربيجان", "أذربيجان", True),
        ("covid-19 cases", "COVID-19", True),
        ("covid cases 19", "covid-19", False),
        ("cases of covid", "covid cases", True),
        ("cases", "covid cases", False),
        ("near by", 'NEAR("by" near)', True),
        ("a b", "a NOT b", False),
    ],
)
def test_query_finds_what_was_folded(fts, text, words, is_hit):
    assert hits(fts, text, words) is is_hit


@given(st.text() | st.text(alphabet='"*():^-+{}[] ANDORTNE.\\\x00;北年'))
def test_no_words_are_syntax(fts, words):
    hits(fts, "x", words)


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=4))
def test_every_text_is_found_by_its_own_words(fts, words):
    text = " ".join(words)
    if query(text):
        assert hits(fts, text, text)
        assert find(text, text) is not None


@pytest.mark.parametrize("length", [500, 100_000])
def test_long_queries_are_bounded(fts, length):
    for words in ("北" * length, "北 京 " * length, "a " * length, "a-" * length):
        hits(fts, "x", words)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("اذربيجان", "قال في أَذْرَبِيجَان اليوم", "أَذْرَبِيجَان"),
        ("strasse", "in der Straße dort", "Straße"),
        ("art", "the party of art", "art"),
        ("京大", "在北京大学", "京大"),
        ("nothing party", "the Party", "Party"),
    ],
)
def test_finds_the_place_in_the_original(words, text, found):
    start, end = find(words, text)
    assert text[start:end].startswith(found[0])
    assert fold(text[start:end]) == fold(found)


@pytest.mark.parametrize("marks", ['""', "“”", "„“", "«»", "»«"])
def test_words_between_quotation_marks_are_one_phrase(fts, marks):
    text = "The lower road by the bridge was closed."
    asked = f"closed {marks[0]}the lower  road{marks[1]}"
    assert hits(fts, text, asked)
    assert not hits(fts, text, f"{marks[0]}lower bridge{marks[1]}")
    assert hits(fts, text, f"{marks[0]}lower bridge")  # one mark alone is none
    start, end = find(f"{marks[0]}lower road{marks[1]}", text)
    assert text[start:end] in {"lower", "lower road"}
    assert hits(fts, "北京大学校长讲话", f"{marks[0]}大学 校长{marks[1]}")


def test_nothing_is_found_where_nothing_is():
    assert find("absent", "a text") is None


def test_white_space_and_composition_make_no_version():
    one = article("Caf\u00e9  au\nlait", " ", headline="H ")
    other = article("Cafe\u0301 au lait", headline=" H")
    assert text_digest(one) == text_digest(other)


@pytest.mark.parametrize(
    "type_", [BlockType.CAPTION, BlockType.MEDIA, BlockType.POST], ids=lambda one: one.value
)
def test_what_is_shown_beside_the_text_makes_no_version(type_):
    one = article("a", "b", headline="H")
    shown = BodyBlock(type=type_, text="17,204 likes", url="https://news.example/1.jpg")
    other = replace(one, body=(one.body[0], shown, one.body[1]), image="https://news.example/2.jpg")
    assert text_digest(one) == text_digest(other)
    assert [part.text for part in version_parts(other)] == ["H", "a", "b"]


def test_how_a_block_was_told_apart_makes_no_version():
    one = article("a", "b")
    heading = BodyBlock(type=BlockType.HEADING, text="a")
    assert text_digest(one) == text_digest(replace(one, body=(heading, one.body[1])))


@pytest.mark.parametrize(
    "other",
    [
        article("a b", headline="H", subtitle="s"),
        article("a b", headline="h"),
        article("A b", headline="H"),
        article("a", "b", headline="H"),
        article("a b."),
        article("H", "a b"),
    ],
)
def test_every_publisher_text_is_a_version(other):
    assert text_digest(other) != text_digest(article("a b", headline="H"))


def test_case_punctuation_and_setting_make_no_other_story():
    one = article(f"BEIRUT (5:35 P.M.) – “{WORDS}” – it’s over.", headline="One")
    one = replace(one, dateline=Dateline(raw="BEIRUT (5:35 P.M.) –"))
    body = (
        BodyBlock(type=BlockType.HEADING, text="A subhead of our own"),
        BodyBlock(type=BlockType.PARAGRAPH, text=f'"{WORDS.upper()}"'),
        BodyBlock(type=BlockType.CAPTION, text="A picture"),
        BodyBlock(type=BlockType.LIST, text="IT'S\nover"),
    )
    other = replace(one, body=body, headline="Two", dateline=None)
    assert story_digest(one) == story_digest(other) is not None


def test_another_word_is_another_story():
    assert story_digest(article(WORDS)) != story_digest(article(WORDS + " more"))


def test_a_few_words_are_no_story():
    assert story_digest(article(WORDS.rpartition(" ")[0])) is None
    assert story_digest(article()) is None
    assert story_digest(article(WORDS, type_=BlockType.CAPTION)) is None


def test_a_dateline_does_not_count_as_words():
    dated = article(f"KYIV – {WORDS}", dateline=Dateline(raw="KYIV –"))
    assert story_digest(dated) == story_digest(article(WORDS))


def test_a_story_without_spaces_has_words_too():
    assert story_digest(article("北京" * STORY_WORDS)) is not None
    assert story_digest(article("北京" * (STORY_WORDS // 2))) is None
