"""How papers laid out their articles before content systems had fields for all of it.

Pages of our own making: nothing is stated for machines, so that what readers see has to do.
"""

import pytest

from crawler.extract.dates import moment_of
from crawler.extract.page import Page
from crawler.reading.page import read
from crawler.reading.rendering import render_text

URL = "https://quarry.example/story.asp?id=77"
TITLE = "Quarry closes its upper terrace for the winter"
SENTENCES = (
    "The quarry above the village closed its upper terrace on Monday, two months before time.",
    "Foremen had found cracks in the haul road, and water where none had ever been seen before.",
    "About forty of the ninety men who cut stone there were sent to the lower pit, she said.",
    "The parish council wants to know who will pay for the road if the terrace stays closed.",
    "A geologist from the county is to climb the face on Thursday, if the frost lets her.",
)


def each(form, lines=SENTENCES):
    return "".join(form.format(line) for line in lines)


def article(page):
    found = read(Page(url=URL, body=page.encode(), content_type="text/html"), "").article
    assert found is not None
    return found


def headed(top, body="", head=""):
    """A page whose headline `top` follows."""
    return article(
        f"<html lang=en><head><title>{TITLE}</title>{head}</head><body><div id=story>"
        f"<h1>{TITLE}</h1>{top}<div class=txt>{body or each('<p>{}</p>')}</div></div></body></html>"
    )


def names(found):
    return [author.name for author in found.authors]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("6/6/2013 10:00 A.M. ET", "2013-06-06"),
        ("Posted: 06/06/2013 09:48:55 PM", "2013-06-06"),
        ("05/06/2013 09:48:55 PM PDT", "2013-05-06"),
        ("05/06/2013 09:48:55 PM", None),
        ("05.15.13, 22:47", "2013-05-15"),
        ("15.05.13, 22:47", "2013-05-15"),
    ],
)
def test_a_day_in_figures_is_read_where_it_can_be_but_one(line, day):
    found = moment_of(line)
    assert (str(found.on) if found else None) == day


def test_a_byline_and_a_date_may_be_parted_by_no_more_than_a_break():
    found = headed(
        "<p>Published: March 5, 2013 9:21 PM<br>By Ann Mary Lee<br><i>Quarry Wire Writer</i></p>"
    )
    assert names(found) == ["Ann Mary Lee"]
    assert str(found.published_at) == "2013-03-05"


def test_the_day_of_a_change_yields_to_that_of_publication_beside_it():
    found = headed(
        "<p>Updated: Thursday, 18 Jul 2013, 4:25 PM<br>Published: Tuesday, 16 Jul 2013, 3:05 PM</p>"
    )
    assert str(found.published_at) == "2013-07-16"


def test_todays_date_in_the_head_of_the_page_is_not_the_articles():
    found = article(
        f"<title>{TITLE}</title><div><p><span class=today-date>Wed, Jun 5, 2013</span></p></div>"
        f"<div><div><h1>{TITLE}</h1><div class=date>LAST UPDATED: 05/15/2013 20:32</div>"
        f"{each('<p>{}</p>')}</div></div>"
    )
    assert str(found.published_at) == "2013-05-15"


@pytest.mark.parametrize("line", ["ANN LEE Staff Writer", "Ann Lee, Quarry Correspondent"])
def test_a_name_and_what_its_bearer_is_make_a_byline(line):
    assert [name.casefold() for name in names(headed(f"<p>{line}</p>"))] == ["ann lee"]


def test_a_link_to_a_reporter_names_the_author_if_it_bears_her_name():
    assert names(headed("<p>Jul 19 | <a href='/reporters/ann-lee'>Ann Lee</a></p>")) == ["Ann Lee"]
    assert names(headed("<p>Jul 19 | <a href='/reporter/a/stone.htm'>Of Stone</a></p>")) == []


def test_an_element_of_a_card_says_nothing_of_whose_card_it_is():
    card = (
        "<p class='story-card__authors'><span class='story-card__authors__inner'>Ann Lee</span></p>"
    )
    assert names(headed(card)) == ["Ann Lee"]


def test_what_describes_an_article_is_no_summary_of_it_if_only_the_dateline_stands_before_it():
    said = f"<meta property='og:description' content='{SENTENCES[0]}'>"
    body = f"<p>UPPER QUARRY (AP) — {SENTENCES[0]}</p>" + each("<p>{}</p>", SENTENCES[1:])
    found = headed("", body, said)
    assert found.subtitle is None
    assert render_text(found).startswith(f"UPPER QUARRY (AP) — {SENTENCES[0]}")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            "Shares of <span class=ticker_wrap>Upper Quarry (<a href=/q>UPQ</a>)</span> fell.",
            "Shares of Upper Quarry (UPQ) fell.",
        ),
        (
            "It is what <span class=LinkEnhancement><a href=/k>Ann Lee told them</a></span>.",
            "It is what Ann Lee told them.",
        ),
        (
            "<span class='topic-tag'>Ann Lee</span> told the council that the road would be shut.",
            "Ann Lee told the council that the road would be shut.",
        ),
    ],
)
def test_words_of_a_sentence_stay_whatever_their_element_is_called(line, shown):
    found = headed("", each("<p>{}</p>", [line, *SENTENCES]))
    assert shown in [block.text for block in found.body]


@pytest.mark.parametrize(
    "part",
    [
        "<span class=sr-only>(opens in a new window)</span>",
        "<span class=tag style='display:none'>a word for machines</span>",
        "<sup class=reference>note a</sup>",
        "<span class=related-comments>nine comments</span>",
    ],
)
def test_what_readers_do_not_see_as_words_of_a_sentence_stays_out(part):
    found = headed(
        "", each("<p>{}</p>", [f"The council of the parish {part} meets on Monday.", *SENTENCES])
    )
    assert "The council of the parish meets on Monday." in [block.text for block in found.body]


def texts(found):
    return [block.text for block in found.body]


def test_what_readers_reply_is_none_of_the_article():
    reply = "<div class='post reply edited'><h3>The face</h3><p>{}</p><p>{}</p></div>"
    said = reply.format(
        "A few who write here think that the road was never sound in all of those years.",
        "It is of course possible that the foremen knew, but then they should have told us.",
    )
    found = headed("", each("<p>{}</p>") + f"<div id=in_article_forums>{said}{said}</div>")
    assert texts(found) == list(SENTENCES)


def test_a_column_that_is_mostly_links_is_none_of_the_article():
    teaser = (
        "<div class=f><h2><a href=/{0}>A new map of the quarry roads is printed {0}</a></h2>"
        "<p>Those who walk there had asked for it for years, says the clerk.</p>"
        "<a href=/{0}>See the whole of the story</a> | <a href=/{0}/s>Its pictures</a></div>"
    )
    column = "".join(teaser.format(at) for at in range(6))
    more = [f"{line} So it was in the year of the flood." for line in SENTENCES]
    found = article(
        f"<title>{TITLE}</title><h1>{TITLE}</h1><div><div class=c1>{column}</div>"
        f"<div class=c2>{each('<p>{}</p>', [*SENTENCES, *more])}</div></div>"
    )
    assert texts(found) == [*SENTENCES, *more]


def test_labels_above_a_date_and_a_role_below_a_byline_are_none_of_the_article():
    top = "<div>Editor's Pick</div><div>Section: Stone / Roads</div><div>5 March 2013, 9:21</div>"
    role = "<p>By Ann Lee<br><i>Quarry Wire Reporter</i></p>"
    assert texts(headed("", top + role + each("<p>{}</p>"))) == list(SENTENCES)


def test_a_line_that_ends_with_a_mark_has_lost_what_stood_behind():
    line = "<p>UPPER QUARRY | <span class=timestamp>Tue Mar 5, 2013</span></p>"
    assert texts(headed("", line + each("<p>{}</p>"))) == list(SENTENCES)


def test_a_day_alone_in_a_row_of_a_table_that_lays_out_the_page_is_a_stamp():
    rows = each("<tr><td>{}</td></tr>", ["March 5, 2013", *SENTENCES])
    assert texts(headed("", f"<table>{rows}</table>")) == list(SENTENCES)


def test_a_day_in_a_row_with_more_cells_is_of_the_table():
    rows = "<tr><td>Lower pit</td><td>March 5, 2013</td></tr>" * 2
    found = headed("", each("<p>{}</p>") + f"<table>{rows}</table>" + each("<p>{}</p>"))
    assert any("Lower pit" in text and "March 5, 2013" in text for text in texts(found))


def test_what_is_left_of_a_list_of_offers_goes_with_them():
    offers = (
        "<ul><li>Follow us on Facebook and Twitter</li><li>Quarry Wire on your desktop</li></ul>"
    )
    assert texts(headed("", each("<p>{}</p>") + offers)) == list(SENTENCES)


@pytest.mark.parametrize(
    "last",
    [
        (
            "Those who sign up before the frost can get the first tour of the pit for less, and "
            "who only wants to see the saw hall can do so free of charge for thirty days, she said."
        ),
        (
            "The parish says that its app of the quarry roads is to be had free of charge in the "
            "<a href=/s>shop of the county</a>, that it takes fourteen minutes to load, and that "
            "it shows each road which was cut into the hill since the first map of it was drawn."
        ),
    ],
)
def test_a_long_line_may_tell_of_what_can_be_had(last):
    found = headed("", each("<p>{}</p>", [*SENTENCES, last]))
    assert found.body[-1].text.startswith(last[:40])


def test_where_title_and_heading_agree_what_is_written_to_be_shared_is_no_headline():
    shared = "<meta property='og:title' content='You will not believe what a quarry hides'>"
    assert headed("", head=shared).headline == TITLE


def test_the_form_that_holds_all_of_a_page_is_no_part_of_it():
    page = (
        f"<title>{TITLE}</title><div><form><input type=hidden name=__VIEWSTATE value=x>"
        f"<div><a href=/s>{TITLE}</a><br><a id=lblByline href=/staff.aspx?id=1>Ann Lee</a> - "
        f"<b class=DateStory>March 5, 2013 1:42 PM</b></div>{each('<p>{}</p>')}</form></div>"
    )
    assert names(article(page)) == ["Ann Lee"]
    assert str(article(page).published_at) == "2013-03-05"
    other = page.replace("__VIEWSTATE", "q")
    assert names(article(other)) == []


def test_the_id_of_a_byline_outweighs_the_class_of_another_authors():
    other = "<div class=byline>By Bo Ek</div>"
    page = article(
        f"<title>{TITLE}</title><div>{other}</div><div><h1>{TITLE}</h1>"
        f"<div><span id=byline>Posted by Ann Lee</span></div>{each('<p>{}</p>')}</div>"
    )
    assert names(page) == ["Ann Lee"]


def test_of_a_long_byline_the_first_line_counts():
    top = (
        "<div class=byline><span>By Ann Lee, Contributing Writer, Quarry<div>Published: March 5, "
        "2013</div><div>Reviewed by Bo Ek, a geologist at the county's school</div></span></div>"
    )
    assert names(headed(top)) == ["Ann Lee"]


def test_a_role_in_brackets_and_where_to_follow_are_no_names():
    assert names(headed("", head="<meta name=author content='ANN LEE (STAFF WRITER)'>")) == [
        "ANN LEE"
    ]
    links = "<a rel=author href=/a>Ann Lee</a> <a rel=author href=https://p.example/>Google+</a>"
    assert names(headed(f"<p>{links}</p>")) == ["Ann Lee"]


def test_where_the_only_h1_is_the_sites_the_heading_that_the_title_repeats_is_the_headline():
    found = article(
        "<title>Quarry closes its upper terrace early for the winter | Stone</title><h1>Stone House"
        f" Weekly</h1><h2>{TITLE}</h2>{each('<p>{}</p>')}"
    )
    assert found.headline == TITLE


def test_a_headline_that_a_template_writes_twice_is_taken_once():
    found = article(f"<title>{TITLE} {TITLE}</title><h1>{TITLE} {TITLE}</h1>{each('<p>{}</p>')}")
    assert found.headline == TITLE


def test_blogger_calls_all_of_a_blog_a_widget():
    found = article(
        f"<title>{TITLE}</title><div class='widget Blog' id=Blog1><h2 class=date-header>March 5, "
        f"2013</h2><div class='post hentry'><h3 class=post-title>{TITLE}</h3>"
        f"<div class=post-body>{each('<p>{}</p>')}</div></div></div><h1>Of Stone</h1>"
    )
    assert str(found.published_at) == "2013-03-05"


@pytest.mark.parametrize("site", ["Isle of Man Quarry", "IOM Quarry", "Iomquarrywire Online Desk"])
def test_a_site_that_signs_yields_whatever_way_it_writes_its_name(site):
    url = "https://iomquarrywire.example/a" if "Online" in site else "https://iomquarry.example/a"
    page = (
        f"<title>{TITLE}</title><meta name=author content='{site}'><h1>{TITLE}</h1>"
        f"<div class=byline>By Ann Lee</div>{each('<p>{}</p>')}"
    )
    found = read(Page(url=url, body=page.encode(), content_type="text/html"), "").article
    assert found is not None
    assert names(found) == ["Ann Lee"]


@pytest.mark.parametrize(
    "line",
    [
        "Have something to say? Let us know below, or send a letter to the clerk.",
        "(Note: The Stone House is not responsible for the content of external links.)",
        "Not to be reproduced without permission of the Stone House",
        "For complete coverage of the quarry, stay tuned to the Stone pages.",
    ],
)
def test_what_a_paper_says_of_itself_is_no_text(line):
    assert texts(headed("", each("<p>{}</p>", [*SENTENCES, line]))) == list(SENTENCES)


def test_what_describes_a_video_is_a_caption():
    said = "<p class=video-desc>The foremen show where the cracks are, and the clerk is asked.</p>"
    found = headed("", said + each("<p>{}</p>"))
    assert [block.text for block in found.body if block.type != "caption"] == list(SENTENCES)


def test_a_line_with_a_year_may_begin_a_sentence():
    begun = "<p>In 2011, the County Board for Open Pits and Terraces<br><br>closed the first.</p>"
    found = headed("", begun + each("<p>{}</p>"))
    assert "In 2011, the County Board for Open Pits and Terraces" in texts(found)[0]


def test_a_stamp_above_a_line_of_its_own_paragraph_is_no_text():
    opening = f"<p>Upper Quarry, Tuesday 15 March 2022 at 10:15<br><br>{SENTENCES[0]}</p>"
    assert texts(headed("", opening + each("<p>{}</p>", SENTENCES[1:]))) == list(SENTENCES)


def test_a_sentence_that_ends_with_an_hour_is_told():
    last = "The last lorry of the day leaves the upper pit at 7:05 p.m."
    assert texts(headed("", each("<p>{}</p>", [*SENTENCES, last]))) == [*SENTENCES, last]


def test_paragraphs_for_subscribers_are_read_though_others_are_free():
    free = [each("<p>{}</p>", part) for part in (SENTENCES[:1], SENTENCES[3:])]
    body = free[0] + each("<div class=subscriber-only>{}</div>", SENTENCES[1:3]) + free[1]
    assert texts(headed("", body)) == list(SENTENCES)


def test_what_stands_in_brackets_with_a_link_leads_elsewhere():
    line = "[ The lower pit is deep, too. See <a href=/p>How Deep Pits Are Drained</a>. ]"
    assert texts(headed("", each("<p>{}</p>", [*SENTENCES[:3], line, *SENTENCES[3:]]))) == list(
        SENTENCES
    )


def test_what_stands_in_brackets_without_a_link_is_told():
    lines = [*SENTENCES[:3], "[The lower pit is deep, too.]", *SENTENCES[3:]]
    assert texts(headed("", each("<p>{}</p>", lines))) == lines


def test_a_last_line_may_say_who_supports_whom():
    last = "Ann Lee said that the parish would support us in the winter, and so would the clerk."
    assert texts(headed("", each("<p>{}</p>", [*SENTENCES, last])))[-1] == last


def test_whom_an_author_works_for_is_no_second_author():
    assert names(headed("<p class=byline>By Ann Lee, Quarry Sports Desk</p>")) == ["Ann Lee"]
    assert names(headed("<p class=byline>By Ann Lee, Special for Quarry Wire</p>")) == ["Ann Lee"]
    assert names(headed("<p class=byline>By Ann Lee May 5, 2013</p>")) == ["Ann Lee"]


def test_an_author_who_bears_the_papers_name_is_one():
    named = "<meta property=og:site_name content=Quarry>"
    byline = "<p class=byline>By Quarry Lee and Bo Ek</p>"
    assert names(headed(byline, head=named)) == ["Quarry Lee", "Bo Ek"]


def test_a_name_with_a_role_far_below_the_headline_signs_nothing():
    lines = each("<p>{}</p>") * 3 + "<p>Bo Ek, Staff Writer</p>"
    assert names(headed("", lines)) == []
    assert names(headed("<p>Bo Ek, Staff Writer</p>")) == ["Bo Ek"]


@pytest.mark.parametrize(
    ("opening", "subtitle"),
    [
        ("The quarry closed.", None),
        ("It closed again. The quarry closed.", "The quarry closed."),
    ],
)
def test_a_short_description_is_the_subtitle_unless_the_text_opens_with_just_that(
    opening, subtitle
):
    head = "<meta name=description content='The quarry closed.'>"
    found = headed("", each("<p>{}</p>", [opening, *SENTENCES]), head)
    assert texts(found)[0] == opening
    assert found.subtitle == subtitle
