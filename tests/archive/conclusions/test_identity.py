import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.conclusions.identity import article_id, article_key, named_abroad
from archive.errors import InvalidUrl
from archive.model import CanonicalClaim
from archive.web.urls import canonical_url, registrable_domain, url_key

PAGE = "https://www.news.example/2026/story-7?utm_source=x"
CLAIMS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "",
            "/2026/story-7",
            "https://victim.example/2026/story-1",
            "https://news.example@victim.example/x-1",
            "https://victim.example:443\\@news.example/x-1",
            "https://news.example.victim.example/x-1",
            "https://victim.example./x-1",
            "https://me.github.io/x-1",
            "https://www.github.io/x-1",
            "https://github.io/x-1",
            "https://example/x-1",
            "https://co.uk/x-1",
            "https://127.0.0.1/x-1",
            "javascript:alert(1)",
            "https://a,b.example/x-1",
        ]
    ),
    st.text(max_size=30),
)
PAGES = st.sampled_from(
    [
        PAGE,
        "https://evil.example/x-1",
        "https://you.github.io/x-1",
        "https://github.io/x-1",
        "https://evil.co.uk/x-1",
        "https://10.0.0.1/x-1",
    ]
)


def key(url, canonical=None, amp=None):
    return article_key(url, CanonicalClaim(canonical_url=canonical, amp_url=amp))


def test_without_a_claim_the_page_is_its_own_article():
    assert key(PAGE) == (url_key("https://news.example/2026/story-7"), None, None)


@pytest.mark.parametrize("claim", ["https://news.example/story-8", "http://m.news.example/a/b"])
def test_canonical_of_the_same_site_is_the_article(claim):
    assert key(PAGE, claim) == (url_key(claim), claim, None)


@pytest.mark.parametrize(
    "claim",
    [
        "https://news.example/",
        "https://news.example/2026/",
        "https://news.example/latest",
        "https://other.example/2026/story-7",
    ],
)
def test_front_pages_and_other_sites_stay_claims(claim):
    assert key(PAGE, claim) == (url_key(PAGE), None, claim)


def test_a_front_page_may_name_itself():
    front = "https://www.news.example/"
    assert key("https://news.example/?fbclid=1", front) == (url_key(front), front, None)


@pytest.mark.parametrize("claim", ["", "/2026/story-8", "javascript:alert(1)", "https://"])
def test_a_claim_that_is_no_address_is_none(claim):
    assert key(PAGE, claim) == (url_key(PAGE), None, None)


def test_a_hub_is_whatever_it_names_at_that_instant():
    hub = "https://news.example/latest"
    first, second = (key(hub, f"https://news.example/2026/{name}") for name in ("a-1", "b-2"))
    assert first.key == url_key("https://news.example/2026/a-1")
    assert second.key == url_key("https://news.example/2026/b-2")
    assert key(hub).key == url_key(hub)


def test_a_page_that_has_no_address_is_refused():
    with pytest.raises(InvalidUrl):
        key("mailto:a@news.example", "https://news.example/a-1")


@given(PAGES, CLAIMS, CLAIMS)
def test_no_claim_takes_a_page_to_another_site(page, canonical, amp):
    identity = key(page, canonical, amp)
    believed = identity.canonical_url or canonical_url(page)
    assert identity.key == url_key(believed)
    assert registrable_domain(believed) == registrable_domain(page)
    abroad = named_abroad(page, CanonicalClaim(canonical_url=canonical, amp_url=amp))
    assert identity.key not in abroad


def test_what_is_named_abroad_is_no_front_page_and_not_at_home():
    def abroad(canonical, amp=None):
        return named_abroad(PAGE, CanonicalClaim(canonical_url=canonical, amp_url=amp))

    story = "https://other.example/2026/story-7"
    assert abroad(story) == (url_key(story), None)
    assert abroad("https://news.example/a-1", story) == (None, url_key(story))
    assert abroad("https://other.example/", "https://other.example/latest") == (None, None)
    assert abroad("nonsense") == (None, None)


def test_an_article_id_follows_from_the_key_alone():
    assert article_id(url_key(PAGE)) == article_id(url_key("http://news.example/2026/story-7/"))
    assert article_id(url_key(PAGE)) == "ag5it4qzymptgycqwzfe6txe5i3"
