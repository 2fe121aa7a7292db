"""Redirectors, dispatch, and platforms of third parties."""

import datetime as dt
from importlib.metadata import EntryPoint
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ConfigError
from crawler.platforms import registry, x
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import Registry, everyone, recognise

POST = "https%3A%2F%2Fx.com%2Fkai%2Fstatus%2F1500000000000000001"
PLAIN = "https://x.com/kai/status/1500000000000000001"
IN_BASE64 = "aHR0cHM6Ly94LmNvbS9rYWkvc3RhdHVzLzE1MDAwMDAwMDAwMDAwMDAwMDE"


@pytest.mark.parametrize(
    "url",
    [
        f"https://l.facebook.com/l.php?u={POST}&h=AT0",
        f"https://lm.facebook.com/l.php?h=AT0&u={POST}",
        f"https://www.facebook.com/flx/warn/?u={POST}",
        f"https://l.instagram.com/?u={POST}&e=x",
        f"https://www.youtube.com/redirect?event=d&q={POST}",
        f"https://vk.com/away.php?to={POST}",
        f"https://out.reddit.com/?url={POST}",
        f"https://www.google.com/url?sa=t&url={POST}",
        f"https://publish.twitter.com/?query={POST}&widget=Tweet",
        "https://x-com.cdn.ampproject.org/c/s/x.com/kai/status/1500000000000000001",
        "https://www.google.com/amp/s/x.com/kai/status/1500000000000000001",
        f"https://web.archive.org/web/20220306102030/{PLAIN}",
        f"https://web.archive.org/web/20220306102030id_/{PLAIN}",
        f"https://web.archive.org/web/{PLAIN}",
        f"https://wayback.archive-it.org/1234/20220306102030/{PLAIN}",
        f"https://www.webarchive.org.uk/wayback/archive/20220306102030/{PLAIN}",
        f"https://archive.is/2022.03.06-102030/{PLAIN}",
        f"https://archive.ph/newest/{PLAIN}",
        f"https://megalodon.jp/2022-0306-1020-30/{PLAIN}",
        f"https://conifer.rhizome.org/kai/storm/20220306102030/{PLAIN}",
        f"https://farside.link/{PLAIN}",
        f"https://archive.is/o/AbCdE/{PLAIN}",
        f"https://archive.fo/{PLAIN}",
        f"https://www.google.co.uk/url?sa=t&url={POST}",
        f"https://google.de/url?q={POST}",
        f"https://l.threads.net/?u={POST}",
        f"https://l.messenger.com/l.php?u={POST}",
        f"https://slack-redir.net/link?url={POST}",
        f"https://t.umblr.com/redirect?z={POST}&t=abc",
        f"https://steamcommunity.com/linkfilter/?url={POST}",
        f"https://medium.com/r/?url={POST}",
        f"https://www.linkedin.com/safety/go?url={POST}",
        f"https://duckduckgo.com/l/?uddg={POST}",
        f"https://disq.us/url?url={POST}%3Ax1Y2&cuid=1",
        f"https://eur01.safelinks.protection.outlook.com/ap/t-1/?url={POST}&data=05",
        f"https://out.reddit.com/t3_1a2b3c?url={POST}",
        f"https://href.li/?{PLAIN}",
        f"https://urldefense.com/v3/__{PLAIN}__;!!Ab$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__x.com_kai_status_1500000000000000001",
        f"https://www.bing.com/ck/a?!&p=1&u=a1{IN_BASE64}&ntb=1",
        "https://webcache.googleusercontent.com/search?q=cache:aB1_x:" + PLAIN,
        "https://x-com.translate.goog/kai/status/1500000000000000001?_x_tr_sl=auto",
        f"http://archive.today/20220306102030/{PLAIN}",
        f"https://archive.md/20220306102030/{PLAIN}",
        f"https://eur02.safelinks.protection.outlook.com/?url={POST}&data=05",
        f"https://cdn.embedly.com/widgets/media.html?src=x&display_name=X&url={POST}&type=text",
        f"https://cdn.iframe.ly/api/iframe?url={POST}&key=abc",
        f"https://iframe.ly/api/iframe?app=1&url={POST}",
        f"https://twitframe.com/show?url={POST}",
        f"https://go.skimresources.com/?id=1X2&url={POST}",
        f"https://translate.google.com/translate?sl=auto&u={POST}",
        f"https://web.archive.org/web/2022/https://l.facebook.com/l.php?u={POST}",
    ],
)
def test_redirector_is_unwrapped_without_a_request(url):
    assert recognise(url).key == "x:1500000000000000001"


def test_redirector_to_a_mastodon_post_is_unwrapped():
    target = "https%3A%2F%2Ftide.example%2F%40kai%2F112000000000000001"
    ref = recognise(f"https://l.facebook.com/l.php?u={target}")
    assert ref.key == "mastodon:tide.example/112000000000000001"


def wrapped(depth):
    return "https://l.facebook.com/l.php?u=" * depth + PLAIN


def test_wrappers_are_followed_four_deep_and_no_deeper():
    assert recognise(wrapped(4)) is not None
    assert recognise(wrapped(5)) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://l.facebook.com/l.php?u=",
        "https://l.facebook.com/l.php?u=%2Fkai%2Fstatus%2F1500000000000000001",
        f"https://www.facebook.com/sharer.php?u={POST}",
        "https://www.facebook.com/plugins/post.php?href=" + "https://evil.example/" * 3,
        "https://web.archive.org/web/",
        f"https://web.archive.org/save/{PLAIN}",
    ],
)
def test_what_only_looks_like_a_redirector_names_no_post(url):
    assert recognise(url) is None


@given(st.text(max_size=60), st.sampled_from(["", "https://x.com/", "https://t.me/", "at://"]))
def test_no_text_breaks_recognition(text, start):
    ref = recognise(start + text)
    assert ref is None or recognise(ref.url).key == ref.key


class Pigeon:
    """An invented platform of a third party."""

    name = "pigeon"
    marks = frozenset({"pigeon.example"})
    words = frozenset({"pigeon"})

    def recognise(self, address, /):
        match address.segments:
            case ("coo", post):
                return self.from_id(post)
        return None

    def from_id(self, text, /):
        return PostRef(platform="pigeon", post_id=text, url=f"https://pigeon.example/coo/{text}")

    def id_instant(self, post_id, /):
        return dt.datetime(2026, 1, 1, tzinfo=dt.UTC) if post_id == "7" else None


@pytest.fixture
def point(monkeypatch):
    point = EntryPoint(
        name="pigeon", group=registry.ENTRY_POINTS, value="pigeon_for_dateline:platform"
    )
    monkeypatch.setattr(
        registry, "entry_points", lambda *, group: [point] if group == point.group else []
    )
    everyone.cache_clear()
    yield point
    everyone.cache_clear()


def test_third_party_platform_joins_by_its_entry_point(point, monkeypatch):
    monkeypatch.setattr(EntryPoint, "load", lambda self: Pigeon())
    ref = recognise("https://www.pigeon.example/coo/7")
    assert ref.key == "pigeon:7"
    assert everyone().id_instant(ref) == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert everyone().from_field("data-pigeon", "9", "div").key == "pigeon:9"
    assert recognise(PLAIN).platform == "x"


def test_a_third_party_platform_that_cannot_be_loaded_is_named(point):
    with pytest.raises(ConfigError, match="platform 'pigeon' cannot be used: ModuleNotFound"):
        recognise(PLAIN)


@pytest.mark.parametrize("missing", ["name", "marks", "words"])
def test_a_third_party_platform_that_lacks_something_is_named(missing, point, monkeypatch):
    half = {name: getattr(Pigeon(), name) for name in ("name", "marks", "words")}
    del half[missing]
    monkeypatch.setattr(EntryPoint, "load", lambda self: SimpleNamespace(**half))
    with pytest.raises(ConfigError, match=f"'pigeon' cannot be used: AttributeError.*'{missing}'"):
        recognise(PLAIN)


def test_registry_holds_the_eight_built_in_platforms():
    assert set(everyone().names) >= {
        "x",
        "telegram",
        "bluesky",
        "mastodon",
        "youtube",
        "instagram",
        "facebook",
        "tiktok",
    }


def test_registry_knows_only_what_it_is_given():
    only_x = Registry([x])
    assert only_x.recognise(PLAIN).platform == "x"
    assert only_x.recognise("https://t.me/harbournews/321") is None
    assert only_x.id_instant(PostRef(platform="telegram", post_id="a/1", url="")) is None
