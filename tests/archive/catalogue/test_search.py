import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import Author, CaptureNotFound, Dateline, Reading, Verdict
from tests.archive.catalogue.facts import READER, RUN, add, article, capture, citation

PAGES = {
    "beijing": article(
        "https://a.example/2026/beijing-1",
        "新华社北京11月22日电 外交部发言人今天表示。",
        headline="北京大学校长讲话",
    ),
    "syria": article(
        "https://a.example/2026/syria-1",
        "BEIRUT – Rebels advanced, monitors said.",
        headline="Rebels advance",
        posts=(
            citation(
                "11",
                claimed_handle="syriahr",
                claimed_text="عاجل قصف على #إدلب",
                hashtags=("#المرصدالسوري",),
            ),
        ),
    ),
    "baku-1": article(
        "https://a.example/2026/baku-1", "وصل رئيس أذربيجان إلى العاصمة", headline="زيارة"
    ),
    "baku-2": article("https://a.example/2026/baku-2", "قالت اذربيجان اليوم إنها", headline="بيان"),
    "bangkok": article(
        "https://a.example/2026/bangkok-1", "ฝนตกหนักในกรุงเทพมหานครเมื่อคืนนี้", headline="ข่าว"
    ),
    "tokyo": article(
        "https://a.example/2026/tokyo-1",
        "警視庁は東京タワーの近くで男を逮捕した。",
        headline="速報",
    ),
    "lodz": article(
        "https://a.example/2026/lodz-1", "Protest w Łodzi.", headline="Manifestacja w Łodzi"
    ),
}


@pytest.fixture
def ids(writer):
    return {
        name: add(writer, number, page).article_id
        for number, (name, page) in enumerate(PAGES.items())
    }


def found(reader, words):
    return [(hit["kind"], hit["id"]) for hit in reader.search(words)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("北京", ["beijing"]),
        ("京大", ["beijing"]),
        ("发言人", ["beijing"]),
        ("北大", []),
        ("اذربيجان", ["baku-1", "baku-2"]),
        ("أذربيجان", ["baku-1", "baku-2"]),
        ("أَذْرَبِيـــجان اليوم", ["baku-2"]),
        ("กรุงเทพ", ["bangkok"]),
        ("ฝนตก เมื่อคืน", ["bangkok"]),
        ("東京", ["tokyo"]),
        ("タワー", ["tokyo"]),
        ("ﾀﾜｰ 逮捕", ["tokyo"]),
        ("男", ["tokyo"]),
        ("lodzi", ["lodz"]),
        ("ŁODZI protest", ["lodz"]),
        ("rebels monitors", ["syria"]),
        ("rebels absent", []),
    ],
)
def test_articles_are_found_in_every_script(ids, reader, words, names):
    assert sorted(found(reader, words)) == sorted(("article", ids[name]) for name in names)


@pytest.mark.parametrize("words", ["#المرصدالسوري", "المرصدالسوري", "@syriahr", "قصف إدلب"])
def test_posts_are_found_by_what_pages_claim_of_them(ids, reader, words):
    assert found(reader, words) == [("post", "x:11")]
    (hit,) = reader.search(words)
    assert hit["headline"] == "Rebels advance"
    assert hit["url"] == "https://x.com/i/status/11"


def test_a_hit_shows_the_originals_own_letters(ids, reader):
    (hit,) = reader.search("اذربيجان اليوم")
    assert "قالت اذربيجان اليوم" in hit["snippet"]
    (hit,) = reader.search("اذربيجان رئيس")
    assert "أذربيجان" in hit["snippet"]
    (hit,) = reader.search("LODZI")
    assert hit["snippet"] == "Manifestacja w Łodzi Protest w Łodzi."


def test_a_snippet_is_cut_around_the_word(writer, reader):
    add(writer, 1, article(text=f"{'before ' * 500}needle {'after ' * 500}"))
    add(writer, 2, article("https://b.example/b-1", f"{'前' * 3000}针{'后' * 3000}"))
    (hit,) = reader.search("needle")
    assert hit["snippet"].startswith("…before")
    assert hit["snippet"].endswith("…")
    assert "needle" in hit["snippet"]
    (hit,) = reader.search("针")
    assert "针" in hit["snippet"]
    assert len(hit["snippet"]) < 200


def test_a_word_that_was_edited_away_is_still_found_and_shown(writer, reader):
    add(writer, 1, article(text="the minister lied", headline="Then"))
    latest = add(writer, 2, article(text="the minister spoke", headline="Now"))
    (hit,) = reader.search("lied")
    assert (hit["id"], hit["headline"]) == (latest.article_id, "Then")
    assert "lied" in hit["snippet"]
    assert len(list(reader.search("minister"))) == 1


def test_headlines_count_for_more_than_bodies(writer, reader):
    add(writer, 1, article("https://b.example/b-1", "siege " * 3 + "x " * 9, headline="Other"))
    best = add(writer, 2, article(text="y " * 12, headline="The siege"))
    assert found(reader, "siege")[0] == ("article", best.article_id)


def test_every_copy_is_found_up_to_the_limit(writer, reader):
    for number in range(6):
        add(writer, number, article(f"https://news.example/2026/a-{number}"))
    assert len(list(reader.search("word1"))) == 6
    assert len(list(reader.search("word1", limit=4))) == 4
    assert not list(reader.search("word1", limit=0))


def test_a_move_to_another_article_loses_no_text(writer, reader):
    copy, original = "https://a.example/amp/s-1", "https://b.example/2026/s-1"
    add(writer, 1, article(copy, "apricots", canonical=original))
    add(writer, 2, article(original, "bananas", amp=copy))
    (hit,) = reader.search("apricots")
    assert hit["id"] == reader.find(original).view["id"]


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(st.text() | st.text(alphabet='"*():^-+{}NEAR OTAD headlinebody:\x00北น'))
def test_no_words_break_the_search(ids, reader, words):
    for hit in reader.search(words):
        assert hit["kind"] in {"article", "post"}


@pytest.mark.parametrize("words", ["", "  ", '"', "*", "!!!", "AND", "NEAR(", "headline:x", "\x00"])
def test_punctuation_asks_for_nothing(ids, reader, words):
    assert list(reader.search(words)) == []


def test_what_an_undone_batch_would_have_made_known_is_found_under_nothing(writer, reader):
    undone = article("https://a.example/2026/undone-1", "Nobody shall find zanzibar.")
    with pytest.raises(CaptureNotFound), writer.batch():  # noqa: PT012 - the last line raises
        writer.add_run(RUN)
        writer.add_capture(capture(1, url=undone.url))
        writer.add_reading(
            Reading(
                record_id=capture(1).record_id,
                reader=READER,
                verdict=Verdict.CONTENT,
                article=undone,
            )
        )
        writer.add_reading(Reading(record_id="lost", reader=READER, verdict=Verdict.GONE))
    kept = add(writer, 2, article("https://a.example/2026/kept-1", "Somebody finds pemba."))
    assert found(reader, "zanzibar") == []
    assert found(reader, "pemba") == [("article", kept.article_id)]


@pytest.mark.parametrize("block", [0, None, 7])
def test_where_an_article_was_signed_and_who_wrote_it_is_found(writer, reader, block):
    signed = article(
        text="The highway reopened to traffic.",
        dateline=Dateline(raw="LATAKIA, SYRIA (5:35 P.M.) –", place="Latakia", block=block),
        authors=(Author(name="Noor Feld"),),
        agencies=("Levant Wire",),
    )
    id_ = add(writer, 1, signed).article_id
    for words in ("latakia", "syria highway", "noor-feld", "levant-wire"):
        assert found(reader, words) == [("article", id_)], words
    [hit] = reader.search("latakia")
    assert "LATAKIA, SYRIA (5:35 P.M.) – The highway" in hit["snippet"] or block == 7
