"""Which post attributes and fields name. All ids are invented."""

import pytest

from crawler.extract.citations.carriers import names_of
from crawler.extract.citations.post_names import post_in_attributes, post_in_fields
from crawler.platforms.registry import everyone

X, FILM, CODE = "1791000000000000001", "aB3-_dEfGhI", "CxYz01-_abC"


@pytest.mark.parametrize(
    ("kind", "fields", "key"),
    [
        ("", {"type": "tweet", "id": X}, f"x:{X}"),
        ("", {"type": "tweet", "id": int(X)}, f"x:{X}"),
        ("", {"__typename": "TweetEmbed", "tweetId": X}, f"x:{X}"),
        ("youtube", {"id": FILM}, f"youtube:{FILM}"),
        ("", {"provider": "YouTube", "videoId": FILM, "title": "Waves"}, f"youtube:{FILM}"),
        ("", {"kind": "instagram-post", "shortcode": CODE}, f"instagram:{CODE}"),
        ("", {"type": "video", "id": FILM}, None),
        ("", {"type": "tweet", "userId": X}, None),
        ("", {"type": "tweet", "id": True}, None),
        ("", {"type": "youtube", "id": "photography"}, None),
        ("", {"type": "instagram", "id": "1100686980"}, None),
        ("", {"title": "How to use YouTube", "id": FILM}, None),
        ("", {"name": "twitter:app:id:ipad", "content": "506060763"}, None),
        ("", {"property": "twitter:account_id", "content": "1791000000"}, None),
    ],
)
def test_an_object_names_a_post_where_it_says_whose_the_id_is(kind, fields, key):
    ref = post_in_fields(everyone(), kind, fields)
    assert (ref and ref.key) == key


@pytest.mark.parametrize(
    ("tag", "attributes", "key"),
    [
        ("div", {"class": "mm-youtube-container", "data-src": FILM}, f"youtube:{FILM}"),
        ("x-tweet", {"post-id": X}, f"x:{X}"),
        ("amp-vk", {"data-owner-id": "-100", "data-post-id": "200"}, "vk:-100_200"),
        ("div", {"data-tweet-count": "1791000000"}, None),
        ("div", {"data-id": "aswift_1", "class": "big insight"}, None),
    ],
)
def test_attributes_name_a_post_by_name_or_context(tag, attributes, key):
    naming = names_of(tag, attributes).naming
    ref = post_in_attributes(everyone(), tag, attributes, naming)
    assert (ref and ref.key) == key
