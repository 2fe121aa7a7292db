import pytest

from archive.browse.guard import is_loopback
from tests.browse.asking import Asking


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("target", ["/", "/catalogue", "/-/messages", "/article/x/wacz"])
def test_nothing_but_reading_is_answered(ask, method, target):
    assert ask(target, method=method).status == 405


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "10.0.0.1", "", None]
)
def test_a_name_that_was_made_to_point_here_is_refused(ask, host):
    assert ask("/", host=host).status == 421


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "127.8.8.8:1", "[::1]:8080"])
def test_this_machine_is_known_by_its_own_names(ask, host):
    assert ask("/", host=host).status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("part", ["image", "empty", "iframe", "style"])
def test_another_sites_page_asks_for_nothing_behind_its_readers_back(ask, site, part):
    answer = ask("/search?q=bridge", sec_fetch_site=site, sec_fetch_dest=part)
    assert answer.status == 403
    assert "bridge" not in answer.text


@pytest.mark.parametrize(
    ("site", "part"),
    [("cross-site", "document"), ("same-origin", "image"), ("none", "document"), (None, None)],
)
def test_a_link_from_elsewhere_and_our_own_pages_and_programs_are_answered(ask, site, part):
    assert ask("/", sec_fetch_site=site, sec_fetch_dest=part).status == 200


@pytest.mark.parametrize("target", ["/search?q=bridge", "/catalogue?sql=select+1"])
def test_a_link_from_elsewhere_leads_to_a_page_and_to_no_question(ask, target):
    assert ask(target, sec_fetch_site="cross-site", sec_fetch_dest="document").status == 403
    assert ask(target, sec_fetch_site="none", sec_fetch_dest="document").status in {200, 302}


@pytest.mark.parametrize("value", ["zeroblob(900000000)", "randomblob(900000000)"])
def test_no_word_of_sql_asks_for_gigabytes(ask, value):
    answer = ask(f"/catalogue.json?sql=select+{value}")
    assert answer.status == 400
    assert "too big" in answer.text
    assert ask(f"/_memory.json?sql=select+{value}").status == 404


def test_whoever_listens_elsewhere_is_asked_by_any_name(root):
    assert Asking(root, bind="0.0.0.0")("/", host="archive.example").status == 200


@pytest.mark.parametrize(
    "target", ["/", "/catalogue", "/static/room.css", "/nothing", "/-/static/app.css"]
)
def test_every_answer_forbids_scripts_frames_and_guesses(ask, target):
    headers = ask(target).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy or "sandbox" in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_our_own_pages_allow_not_even_a_style_of_their_own(ask):
    for target in ("/", "/search", "/runs", "/article/nothing"):
        policy = ask(target).headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "data:" not in policy
        assert "<style" not in ask(target).text


@pytest.mark.parametrize(
    "target",
    ["/-/logs", "/-/threads", "/-/settings", "/-/auth-token", "/-/actor.json", "/-/plugins"],
)
def test_datasettes_doors_for_its_keeper_are_shut(ask, target):
    assert ask(target).status == 404


def test_the_whole_database_cannot_be_carried_off(ask):
    assert ask("/catalogue.db").status in {403, 404}


def test_loopback_is_decided_by_the_address_and_not_its_look():
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("127.0.0.1.nip.example")
