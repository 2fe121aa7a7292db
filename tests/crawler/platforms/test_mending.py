"""Links as authors and content systems break them, and what they mean."""

import pytest

from crawler.platforms.mending import mended
from crawler.platforms.registry import everyone

OWN = "news.example"
POST = "x.com/ferry_watch/status/1500000000000000001"


def meant(href):
    return mended(href, OWN, everyone().knows)


@pytest.mark.parametrize(
    "href",
    [
        POST,
        f"http://https://{POST}",
        f"https://https//{POST}",
        f"https:// {POST}",
        f"http:///{POST}",
        f"https:/{POST}",
        f"https//{POST}",
        f"htps://{POST}",
        f"ttps://{POST}",
        f"http:{POST}",
        f"“https://{POST}”",
        f"%22https://{POST}%22",
        f'"https://{POST}"',
        "https%3A%2F%2Fx.com%2Fferry_watch%2Fstatus%2F1500000000000000001",
        r"https:\/\/x.com\/ferry_watch\/status\/1500000000000000001",
        f"https://news.example/2026/05/{POST}",
        f"https://www.news.example/2026/05/https://{POST}",
        f"https://news.example/x.html/http:/{POST}",
        f"/go/https://{POST}",
        f"/?https://{POST}",
        f"https://news.example/exit.php?to=https://{POST}",
        "/out?url=https%3A%2F%2Fx.com%2Fferry_watch%2Fstatus%2F1500000000000000001&from=9",
    ],
)
def test_broken_link_means_the_post_that_was_copied(href):
    url = meant(href)
    assert url is not None
    assert everyone().recognise(url) == everyone().recognise(f"https://{POST}")


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#top",
        "/2026/05/storm",
        "storm.html",
        "../images/x.com/picture.jpg",
        "2026/05/storm.html",
        "index.php/@kai/112000000000000001",
        "tide.example/@kai/112000000000000001",
        "mailto:kai@x.com",
        f"javascript:share('https://{POST}')",
        f"https://news.example/share?url=https://{POST}",
        f"https://news.example/share.php/?u={POST}",
        f"/share?url=https://{POST}",
        f"https://evil.example/https://{POST}",
        f"https://evil.example/out?to=https://{POST}",
        "https://other.example/2026/a.b/c",
        "x" * 5000 + "/" + POST,
        "http://" * 1000,
    ],
)
def test_link_to_a_page_of_some_site_means_no_post(href):
    assert meant(href) is None


def test_film_below_the_site_s_own_address_keeps_its_query():
    href = "https://news.example/2026/www.youtube.com/watch?v=aB3-_dEfGhI&t=4"
    assert meant(href) == "https://www.youtube.com/watch?v=aB3-_dEfGhI&t=4"
