"""Whom a reading believes, and what else the page says."""

import json

import pytest

from crawler.extract.page import Page
from crawler.reading.page import read

TEXT = (
    "<p>" + "The ships left the harbour in the morning, as they had done for years. " * 4 + "</p>"
)
URL = "https://news.example/2022/05/03/story"


def article(head="", body="", url=URL):
    html = f"<html lang=en><head>{head}</head><body><article>{body}{TEXT}</article></body></html>"
    return read(Page(url=url, body=html.encode(), content_type="text/html"), "r").article


def ld(**node):
    text = json.dumps({"@type": "NewsArticle", **node})
    return f'<script type="application/ld+json">{text}</script>'


def test_each_field_names_its_witness_and_the_others_stay():
    found = article(
        ld(headline="Ships leave the harbour", datePublished="2022-05-03T08:00:00Z")
        + '<meta property="og:title" content="Ships leave at last">'
        + '<meta property="article:published_time" content="2022-05-04T08:00:00+00:00">',
        "<h1>Ships leave the harbour</h1>",
    )
    assert found.field_sources["headline"] == "json-ld headline"
    assert found.field_sources["published_at"] == "json-ld datePublished"
    assert found.field_sources["body"] == "page"
    assert [(one.field, one.source, one.value) for one in found.other_statements] == [
        ("headline", "meta og:title", "Ships leave at last"),
        ("published_at", "meta article:published_time", "2022-05-04T08:00:00+00:00"),
    ]


def test_a_witness_that_says_the_same_in_other_words_says_nothing_else():
    found = article(
        ld(datePublished="2022-05-03T08:00:00Z")
        + '<meta property="article:published_time" content="2022-05-03T10:00:00+02:00">',
        "<h1>Ships</h1><time datetime='2022-05-03T08:00:00.000+00:00'></time>",
    )
    assert found.other_statements == ()


def test_a_day_that_only_the_address_has_is_the_addresss():
    found = article(body="<h1>Ships</h1>")
    assert (str(found.published_at), found.field_sources["published_at"]) == ("2022-05-03", "url")


def test_a_body_that_only_json_ld_has_is_json_lds():
    html = ld(headline="Ships", articleBody="They left. " * 30)
    found = read(Page(url=URL, body=html.encode(), content_type="text/html"), "r").article
    assert found.field_sources["body"] == "json-ld articleBody"


def crumbs(*names):
    steps = [{"@type": "ListItem", "item": {"@id": URL, "name": name}} for name in names]
    return ld(**{"@type": "BreadcrumbList", "itemListElement": steps})


@pytest.mark.parametrize(
    ("head", "section", "tags"),
    [
        ("", "Coast", ("Ships", "Winter")),
        ("<meta property='article:section' content='Sea'>", "Sea", ("Ships", "Winter")),
        ("<meta name=keywords content='ice, tar'>", "Coast", ("ice", "tar")),
    ],
)
def test_links_name_section_and_tags_where_the_page_states_none(head, section, tags):
    terms = "".join(f"<a rel=tag href=/t>{tag}</a> " for tag in ("Ships", "Winter", "Ships"))
    linked = f"<h1>Ships leave</h1><a rel='category tag' href=/c>Coast</a>{terms}"
    found = article(head + crumbs("Home", "News"), linked)
    assert (found.section, found.tags) == (section, tags)


@pytest.mark.parametrize("last", ["Ships leave", "Ships leave the harbour for good"])
def test_the_step_above_the_page_is_its_section(last):
    found = article(crumbs("Home", "News", last), "<h1>Ships leave the harbour for good</h1>")
    assert (found.section, found.field_sources["section"]) == ("News", "json-ld breadcrumb")
    assert article(crumbs("Home", last), f"<h1>{last}</h1>").section is None


def test_agencies_sign_apart_from_people():
    found = article('<meta name="author" content="Ann Lee, AFP">')
    assert [author.name for author in found.authors] == ["Ann Lee"]
    assert found.agencies == ("AFP",)
    assert found.field_sources["agencies"] == "meta author"
    alone = article('<meta name="author" content="Reuters">')
    assert (alone.authors, alone.agencies) == ((), ("Reuters",))


@pytest.mark.parametrize(
    ("head", "body", "credit"),
    [
        (ld(image={"url": "/i/ship-1.jpg", "creditText": "© Ann Lee"}), "", "Ann Lee"),
        (
            ld(image={"url": "/i/ship-1.jpg", "copyrightHolder": {"name": "AFP"}}),
            "",
            "AFP",
        ),
        (
            '<meta property="og:image" content="/i/ship-1.jpg?w=9">',
            (
                '<figure><img src="/i/other.jpg"><i class=credit>Nobody</i></figure><figure>'
                '<img data-src="/i/ship-1.jpg?w=2"><i class=photo-credit>Foto: Ann Lee</i></figure>'
            ),
            "Ann Lee",
        ),
        (
            '<meta property="og:image" content="/i/ship-1.jpg">',
            '<figure><img src="/i/ship-1.jpg"><figcaption>At sea (Foto: dpa)</figcaption></figure>',
            "dpa",
        ),
        (
            '<meta property="og:image" content="/i/ship-1.jpg">',
            '<figure><img src="/i/other.jpg"><figcaption>Photo: Nobody</figcaption></figure>',
            None,
        ),
    ],
)
def test_the_lead_image_has_the_credit_of_its_own_figure(head, body, credit):
    assert article(head, body).image_credit == credit


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        ({"wordCount": 900}, "56 words of the 900 that the page states"),
        ({"wordCount": "60"}, None),
        ({"wordCount": "many"}, None),
        ({"articleBody": "word " * 500}, "56 words of the 500 that the page states"),
        ({"isAccessibleForFree": False}, "behind a paywall, and 283 letters are shown"),
        ({}, None),
    ],
)
def test_a_text_that_is_only_a_part_says_why(node, reason):
    assert article(ld(headline="Ships", **node), "<h1>Ships</h1>").partial == reason
