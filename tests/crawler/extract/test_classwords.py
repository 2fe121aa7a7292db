import pytest

from crawler.extract.text.classwords import (
    Sort,
    names_of_element,
    naming_of,
    naming_of_element,
)


@pytest.mark.parametrize(
    ("names", "sort"),
    [
        *(("share-bar", Sort.MINOR), ("shareBar", Sort.MINOR), ("share_bar", Sort.MINOR)),
        *(("read-more", Sort.MINOR), ("readmore", Sort.MINOR), ("newsletters", Sort.MINOR)),
        *(("commentsArea", Sort.FOREIGN), ("article-related", Sort.FOREIGN)),
        *(("wp-caption", Sort.CAPTION), ("image-credits", Sort.CAPTION)),
        *(("shared-values", Sort.PLAIN), ("adamant", Sort.PLAIN), ("story", Sort.PLAIN)),
        *(("has-sidebar", Sort.PLAIN), ("md:hidden", Sort.PLAIN), ("article--tagged", Sort.PLAIN)),
        ("story share comments", Sort.FOREIGN),
        ("story__figcaption", Sort.FOREIGN),
    ],
)
def test_words_are_judged_whole_and_layout_is_none(names, sort):
    assert naming_of(names).sort is sort


def test_the_terms_of_an_article_are_not_its_parts():
    assert naming_of("hentry post-7 category-newsletter tag-ads").sort is Sort.PLAIN


@pytest.mark.parametrize(
    "names",
    [
        "article-body",
        "entry-content",
        "storyBody",
        "td-post-content",
        "b--article-body",
        "article-body-layout",
    ],
)
def test_names_of_bodies(names):
    assert naming_of(names).is_body


@pytest.mark.parametrize(
    "attributes",
    [{"hidden": None}, {"aria-hidden": "true"}, {"role": "dialog"}, {"style": "Display : none"}],
)
def test_what_is_hidden_or_has_another_role_is_minor(attributes):
    assert naming_of_element("div", attributes).sort is Sort.MINOR


def test_ids_of_paragraphs_and_looks_of_headings_say_nothing():
    assert naming_of_element("p", {"id": "comments"}).sort is Sort.PLAIN
    assert naming_of_element("h2", {"class": "widget-title"}).sort is Sort.PLAIN


@pytest.mark.parametrize("attributes", [{}, {"class": "wide"}, {"class": "wide", "data-at": "3"}])
def test_an_element_of_a_sites_own_is_called_by_its_tag_too(attributes):
    assert naming_of_element("newsletter-signup", attributes).sort is Sort.MINOR
    assert "newsletter-signup" in names_of_element("newsletter-signup", attributes)
