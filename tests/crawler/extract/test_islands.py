"""What Astro's islands are given. All content is invented."""

import html
import json

import pytest

from crawler.extract.citations.state.islands import plain_settings
from crawler.extract.page import Page
from crawler.reading.page import read
from tests.crawler.extract.test_beside_the_article import OWN, PARAGRAPHS, URL, page, tweet


def kinds(value):
    if isinstance(value, dict):
        return [0, {name: kinds(one) for name, one in value.items()}]
    return [1, [kinds(one) for one in value]] if isinstance(value, list) else [0, value]


def written(settings):
    return json.dumps({name: kinds(value) for name, value in settings.items()})


def island(settings):
    return f'<astro-island uid="Z1" props="{html.escape(written(settings))}" ssr></astro-island>'


def cited(markup):
    reading = read(Page(url=URL, body=markup.encode(), content_type="text/html"), "")
    return [(post.post_id, post.form) for post in reading.article.posts]


def test_kinds_are_taken_off():
    settings = {"id": "7", "tags": ["a", ["b"]], "of": {"x": None, "y": [1, 2]}}
    assert json.loads(plain_settings(written(settings))) == settings


def test_an_early_version_s_arrays_are_texts():
    early = json.dumps({"tags": [1, json.dumps([[0, "a"], [0, 2]])]})
    assert json.loads(plain_settings(early)) == {"tags": ["a", 2]}


@pytest.mark.parametrize("text", ['{"a": 1}', '{"a": [0]}', '{"a": [99, 1]}', "[0, 1]", "{", ""])
def test_settings_without_kinds_are_left_as_they_are(text):
    assert plain_settings(text) == text


def test_a_bottomless_pit_is_left_as_it_is():
    pit = '{"a": ' + "[0, " * 100_000 + "1" + "]" * 100_000 + "}"
    assert plain_settings(pit) == pit


@pytest.mark.parametrize(
    "settings",
    [
        {"type": "tweet", "id": OWN},
        {"tweetId": OWN},
        {"url": f"https://x.com/kai_ferry/status/{OWN}"},
        {"html": tweet(OWN)},
    ],
)
def test_an_island_amid_the_text_draws_its_embed(settings):
    markup = page().replace(tweet(OWN), island(settings))
    [(post, _)] = cited(markup)
    assert post == OWN


def test_an_island_keeps_the_article_s_state():
    blocks = [{"type": "paragraph", "text": text} for text in PARAGRAPHS]
    body = [*blocks[:2], {"type": "tweet", "id": OWN}, *blocks[2:]]
    other = {"headline": "Snow closes the road", "body": [{"type": "tweet", "id": "1" * 19}]}
    article = {"headline": "Storm closes the pier", "body": body}
    state = island({"article": article, "related": [other]})
    assert cited(page(after=state).replace(tweet(OWN), "")) == [(OWN, "state")]
