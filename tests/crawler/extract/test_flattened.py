"""Plain text that once was a page. All content is invented."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import BlockType, Relation
from crawler.extract.flattened.article import read_flattened
from crawler.reading.normalise import normalise_article

ABOVE = "The trucks carry tents, stoves and flour for the villages above the lake."
BELOW = "Drivers said that the last bridge had been repaired with timber from a sawmill nearby."
SIGNED = "— Nadia H (@nadia_h) September 30, 2020"


def article(*paragraphs, between="\n\n"):
    return read_flattened(between.join(paragraphs), None)


def quoted(*tail, between="\n\n"):
    found = article(ABOVE, *tail, BELOW, between=between)
    paragraphs = [one.text for one in found.body if one.type is BlockType.PARAGRAPH]
    assert paragraphs == [ABOVE, BELOW]
    [post] = found.quoted
    assert found.body[post.block].type is BlockType.POST
    assert found.body[post.block].post is None
    return post


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "tail",
    [
        ("First trucks at the pass. #Armenia–#Azerbaijan pic.twitter.com/Zz9Yy8Xx7W", SIGNED),
        (f"First trucks at the pass. #Armenia–#Azerbaijan pic.twitter.com/Zz9Yy8Xx7W {SIGNED}",),
    ],
)
def test_a_post_of_x_with_its_signature_below_or_behind_it(tail, between):
    post = quoted(*tail, between=between)
    assert (post.platform, post.claimed_handle, post.claimed_name) == ("x", "nadia_h", "Nadia H")
    assert post.claimed_on == dt.date(2020, 9, 30)
    assert post.claimed_text.startswith("First trucks")
    assert post.claimed_text.endswith("Xx7W")
    assert post.hashtags == ("Armenia", "Azerbaijan")
    assert post.links == ("https://pic.twitter.com/Zz9Yy8Xx7W",)


@pytest.mark.parametrize(
    ("tail", "name", "day"),
    [
        ("— Nadia (East) — H (@nadia_h) 25. September 2018", "Nadia (East) — H", (2018, 9, 25)),
        ("– Nadia (@nadia_h) 20 août 2021", "Nadia", (2021, 8, 20)),
        ("-- Nadia (@nadia_h) 16 мая 2018 г.", "Nadia", (2018, 5, 16)),
        ("— نادية (\u200e@nadia_h\u200e) ٢٥ مارس ٢٠٢٠", "نادية", (2020, 3, 25)),
        ("— 記者 (@nadia_h) 2018年9月29日", "記者", (2018, 9, 29)),
    ],
)
def test_signatures_in_many_languages(tail, name, day):
    post = quoted("The road is open again.", tail)
    assert (post.claimed_name, post.claimed_on) == (name, dt.date(*day))


def test_markdown_s_marks_of_a_quotation_are_no_text():
    post = quoted(f"> The road is open again.\n>\n> {SIGNED}")
    assert post.claimed_text == "The road is open again."
    assert post.claimed_handle == "nadia_h"


def test_an_address_behind_the_signature_makes_a_citation():
    url = "https://twitter.com/nadia_h/status/1311300000000000000"
    article = read_flattened(f"The road is open again.\n{SIGNED} {url}", None)
    [citation] = article.posts
    assert citation.post_key == "x:1311300000000000000"
    assert citation.claimed_text == "The road is open again."
    assert citation.claimed_on == dt.date(2020, 9, 30)


def test_a_link_that_an_extractor_kept_makes_a_citation():
    link = "[May 16, 2024](https://twitter.com/kai/status/1791000000000000001?ref_src=x)"
    found = article(ABOVE, "Pier closed.", f"— Kai (@kai) {link}", BELOW)
    [post] = found.posts
    assert (post.post_key, post.relation) == ("x:1791000000000000001", Relation.QUOTED)
    assert (post.claimed_text, post.claimed_on) == ("Pier closed.", dt.date(2024, 5, 16))
    assert found.body[post.block].post == post.post_key
    assert found.quoted == ()


@pytest.mark.parametrize(
    ("tail", "platform", "said"),
    [
        (
            ("Pier closed.[image or embed]", "— Kai (@kai.example.org) Aug 19, 2024 at 22:23"),
            "bluesky",
            ("kai.example.org", "Kai", "Pier closed.", dt.date(2024, 8, 19)),
        ),
        (
            (
                "View this post on Instagram",
                "Boats at rest.",
                "A post shared by Harbour (@harbour.news) on Apr 27, 2020 at 9:24am PDT",
            ),
            "instagram",
            ("harbour.news", "Harbour", "Boats at rest.", dt.date(2020, 4, 27)),
        ),
        (
            ("Sieh dir diesen Beitrag auf Instagram an", "Ein Beitrag geteilt von Hafen (@hafen)"),
            "instagram",
            ("hafen", "Hafen", None, None),
        ),
        (("View this post on Instagram",), "instagram", (None, None, None, None)),
        (
            ("@kai.ferry Waves over the wall #storm ♬ original sound - Kai",),
            "tiktok",
            ("kai.ferry", None, "Waves over the wall #storm", None),
        ),
        (
            ("The office is shut.", "Posted by Harbour Office on Monday, May 4, 2020"),
            "facebook",
            (None, "Harbour Office", "The office is shut.", dt.date(2020, 5, 4)),
        ),
        (
            ("Storm at the pier by u/kai_ferry in r/harbour",),
            "reddit",
            ("kai_ferry", None, "Storm at the pier", None),
        ),
        (
            ("Comment by u/kai_ferry from discussion in harbour",),
            "reddit",
            ("kai_ferry", None, None, None),
        ),
        (
            ("Bu gönderiyi Instagram'da gör", "Kai (@kai.ferry)'in paylaştığı bir gönderi"),
            "instagram",
            ("kai.ferry", None, None, None),
        ),
        (
            ("この投稿をInstagramで見る", "Kai(@kai.ferry)がシェアした投稿"),
            "instagram",
            ("kai.ferry", None, None, None),
        ),
        (("Post by @kai.ferry", "View on Threads"), "threads", ("kai.ferry", None, None, None)),
        (("View on Threads",), "threads", (None, None, None, None)),
        (
            ("Post by @kai@tide.example View on Mastodon",),
            "mastodon",
            ("kai@tide.example", None, None, None),
        ),
    ],
)
def test_tails_of_other_platforms(tail, platform, said):
    post = quoted(*tail)
    assert post.platform == platform
    claimed = (post.claimed_handle, post.claimed_name, post.claimed_text, post.claimed_on)
    assert claimed == said


def test_posts_without_text_in_a_row_keep_their_places():
    tails = [f"A post shared by Kai (@kai{number})" for number in range(3)]
    found = normalise_article(article(ABOVE, *tails, BELOW))
    assert [post.block for post in found.quoted] == [1, 2, 3]
    assert [block.type for block in found.body[1:4]] == [BlockType.POST] * 3


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        ("Publié par Le Port sur Lundi 4 mai 2020", "Le Port"),
        ("Publicada por El Puerto en Lunes, 4 de mayo de 2020", "El Puerto"),
        ("Опубликовано Порт Остермут Понедельник, 4 мая 2020 г.", "Порт Остермут"),
    ],
)
def test_facebook_s_signatures_in_other_languages(tail, name):
    post = quoted("The pier is shut.", tail)
    assert (post.platform, post.claimed_text) == ("facebook", "The pier is shut.")
    assert (post.claimed_name, post.claimed_on) == (name, dt.date(2020, 5, 4))


@pytest.mark.parametrize(
    "tail",
    [
        ("Storm at the pier byu/kai_ferry inharbour",),
        ("Storm at the pier\nby u/kai_ferry\nin harbour",),
        ("Storm at the pier", "byu/kai_ferry", "inharbour"),
    ],
)
def test_reddit_s_lines_and_its_missing_blanks(tail):
    post = quoted(*tail)
    assert (post.platform, post.claimed_handle) == ("reddit", "kai_ferry")
    assert post.claimed_text == "Storm at the pier"


def test_a_comment_on_reddit_on_lines_of_its_own():
    post = quoted("Comment\nby u/kai_ferry from discussion\nin harbour")
    assert (post.platform, post.claimed_handle, post.claimed_text) == ("reddit", "kai_ferry", None)


def test_entities_are_undone_and_addresses_left_alone():
    post = quoted(
        "Wind &amp; tide: &quot;shut&quot; &#128680; #storm", "&mdash;&nbsp;Kai (@kai) May 16, 2024"
    )
    assert post.claimed_text == 'Wind & tide: "shut" 🚨 #storm'
    assert post.claimed_on == dt.date(2024, 5, 16)
    line = "The map is at https://maps.example/?a=1&copy=2&lt=3 for all to see."
    assert article(ABOVE, line).body[1].text == line


def test_a_signature_amid_a_line_ends_one_that_was_there():
    line = f"First trucks. {SIGNED} Second trucks. — Kai (@kai) 2 October 2020 {BELOW}"
    found = article(ABOVE, line)
    assert [post.claimed_text for post in found.quoted] == ["First trucks.", "Second trucks."]
    assert [block.text for block in found.body if block.type is BlockType.PARAGRAPH] == [
        ABOVE,
        BELOW,
    ]


def test_what_is_too_long_for_a_post_stays_the_article_s():
    long = " ".join([ABOVE] * 10)
    found = article(f"{long} {SIGNED} {BELOW}")
    [post] = found.quoted
    assert (post.claimed_handle, post.claimed_text) == ("nadia_h", None)
    assert [block.text for block in found.body] == [long, "", BELOW]
    assert article(long, SIGNED, BELOW).quoted[0].claimed_text is None


def test_a_list_s_marks_are_no_names_and_no_text():
    found = article(ABOVE, f"- First. {SIGNED}\n- Second. — Kai (@kai) May 16, 2024", BELOW)
    said = [(post.claimed_text, post.claimed_name) for post in found.quoted]
    assert said == [("First.", "Nadia H"), ("Second.", "Kai")]
    assert quoted(f"• First. {SIGNED}").claimed_text == "First."


@pytest.mark.parametrize("opening", ["🔴 Pier closed", "#storm Pier closed", "1/ Pier closed"])
def test_a_post_of_several_paragraphs_begins_with_one_that_opens_as_posts_do(opening):
    post = quoted(opening, "More soon.", "Live: https://t.co/Ab12Cd34Ef", SIGNED)
    assert post.claimed_text == f"{opening}\nMore soon.\nLive: https://t.co/Ab12Cd34Ef"


def test_a_short_paragraph_above_a_post_is_the_article_s():
    found = article(ABOVE, "More soon.", "Live: https://t.co/Ab12Cd34Ef", SIGNED, BELOW)
    assert found.quoted[0].claimed_text == "Live: https://t.co/Ab12Cd34Ef"


def test_bluesky_s_word_for_a_picture_is_not_the_text():
    tail = "— Kai (@kai.example.org) Aug 19, 2024 at 22:23"
    assert quoted("Pier closed.", "[image or embed]", tail).claimed_text == "Pier closed."


def test_a_handle_with_its_server_is_of_the_fediverse():
    post = quoted("Pier closed.", "— Kai (@kai@tide.example) May 16, 2024")
    assert (post.platform, post.claimed_handle) == ("mastodon", "kai@tide.example")


def test_the_address_below_a_signature_makes_a_citation():
    url = "https://twitter.com/nadia_h/status/1311300000000000000"
    found = article(ABOVE, f"The road is open again.\n{SIGNED}\n{url}", BELOW)
    [citation] = found.posts
    assert (citation.post_key, citation.claimed_handle) == ("x:1311300000000000000", "nadia_h")
    assert [block.text for block in found.body if block.type is BlockType.PARAGRAPH] == [
        ABOVE,
        BELOW,
    ]


def test_an_address_alone_is_an_embed_and_one_in_prose_a_link():
    prose = "The port wrote (https://x.com/port/status/1720000000000000000) that it was shut."
    found = article(ABOVE, "https://t.me/port/77", prose)
    embed, link = found.posts
    assert (embed.post_key, embed.relation, embed.form) == (
        "telegram:port/77",
        Relation.EMBEDDED,
        "url",
    )
    assert found.body[embed.block].post == "telegram:port/77"
    assert (link.relation, found.body[link.block].text) == (Relation.LINKED, prose)


def test_a_site_s_own_addresses_are_no_citations():
    text = "https://tide.example/@port/111344250000000000"
    assert read_flattened(f"{ABOVE}\n\n{text}", "https://tide.example/about").posts == ()
    assert len(read_flattened(f"{ABOVE}\n\n{text}", "https://news.example/a").posts) == 1


def test_markdown_s_targets_are_no_text():
    said = "Shut. [#storm](https://twitter.com/hashtag/storm) [map](https://t.co/Ab12Cd34Ef)"
    post = quoted(said, SIGNED)
    assert (post.claimed_text, post.hashtags) == ("Shut. #storm map", ("storm",))
    assert post.links == ("https://t.co/Ab12Cd34Ef",)
    assert article("The [map](https://maps.example/) shows it.").body[0].text == "The map shows it."


@pytest.mark.parametrize(
    "counter",
    ["Shares 45", "Share23", "Share Tweet 12 Pin", "Поделиться 45", "مشاركة 23", "45\n\nShares"],
)
def test_counters_of_shares_are_no_text(counter):
    assert [one.text for one in article(ABOVE, *counter.split("\n\n"), BELOW).body] == [
        ABOVE,
        BELOW,
    ]


@pytest.mark.parametrize(
    "policy",
    [
        "Notice: All comments represent the view of the commenter, not necessarily of this site.",
        "All comments that are not spam or wholly inappropriate are approved.",
        "This is a civilized place for public discussion.",
        "We moderate comments and delete insults.",
        "Kommentare geben die Meinung der Leser wieder, nicht die der Redaktion.",
        "Комментарии премодерируются.",
        "التعليقات لا تعبر عن رأي الموقع وإنما عن رأي أصحابها.",
        "评论仅代表网友个人观点，不代表本站立场。",
    ],
)
def test_rules_for_comments_end_the_article(policy):
    found = article(ABOVE, BELOW, policy, "Jack: I saw it myself, from the bridge!")
    assert [one.text for one in found.body] == [ABOVE, BELOW]


@pytest.mark.parametrize(
    "line",
    [
        "His comments reflect the mood of a town where many have lost their boats.",
        "Comments by the mayor were not to be had, and nobody knows when he is back.",
        "“Comments must be allowed,” the mayor said in the council on Tuesday evening.",
        "Reads",
    ],
)
def test_what_speaks_of_comments_stays(line):
    assert [one.text for one in article(ABOVE, BELOW, line).body] == [ABOVE, BELOW, line]


@pytest.mark.parametrize(
    "line",
    [
        "The minister (@minister) said so on Monday — and later again.",
        "He joined Instagram in 2014 and left it again.",
        "The notice was posted by the harbour office on the door.",
        "It was written by u/nobody in a hurry, as it seems.",
        "Write to us — the desk (@desk) any day",
        "The note — of the desk (@desk) March 4, 2026 — was gone by noon, the port said.",
    ],
)
def test_prose_that_only_looks_like_a_tail_stays(line):
    found = article(ABOVE, line, BELOW)
    assert found.quoted == ()
    assert [one.text for one in found.body] == [ABOVE, line, BELOW]


def test_dateline_headline_counter_and_policy():
    found = article(
        "Convoy reaches the northern pass",
        "1,204 Shares",
        f"BEIRUT, LEBANON (5:35 P.M.) – {ABOVE}",
        BELOW,
        "Share this on Facebook",
        "Comments policy: comments are moderated before they appear.",
        "John: at last some good news from the pass, thanks for this.",
    )
    assert found.headline == "Convoy reaches the northern pass"
    assert (found.dateline.place, found.dateline.local_time) == ("Beirut", dt.time(17, 35))
    assert [one.text for one in found.body] == [ABOVE, BELOW]


@given(st.text(max_size=400), st.sampled_from(["", SIGNED, "A post shared by A (@a)", "♬ x - y"]))
def test_no_text_breaks_it(text, tail):
    found = read_flattened(f"{text}\n{tail}", None)
    for post in found.quoted:
        assert found.body[post.block].type is BlockType.POST


@pytest.mark.parametrize(
    "text",
    [
        "(@a) " * 300_000,
        f"{SIGNED}\n" * 20_000,
        "— " * 500_000,
        "@a ♬\n" * 20_000,
        "View on Threads\n" * 20_000,
        "by u/a in " * 100_000,
        "A post shared by " * 100_000,
        "\n" * 1_000_000,
    ],
)
def test_bait_costs_linear_time(text):
    started = time.process_time()
    read_flattened(text, None)
    assert time.process_time() - started < 3


HEADLINE = "The pass above the lake is open again"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Nadia Horn", ["Nadia Horn"]),
        ("Von Nadia Horn und Kai Brandt", ["Nadia Horn", "Kai Brandt"]),
        ("Автор: Анна Лим", ["Анна Лим"]),
        ("Nadia Horn, Staff Writer", ["Nadia Horn"]),
        ("What is known so far", []),
    ],
)
def test_the_line_below_the_headline_tells_who_wrote(line, names):
    found = article(HEADLINE, line, ABOVE + " " + BELOW)
    assert [author.name for author in found.authors] == names
    assert (found.headline == HEADLINE) == bool(names)
    assert [block.text for block in found.body][-1] == f"{ABOVE} {BELOW}"
    assert (line in [block.text for block in found.body]) == (not names)


def test_an_agency_that_signs_is_no_person():
    found = article(HEADLINE, "By Nadia Horn and Reuters", ABOVE + " " + BELOW)
    assert ([one.name for one in found.authors], found.agencies) == (["Nadia Horn"], ("Reuters",))


def test_stamps_below_the_headline_tell_when():
    found = article(
        HEADLINE, "Updated October 2, 2020", "30 September 2020", "Share", ABOVE + " " + BELOW
    )
    assert found.published_at.on == dt.date(2020, 9, 30)
    assert found.modified_at.on == dt.date(2020, 10, 2)
    assert [block.text for block in found.body] == [f"{ABOVE} {BELOW}"]


@pytest.mark.parametrize("stamp", ["September 30, 2020 at 10:15 p.m.", "30 сентября 2020 г."])
def test_a_stamp_may_end_with_an_abbreviation(stamp):
    found = article(HEADLINE, stamp, ABOVE + " " + BELOW)
    assert found.published_at.on == dt.date(2020, 9, 30)
    assert [block.text for block in found.body] == [f"{ABOVE} {BELOW}"]


@pytest.mark.parametrize(
    "line",
    [
        "On 30 September 2020 the last of the old bridges fell",
        "By Christmas 2020, the lorries had come back at last",
    ],
)
def test_a_short_paragraph_with_a_day_is_neither_stamp_nor_byline(line):
    found = article(HEADLINE, line, ABOVE + " " + BELOW)
    assert (found.published_at, found.authors) == (None, ())
    assert [block.text for block in found.body] == [line, f"{ABOVE} {BELOW}"]


def test_a_line_of_the_text_that_repeats_a_stamp_stays():
    found = article(HEADLINE, "30 September 2020", ABOVE + " " + BELOW, "30 September 2020", ABOVE)
    assert [one.text for one in found.body] == [f"{ABOVE} {BELOW}", "30 September 2020", ABOVE]


def test_a_post_or_a_dateline_below_the_headline_dates_nothing():
    found = article(HEADLINE, "Pier closed.", "— Kai (@kai) May 16, 2024", ABOVE + " " + BELOW)
    assert (found.published_at, len(found.quoted)) == (None, 1)
    found = article(HEADLINE, f"Moscow, 3 May 2022, TASS. {ABOVE}", BELOW)
    assert (found.published_at, found.dateline.date) == (None, dt.date(2022, 5, 3))
    found = article(HEADLINE, "MOSCOW, May 3, 2022 (TASS)", ABOVE, BELOW)
    assert (found.published_at, found.dateline.place) == (None, "Moscow")


@pytest.mark.parametrize("top", [("BEIRUT (AP) –",), ("Nobody knew the way.", "BEIRUT (AP) –")])
@pytest.mark.parametrize("between", ["\n\n", " "])
def test_a_dateline_says_which_block_it_opened(top, between):
    found = normalise_article(article(HEADLINE, *top[:-1], f"{top[-1]}{between}{ABOVE}", BELOW))
    assert found.dateline.raw == "BEIRUT (AP) –"
    assert found.body[found.dateline.block].text == ABOVE


@pytest.mark.parametrize(("clock", "disagrees"), [("15:02", False), ("09:02", True), ("", None)])
def test_the_local_time_of_a_dateline_is_held_against_the_stamp(clock, disagrees):
    story = f"BEIRUT, LEBANON (5:35 P.M.) – {ABOVE} {BELOW}"
    stamp = f"2020-09-30T{clock}:00Z" if clock else "30 September 2020"
    found = article(HEADLINE, stamp, story)
    assert found.published_at.on == dt.date(2020, 9, 30)
    assert found.dateline.time_disagrees is disagrees


def test_the_stamp_tells_the_year_of_a_dateline():
    found = article(HEADLINE, "30 September 2020", f"BEIRUT, Sept 29 (AP) – {ABOVE}", BELOW)
    assert found.dateline.date == dt.date(2020, 9, 29)


def test_an_address_tells_the_day_where_no_stamp_does():
    found = read_flattened(f"{HEADLINE}\n\n{ABOVE}", "https://news.example/2020/09/30/pass")
    assert found.published_at.on == dt.date(2020, 9, 30)


def test_addresses_give_no_more_citations_than_a_page():
    found = article(*(f"https://t.me/port/{number}" for number in range(1, 1_500)))
    assert len(found.posts) == 1_000
