"""Pages that churn around a text that stays: no version without an edit, and every edit one."""

import datetime as dt
import random

import pytest

from archive import text_digest
from crawler.extract.page import Page
from crawler.reading.page import read

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
STORIES = {
    "en": [
        (
            "Five people were killed on Monday when a footbridge gave way above the harbour, and "
            "divers were still searching the water at nightfall, the fire service said."
        ),
        (
            "Witnesses described a loud crack before noon. Cables snapped one by one, said a "
            "fisherman who had moored his boat a few metres from the northern pier."
        ),
        (
            "The mayor promised an inquiry into why an inspection planned for the spring had been "
            "put off twice, and closed two other bridges of the same age until further notice."
        ),
        (
            "Engineers who had warned of rust in the anchorages said their letters had gone "
            "unanswered, a charge that the public works department denied late that evening."
        ),
    ],
    "zh": [
        (
            "消防部门表示，周一港口上方的一座人行桥坍塌，造成五人死亡，"
            "潜水员在夜幕降临时仍在水中搜寻失踪者，救援工作预计将持续到周二。"
        ),
        (
            "目击者说，中午前不久听到一声巨响。一名把船停在北码头附近的渔民说，"
            "缆绳一根接一根地断裂，桥面随后落入水中，桥上的人来不及逃离。"
        ),
        (
            "市长承诺调查为何原定于春季进行的检查两次被推迟，"
            "并宣布关闭另外两座同龄桥梁，直至另行通知，同时要求所有部门提交维修记录。"
        ),
        (
            "曾就锚固处锈蚀发出警告的工程师说，他们的信件一直没有得到答复，"
            "公共工程部门深夜否认了这一指控，并称所有程序均符合规定。"
        ),
    ],
}
EDITS = {
    "en": [
        ("Five people", "Seven people"),
        ("closed two other", "closed three other"),
        ("Monday", "Tuesday"),
        ("The mayor promised", "The mayor refused"),
    ],
    "zh": [
        ("五人死亡", "七人死亡"),
        ("另外两座", "另外三座"),
        ("周一港口", "周日港口"),
        ("市长承诺", "市长拒绝"),
    ],
}
TITLES = {"en": "Footbridge collapses above the harbour", "zh": "港口人行桥坍塌"}
WORDS = "sofa phones insurance holidays trainers mattress loans crypto cruise broadband".split()


def adverts(chance, count):
    return "".join(
        f'<aside class="ad ad-slot-{chance.randrange(99)}" data-creative="{chance.random()}">'
        f'<a href="https://ads.example/{chance.randrange(9999)}">Best {chance.choice(WORDS)} '
        f"of {chance.randrange(2020, 2030)}</a></aside>"
        for _ in range(count)
    )


def related(chance):
    links = "".join(
        f'<li><a href="/2026/{chance.randrange(9999)}">{chance.choice(WORDS).title()}: what '
        f"{chance.choice(WORDS)} means for {chance.choice(WORDS)}</a></li>"
        for _ in range(chance.randrange(3, 8))
    )
    return f'<section class="related"><h2>Most read</h2><ol>{links}</ol></section>'


def picture(chance):
    return (
        f'<figure><img src="/img/{chance.randrange(99)}.jpg" alt="">'
        f"<figcaption>Photo {chance.randrange(99)}: {chance.choice(WORDS)}</figcaption></figure>"
    )


def inline(chance):
    """What stands among the paragraphs as if it were one of them."""
    return chance.choice(
        [
            (
                f'<p><strong>Read also:</strong> <a href="/2026/{chance.randrange(9999)}">'
                f"{chance.choice(WORDS).title()} and what they cost</a></p>"
            ),
            f'<p class="counter">{chance.randrange(99_999)} views</p>',
            f'<div class="player"><p>{chance.randrange(1, 9)}:{chance.randrange(10, 60)}</p></div>',
            "",
        ]
    )


def embedded(chance):
    return (
        '<blockquote class="twitter-tweet"><p>We are on our way to the harbour.</p>'
        f"&mdash; Fire Service (@fire) <a href='https://twitter.com/fire/status/1988643345'>"
        f"22 Nov</a> {chance.randrange(9999)} likes</blockquote>"
    )


def page(language, paragraphs, title, chance):
    """A page of that text, and all else new."""
    viewers, minutes = chance.randrange(9999), chance.randrange(1, 60)
    body = [f"<p>{text}</p>" for text in paragraphs]
    body.insert(1, picture(chance))
    body.insert(3, embedded(chance))
    body.insert(2, inline(chance))
    body.insert(5, adverts(chance, chance.randrange(3)))
    at = (NOW + dt.timedelta(seconds=chance.randrange(9999))).isoformat()
    html = f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8">
    <title>{title}</title><meta property="og:title" content="{title}">
    <meta property="og:type" content="article"><meta name="csrf-token" content="{chance.random()}">
    <meta property="og:image" content="https://cdn.example/{chance.randrange(99)}.jpg">
    <script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle",
    "headline":"{title}","datePublished":"2026-11-22T10:00:00Z","dateModified":"{at}",
    "commentCount":{chance.randrange(999)}}}</script></head><body>
    <header><nav><a href="/">Home</a><a href="/w">Weather {chance.randrange(30)}°C</a>
    <a href="/l">{viewers} online now</a></nav></header>{adverts(chance, 1)}
    <main><article><h1>{title}</h1>
    <div class="meta"><time datetime="{at}">Updated {minutes} minutes ago</time>
    <span class="share-count">{chance.randrange(999)} shares</span>
    <a href="#comments">{chance.randrange(999)} comments</a></div>
    <div class="story-body">{"".join(body)}</div></article>{related(chance)}
    <div class="comments"><p>{chance.choice(WORDS)} is what I think of this.</p></div></main>
    <footer><p>© 2026 The Tribune · {viewers} readers · page {chance.random()}</p></footer>
    </body></html>"""
    return Page(
        url="https://tribune.example/2026/footbridge",
        body=html.encode(),
        content_type="text/html; charset=utf-8",
    )


def recrawl(language, times, edits, chance):
    """How many versions a text has after so many looks, and how many texts it really was."""
    paragraphs, title = list(STORIES[language]), TITLES[language]
    waiting = list(EDITS[language])
    moments = set(chance.sample(range(1, times), edits))
    versions, texts, at_edits = [], {(title, *paragraphs)}, []
    for number in range(times):
        if number in moments:
            old, new = waiting.pop()
            paragraphs = [text.replace(old, new) for text in paragraphs]
            texts.add((title, *paragraphs))
        article = read(page(language, paragraphs, title, chance), "r").article
        digest = text_digest(article)
        if versions and digest != versions[-1]:
            at_edits.append(number)
        if not versions or digest != versions[-1]:
            versions.append(digest)
    assert at_edits == sorted(moments)
    return len(set(versions)), len(texts)


def check(looks):
    chance = random.Random(looks)
    for language in STORIES:
        for edits in (0, 4):
            found, real = recrawl(language, looks // 4, edits, chance)
            assert found == real == edits + 1


def test_churn_makes_no_version_and_every_edit_makes_one():
    check(100)


@pytest.mark.soak
def test_a_thousand_looks_at_churning_pages_give_no_false_version():
    check(1000)


def test_an_edit_beside_the_text_is_none_and_one_of_the_headline_is():
    chance = random.Random(1)
    one, other, renamed = (
        text_digest(read(page("en", STORIES["en"], title, chance), "r").article)
        for title in (TITLES["en"], TITLES["en"], "Bridge collapses")
    )
    assert one == other != renamed
