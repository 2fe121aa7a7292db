import pytest

from archive import BlockType
from crawler.extract.document.markup import parse
from crawler.extract.text.body import read_body
from crawler.extract.text.outlining import build_outline

SENTENCES = [
    f"The {ship} left the harbour in the morning, and nobody was on the quay to see it."
    for ship in ("brig", "barque", "cutter", "dinghy", "frigate", "galley", "hoy", "junk")
]
STORY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
HEAD = "<h1>Ships leave the harbour</h1>"


def text_of(html, description=""):
    outline = build_outline(parse(html).body)
    return read_body(outline, "Ships leave the harbour", description, "https://news.example/")


def texts(html):
    return [one.block.text for one in text_of(html).blocks]


def blocks(html):
    return [(one.block.type, one.block.text) for one in text_of(html).blocks]


@pytest.mark.parametrize("names", ["share", "sidebar", "comments", "paywall", "author-box ads"])
def test_a_wrapper_of_the_story_is_kept_whatever_it_is_called(names):
    page = f"<div class='{names}'>{HEAD}{STORY}</div><div><p>{SENTENCES[0]}</p></div>"
    assert texts(page)[: len(SENTENCES)] == SENTENCES


@pytest.mark.parametrize("names", ["post_comments-area", "relatedStories", "newsletter-box", "ad"])
def test_a_small_part_that_names_itself_is_left_over(names):
    box = f"<div class='{names}'><p>Something else was said here at some length.</p></div>"
    assert texts(f"<article>{HEAD}{STORY}{box}{STORY.upper()}</article>") == [
        *SENTENCES,
        *(sentence.upper() for sentence in SENTENCES),
    ]


def test_a_list_of_prose_without_links_is_kept_whatever_it_is_called():
    items = [sentence.replace("the quay", "the pier") for sentence in SENTENCES[:2]]
    called = "".join(f"<li>{item}</li>" for item in items)
    page = f"<article>{HEAD}{STORY}<ul class='post-list'>{called}</ul>{STORY.upper()}</article>"
    assert "\n".join(items) in texts(page)
    linked = called.replace("<li>", "<li><a href='/1'>").replace("</li>", "</a></li>")
    assert "\n".join(items) not in texts(page.replace(called, linked))


def test_columns_that_are_items_of_a_list_are_no_list():
    columns = f"<li>{HEAD}<div>{STORY}</div></li><li><p>{SENTENCES[0].upper()}</p></li>"
    assert texts(f"<div><ul>{columns}</ul></div>") == SENTENCES


def test_a_section_of_prose_beside_the_body_is_of_the_story():
    verdict = "".join(f"<p>{sentence.upper()}</p>" for sentence in SENTENCES[:2])
    linked = verdict.replace("<p>", "<p><a href='/'>").replace("</p>", "</a></p>")
    page = f"<div>{HEAD}<section class='review'>{STORY}</section>%s</div>"
    assert len(texts(page % f"<section class='verdict'>{verdict}</section>")) == 10
    assert texts(page % f"<section class='others'>{linked}</section>") == SENTENCES


def test_a_heading_that_invites_to_share_is_left_over():
    page = f"<article>{HEAD}<h2>Share this article</h2>{STORY}</article>"
    assert texts(page) == SENTENCES


def test_a_short_report_of_chinese_sentences_is_read():
    said = [
        "海港今晨重新開放，渡輪每小時開出一班，票價與去年冬天相同，學生免費。",
        "船長表示，外海的風浪已經減弱，乘客可以安心搭乘渡輪前往三座外島。",
        "港務局提醒，碼頭北側的停車場仍然封閉到月底，請旅客改搭公車前來。",
    ]
    story = "".join(f"<p>{sentence}</p>" for sentence in said)
    others = "<p>燈塔明晚重新點亮</p><p>漁市場下週搬遷</p><p>島上小學慶祝百年校慶</p>"
    page = f"<div><h1>渡輪復航</h1><div>{story}</div><div>{others}</div></div>"
    assert texts(page) == said


def test_another_main_heading_above_the_first_paragraph_is_none_of_the_text():
    page = f"<article><h2>At sea</h2><h1>Ships that went</h1>{STORY}</article>"
    assert texts(page) == ["At sea", *SENTENCES]


def test_a_main_heading_below_the_lead_is_no_chapter():
    lead = f"{SENTENCES[0]} {SENTENCES[1]}"
    page = f"<article><p>{lead}</p><h1>Ships that went</h1>{STORY.upper()}</article>"
    assert texts(page) == [lead, *(sentence.upper() for sentence in SENTENCES)]


def test_a_main_heading_amid_the_text_is_a_chapter():
    page = f"<article>{HEAD}{STORY}<h1>Ships that came</h1>{STORY.upper()}</article>"
    assert texts(page)[len(SENTENCES)] == "Ships that came"


def test_a_headline_said_again_is_left_over():
    page = f"<article>{HEAD}{STORY}{HEAD}{STORY.upper()}</article>"
    assert texts(page) == [*SENTENCES, *(sentence.upper() for sentence in SENTENCES)]


@pytest.mark.parametrize("label", ["Meet the author", "Sull'autore", "Об авторе", "저자 소개"])
def test_a_heading_above_who_the_author_is_is_left_over(label):
    page = f"<article>{HEAD}{STORY}<h3>{label}</h3>{STORY.upper()}</article>"
    assert texts(page) == [*SENTENCES, *(sentence.upper() for sentence in SENTENCES)]


def teasers(count):
    told = ("A wreck was found by divers", "The lighthouse is lit again", "Tolls rise at the locks")
    line = "as everybody on the quay has known for a week, and nobody was surprised to hear it."
    return "".join(
        f"<h5><a href='/{at}'>{told[at]}</a></h5><div>{told[at]}, {line}</div>"
        for at in range(count)
    )


@pytest.mark.parametrize("count", [2, 3])
def test_three_titles_that_are_links_with_a_line_below_each_end_a_story(count):
    short = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:2])
    found = texts(f"<div>{HEAD}{short}{teasers(count)}</div>")
    assert (found == SENTENCES[:2]) == (count == 3)


def test_a_label_in_capitals_and_a_link_lead_elsewhere():
    line = "<p><b>IN THE PORT:</b> <a href='/port'>Ships that were there in May</a></p>"
    assert texts(f"<article>{HEAD}{STORY}{line}{STORY.upper()}</article>") == [
        *SENTENCES,
        *(sentence.upper() for sentence in SENTENCES),
    ]


def test_a_long_item_of_a_list_may_tell_of_an_app():
    item = (
        "<b><a href='/log'>Log</a></b> is an app for sailors that keeps a book of every journey, "
        "and shows where the wind blew from, how high the waves were and who had the watch."
    )
    items = f"<ul><li>{item}</li><li>{item.replace('Log', 'Chart')}</li></ul>"
    assert (
        texts(f"<article>{HEAD}{STORY}{items}{STORY.upper()}</article>")[len(SENTENCES)].count(
            "is an app for sailors"
        )
        == 2
    )


def test_a_heading_of_other_articles_goes_with_the_links_below_it():
    links = "<ul><li><a href='/1'>A hoy sinks</a></li><li><a href='/2'>A junk sails</a></li></ul>"
    page = f"<article>{HEAD}{STORY}<h3>Related articles</h3>{links}{STORY.upper()}</article>"
    assert texts(page) == [*SENTENCES, *(sentence.upper() for sentence in SENTENCES)]


def test_what_is_left_of_a_list_of_requests_goes_with_them():
    asked = "<li>Follow us on Facebook</li><li>Sign up for our newsletter</li>"
    ships = "<li>The brig</li><li>The hoy</li><li>The junk</li>"
    page = f"<article>{HEAD}{STORY}<ul>%s</ul>{STORY.upper()}</article>"
    assert len(texts(page % f"{asked}<li>The harbour choir</li>")) == 2 * len(SENTENCES)
    assert len(texts(page % f"{asked}{ships}")) == 2 * len(SENTENCES) + 1


def test_comments_that_outweigh_the_story_are_no_text():
    said = "".join(f"<p>{sentence.replace('quay', 'pier')}</p>" for sentence in SENTENCES) * 6
    assert texts(f"<div>{HEAD}{STORY}</div><div class='comments'>{said}</div>") == SENTENCES


def test_footer_navigation_and_forms_are_no_text():
    rest = f"<nav>{STORY}</nav><footer>{STORY}</footer><form><p>Write to us here.</p></form>"
    assert texts(f"<main>{HEAD}{STORY}</main>{rest}") == SENTENCES


def test_paragraphs_beside_the_container_of_most_are_of_the_story():
    page = f"{HEAD}<p>{SENTENCES[0].upper()}</p><div>{STORY}</div><p>{SENTENCES[1].upper()}</p>"
    assert texts(f"<div>{page}</div>")[-1] == SENTENCES[1].upper()


def test_a_short_part_like_the_one_before_it_is_of_the_story():
    part = "<div class='css-1'>{}</div>"
    end = "<p>Late that day: brig, hoy</p><p>On time: junk, cutter</p>"
    page = f"<div><div>{HEAD}</div>{part.format(STORY)}{part.format(end)}</div>"
    assert texts(page)[len(SENTENCES) :] == ["Late that day: brig, hoy", "On time: junk, cutter"]


@pytest.mark.parametrize(
    "other",
    [
        f"<h1>Another matter</h1><p>{SENTENCES[0].upper()}</p>",
        f"<p>{SENTENCES[0].upper()} <a href='/m'>Read it all here</a></p>",
    ],
)
def test_a_part_like_the_story_with_a_headline_or_links_of_its_own_is_another(other):
    part = "<div class='css-1'>{}</div>"
    assert texts(f"<div>{part.format(HEAD + STORY)}{part.format(other)}</div>") == SENTENCES


@pytest.mark.parametrize(("called", "is_read"), [("entry-content", True), ("column", False)])
def test_what_is_called_the_body_is_read_whole_where_most_of_it_has_a_wrapper(called, is_read):
    told = f"<div class='a1'><p>{SENTENCES[0].upper()}</p><p>{SENTENCES[1].upper()}</p></div>"
    page = f"<div>{HEAD}<div class='{called}'><div class='b1'>{STORY}</div>{told}</div></div>"
    assert (len(texts(page)) == len(SENTENCES) + 2) is is_read


@pytest.mark.parametrize(("called", "is_read"), [("entry-content", True), ("column", False)])
def test_what_is_called_the_body_is_read_beside_a_longer_thread_of_letters(called, is_read):
    letter = (
        "I was on board that night, and it was not the first time that we came in so late, sir. "
    )
    thread = f"<p>{letter * 10}</p>" * 2
    for answers in (6, 8):
        thread = f"<div><p>{letter * answers}</p><div>{thread}</div></div>"
    end = "".join(f"<p>{sentence.upper()}</p>" for sentence in SENTENCES[:3])
    page = f"<div>{HEAD}<div class='{called}'>{STORY}{end}</div>{thread}</div>"
    assert (texts(page)[: len(SENTENCES)] == SENTENCES) is is_read


def test_of_several_articles_the_one_with_the_headline_is_read():
    other = "<h1>Another matter altogether</h1>" + STORY.replace("harbour", "station") * 2
    page = f"<article>{other}</article><article>{HEAD}{STORY}</article>"
    assert texts(page) == SENTENCES


def test_a_page_that_class_words_would_empty_is_read_all_the_same():
    page = f"{HEAD}<div class='related'><p>{SENTENCES[0]}</p></div><p>Short.</p>"
    assert SENTENCES[0] in texts(page)


def test_blocks_have_their_types():
    page = (
        f"<article>{HEAD}<p>{SENTENCES[0]}</p><h3>The <b>crew</b></h3>"
        f"<ul><li>One</li><li>Two <ul><li>and a half</li></ul></li></ul>"
        f"<blockquote><p>Who</p><p>knows?</p></blockquote>"
        f"<figure><img><figcaption>A ship</figcaption></figure>"
        f"<table><tr><th>Ship</th><td>Crew</td></tr><tr><td>Brig</td><td>12</td></tr></table>"
        f"{STORY.upper()}</article>"
    )
    assert blocks(page)[1:6] == [
        (BlockType.HEADING, "The crew"),
        (BlockType.LIST, "One\nTwo and a half"),
        (BlockType.QUOTE, "Who\nknows?"),
        (BlockType.CAPTION, "A ship"),
        (BlockType.PARAGRAPH, "Ship | Crew\nBrig | 12"),
    ]


def test_one_line_break_divides_lines_and_two_divide_paragraphs():
    one, two, three = SENTENCES[:3]
    page = f"<div>{HEAD}{one}<br>{two}<br><br>{three}<p>{SENTENCES[3]}</p></div>"
    assert texts(page) == [f"{one}\n{two}", three, SENTENCES[3]]


@pytest.mark.parametrize(
    "line",
    [
        *("2 Shares", "1.2K shares", "12 Kommentare", "Share on Facebook", "Advertisement"),
        *("Tweet | Share | E-mail", "Read more: Boats stay", "Lesen Sie auch: Boote", "© dpa"),
        *("This advertisement has not loaded yet, but your article continues below.", "Tags: sea"),
        *("Back to all news", "Jump to recipe", "Presented by Harbour Bank"),
        "Want to keep your favourite ships? Start your Harbour Premium subscription today.",
        *("Testen Sie das Hafen-Abo jetzt vier Wochen.", "Profitez de l'offre : abonnez-vous !"),
        *("Hazte socio y suscríbete al puerto.", "Prova il porto: abbonati ora!"),
    ],
)
def test_standing_phrases_are_dropped_anywhere(line):
    assert texts(f"<article>{HEAD}{STORY}<p>{line}</p>{STORY.upper()}</article>") == [
        *SENTENCES,
        *(sentence.upper() for sentence in SENTENCES),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Shares fell.",
        "He sold 2 shares of the company on Monday, and bought them back on Friday.",
        "The minister's comments on the policy were widely shared.",
        "Print.it is a company.",
        "Together with her crew, the captain went back to all the news of the harbour.",
        "More than a hundred ships lie in the harbour.",
        "Follow the money, he said.",
        "The paper's subscriptions rose, and its harbour edition was the first to sell out.",
        "Get the brig out of the harbour, the captain said, and nobody was hurt.",
    ],
)
def test_sentences_of_the_story_stay(line):
    assert line in texts(f"<article>{HEAD}<p>{line}</p>{STORY}</article>")


@pytest.mark.parametrize(
    "line",
    [
        "Be civil. No insults.",
        "Please keep it respectful, everyone.",
        "Comments are moderated and must follow our guidelines.",
        "Ann Example is a reporter who writes about ships.",
    ],
)
def test_small_print_is_dropped_at_the_end(line):
    assert texts(f"<article>{HEAD}{STORY}<p>{line}</p></article>") == SENTENCES


def test_everything_behind_the_heading_of_the_comments_goes():
    page = f"<article>{HEAD}{STORY}<h3>Leave a Reply</h3><p>First! I say this first.</p></article>"
    assert texts(page) == SENTENCES


@pytest.mark.parametrize("goes_on", [True, False])
def test_below_a_heading_of_other_articles_a_story_goes_on_with_its_own_paragraphs_only(goes_on):
    other = "<h3>You may also like</h3><div><p>The pilot's cat can tell a swell.</p></div>"
    page = f"<article>{HEAD}{STORY}{other}{STORY.upper() if goes_on else ''}</article>"
    cat = ["The pilot's cat can tell a swell.", *(sentence.upper() for sentence in SENTENCES)]
    assert texts(page) == [*SENTENCES, *(cat if goes_on else [])]


def test_the_lead_between_headline_and_body_stands_apart():
    lead = "All ships have left, and those who own them do not say why they did."
    page = f"<header>{HEAD}<p class='intro'>{lead}</p></header><div>{STORY}</div>"
    text = text_of(page)
    assert text.lead.block.text == lead
    assert [one.block.text for one in text.blocks] == SENTENCES


def test_what_was_corrected_is_told_at_the_end_and_stays():
    told = "This article was corrected on March 6, 2026, to give the right name of the ship."
    assert texts(f"<main>{HEAD}<div>{STORY}<p>{told}</p></div></main>") == [*SENTENCES, told]
    about = "This article was written with the help of readers."
    assert texts(f"<main>{HEAD}<div>{STORY}<p>{about}</p></div></main>") == SENTENCES


def test_a_lead_that_the_body_opens_with_stands_apart_where_the_markup_calls_it_so():
    lead = "All ships have left, and those who own them do not say why they did."
    text = text_of(f"<main>{HEAD}<div><p class='standfirst'>{lead}</p>{STORY}</div></main>")
    assert text.lead.block.text == lead
    assert [one.block.text for one in text.blocks] == SENTENCES
    brief = "Nobody was at sea since the storm of 2018."  # short for a line of the text
    text = text_of(f"<main>{HEAD}<p class='linha-fina'>{brief}</p><div>{STORY}</div></main>")
    assert text.lead.block.text == brief
    text = text_of(f"<main>{HEAD}<div><p>{lead}</p>{STORY}</div></main>")
    assert text.lead is None
    assert [one.block.text for one in text.blocks] == [lead, *SENTENCES]


def test_what_the_page_states_of_itself_is_its_lead_where_it_is_shown():
    lead = "All ships have left, and those who own them do not say why they did"
    page = f"<main><div>{HEAD}<div>{lead}</div></div><div>{STORY}</div></main>"
    assert text_of(page).lead is None
    assert text_of(page, lead).lead.block.text == lead


def test_captions_of_a_gallery_are_no_story_even_where_they_outweigh_it():
    gallery = f"<div class='photo-gallery'>{STORY.upper() * 2}</div>"
    assert texts(f"<main>{HEAD}{gallery}<div>{STORY}</div></main>") == SENTENCES


def test_a_headline_within_the_container_and_what_stands_above_it_is_no_text():
    top = (
        "<p>Harbour</p><h2>Ships leave the harbour</h2><p>3 May 2020, 14:05</p><p>By A. Writer</p>"
    )
    assert texts(f"<article>{top}{STORY}</article>") == SENTENCES


def test_a_byline_with_a_time_of_day_above_the_text_is_no_part_of_it():
    story = "".join(f"<p>{'The ferry sailed again on Tuesday after the storm. ' * 3}</p>" * 6)
    page = f"<article><p>By Mara Lind | Tuesday, Nov. 10, 2026, 10:02 a.m.</p>{story}</article>"
    assert "a.m." not in "\n".join(texts(page))
