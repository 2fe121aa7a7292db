"""Every verdict on an article's page, from a faithful answer, through the whole reader."""

import pytest

from archive import Verdict
from crawler.extract.page import Page
from crawler.reading.page import read

WORDS = "The river rose again on Tuesday and the ferry did not sail before noon. " * 3
STORY = "<article><h1>Ferry</h1>" + "".join(f"<p>{n}. {WORDS}</p>" for n in range(6)) + "</article>"
LOGIN_FORM = (
    '<form action="/session" method="post"><input name="email"><input type="password" name="p">'
    "<button>Continue</button></form>"
)
CLOUDFLARE = (
    "<!DOCTYPE html><html lang=en-US><head><title>Just a moment...</title>"
    '<meta http-equiv="refresh" content="360"></head><body><div class="main-wrapper" role="main">'
    '<div class="main-content"><noscript><div class="h2"><span id="challenge-error-text">Enable '
    "JavaScript and cookies to continue</span></div></noscript></div></div><script>(function(){"
    "window._cf_chl_opt={cvId:'3',cType:'managed'};var a=document.createElement('script');"
    "a.src='/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1?ray=8a';"
    "document.getElementsByTagName('head')[0].appendChild(a)}())</script></body></html>"
)
DATADOME = (
    "<html><head><title>news.example</title></head><body><p id=cmsg>Please enable JS and disable "
    "any ad blocker</p><script>var dd={'rt':'c','cid':'A','host':'geo.captcha-delivery.com'}"
    '</script><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>'
)
AWS = (
    "<!DOCTYPE html><html><head><title>Human Verification</title><script "
    'src="https://b1.eu-west-1.captcha-sdk.awswaf.com/b1/jsapi.js"></script></head>'
    "<body><div id=captcha-container></div></body></html>"
)
CONSENT = (
    "<html><body><h1>Before you continue</h1><p>We and our partners store cookies.</p><form "
    'action="https://consent.news.example/v2/collectConsent?sessionId=3" method="post">'
    '<button name="agree">Accept all</button><button name="reject">Reject all</button></form>'
)
SHELL = "<html><body><div id=root></div><script src=/app.js></script></body></html>"
PAYWALL = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry",'
    '"isAccessibleForFree":false}</script>' + STORY
)


def verdict(body, status=200, url="https://news.example/1", **fields):
    given = {"content_type": "text/html; charset=utf-8"} | fields
    page = Page(url=url, body=body.encode(), status=status, **given)
    return read(page, "urn:uuid:1")


@pytest.mark.parametrize(
    ("expected", "answers"),
    [
        (Verdict.CONTENT, [{"body": STORY}]),
        (Verdict.GONE, [{"body": STORY, "status": 404}, {"body": "", "status": 410}]),
        (
            Verdict.LOGIN_WALL,
            [
                {"body": "<p>no</p>", "status": 401},
                {"body": f"<h1>Members</h1>{LOGIN_FORM}"},
                {
                    "body": f"<h1>Log in</h1><p>{WORDS}</p><p>{WORDS}</p>{LOGIN_FORM}",
                    "url": "https://news.example/account/login?next=/1",
                },
            ],
        ),
        (
            Verdict.CONSENT_WALL,
            [{"body": CONSENT}, {"body": f"<p>{WORDS * 30}", "url": "https://consent.a.example/m"}],
        ),
        (
            Verdict.CHALLENGE,
            [
                {"body": CLOUDFLARE, "status": 403},
                {"body": CLOUDFLARE, "status": 503},
                {"body": CLOUDFLARE},
                {"body": DATADOME, "status": 403},
                {"body": DATADOME},
                {"body": AWS, "status": 405},
                {"body": AWS},
                {"body": "<p>anything", "status": 202, "is_challenge": True},
                {"body": '<body><div id="px-captcha"></div>'},
            ],
        ),
        (Verdict.PAYWALL, [{"body": PAYWALL}, {"body": "", "status": 402}]),
        (Verdict.ERROR_PAGE, [{"body": STORY, "status": 500}, {"body": STORY, "status": 403}]),
        (Verdict.EMPTY_SHELL, [{"body": SHELL}, {"body": ""}]),
        (Verdict.UNREADABLE, [{"body": STORY, "is_whole": False}]),
        (Verdict.NOT_A_PAGE, [{"body": "{}", "content_type": "application/json"}]),
    ],
)
def test_every_verdict_comes_from_a_faithful_answer(expected, answers):
    for answer in answers:
        found = verdict(**answer)
        assert found.verdict is expected, (answer, found.reason)
        assert (found.article is None) or expected in {Verdict.CONTENT, Verdict.PAYWALL}
        assert found.reason or expected is Verdict.CONTENT


def test_the_list_above_is_whole():
    (mark,) = [
        mark
        for mark in test_every_verdict_comes_from_a_faithful_answer.pytestmark
        if mark.name == "parametrize"
    ]
    assert {expected for expected, _ in mark.args[1]} == set(Verdict)


@pytest.mark.parametrize(
    "beside",
    [
        LOGIN_FORM,
        '<form action="/consent/save"><button>OK</button></form>',
        '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>',
        '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
    ],
)
def test_what_walls_are_made_of_does_not_make_a_story_a_wall(beside):
    assert verdict(f"{beside}{STORY}").verdict is Verdict.CONTENT
    data = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>'
    assert verdict(f"{data}<h1>x</h1><p>Short: {WORDS}</p>{beside}").verdict is Verdict.CONTENT


def test_a_story_about_logins_is_a_story():
    assert verdict(STORY, url="https://news.example/tech/login").verdict is Verdict.CONTENT
