import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.errors import ConfigError
from crawler.sources.cron import next_after
from crawler.sources.durations import format_duration, parse_duration
from crawler.sources.file import (
    FILE_NAME,
    SourcesError,
    add_sources,
    format_source,
    load_sources,
    parse_sources,
)
from crawler.sources.patterns import UrlPatterns
from crawler.sources.source import Source, SourceKind

WHOLE = """\
# what we watch
[[source]]
name = "meridian-world"    # the English desk
outlet = "The Meridian"
kind = "news-sitemap"
url = "https://meridian.example/news.xml"
every = "15m"
language = "en-GB"
tags = ["world",
        "wire"]
case = "flood"
include = ["/world/*"]
exclude = ["*/video/*"]
most_pages = 200
oldest = "30d"
delay = 2
posts = false
media = false
requisites = true
enabled = false

[[source]]
name = "two"
kind = "urls"
urls = ["https://a.example/1", "https://a.example/2"]
cron = "*/20 6-23 * * 1-5"
"""


def mistakes(text):
    with pytest.raises(SourcesError) as caught:
        parse_sources(text)
    return [(mistake.line, mistake.text) for mistake in caught.value.mistakes]


def test_every_key_is_read():
    first, second = parse_sources(WHOLE)
    assert first == Source(
        name="meridian-world",
        outlet="The Meridian",
        kind=SourceKind.NEWS_SITEMAP,
        urls=("https://meridian.example/news.xml",),
        every=dt.timedelta(minutes=15),
        language="en-GB",
        tags=("world", "wire"),
        case="flood",
        patterns=UrlPatterns(include=("/world/*",), exclude=("*/video/*",)),
        most_pages=200,
        oldest=dt.timedelta(days=30),
        delay_s=2.0,
        posts=False,
        media=False,
        requisites=True,
        is_enabled=False,
    )
    assert second.urls == ("https://a.example/1", "https://a.example/2")
    assert second.cron == "*/20 6-23 * * 1-5"
    assert (second.posts, second.media, second.is_enabled) == (True, True, True)


def test_every_mistake_is_named_with_its_line():
    text = (
        WHOLE.replace('"15m"', '"15"')
        .replace("delay = 2", "dealy = 2")
        .replace('"two"', '"meridian-world"')
        .replace("6-23", "6-25")
        + "\n[[source]]\n\n\nkind = 'feed'\n\n[sauce]\n"
    )
    lines = text.splitlines()
    found = mistakes(text)
    assert [lines[line - 1].split()[0] for line, _ in found] == [
        "every",
        "dealy",
        "name",
        "cron",
        "[[source]]",
        "[[source]]",
        "[sauce]",
    ]
    assert found == sorted(found, key=lambda each: each[0])
    assert "'dealy' is no key" in found[1][1]
    assert "there is a 'meridian-world' already" in found[2][1]


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("name", '"With Space"', "small letters"),
        ("name", "7", "small letters"),
        ("kind", '"rss"', "one of feed, sitemap"),
        ("url", '"ftp://a.example/"', "not an http or https"),
        ("url", '"https://user:word@a.example/"', "without user name"),
        ("every", '"59s"', "from 1m"),
        ("every", "15", "in quotes"),
        ("every", '"1h30m"', "a number and"),
        ("cron", '"@daily"', "five fields"),
        ("cron", '"0 0 31 2 *"', "cron"),
        ("language", '"english language"', "a language tag"),
        ("tags", '"one"', "a list"),
        ("tags", '["a\\u001b[31m"]', "control characters"),
        ("include", '["https://a.example/*"]', "no scheme"),
        ("most_pages", "0", "1 to 1000000"),
        ("most_pages", "true", "1 to 1000000"),
        ("oldest", '"soon"', "a number and"),
        ("delay", "nan", "above 0"),
        ("delay", "true", "a number"),
        ("media", '"yes"', "true or false"),
        ("urls", '["https://a.example/1"]', "not both"),
    ],
)
def test_each_value_says_what_it_may_be(key, value, says):
    values = {"name": '"a"', "kind": '"feed"', "url": '"https://a.example/"', key: value}
    text = "[[source]]\n" + "".join(f"{name} = {given}\n" for name, given in values.items())
    ((line, told),) = mistakes(text)
    assert says in told
    assert text.splitlines()[line - 1].startswith(key)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n\na = ", 3),
        ("[[source]]\nname = 'a'\nname = 'b'\n", 3),
        ("x" * 10, 1),
        ("source = 3", 1),
        ("\n[source]\nname = 'a'", 2),
        ("\n\nsource = [{name = 'b'}]", 3),
        ("a = " + "[" * 5000, 1),
    ],
)
def test_what_is_no_list_of_sources_is_said_where_it_is(text, line):
    assert {found for found, _ in mistakes(text)} == {line}


PIECES = st.sampled_from(
    [
        *("[[source]]\n", "[source]\n", "[source.x]\n", "[[source.y]]\n", "\n", "#\n", "'"),
        *("name='a'\n", "kind='feed'\n", "a.b=1\n", "url='http://a/'\n", "every={x=1}\n"),
        *("source=[{name=1}]\n", "tags=[\n1]\n", '"na me"=1\n'),
        "[[source]]\nname='b'\nkind='site'\nurl='http://b/'\n",
    ]
)


@given(st.lists(PIECES, max_size=8).map("".join))
@example("[source.x]\n[[source.y]]\n")
def test_any_text_is_sources_or_named_mistakes(text):
    sources, wrong = [], None
    try:
        sources = parse_sources(text)
    except SourcesError as error:
        wrong = [mistake.line for mistake in error.mistakes]
    assert wrong is None or (wrong and all(1 <= line <= text.count("\n") + 2 for line in wrong))
    assert all(source.name and source.urls for source in sources)


def test_what_is_written_is_read_again_the_same():
    for source in parse_sources(WHOLE):
        assert parse_sources(format_source(source)) == (source,)


def test_adding_keeps_every_byte_that_was_there(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text(WHOLE.rstrip("\n"))
    before = load_sources(path)
    new = Source(name="new", kind=SourceKind.SITE, urls=("https://new.example/",))
    add_sources(path, [new])
    assert path.read_text().startswith(WHOLE)
    assert load_sources(path) == (*before, new)
    with pytest.raises(SourcesError, match="there is a 'new' already"):
        add_sources(path, [new])
    assert load_sources(path) == (*before, new)
    assert [each.name for each in tmp_path.iterdir()] == ["sources.toml"]


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    with pytest.raises(ConfigError, match="sources add URL` begins one"):
        load_sources(tmp_path / "none.toml")
    path = tmp_path / "latin.toml"
    path.write_bytes(b"# one\n# caf\xe9\n")
    with pytest.raises(SourcesError, match=r"latin\.toml:2: not UTF-8"):
        load_sources(path)


@given(st.integers(1, 999_999), st.sampled_from("smhdw"))
def test_a_duration_is_read_as_it_is_written(number, unit):
    duration = parse_duration(f"{number}{unit}")
    assert parse_duration(format_duration(duration)) == duration or duration.days > 999_999


def test_cron_names_the_next_instant_in_utc():
    at = dt.datetime(2026, 11, 22, 23, 50, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert next_after("0 6 * * *", at) == dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC)


def test_they_are_added_by_way_of_no_link(tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"mine")
    path = tmp_path / FILE_NAME
    path.with_name(f"{FILE_NAME}.tmp").symlink_to(letter)
    add_sources(path, parse_sources(WHOLE)[:1])
    assert letter.read_bytes() == b"mine"
    assert load_sources(path) == parse_sources(WHOLE)[:1]
