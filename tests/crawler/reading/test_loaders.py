import datetime as dt

import pytest

from archive import Article, Author, BlockType, BodyBlock
from crawler.extract.dates import moment_of
from crawler.reading.loaders import ArticleLoader


def loaded(**fields):
    loader = ArticleLoader()
    loader.add_value("url", "https://a.example/")
    for name, value in fields.items():
        loader.add_value(name, value)
    return loader.load_item()


def test_an_article_comes_out_and_the_first_usable_witness_wins():
    article = loaded(
        headline=["", "  ", "First  headline", "Second"],
        authors=["Ann Lee", "Bo Ek", "Ann Lee"],
        language=["nonsense!", "de_AT", "en"],
        tags=["#One", "one", "Two"],
    )
    assert article == Article(
        url="https://a.example/",
        headline="First headline",
        authors=(Author(name="Ann Lee"), Author(name="Bo Ek")),
        language="de-AT",
        tags=("One", "Two"),
    )


def test_an_instant_of_the_stated_day_wins_over_the_day():
    day, instant = map(moment_of, ("2022-05-03", "2022-05-03T09:00:00+02:00"))
    article = loaded(published_at=[day, instant])
    assert article.published_at.at == dt.datetime.fromisoformat("2022-05-03T09:00:00+02:00")
    assert loaded(published_at=[]).published_at is None


def test_the_body_goes_through_as_it_is():
    body = (BodyBlock(type=BlockType.PARAGRAPH, text="a  b"),)
    assert loaded(body=body).body == body
    assert loaded(body=()).body == ()


def test_an_article_needs_its_url():
    with pytest.raises(TypeError):
        ArticleLoader().load_item()
