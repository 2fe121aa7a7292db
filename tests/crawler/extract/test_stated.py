"""Headline, byline, language, canonical claim: what a page states of itself."""

import pytest

from archive import CanonicalClaim
from crawler.extract.byline import names_in, stated_authors
from crawler.extract.canonical import base_of, read_claim
from crawler.extract.headline import stated_headlines
from crawler.extract.language import language_tag
from crawler.extract.markup import parse
from crawler.extract.structured import read_structured

URL = "https://www.island-post.example/a/1"


def headlines(html):
    tree = parse(html)
    return list(stated_headlines(tree, read_structured(tree, URL), URL))


@pytest.mark.parametrize(
    "title",
    [
        "Ferries sail - at last | Island Post",
        "Ferries sail - at last – IslandPost",
        "Island Post :: Ferries sail - at last",
        "Ferries sail - at last - www.island-post.example",
        "Ferries sail - at last",
    ],
)
def test_the_sites_name_is_no_part_of_a_headline(title):
    assert headlines(f"<title>{title}</title>") == ["Ferries sail - at last"]


def test_a_title_that_is_only_the_sites_name_is_none():
    assert headlines('<meta property="og:site_name" content="Isle"><title>Isle</title>') == []


def test_several_h1_are_no_witness():
    assert headlines("<h1>One</h1><h1>Two</h1><title>Three</title>") == ["Three"]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Lee and Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Von Jörg Öz, Ute Au", ["Jörg Öz", "Ute Au"]),
        ("Ann Lee, Editor", ["Ann Lee"]),
        ("https://a.example/ann", []),
        ("admin", []),
        ("ann@a.example", []),
        ("", []),
    ],
)
def test_a_byline_is_taken_apart_into_names(byline, names):
    assert list(names_in(byline)) == names


def test_the_first_witness_with_names_signs_alone():
    tree = parse('<meta name="author" content="https://a.example"><a rel="author">Ann Lee</a>')
    assert list(stated_authors(tree, read_structured(tree, URL))) == ["Ann Lee"]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en_us", "en-US"),
        ("DE", "de"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("iw", "he"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("ca-valencia", "ca-valencia"),
        ("english", None),
        ("und", None),
        ("", None),
        ("de, en", None),
    ],
)
def test_languages_are_bcp_47(text, tag):
    assert language_tag(text) == tag
    assert tag is None or language_tag(tag) == tag


def claim(html, header=None):
    tree = parse(html)
    return read_claim(tree, header, base_of(tree, URL))


def test_a_claim_is_absolute_and_on_the_pages_base():
    html = '<base href="/b/"><link rel="x CANONICAL" href=" c "><link rel=amphtml href="?amp">'
    assert claim(html) == CanonicalClaim(
        canonical_url="https://www.island-post.example/b/c",
        amp_url="https://www.island-post.example/b/?amp",
    )


def test_the_link_header_speaks_where_the_page_does_not():
    header = '</x>; rel="next", <https://o.example/c>; title="a"; rel="canonical"'
    assert claim("", header).canonical_url == "https://o.example/c"
    assert claim('<link rel=canonical href="/own">', header).canonical_url.endswith("/own")


@pytest.mark.parametrize("href", ["javascript:x", "data:,x", "mailto:a@b.example", "http://[", ""])
def test_what_is_no_web_address_is_no_claim(href):
    found = claim(f'<link rel=canonical href="{href}">').canonical_url
    assert found is None or found == URL
