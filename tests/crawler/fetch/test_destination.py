import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.destination import Destination, bare_url


@pytest.mark.parametrize(
    ("url", "host", "port", "target", "header"),
    [
        ("http://a.example", "a.example", 80, "/", b"a.example"),
        ("http://a.example?q=1", "a.example", 80, "/?q=1", b"a.example"),
        ("https://a.example/x?", "a.example", 443, "/x?", b"a.example"),
        ("https://A.example:443//x;p?q#f", "a.example", 443, "//x;p?q", b"a.example"),
        ("http://a.example:8080/%7e", "a.example", 8080, "/%7e", b"a.example:8080"),
        ("https://[2001:db8::1]:80/", "2001:db8::1", 80, "/", b"[2001:db8::1]:80"),
        ("http://a_b.example/", "a_b.example", 80, "/", b"a_b.example"),
        ("http://a.example:/", "a.example", 80, "/", b"a.example"),
    ],
)
def test_url_is_taken_apart_as_it_is_spelt(url, host, port, target, header):
    found = Destination.of(url)
    assert (found.host, found.port, found.target) == (host, port, target)
    assert found.host_header == header
    assert found.is_tls == url.startswith("https")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://a.example/",
        "http:///x",
        "http://a:b:c/",
        "http://a:0/",
        "http://a:65536/",
        "http://[::1/",
        "javascript:alert(1)",
        "//a.example/",
        "http://b\u00fccher.example/",
    ],
)
def test_what_is_no_web_url_is_refused(url):
    with pytest.raises(ValueError, match=r"^(not an|no) "):
        Destination.of(url)


@given(secret=st.from_regex(r"[a-z]{8}(:[a-z]{0,8})?(@[a-z]{0,3})?", fullmatch=True))
def test_credentials_never_stay_in_a_url(secret):
    found = Destination.of(f"http://{secret}@a.example/x#y")
    assert found.url == bare_url(f"http://{secret}@a.example/x#y") == "http://a.example/x"
    assert found.had_credentials
    assert not Destination.of("http://a.example/x@y").had_credentials
