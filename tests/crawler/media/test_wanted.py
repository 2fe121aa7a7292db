"""Which pictures are asked for."""

from dataclasses import replace

import pytest

from archive import Article, PostAnswer, PostFacts, PostMedia, PostState
from crawler.media.wanted import MOST_PER_POST, of_answer, of_article


def answer(*media, grade="platform-api"):
    return PostAnswer(
        platform="x",
        post_id="1",
        url="https://x.com/i/status/1",
        rung="first",
        grade=grade,
        state=PostState.OK,
        facts=PostFacts(media=media),
    )


def photo(url):
    return PostMedia(type="image", url=url, preview_url="https://cdn.example/small.jpg")


def test_of_photographs_the_whole_and_of_films_the_preview():
    film = PostMedia(
        type="video", url="https://cdn.example/film.mp4", preview_url="https://cdn.example/f.jpg"
    )
    told = answer(photo("https://cdn.example/a.jpg"), film, photo("https://cdn.example/a.jpg"))
    assert [(each.role, each.url) for each in of_answer(told)] == [
        ("image", "https://cdn.example/a.jpg"),
        ("preview", "https://cdn.example/f.jpg"),
    ]


def test_pictures_of_a_post_s_earlier_versions_are_wanted_too():
    earlier = PostFacts(media=(photo("https://cdn.example/before.jpg"),))
    told = replace(answer(photo("https://cdn.example/now.jpg")), history=(earlier,))
    assert [each.url for each in of_answer(told)] == [
        *("https://cdn.example/now.jpg", "https://cdn.example/before.jpg"),
    ]
    assert len(of_answer(replace(told, facts=None))) == 1


def test_a_web_archive_s_pictures_are_not_asked_of_today_s_web():
    assert of_answer(answer(photo("https://cdn.example/a.jpg"), grade="third-party-capture")) == []


def test_a_post_has_no_more_pictures_than_any_platform_allows():
    many = [photo(f"https://cdn.example/{number}.jpg") for number in range(500)]
    assert len(of_answer(answer(*many))) == MOST_PER_POST


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:image/png;base64,AA", "/a.jpg", ""])
def test_what_is_no_web_address_is_left_alone(url):
    assert of_answer(answer(photo(url))) == []
    assert list(of_article(Article(url="https://news.example/1", image=url))) == []
