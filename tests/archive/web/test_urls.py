import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.errors import InvalidUrl
from archive.web.urls import (
    MAX_URL_BYTES,
    canonical_url,
    host_name,
    is_front_or_section,
    registrable_domain,
    url_key,
)

HOSTS = st.sampled_from(
    [
        "news.example",
        "WWW.News.Example",
        "www.github.io",
        "me.github.io",
        "github.io",
        "www.com",
        "münchen.example",
        "xn--mnchen-3ya.example",
        "例え.jp",
        "news.example.",
        "a_b.example",
        "a,b.example",
        "127.0.0.1",
        "0x7f.1",
        "[::1]",
        "[2001:DB8::0:1]",
        "localhost",
        "user:pw@news.example",
        "",
        ".",
        "..",
    ]
)
PIECES = st.text(alphabet="aA1é北%2eE5c/.\\;:@&=+?~_-\"'<> {}|^`[]#\t\u0130\ud800", max_size=24)
URLS = st.one_of(
    st.builds(
        "{}{}{}/{}{}".format,
        st.sampled_from(["http://", "https://", "HTTP://", "http:", "  https://"]),
        HOSTS,
        st.sampled_from(["", ":80", ":443", ":8080", ":0", ":x"]),
        PIECES,
        st.one_of(st.just(""), PIECES.map("?{}".format)),
    ),
    st.text(max_size=40),
)


def valid(url):
    try:
        return canonical_url(url)
    except InvalidUrl:
        return None


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://News.Example", "http://news.example/"),
        (" https://news.example/a\n", "https://news.example/a"),
        ("https://me:secret@news.example/", "https://news.example/"),
        ("https://news.example:443/a#top", "https://news.example/a"),
        ("http://news.example:443/a", "http://news.example:443/a"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://münchen.example/ä", "https://xn--mnchen-3ya.example/%C3%A4"),
        ("https://news.example/a/./b/../c/%2E%2e/d", "https://news.example/a/d"),
        ("https://news.example/%7euser/%41%2f%c3%a9", "https://news.example/~user/A%2F%C3%A9"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://news.example/?", "https://news.example/"),
        ("https://news.example/a?b=2&&a=1&", "https://news.example/a?b=2&a=1"),
        ("https://news.example/a?x=%61+b", "https://news.example/a?x=a+b"),
        ("https://news.example/a?utm_source=x&id=5&fbclid=y", "https://news.example/a?id=5"),
        ("https://news.example/a?UTM_Source=x", "https://news.example/a"),
        ("https://news.example/a?%75tm_source=x", "https://news.example/a"),
        ("https://news.example/a?igsh=1&igshid=2&_ga=3&mc_cid=4", "https://news.example/a"),
        (
            "https://news.example/a|b[c]^?t[]=1|2",
            "https://news.example/a%7Cb%5Bc%5D%5E?t%5B%5D=1%7C2",
        ),
        ("https://news.example/?q={a}`\\", "https://news.example/?q=%7Ba%7D%60%5C"),
        ("https://news.example\\a\\b", "https://news.example/a/b"),
        ("https://[2001:DB8::0:1]:8443/", "https://[2001:db8::1]:8443/"),
        ("https://0x7f.1/", "https://127.0.0.1/"),
    ],
)
def test_canonical_form(url, canonical):
    assert canonical_url(url) == canonical


@pytest.mark.parametrize("name", ["id", "p", "t", "s", "si", "ref", "source", "page", "v", "cid"])
def test_parameters_that_choose_content_stay(name):
    assert canonical_url(f"https://news.example/?{name}=7").endswith(f"?{name}=7")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/a",
        "/a",
        "//news.example/a",
        "ftp://news.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "about:blank",
        "https://",
        "https://./",
        "https://a..b/",
        "https://a b/",
        "https://news.example:99999/",
        "https://a,b.example/",
        "https://a)b.example/",
        "https://news.example/\ud800",
        "https://news.example/" + "a" * MAX_URL_BYTES,
        "https://news.example/" + "é" * (MAX_URL_BYTES // 3),
    ],
)
def test_what_is_no_web_address_is_refused(url):
    for rule in (canonical_url, url_key, registrable_domain):
        with pytest.raises(InvalidUrl) as caught:
            rule(url)
        assert len(str(caught.value)) < 400
        assert "\n" not in str(caught.value)


@given(URLS)
@example("http://news.example/%%34%31")
@example("http://news.example/?%%34%31=&utm_x%")
@example("http://news.example/%2%65./a")
def test_canonical_form_is_its_own_canonical_form(url):
    canonical = valid(url)
    if canonical is not None:
        assert canonical_url(canonical) == canonical
        assert url_key(canonical) == url_key(url)
        assert canonical.isascii()
        assert not set(canonical) & set(' \t\r\n#"<>')


@given(URLS, URLS)
def test_equal_keys_never_cross_a_site(one, other):
    if valid(one) and valid(other) and url_key(one) == url_key(other):
        assert registrable_domain(one) == registrable_domain(other)


@given(st.lists(st.sampled_from(["a=1", "a=2", "b=%7e", "c", "utm_id=3"]), max_size=5), st.data())
def test_order_and_trackers_do_not_make_another_key(parts, data):
    shuffled = data.draw(st.permutations([*parts, "gclid=x"]))
    assert url_key("https://news.example/s?" + "&".join(parts)) == url_key(
        "http://www.news.example/s/?" + "&".join(shuffled)
    )


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.news.example/2026/Story/?b=2&a=1", "example,news)/2026/Story?a=1&b=2"),
        ("http://news.example", "example,news)/"),
        ("https://news.example:8080/a//", "example,news:8080)/a"),
        ("https://127.0.0.1/a", "127.0.0.1)/a"),
        ("https://[::1]:8080/", "[::1]:8080)/"),
        ("https://www.github.io/", "io,github,www)/"),
        ("https://www.me.github.io/", "io,github,me)/"),
        ("https://www.com/", "com,www)/"),
        ("https://localhost/", "localhost)/"),
    ],
)
def test_identity_key(url, key):
    assert url_key(url) == key


def test_case_of_a_path_makes_another_key():
    assert url_key("https://news.example/A") != url_key("https://news.example/a")


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("co.uk", "co.uk"),
        ("me.github.io", "me.github.io"),
        ("a.b.me.github.io", "me.github.io"),
        ("github.io", "github.io"),
        ("live.news.example", "news.example"),
        ("news.example", "news.example"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("xn--55qx5d.cn", "xn--55qx5d.cn"),
        ("city.kawasaki.jp", "city.kawasaki.jp"),
        ("a.b.kawasaki.jp", "a.b.kawasaki.jp"),
    ],
)
def test_registrable_domain(host, site):
    assert registrable_domain(f"https://{host}:8443/x") == site


def test_suffix_list_needs_neither_network_nor_cache(tmp_path):
    program = """
import sys
touched = []
def note(event, args):
    if event.startswith(("socket.", "os.mkdir", "os.rename")):
        touched.append((event, args))
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        touched.append((event, args))
sys.addaudithook(note)
from archive.web.urls import registrable_domain
assert registrable_domain("https://x.bbc.co.uk/") == "bbc.co.uk"
assert registrable_domain("https://never.seen.example/") == "seen.example"
# `socket.__new__` is only asked whether this machine speaks IPv6, by a library at import
assert not [t for t in touched if t[0] not in ("socket.__new__", "socket.bind")], touched
"""
    subprocess.run(
        [sys.executable, "-B", "-c", program],
        check=True,
        cwd=Path(__file__).parents[3],
        env={"HOME": str(tmp_path)},
        timeout=60,
    )
    assert not list(tmp_path.iterdir())


STORY = "https://www.news.example/world/2026/some-story"


@pytest.mark.parametrize(
    ("url", "seen_from", "is_front"),
    [
        ("https://news.example/", STORY, True),
        ("https://news.example/?p=1", STORY, True),
        ("https://news.example/index.html", STORY, True),
        ("https://news.example/page/2", STORY, True),
        ("https://news.example/world", STORY, True),
        ("https://news.example/world/2026/", STORY, True),
        ("https://amp.news.example/world/", STORY, True),
        ("https://news.example/politics", STORY, True),
        ("https://news.example/politics.html", STORY, True),
        ("https://news.example/" + quote("سياسة"), STORY, True),
        ("https://news.example/some-story", STORY, False),
        ("https://news.example/12345", STORY, False),
        ("https://news.example/world/2026/some-story", STORY + "/amp", False),
        ("https://news.example/world/2026/some-story", STORY + "/amp.html", False),
        ("https://news.example/world/2026/some-story", STORY + "/print/", False),
        ("https://news.example/world/2026/some-story", STORY + "/page/2", False),
        ("https://news.example/world/2026/some-story", STORY + "/index.html", False),
        ("https://news.example/world/2026/some-story", STORY + "/page/2/amp", False),
        ("https://news.example/world/2026/some-story", STORY + "/2", True),
        ("https://news.example/world/2026/some-story", STORY + "?from=x", False),
        ("https://news.example/world/2026/some-story", STORY + "s", False),
        ("https://news.example/story", "https://news.example/story", False),
        ("https://news.example/story", "https://news.example/story/amp", False),
        ("https://news.example/news", "https://news.example/news?id=5", True),
        ("https://news.example/news?id=5", "https://news.example/news?id=5&x=1", False),
    ],
)
def test_front_and_section_pages(url, seen_from, is_front):
    assert is_front_or_section(url, seen_from) is is_front


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("news.example", "news.example"),
        (" WWW.News.Example. ", "www.news.example"),
        ("Bücher.example", "xn--bcher-kva.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("[2001:DB8::0:1]", "2001:db8::1"),
    ],
)
def test_a_host_is_named_as_urls_name_it(text, host):
    assert host_name(text) == host


@pytest.mark.parametrize(
    "text", ["", ".", "https://news.example/", "news.example/", "news.example:80", "me@a", "a b"]
)
def test_what_is_more_or_less_than_a_host_is_refused(text):
    with pytest.raises(InvalidUrl, match="not the name of a host"):
        host_name(text)
