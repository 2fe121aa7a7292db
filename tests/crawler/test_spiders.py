import asyncio
import os

import pytest
from scrapy.cmdline import execute

from archive import Article, CanonicalClaim, InvalidUrl
from crawler.errors import ConfigError
from crawler.spiders.articles import ArticlesSpider, canonical_elsewhere
from crawler.spiders.url_list import MAX_LINE_BYTES, check_url, listed
from tests.crawler.cli.running import ROOT
from tests.prepared import Forked


def entries(path):
    async def all_of(file):
        return [entry async for entry in listed(file)]

    file = os.open(path, os.O_RDONLY)
    try:
        return asyncio.run(all_of(file))
    finally:
        os.close(file)


def test_a_list_has_comments_blank_lines_and_a_last_line_without_end(tmp_path):
    path = tmp_path / "list"
    path.write_bytes(
        "\ufeff# list\r\n\r\n  https://a.example/1 \r\n#https://a.example/2\nhttps://a.example/é".encode()
    )
    assert entries(path) == ["https://a.example/1", "https://a.example/é"]


def test_a_list_of_many_pieces_loses_no_line(tmp_path):
    path = tmp_path / "list"
    urls = [f"https://a.example/{number:050}" for number in range(5_000)]
    path.write_text("\n".join(urls))
    assert entries(path) == urls


def test_a_line_without_end_takes_no_memory_and_is_no_url(tmp_path):
    path = tmp_path / "list"
    path.write_bytes(b"https://a.example/" + b"a" * 5_000_000 + b"\nhttps://a.example/1\n")
    long, short = entries(path)
    assert len(long) == MAX_LINE_BYTES + 1
    assert short == "https://a.example/1"
    with pytest.raises(InvalidUrl):
        check_url(long)


def test_a_pipe_is_awaited_while_the_loop_goes_on():
    async def talk():
        read, write = os.pipe()
        found = []

        async def collect():
            found.extend([entry async for entry in listed(read)])

        collecting = asyncio.create_task(collect())
        await asyncio.sleep(0)
        os.write(write, b"https://a.example/1\nhttps://a.ex")
        while not found:
            await asyncio.sleep(0)
            if collecting.done():
                break
            os.write(write, b"ample/2\n")
            os.close(write)
            await collecting
        os.close(read)
        return found

    assert asyncio.run(talk()) == ["https://a.example/1", "https://a.example/2"]


def test_bytes_that_are_no_utf_8_stay_visible(tmp_path):
    path = tmp_path / "list"
    path.write_bytes(b"https://a.example/\xff\n")
    assert entries(path) == ["https://a.example/\\xff"]


@pytest.mark.parametrize(
    "url", ["", "a.example", "//a.example", "ftp://a.example", "http://", "http://[", "http://a b/"]
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(InvalidUrl):
        check_url(url)


def test_a_url_with_a_password_is_refused_without_repeating_it():
    with pytest.raises(InvalidUrl) as refused:
        check_url("https://me:secret@a.example/")
    assert "secret" not in str(refused.value)


def test_urls_of_an_argument_are_separated_by_space_or_comma():
    spider = ArticlesSpider(urls="https://a.example/1,https://a.example/2\n https://a.example/3")
    assert [url for url in spider._urls if url] == [f"https://a.example/{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "wrong", [{"max_pages": "-1"}, {"max_pages": "many"}, {"from_file": "/no"}]
)
def test_an_argument_that_cannot_be_meant_is_refused(wrong):
    with pytest.raises(ConfigError):
        ArticlesSpider(**wrong)


@pytest.mark.parametrize(
    ("claimed", "leads"),
    [
        (None, None),
        ("https://a.example/1", None),
        ("https://www.a.example/1?utm_source=x#part", None),
        ("https://a.example/2", "https://a.example/2"),
        ("not a url", None),
    ],
)
def test_a_canonical_address_is_followed_only_where_it_is_another(claimed, leads):
    claim = CanonicalClaim(canonical_url=claimed)
    assert canonical_elsewhere(Article(url="https://a.example/1", claim=claim)) == leads


def test_a_crawl_that_was_given_nothing_says_what_it_takes(tmp_path):
    given = ["-s", f"DATELINE_ARCHIVE={tmp_path / 'a'}", "-s", f"DATELINE_KEYS={tmp_path / 'k'}"]
    crawl = Forked(execute, ["scrapy", "crawl", "articles", "-a", "url=x", *given], cwd=ROOT)
    _, err = crawl.communicate(timeout=60)
    assert crawl.returncode == 0, err
    assert "WARNING: nothing to crawl: give -a urls=URL,… or -a from_file=FILE" in err
