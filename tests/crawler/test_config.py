from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.config import CrawlConfig
from crawler.errors import ConfigError
from crawler.names import KNOWN, check_names


def config(**given):
    return CrawlConfig.from_settings(Settings(given))


def test_defaults_are_those_of_the_docs():
    assert config() == CrawlConfig(
        archive=Path("dateline-archive"),
        wait=False,
        warc_bytes=1_000_000_000,
        read=True,
        readers=1,
        read_timeout_s=30.0,
        posts=True,
        robots_overrides={},
    )


def test_texts_of_the_environment_are_read_as_what_they_mean():
    read = config(
        DATELINE_ARCHIVE="a/b",
        DATELINE_READ="0",
        DATELINE_WAIT="1",
        DATELINE_READERS="3",
        DATELINE_READ_TIMEOUT_S="2.5",
        DATELINE_CONNECT_TO=":80:127.0.0.1:8080,:443:127.0.0.1:8443",
        DATELINE_ROBOTS_OVERRIDES='{"News.example": "asked by phone"}',
        DATELINE_CASE="",
    )
    assert (read.archive, read.read, read.wait, read.readers) == (Path("a/b"), False, True, 3)
    assert read.read_timeout_s == 2.5
    assert read.robots_overrides == {"news.example": "asked by phone"}
    assert read.case is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATELINE_READERS", -1, "DATELINE_READERS is a whole number from 0 to 256"),
        ("DATELINE_READERS", 257, "DATELINE_READERS is a whole number from 0 to 256"),
        ("DATELINE_READ_TIMEOUT_S", "nan", "DATELINE_READ_TIMEOUT_S is seconds"),
        ("DATELINE_READ_TIMEOUT_S", "inf", "DATELINE_READ_TIMEOUT_S is seconds"),
        ("DATELINE_BACKOFF_S", 0, "DATELINE_BACKOFF_S is seconds"),
        ("DATELINE_BACKOFF_S", 121, "DATELINE_BACKOFF_MAX_S is at least DATELINE_BACKOFF_S"),
        ("DATELINE_BODY_MEMORY_BYTES", 0, "DATELINE_BODY_MEMORY_BYTES is a whole number"),
        ("DATELINE_SPOOL_MEMORY_BYTES", "1.5", "DATELINE_SPOOL_MEMORY_BYTES is a whole number"),
        ("DATELINE_CONNECT_TO", "a:b:c", "--connect-to wants HOST:PORT:TARGET:PORT"),
        ("DATELINE_CONTACT", "me\r\nCookie: a=b", "DATELINE_CONTACT is an address or a URL"),
        ("DATELINE_TLS_REQUIRE_VERIFIED", "sure", "DATELINE_TLS_REQUIRE_VERIFIED is 0 or 1"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_and_the_accepted_ones_named(name, value, said):
    with pytest.raises(ConfigError, match=said):
        config(**{name: value})


def test_a_misspelt_name_is_refused_with_the_nearest_that_there_is():
    with pytest.raises(ConfigError, match="DATELINE_REDERS; the nearest is DATELINE_READERS"):
        check_names(["PATH", "DATELINE_READ", "DATELINE_REDERS"])
    check_names([*KNOWN, "SCRAPY_SETTINGS_MODULE"])


def test_a_pace_is_changed_for_one_host_or_for_the_whole_table():
    def paces(text):
        return CrawlConfig.from_settings(Settings({"DATELINE_PACES": text})).paces

    usual = paces("{}")
    assert usual["syndication.twimg.com"] == 3
    assert paces('{"t.me": 9, "new.example": 2}') == {**usual, "t.me": 9, "new.example": 2}
    assert set(paces('{"*": 0, "t.me": 4}').values()) == {0, 4}


@pytest.mark.parametrize("text", ['{"t.me": -1}', '{"t.me": "soon"}', "t.me=1", '{"*": 1e9}'])
def test_a_pace_that_is_none_is_refused(text):
    with pytest.raises(ConfigError, match="DATELINE_PACES is an object"):
        CrawlConfig.from_settings(Settings({"DATELINE_PACES": text}))
