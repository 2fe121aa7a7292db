"""What the themes and plug-ins of common content systems print of an article, with their flaws.

Pages of our own making, written by the templates of such themes: names and words are nobody's.
"""

import json

import pytest

from crawler.extract.page import Page
from crawler.reading.page import read

URL = "https://quarrynews.example/2026/11/terrace"
TITLE = "Quarry closes its upper terrace for the winter"
SENTENCES = (
    "The quarry above the village closed its upper terrace on Monday, two months before time.",
    "Foremen had found cracks in the haul road, and water where none had ever been seen before.",
    "About forty of the ninety men who cut stone there were sent to the lower pit, she said.",
)
BODY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
PICTURE = (
    '<figure itemscope itemtype="https://schema.org/ImageObject"><img>'
    '<span itemprop="author">Cy Fox</span></figure>'
)
HEADING = f"<h1>{TITLE}</h1>"


def stated(**node):
    """JSON-LD of the article, as plug-ins print it."""
    article = {"@type": "NewsArticle", "headline": TITLE, "url": URL, **node}
    return f'<script type="application/ld+json">{json.dumps(article)}</script>'


def person(name):
    return {"@type": "Person", "name": name}


def article(head, top="", *, heading=HEADING, title=f"{TITLE} | Quarry News", body=BODY):
    site = '<meta property="og:site_name" content="Quarry News">'
    page = (
        f"<head><title>{title}</title>{site}{head}</head>"
        f"<body><div>{heading}{top}<div>{body}</div></div></body>"
    )
    found = read(Page(url=URL, body=page.encode(), content_type="text/html"), "").article
    assert found is not None
    return found


def names(head, top=""):
    return [author.name for author in article(head, top).authors]


@pytest.mark.parametrize("name", ["jsmith", "ann_l"])
def test_a_login_yields_to_who_signs(name):
    byline = '<p class="byline">By Ann Lee</p>'
    assert names(stated(author=person(name)), byline) == ["Ann Lee"]
    assert names(stated(author=person(name))) == [name]


@pytest.mark.parametrize("title", [f"Stone Letters | {TITLE}", f"{TITLE} - Stone Letters"])
def test_an_author_who_is_called_as_an_end_of_the_title_is_the_site(title):
    signed = '<meta name="author" content="Stone Letters"><p class="byline">By Ann Lee</p>'
    assert [author.name for author in article("", signed, title=title).authors] == ["Ann Lee"]


def test_an_organisation_that_made_the_page_is_no_author_of_it():
    made = {"@type": "WebPage", "url": URL, "author": {"@type": "LocalBusiness", "name": "Mantis"}}
    head = f'<script type="application/ld+json">{json.dumps(made)}</script>'
    assert names(head, "<p>By Ann Lee</p>") == ["Ann Lee"]
    assert names(head) == []


def test_short_names_beside_each_other_are_initials_and_no_logins():
    byline = '<p class="byline">By Ann Lee</p>'
    both = [person("srk/hosb"), person("kesm")]
    assert names(stated(author=both), byline) == ["srk/hosb", "kesm"]
    assert names(stated(author=person("kesm")), byline) == ["kesm"]


@pytest.mark.parametrize(
    "line",
    [
        "<p><time>04.11.2026 06:30</time> von Ann Lee <span>(Kommentare: 0)</span></p>",
        "<p>November 4, 2026 by Ann Lee</p>",
        "<ul><li><span>Author, </span><span>Ann Lee</span></li></ul>",
        "<div><div>Ann Lee</div><div>Muhabir</div></div><div><div>Updated: 04.11.2026</div></div>",
        "<div><div><b>Ann Lee</b></div><div>Staff Writer</div></div>",
    ],
)
def test_a_line_without_a_name_for_it_signs_where_json_ld_only_names_the_site(line):
    assert names(stated(author=person("Quarry News")), line) == ["Ann Lee"]


@pytest.mark.parametrize(
    "line",
    [
        "<p>4 stones were cut by Machine A</p>",
        "<div><div>Stone, sand and lime</div><div>Reporter</div></div>",
        "<div><div>Staff Writer</div><div>Reporter</div></div>",
    ],
)
def test_what_only_looks_like_such_a_line_signs_nothing(line):
    assert names("", line) == []


def test_a_hebrew_and_an_arabic_by_are_no_parts_of_a_name():
    assert names("", '<ul><li itemprop="author">מאת תמר אלון</li></ul>') == ["תמר אלון"]
    assert names("", '<p class="byline">بقلم رنا الحداد</p>') == ["رنا الحداد"]


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("<div class=author><span>Auteur</span> <span>Ann Lee</span></div>", ["Ann Lee"]),
        (
            "<div class=node__submitted>Door <b class=username>Ann Lee</b> op 7 nov</div>",
            ["Ann Lee"],
        ),
        ("<div>Inviato da <i class='field field--name-uid'>Ann Lee</i> il 7</div>", ["Ann Lee"]),
        ("<p>Ingediend door Ann Lee op za 7 nov 2026 - 16:20</p>", ["Ann Lee"]),
        ("<p>By Ann Lee, with reporting by Bo Ek</p>", ["Ann Lee", "Bo Ek"]),
        ("<p class=byline>توسط مریم صالحی</p>", ["مریم صالحی"]),
        ("<p>文・写真／小野寺 遥</p>", ["小野寺 遥"]),
        ("<p>（本报记者 林晓岚 通讯员 周明）</p>", ["林晓岚"]),
        ("<p>本报记者 林晓岚 周明</p>", ["林晓岚", "周明"]),
        ("<i id=author-name>Ann Lee</i>", ["Ann Lee"]),
        ("<p>2026-11-7 10:40| 查看: 88|原作者: 林晓岚|来自: 晚报</p>", ["林晓岚"]),
        ("<p>[문지호 기자]</p>", ["문지호"]),
        ("<p>3.11.2023 14:20 | Autor: Ann Lee | 2 komentáře</p>", ["Ann Lee"]),
        ("<p>Text: Ann Lee · Foto: Bo Ek</p>", ["Ann Lee"]),
        ("<p>Autor/in: Ann Lee, Bo Ek<br>Stand: 04.11.2026</p>", ["Ann Lee", "Bo Ek"]),
        ("<p>Words <b>Ann Lee</b><br>Photographs <b>Cy Fox</b></p>", ["Ann Lee"]),
        ("<p class=author>Piše <b>Ann Lee</b></p>", ["Ann Lee"]),
        ("<div class=autor>de <a href=/a>Ann Lee</a></div>", ["Ann Lee"]),
        ("<p>Автор: <a>Анна Ли</a> от 3-12-2021, 11:40</p>", ["Анна Ли"]),
        (
            "<a rel=author><b>Ann</b> <b>Lee</b> <i>Journalist</i></a>",
            ["Ann Lee"],
        ),
    ],
)
def test_a_byline_is_read_in_the_form_that_a_theme_or_a_newsroom_gives_it(line, signed):
    assert names("", line) == signed


def test_typo3_s_byline_is_the_articles_though_it_is_called_a_footer():
    page = (
        f"<title>{TITLE}</title><div class=article itemscope itemtype=http://schema.org/Article>"
        f"<h3>{TITLE}</h3><div class=footer><span class=news-list-author>Von Ann Lee</span></div>"
        f"{BODY}</div>"
    )
    found = read(Page(url=URL, body=page.encode(), content_type="text/html"), "").article
    assert [author.name for author in found.authors] == ["Ann Lee"]


@pytest.mark.parametrize(
    ("opening", "signed"),
    [
        ("(한들=연합뉴스) 서가람·윤보미 기자 = ", ["서가람", "윤보미"]),
        ("新华社北京4月24日电（记者王小明、李强）", ["王小明", "李强"]),
        ("〔記者王小明／台北報導〕", ["王小明"]),
        ("本报讯（记者 王小明 通讯员 李强）", ["王小明"]),
    ],
)
def test_who_reports_in_a_dateline_signs_where_nobody_else_does(opening, signed):
    body = f"<p>{opening}今年将在河边新建三座公园。시가 노선을 바꾼 지 일주일이 지났다.</p>{BODY}"
    found = article("", body=body)
    assert ([author.name for author in found.authors], found.dateline.raw) == (
        signed,
        opening.rstrip(),
    )
    found = article("", "<p>By Ann Lee</p>", body=body)
    assert [author.name for author in found.authors] == ["Ann Lee"]


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("<p><em>Ann Lee</em></p>", ["Ann Lee"]),
        ("<p>— Ann Lee</p>", ["Ann Lee"]),
        ("<p>Ann Lee is the Isle Post's harbour reporter.</p>", ["Ann Lee"]),
        ("<p>（田中美咲）</p>", ["田中美咲"]),
        ("<p>Ann Lee</p>", []),  # a caption, a tag
        ("<p>（敬称略）</p>", []),
        ("<p>Lee went home.</p><p><em>Ann Lee</em></p>", []),  # whom it tells of
    ],
)
def test_a_name_in_letters_of_its_own_below_the_text_signs_it(line, signed):
    assert [author.name for author in article("", body=f"{BODY}{line}").authors] == signed


@pytest.mark.parametrize(
    "line", ["责任编辑：刘光博", "【編輯：刘光博】", "Редактор: Анна Ли", "Editör: Ann Lee"]
)
def test_who_edited_is_no_author_even_where_a_class_says_so(line):
    assert names("", f"<p class=author>{line}</p>") == []


def test_a_long_line_between_bars_dates_by_one_of_its_parts():
    top = "<p>Autor: Ann Lee | Vineri, 6 Noiembrie 2026, ora 15:25 | 431 de citiri până acum</p>"
    found = article("", top)
    assert (str(found.published_at.on), str(found.published_at.clock)) == ("2026-11-06", "15:25:00")
    assert [author.name for author in found.authors] == ["Ann Lee"]


@pytest.mark.parametrize("lead", ["The upper terrace lay open for 60 days.", "No water at all."])
def test_a_short_lead_that_is_called_one_may_have_figures_in_its_sentence(lead):
    page = f"<h1>{TITLE}</h1><p class=lead>{lead}</p><div class=text>{BODY}</div>"
    found = read(Page(url=URL, body=page.encode(), content_type="text/html"), "").article
    assert found.body[0].text == lead


@pytest.mark.parametrize("initials", ["irb/amg", "(sam/adi)", "mos/ zan/", "(dr/spot)"])
def test_initials_below_a_text_are_no_part_of_it(initials):
    found = article("", body=f"{BODY}<p>{initials}</p>")
    assert [block.text for block in found.body] == list(SENTENCES)


@pytest.mark.parametrize("joint", ["·", ", ", ","])
def test_two_korean_reporters_are_two(joint):
    listed = f'<meta property="dable:author" content="한소라{joint}문지호 기자">'
    assert names(listed) == ["한소라", "문지호"]
    assert names("", f"<ul><li>한소라{joint}문지호 기자</li></ul>") == ["한소라", "문지호"]


def test_one_title_for_search_engines_everywhere_is_the_heading_cut_down():
    short = "Quarry closes terrace"
    head = stated(headline=short) + f'<meta property="og:title" content="{short}">'
    assert article(head, title=f"{short} - Quarry News").headline == TITLE


def test_a_headline_that_ends_amid_a_word_was_cut():
    assert article(stated(headline=TITLE[:-3])).headline == TITLE
    shorter = TITLE.removesuffix(" for the winter")
    assert article(stated(headline=shorter)).headline == shorter


@pytest.mark.parametrize(
    "shown", ["Ministers close the upper terrace", f"Stone: {TITLE}", "Our stones"]
)
def test_a_heading_of_other_words_yields_to_what_all_others_state(shown):
    head = stated() + f'<meta property="og:title" content="{TITLE}">'
    assert article(head, heading=f"<h1>{shown}</h1>").headline == TITLE


def test_a_section_behind_the_mark_of_a_way_up_is_no_part_of_a_headline():
    found = article(
        "", heading=f"<h1>{TITLE} &gt; News</h1>", title=f"{TITLE} > News | Quarry News"
    )
    assert found.headline == TITLE


def test_a_logo_is_no_headline_on_a_page_that_its_query_names():
    logo = '<h1><a href="https://quarrynews.example/">Stone Letters</a></h1>'
    title = f"Stone Letters &raquo; Blog Archive &raquo; {TITLE}"
    page = f"<title>{title}</title><div>{logo}</div><div><h2>{TITLE}</h2>{BODY}</div>"
    url = "https://quarrynews.example/?p=1204"
    found = read(Page(url=url, body=page.encode(), content_type="text/html"), "").article
    assert found.headline == TITLE


def test_a_headline_below_a_logo_has_its_lead():
    lead = "Cracks in the road and water in the rock worry the foremen."
    logo = '<h1><a href="/"><img src="/logo.png" alt="Quarry News"></a></h1>'
    heading = f"{logo}<header><h3>{TITLE}</h3><h4 class=subheading>{lead}</h4></header>"
    assert article(stated(), heading=heading).subtitle == lead


def test_a_part_with_the_headline_has_the_lead_whatever_it_is_called():
    lead = "Cracks in the road and water in the rock worry the foremen."
    heading = f'<div class="right-rail__top">{HEADING}<h2 class="subheadline">{lead}</h2></div>'
    more = "<p>The company said that it would pay all of them until the rock was found safe.</p>"
    assert article(stated(), heading=heading, body=BODY + more).subtitle == lead


def test_what_nothing_calls_a_lead_is_none_in_a_part_that_is_called_foreign():
    said = "Our readers have kept this paper alive since the quarry opened, and we thank them all."
    heading = f'<div class="right-rail__top">{HEADING}<p>{said}</p></div>'
    more = "<p>The company said that it would pay all of them until the rock was found safe.</p>"
    assert article(stated(), heading=heading, body=BODY + more).subtitle is None


def test_the_headline_said_again_further_down_takes_no_lead_away():
    lead = "Cracks in the road and water in the rock worry the foremen."
    heading = f'<div>{HEADING}<h2 class="subheadline">{lead}</h2><div><h4>{TITLE}</h4></div></div>'
    assert article(stated(), heading=heading).subtitle == lead


def test_what_a_site_says_of_itself_below_its_logo_is_no_lead():
    logo = (
        "<div><h1><a href=/>Stone Letters</a></h1><p class=description>News of the rock</p></div>"
    )
    found = article(stated(), heading=f"{logo}<div><h3>{TITLE}</h3></div>")
    assert found.subtitle is None
    assert found.body[0].text == SENTENCES[0]


def test_a_lead_that_opens_the_text_is_the_subtitle_and_stays_in_the_body():
    lead = "Cracks in the road and water in the rock worry the foremen, who have asked for help."
    body = f'<div class="field--name-field-summary">{lead}</div>{BODY}'
    found = article(stated(), body=f"<article>{body}</article>")
    assert found.subtitle == lead
    assert [block.text for block in found.body] == [lead, *SENTENCES]


@pytest.mark.parametrize("where", ["{line}{text}", "{text}{line}"])
@pytest.mark.parametrize(
    "line", ["Text: Ann Lee · Photo: Cy Fox", "Written: Ann Lee and Bo Ek", "文・写真／Ann Lee"]
)
def test_a_line_that_only_names_the_authors_is_no_part_of_the_text(where, line):
    head = stated(author=[person("Ann Lee"), person("Bo Ek")])
    body = where.format(line=f"<p>{line}</p>", text=BODY)
    assert [block.text for block in article(head, body=body).body] == list(SENTENCES)


@pytest.mark.parametrize("line", ["Stone: Ann Lee cuts it", "Photo: Cy Fox", "Ann Lee, Bo Ek"])
def test_a_line_that_says_more_or_names_others_may_be_of_the_text(line):
    head = stated(author=[person("Ann Lee"), person("Bo Ek")])
    kept = article(head, body=f"{BODY}<p>{line}</p>").body
    assert kept[-1].text in (line, SENTENCES[-1])
    assert [block.text for block in kept[:3]] == list(SENTENCES)


def test_a_type_of_json_ld_in_small_letters_is_that_type():
    head = stated(**{"@type": "article", "datePublished": "2026-11-04T10:15:22+07:00"})
    assert str(article(head).published_at) == "2026-11-04T10:15:22+07:00"


def test_a_card_s_body_says_nothing_of_whose_card_it_is():
    top = '<div class="card-body"><div class="news-date-time">07.11.2026 08:15</div></div>'
    found = article("", top).published_at
    assert (str(found.on), str(found.clock)) == ("2026-11-07", "08:15:00")


def test_a_time_in_a_column_beside_yields_to_the_date_that_the_article_shows():
    beside = '<aside><time datetime="2026-11-09T08:00:00+01:00">9 Nov</time></aside>'
    shown = article("", f"<p>za 7 nov 2026 - 16:20</p>{beside}").published_at
    assert (str(shown.on), str(shown.clock)) == ("2026-11-07", "16:20:00")
    assert str(article("", beside).published_at) == "2026-11-09T08:00:00+01:00"


def test_a_name_that_is_a_month_s_too_dates_nothing():
    line = "Posted by Hal Walker and June Castle on 4 November 2026 in Local 2 Comments"
    assert str(article("", f"<p>{line}</p>").published_at) == "2026-11-04"


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee | 6 November 2026, 14:30 | Updated: 7 November 2026, 08:05",
        "Published November 6, 2026 at 2:30 p.m. Updated November 7, 2026 at 8:05 a.m.",
    ],
)
def test_each_part_of_a_stamp_has_its_own_time(line):
    found = article("", f"<p>{line}</p>")
    assert (str(found.published_at.on), str(found.published_at.clock)) == ("2026-11-06", "14:30:00")
    assert (str(found.modified_at.on), str(found.modified_at.clock)) == ("2026-11-07", "08:05:00")


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 6 novembre 2026 à 14h30 - Mis à jour le 7 novembre 2026 à 8h05",
        "6 noiembrie 2026, 14:30 / Actualizat: 7 noiembrie 2026, 08:05",
        "เผยแพร่: 6 พ.ย. 2569 14:30 ปรับปรุง: 7 พ.ย. 2569 8:05",
        "06.11.2026, 14:30 Uhr, aktualisiert 08:05 Uhr",
        "입력 2026. 11. 6. 14:30 수정 2026. 11. 7. 8:05",
        "প্রকাশ: ৬ নভেম্বর ২০২৬, ১৪:৩০ | আপডেট: ৭ নভেম্বর ২০২৬, ০৮:০৫",
    ],
)
def test_what_a_stamp_tells_of_a_change_has_its_own_time(line):
    published = article("", f"<p class=date>{line}</p>").published_at
    assert (str(published.on), str(published.clock)) == ("2026-11-06", "14:30:00")


def test_a_day_in_figures_is_read_by_the_language_of_the_page():
    said = '<meta property="og:locale" content="{}">'
    top = "<p>06/11/2026 14:30</p>"
    assert str(article(said.format("pt_BR"), top).published_at) == "2026-11-06"
    assert article(said.format("en_US"), top).published_at is None


@pytest.mark.parametrize(
    ("head", "top", "modified"),
    [
        ('<meta name="DC.date.modified" content="2026-11-04T13:40:00-03:00">', "", None),
        ("", '<time class="updated" datetime="2026-11-04T13:40:00-03:00">4 Nov</time>', None),
        (
            "",
            "<p class=updated-on>Changed:<time datetime=2026-11-04T13:40:00-03:00>4</time></p>",
            None,
        ),
        ("", '<i itemprop=dateModified content="2026-11-04T13:40:00-03:00"></i>', None),
        ("", "<span itemprop=dateModified>2026-11-04T13:40:00-03:00</span>", None),
        ("", "<ul><li>입력 2026.11.03 15:31</li><li>수정 2026.11.04 13:40</li></ul>", "13:40:00"),
        ("", "<p>última modificação 04.11.2026 13h40</p>", "13:40:00"),
        ("", '<meta itemprop="dateModified" content="2026-11-04 1:40 pm"/>', "13:40:00"),
    ],
)
def test_the_last_change_is_read_wherever_a_theme_prints_it(head, top, modified):
    found = article(head, top).modified_at
    assert found is not None
    assert str(found.on) == "2026-11-04"
    if modified is None:
        assert found.at is not None
        assert found.at.isoformat() == "2026-11-04T13:40:00-03:00"
    else:
        assert str(found.clock) == modified


def test_a_time_of_the_last_change_is_not_that_of_the_publication():
    top = (
        '<time class="updated" datetime="2026-11-05T07:05:00+01:00">5 Nov</time>'
        '<time class="entry-date published" datetime="2026-11-03T21:11:09+01:00">3 Nov</time>'
    )
    found = article("", top)
    assert str(found.published_at) == "2026-11-03T21:11:09+01:00"
    assert str(found.modified_at) == "2026-11-05T07:05:00+01:00"


@pytest.mark.parametrize("name", ["entry-date updated", "post-published updated"])
def test_a_time_of_both_is_that_of_the_publication(name):
    top = f'<time class="{name}" datetime="2026-11-03T21:11:09+01:00">3 Nov</time>'
    found = article("", top)
    assert str(found.published_at) == "2026-11-03T21:11:09+01:00"
    assert found.modified_at is None
