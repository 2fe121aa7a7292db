"""Citations and claims from an embed's markup alone. All pages, people and posts are invented."""

import datetime as dt
import time

import pytest

from archive import Relation
from crawler.extract.citations.citing import MOST_CITATIONS
from crawler.extract.citations.walk import find_citations
from crawler.extract.document.tree import Tree

PAGE_URL = "https://news.example/2026/05/storm"
DID = "did:plc:qqqqwwww2222eeee3333rrrr"
TID = "3lm5c7yqk2s2x"
PROSE = "<p>The harbour office closed the pier at noon and sent every ferry back to port.</p>"


def page(*parts, before="", after=""):
    body = "".join(parts)
    return (
        f"<!doctype html><html><head><title>Storm</title></head><body>{before}<main><article>"
        f"<h1>Storm closes the pier</h1>{PROSE}{body}{PROSE}</article></main>{after}</body></html>"
    )


def embeds(html, **options):
    return find_citations(Tree(html), PAGE_URL, **options)


def citations(html, **options):
    return [embed.citation for embed in embeds(html, **options) if embed.is_sure]


def keys(html, **options):
    return [(c.post_key, str(c.relation), c.form) for c in citations(html, **options)]


def only(html, **options):
    [citation] = citations(html, **options)
    return citation


def tweet(
    text="Pier closed until further notice.",
    *,
    post=1791000000000000001,
    name="Kai Ferry",
    handle="kai_ferry",
    url_handle=None,
    day="May 16, 2024",
    host="twitter.com",
    attributes='class="twitter-tweet" data-lang="en"',
):
    return (
        f'<blockquote {attributes}><p lang="en" dir="ltr">{text}</p>&mdash; {name} (@{handle}) '
        f'<a href="https://{host}/{url_handle or handle}/status/{post}?ref_src=twsrc%5Etfw">'
        f"{day}</a></blockquote>\n"
        f'<script async src="https://platform.{host}/widgets.js" charset="utf-8"></script>'
    )


class TestXBlockquote:
    def test_claims_who_what_and_when(self):
        citation = only(page(tweet()))
        assert citation.post_key == "x:1791000000000000001"
        assert citation.relation is Relation.EMBEDDED
        assert citation.form == "blockquote"
        assert citation.claimed_name == "Kai Ferry"
        assert citation.claimed_handle == "kai_ferry"
        assert citation.claimed_text == "Pier closed until further notice."
        assert citation.claimed_on == dt.date(2024, 5, 16)
        assert citation.id_at == dt.datetime(2024, 5, 16, 6, 57, 29, 827000, tzinfo=dt.UTC)

    def test_handle_is_the_signature_s_not_the_url_s(self):
        citation = only(page(tweet(url_handle="someone_else")))
        assert citation.claimed_handle == "kai_ferry"
        assert "someone_else" not in citation.url

    def test_new_domain_is_the_same_post(self):
        assert only(page(tweet(host="x.com"))).post_key == "x:1791000000000000001"

    def test_text_keeps_lines_tags_mentions_and_links(self):
        text = (
            'Both banks flooded<br><br>Thanks <a href="https://twitter.com/pier_office">'
            '@pier_office</a> and mail@office.example <a href="https://twitter.com/hashtag/Storm">'
            '#Storm</a> <a href="https://t.co/AbC123">https://t.co/AbC123</a>'
            '<a href="https://t.co/PiC456">pic.twitter.com/PiC456</a>'
        )
        citation = only(page(tweet(text)))
        assert citation.claimed_text == (
            "Both banks flooded\n\nThanks @pier_office and mail@office.example #Storm "
            "https://t.co/AbC123pic.twitter.com/PiC456"
        )
        assert citation.hashtags == ("Storm",)
        assert citation.mentions == ("pier_office",)
        assert citation.links == ("https://t.co/AbC123", "https://pic.twitter.com/PiC456")

    def test_bare_picture_key_glued_to_a_word_is_a_link(self):
        citation = only(page(tweet("The pier at noonpic.x.com/Zz9 again")))
        assert citation.links == ("https://pic.x.com/Zz9",)

    def test_arabic_text_and_tags(self):
        text = "إغلاق الميناء بسبب العاصفة #ميناء_الشمال و #عاصِفة"
        citation = only(
            page(tweet(text, name="مكتب الميناء", handle="port_ar", day="١٦ مايو ٢٠٢٤"))
        )
        assert citation.claimed_text == text
        assert citation.hashtags == ("ميناء_الشمال", "عاصِفة")
        assert citation.claimed_name == "مكتب الميناء"
        assert citation.claimed_on == dt.date(2024, 5, 16)

    def test_tags_joined_by_a_dash_are_two(self):
        citation = only(page(tweet("Talks on #Eastland–#Westland and #North-#South, no #1")))
        assert citation.hashtags == ("Eastland", "Westland", "North", "South")

    def test_name_may_hold_dashes_brackets_and_emoji(self):
        citation = only(page(tweet(name="Kai — North (Pier 4) - 🌊")))
        assert citation.claimed_name == "Kai — North (Pier 4) - 🌊"
        assert citation.claimed_handle == "kai_ferry"

    def test_name_may_be_missing(self):
        citation = only(page(tweet(name="")))
        assert citation.claimed_name is None
        assert citation.claimed_handle == "kai_ferry"

    def test_signature_within_the_text_s_line(self):
        html = (
            '<blockquote class="twitter-tweet">Pier — closed -- Kai (@kai_ferry) '
            '<a href="https://twitter.com/kai_ferry/status/1791000000000000001">16 May 2024</a>'
            "</blockquote>"
        )
        citation = only(page(html))
        assert citation.claimed_text == "Pier — closed"
        assert citation.claimed_name == "Kai"
        assert citation.claimed_on == dt.date(2024, 5, 16)

    def test_last_status_after_the_dash_is_the_post(self):
        text = (
            'As he said (@old_hand) <a href="https://twitter.com/old_hand/status/999000000000000001">'
            "last year</a>: closed"
        )
        citation = only(page(tweet(text)))
        assert citation.post_key == "x:1791000000000000001"
        assert citation.claimed_handle == "kai_ferry"
        assert citation.links == ("https://twitter.com/old_hand/status/999000000000000001",)

    def test_quoted_link_after_the_signature_is_not_the_post(self):
        html = tweet().replace(
            "</blockquote>",
            '<a href="https://twitter.com/i/status/999000000000000001">more</a></blockquote>',
        )
        assert only(page(html)).post_key == "x:1791000000000000001"

    def test_broken_id_takes_leading_digits(self):
        html = tweet(post="1791000000000000001%20")
        assert only(page(html)).post_key == "x:1791000000000000001"

    def test_markup_of_2012_states_the_instant(self):
        html = (
            '<blockquote class="twitter-tweet" lang="de"><p>Danke <a href="https://twitter.com/hafen">'
            '<s>@</s><b>hafen</b></a> <a href="https://t.co/Old1" title="https://hafen.example/">'
            "hafen.example</a></p>&mdash; Kai (@kai_ferry) "
            '<a href="https://twitter.com/kai_ferry/status/237200000000000001" '
            'data-datetime="2012-08-19T14:12:52+00:00">gestern</a></blockquote>'
        )
        citation = only(page(html))
        assert citation.claimed_on == dt.date(2012, 8, 19)
        assert citation.mentions == ("hafen",)
        assert citation.links == ("https://t.co/Old1",)

    @pytest.mark.parametrize(
        "attributes",
        [
            'class="lazy-content" data-twitter="twitter-tweet"',
            'class="cmplazyload"',
            "",
            'class="twitter-video"',
        ],
    )
    def test_renamed_class_is_seen_by_the_signature(self, attributes):
        citation = only(page(tweet(attributes=attributes)))
        assert citation.form == "blockquote"
        assert citation.claimed_handle == "kai_ferry"

    def test_blockquote_of_one_link_is_an_embed_without_claims(self):
        link = '<a href="https://twitter.com/kai_ferry/status/1791000000000000001"></a>'
        citation = only(page(f'<blockquote class="twitter-tweet">{link}</blockquote>'))
        assert citation.post_key == "x:1791000000000000001"
        assert citation.claimed_text is None
        assert citation.claimed_on is None

    def test_emoji_images_are_their_emoji(self):
        text = 'Wave <img class="emoji" alt="🌊" src="/wave.svg"> warning'
        assert only(page(tweet(text))).claimed_text == "Wave 🌊 warning"

    def test_wrapper_with_a_snippet_s_class_hides_none_of_its_embeds(self):
        inner = tweet() + PROSE + tweet(post=1791000000000000002)
        html = page(f'<div class="twitter-tweet">{inner}</div>')
        assert [citation.post_id[-1] for citation in citations(html)] == ["1", "2"]

    def test_same_post_embedded_at_two_places_is_cited_twice(self):
        html = page(tweet(), PROSE, tweet())
        assert [key for key, _, _ in keys(html)] == ["x:1791000000000000001"] * 2

    def test_embeds_stand_in_reading_order_with_their_nodes(self):
        found = embeds(
            page(tweet(post=1791000000000000002), PROSE, tweet(post=1791000000000000001))
        )
        assert [embed.citation.post_id[-1] for embed in found] == ["2", "1"]
        assert all(embed.node.tag == "blockquote" for embed in found)


X = "x:1791000000000000001"


@pytest.mark.parametrize(
    ("markup", "key", "form"),
    [
        ('<twitter-widget data-tweet-id="1791000000000000001"></twitter-widget>', X, "attribute"),
        (
            (
                '<iframe id="twitter-widget-0" data-tweet-id="1791000000000000001" src="https://'
                'platform.twitter.com/embed/Tweet.html?id=1791000000000000001"></iframe>'
            ),
            X,
            "iframe",
        ),
        (
            '<amp-twitter width=1 height=1 data-tweetid="1791000000000000001"></amp-twitter>',
            X,
            "amp",
        ),
        (
            '<amp-twitter data-tweetid="https://x.com/kai/status/1791000000000000001"></amp-twitter>',
            X,
            "amp",
        ),
        ('<div class="widget__tweet" data-tweet-id="1791000000000000001"></div>', X, "attribute"),
        (
            (
                '<figure class="wp-block-embed wp-block-embed-twitter"><div>\n'
                "https://twitter.com/kai/status/1791000000000000001\n</div></figure>"
            ),
            X,
            "url",
        ),
        ("<p>https://twitter.com/kai/status/1791000000000000001</p>", X, "url"),
        (
            (
                '<p><a href="https://twitter.com/kai/status/1791000000000000001">'
                "https://twitter.com/kai/status/1791000000000000001</a></p>"
            ),
            X,
            "url",
        ),
        (
            (
                '<script async src="https://telegram.org/js/telegram-widget.js?22" '
                'data-telegram-post="HarbourNews/321" data-width="100%"></script>'
            ),
            "telegram:harbournews/321",
            "script",
        ),
        (
            (
                '<iframe id="telegram-post-harbournews-321" src="https://t.me/harbournews/321?embed=1">'
                "</iframe>"
            ),
            "telegram:harbournews/321",
            "iframe",
        ),
        (
            (
                f'<iframe data-bluesky-id="04" src="https://embed.bsky.app/embed/{DID}'
                f'/app.bsky.feed.post/{TID}?id=04"></iframe>'
            ),
            f"bluesky:{DID}/{TID}",
            "iframe",
        ),
        (
            (
                '<iframe class="mastodon-embed" src="https://tide.example/@kai/112000000000000001/embed">'
                '</iframe><script src="https://tide.example/embed.js" async></script>'
            ),
            "mastodon:tide.example/112000000000000001",
            "iframe",
        ),
        (
            '<iframe width="560" src="https://www.youtube.com/embed/aB3-_dEfGhI?rel=0"></iframe>',
            "youtube:aB3-_dEfGhI",
            "iframe",
        ),
        (
            (
                '<iframe src="about:blank" data-src="//www.youtube-nocookie.com/embed/aB3-_dEfGhI">'
                "</iframe>"
            ),
            "youtube:aB3-_dEfGhI",
            "iframe",
        ),
        ('<lite-youtube videoid="aB3-_dEfGhI"></lite-youtube>', "youtube:aB3-_dEfGhI", "attribute"),
        ('<amp-youtube data-videoid="aB3-_dEfGhI"></amp-youtube>', "youtube:aB3-_dEfGhI", "amp"),
        ('<div data-youtube-id="aB3-_dEfGhI"></div>', "youtube:aB3-_dEfGhI", "attribute"),
        (
            '<div class="player youtube" data-video-id="aB3-_dEfGhI"></div>',
            "youtube:aB3-_dEfGhI",
            "attribute",
        ),
        (
            (
                '<object><param name="movie" value="https://www.youtube.com/v/aB3-_dEfGhI&hl=en">'
                '<embed src="https://www.youtube.com/v/aB3-_dEfGhI&hl=en"></object>'
            ),
            "youtube:aB3-_dEfGhI",
            "object",
        ),
        (
            '<div class="consent" data-oembed-url="https://youtu.be/aB3-_dEfGhI">Show</div>',
            "youtube:aB3-_dEfGhI",
            "attribute",
        ),
        (
            '<amp-instagram data-shortcode="CxYz01-_abC"></amp-instagram>',
            "instagram:CxYz01-_abC",
            "amp",
        ),
        (
            '<iframe src="https://www.instagram.com/p/CxYz01-_abC/embed/"></iframe>',
            "instagram:CxYz01-_abC",
            "iframe",
        ),
        (
            (
                '<div class="fb-post" data-href="https://www.facebook.com/harbour/posts/1020304050607">'
                "</div>"
            ),
            "facebook:1020304050607",
            "attribute",
        ),
        (
            '<fb:post href="https://www.facebook.com/harbour/posts/1020304050607"></fb:post>',
            "facebook:1020304050607",
            "attribute",
        ),
        (
            (
                '<iframe src="https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook'
                '.com%2Fharbour%2Fvideos%2F1020304050607%2F"></iframe>'
            ),
            "facebook:1020304050607",
            "iframe",
        ),
        (
            (
                '<amp-facebook data-href="https://www.facebook.com/harbour/posts/1020304050607">'
                "</amp-facebook>"
            ),
            "facebook:1020304050607",
            "amp",
        ),
        (
            '<amp-tiktok data-src="7200000000000000001"></amp-tiktok>',
            "tiktok:7200000000000000001",
            "amp",
        ),
        (
            '<script async data-telegram-post="tide_desk/12?single" data-width="100%"></script>',
            "telegram:tide_desk/12",
            "script",
        ),
        (
            '<iframe src="/media/oembed?url=https%3A//youtu.be/aB3-_dEfGhI&max_width=0"></iframe>',
            "youtube:aB3-_dEfGhI",
            "iframe",
        ),
        (
            '<iframe src="https://www.tiktok.com/player/v1/7200000000000000001"></iframe>',
            "tiktok:7200000000000000001",
            "iframe",
        ),
        *(
            (f'<iframe src="{frame}"></iframe>', X, "iframe")
            for frame in (
                "/embed.html?url=https%3A%2F%2Fx.com%2Fkai%2Fstatus%2F1791000000000000001&wide=1",
                "https://frames.example/?u=https%3A//x.com/kai/status/1791000000000000001",
                "/web/20240516083000if_/https://x.com/kai/status/1791000000000000001",
            )
        ),
        ('<div class="twitterembed-canvas" tweetid="1791000000000000001"></div>', X, "attribute"),
        (
            '<div class="instagram_post" postId="CxYz01-_abC" width="400"></div>',
            "instagram:CxYz01-_abC",
            "attribute",
        ),
        (
            '<media-player src="youtube/aB3-_dEfGhI"></media-player>',
            "youtube:aB3-_dEfGhI",
            "attribute",
        ),
        (
            (
                '<div class="x7"><a href="https://x.com/kai/status/1791000000000000001" '
                'data-iframely-url="//iframely.example/Ab12"></a></div>'
            ),
            X,
            "attribute",
        ),
        (
            '<a class="embedly-card" href="https://youtu.be/aB3-_dEfGhI">The film</a>',
            "youtube:aB3-_dEfGhI",
            "attribute",
        ),
        (
            (
                '<blockquote class="embedly-card"><h4><a href="https://youtu.be/aB3-_dEfGhI">Waves'
                "</a></h4><p>How high they were.</p></blockquote>"
            ),
            "youtube:aB3-_dEfGhI",
            "blockquote",
        ),
    ],
)
def test_markup_without_text_is_an_embed(markup, key, form):
    assert keys(page(markup)) == [(key, "embedded", form)]


def card(post, names="react-tweet-theme tweet-container_root__0rJ"):
    link = f'<a href="https://x.com/kai_ferry/status/{post}">'
    return (
        f'<div class="{names}"><article><div>{link}<img src="/kai.jpg"></a>{link}Kai Ferry</a>'
        '<a href="https://x.com/kai_ferry">@kai_ferry</a></div><p>Pier closed until noon.</p>'
        f'<footer>{link}<time datetime="2024-05-16T06:57:29Z">16 May</time></a></footer></article>'
        '<a href="https://x.com/intent/like?tweet_id=1">12</a></div>'
    )


@pytest.mark.parametrize(
    "post",
    [
        tweet("The pier is closed, " * 20),
        (
            '<blockquote class="instagram-media"><div><p><a href="https://www.instagram.com/p/'
            f'CxYz01-_abC/">{"The pier is closed, " * 20}</a></p></div></blockquote>'
        ),
    ],
)
def test_a_post_that_is_longer_than_its_article_is_not_the_article(post):
    html = f"<title>Storm</title><article><h1>Storm</h1><p>The pier is closed.</p>{post}</article>"
    [(_, relation, form)] = keys(html)
    assert (relation, form) == ("embedded", "blockquote")


class TestPostDrawnByTheSiteItself:
    @pytest.mark.parametrize("names", ["tweet", "kg-twitter-card", "TweetCard_root", "bsky-post w"])
    def test_is_embedded_once_however_often_it_is_linked(self, names):
        assert keys(page(card(1791000000000000001, names))) == [(X, "embedded", "card")]

    def test_each_of_several_is_embedded(self):
        cards = card(1791000000000000001) + card(1791000000000000002)
        found = keys(page(f'<section class="social-post">{cards}</section>'))
        assert [(key[-1], relation) for key, relation, _ in found] == [
            ("1", "embedded"),
            ("2", "embedded"),
        ]

    def test_is_none_beside_the_article(self):
        assert keys(page(after=card(1791000000000000001))) == []
        assert keys(page(f'<div class="sidebar">{card(1791000000000000001)}</div>')) == []

    def test_what_only_invites_to_share_is_none(self):
        link = '<a href="https://x.com/intent/post?text=Pier">Pier closed</a>'
        assert keys(page(f'<div class="tweet">{link}</div>')) == []

    def test_so_many_are_looked_at_and_no_more(self):
        nested = '<div class="tweet">' * 200 + "<b>" * 200
        began = time.process_time()
        assert keys(page(nested * 50)) == []
        assert time.process_time() - began < 5


class TestOtherPlatforms:
    def test_bluesky_blockquote(self):
        html = (
            f'<blockquote class="bluesky-embed" data-bluesky-uri="at://{DID}/app.bsky.feed.post/{TID}"'
            ' data-bluesky-cid="bafyreiinvented"><p lang="en">Waves over the wall #Storm<br><br>'
            f'<a href="https://bsky.app/profile/{DID}/post/{TID}">[image or embed]</a>'
            f'</p>&mdash; Kai Ferry (<a href="https://bsky.app/profile/{DID}?ref_src=embed">'
            f'@kai.ferry.example</a>) <a href="https://bsky.app/profile/{DID}/post/{TID}?ref_src=embed">'
            "Apr 6, 2025 at 13:01</a></blockquote>"
        )
        citation = only(page(html))
        assert citation.post_key == f"bluesky:{DID}/{TID}"
        assert citation.claimed_name == "Kai Ferry"
        assert citation.claimed_handle == "kai.ferry.example"
        assert citation.claimed_text == "Waves over the wall #Storm"
        assert citation.claimed_on == dt.date(2025, 4, 6)
        assert citation.hashtags == ("Storm",)
        assert citation.links == ()
        assert citation.id_at.date() == dt.date(2025, 4, 6)

    def test_threads_blockquote_holds_a_handle_and_no_text(self):
        html = (
            '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.com/'
            '@kai.ferry/post/DAbCdEfGhIj"><a href="https://www.threads.com/@kai.ferry/post/'
            'DAbCdEfGhIj"><div>Post by @kai.ferry</div><div>View on Threads</div></a></blockquote>'
        )
        citation = only(page(html))
        assert (citation.claimed_handle, citation.claimed_text) == ("kai.ferry", None)

    @pytest.mark.parametrize("before", [" by", " by "])
    def test_reddit_comment_tells_its_author_with_a_blank_before_him_and_without(self, before):
        html = (
            '<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/harbour/comments/'
            f'1abcde/comment/kq9z8y7/">Comment</a><br>{before}'
            '<a href="https://www.reddit.com/user/kai_ferry/">u/kai_ferry</a> from discussion'
            '<a href="https://www.reddit.com/r/harbour/comments/1abcde/storm/"></a></blockquote>'
        )
        citation = only(page(html))
        assert (citation.post_key, citation.claimed_handle) == (
            "reddit:1abcde/kq9z8y7",
            "kai_ferry",
        )

    def test_mastodon_blockquote_holds_a_handle_and_no_text(self):
        html = (
            '<blockquote class="mastodon-embed" data-embed-url="https://tide.example/@kai/'
            '112000000000000001/embed"><a href="https://tide.example/@kai/112000000000000001">'
            "<div>Post by @kai@tide.example</div><div>View on Mastodon</div></a></blockquote>"
        )
        citation = only(page(html))
        assert citation.post_key == "mastodon:tide.example/112000000000000001"
        assert citation.claimed_handle == "kai@tide.example"
        assert citation.claimed_text is None

    @pytest.mark.parametrize(
        ("shared_by", "day"),
        [
            (
                "A post shared by Kai Ferry (@kai.ferry) on Apr 27, 2020 at 9:24am PDT",
                (2020, 4, 27),
            ),
            ("Ein Beitrag geteilt von Kai Ferry (@kai.ferry)", None),
            ("Une publication partagée par Kai Ferry (@kai.ferry)", None),
            ("Una publicación compartida de Kai Ferry (@kai.ferry)", None),
            ("Публикация от Kai Ferry (@kai.ferry)", None),
            ("تمت مشاركة منشور بواسطة Kai Ferry (@kai.ferry)", None),
        ],
    )
    def test_instagram_blockquote_with_caption(self, shared_by, day):
        link = "https://www.instagram.com/p/CxYz01-_abC/?utm_source=ig_embed"
        html = (
            f'<blockquote class="instagram-media" data-instgrm-permalink="{link}" '
            f'data-instgrm-version="12" data-instgrm-captioned><div><p><a href="{link}">High water '
            f"at the pier #storm</a></p><p>{shared_by}</p></div></blockquote>"
        )
        citation = only(page(html))
        assert citation.post_key == "instagram:CxYz01-_abC"
        assert citation.claimed_text == "High water at the pier #storm"
        assert citation.claimed_name == "Kai Ferry"
        assert citation.claimed_handle == "kai.ferry"
        assert citation.claimed_on == (day and dt.date(*day))
        assert citation.hashtags == ("storm",)

    def test_instagram_time_element_is_utc(self):
        html = (
            '<blockquote class="instagram-media" data-instgrm-version="7"><p>'
            '<a href="https://www.instagram.com/p/CxYz01-_abC/">High water</a></p>'
            "<p>A post shared by "
            '<a href="https://www.instagram.com/kai.ferry/">Kai</a> (@kai.ferry) on '
            '<time datetime="2017-04-02T05:10:00+00:00">Apr 1, 2017 at 10:10pm PDT</time></p>'
            "</blockquote>"
        )
        assert only(page(html)).claimed_on == dt.date(2017, 4, 2)

    def test_instagram_invitation_is_no_text(self):
        link = "https://www.instagram.com/reel/CxYz01-_abC/?utm_source=ig_embed"
        html = (
            f'<blockquote class="instagram-media" data-instgrm-permalink="{link}">'
            f'<a href="{link}"><div></div><div>View this post on Instagram</div></a>'
            f'<p><a href="{link}">A post shared by Kai (@kai.ferry)</a></p></blockquote>'
        )
        citation = only(page(html))
        assert citation.claimed_text is None
        assert citation.claimed_handle == "kai.ferry"

    def test_instagram_caption_s_mention_is_not_the_author(self):
        link = "https://www.instagram.com/p/CxYz01-_abC/"
        html = (
            f'<blockquote class="instagram-media"><p><a href="{link}">With my friend '
            "(@pier_office)</a></p></blockquote>"
        )
        citation = only(page(html))
        assert citation.claimed_handle is None
        assert citation.mentions == ("pier_office",)

    def test_facebook_blockquote_within_its_div_is_one_citation_with_claims(self):
        url = "https://www.facebook.com/harbour/posts/1020304050607"
        html = (
            f'<div class="fb-post" data-href="{url}"><blockquote cite="{url}" '
            'class="fb-xfbml-parse-ignore"><p>The pier is closed. #storm</p>Posted by '
            '<a href="https://www.facebook.com/harbour/">Harbour Office</a> on&nbsp;'
            f'<a href="{url}">Thursday, May 16, 2024</a></blockquote></div>'
        )
        citation = only(page(html))
        assert citation.form == "blockquote"
        assert citation.claimed_name == "Harbour Office"
        assert citation.claimed_text == "The pier is closed. #storm"
        assert citation.claimed_on == dt.date(2024, 5, 16)
        assert citation.links == ()

    def test_tiktok_blockquote(self):
        html = (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@kai.ferry/video/'
            '7200000000000000001" data-video-id="7200000000000000001"><section>'
            '<a target="_blank" title="@kai.ferry" href="https://www.tiktok.com/@kai.ferry?refer=embed">'
            '@kai.ferry</a> <p>Big wave <a title="storm" href="https://www.tiktok.com/tag/storm">'
            '#storm</a></p> <a href="https://www.tiktok.com/music/x-7100000000000000001">'
            "♬ original sound - Kai</a> </section></blockquote>"
        )
        citation = only(page(html))
        assert citation.post_key == "tiktok:7200000000000000001"
        assert citation.claimed_handle == "kai.ferry"
        assert citation.claimed_text == "Big wave #storm"
        assert citation.hashtags == ("storm",)
        assert citation.id_at == dt.datetime(2023, 2, 14, 13, 17, 14, tzinfo=dt.UTC)

    def test_tiktok_profile_is_no_post(self):
        html = (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@kai.ferry" '
            'data-unique-id="kai.ferry" data-embed-type="creator"><section>'
            '<a href="https://www.tiktok.com/@kai.ferry">@kai.ferry</a></section></blockquote>'
        )
        assert citations(page(html)) == []

    @pytest.mark.parametrize(
        ("title", "claimed"),
        [
            ("Waves over the pier", "Waves over the pier"),
            ("YouTube video player", None),
            ("", None),
        ],
    )
    def test_youtube_frame_s_title(self, title, claimed):
        html = f'<iframe title="{title}" src="https://www.youtube.com/embed/aB3-_dEfGhI"></iframe>'
        assert only(page(html)).claimed_text == claimed


class TestLinks:
    LINK = '<a href="https://twitter.com/kai/status/1791000000000000001">a post</a>'

    def test_link_in_prose_is_linked(self):
        html = page(f"<p>The office said so in {self.LINK} on Thursday evening.</p>")
        assert keys(html) == [(X, "linked", "link")]

    @pytest.mark.parametrize("around", ["p", "div", "li"])
    def test_link_in_prose_is_linked_whatever_it_is_called(self, around):
        link = self.LINK.replace("<a ", '<a class="embedded-link" ')
        html = page(f"<{around}>The office said so in {link} on Thursday evening.</{around}>")
        assert keys(html) == [(X, "linked", "link")]

    def test_link_at_the_foot_of_a_quotation_is_linked(self):
        html = page(f"<blockquote><p>Nobody was hurt.</p><footer>{self.LINK}</footer></blockquote>")
        assert keys(html) == [(X, "linked", "link")]

    def test_link_through_a_page_of_the_site_s_own_is_linked(self):
        leading = self.LINK.replace('href="', 'href="/out?to=')
        html = page(f"<p>The office said so in {leading} on Thursday evening.</p>")
        assert keys(html) == [(X, "linked", "link")]

    def test_link_claims_nothing_but_its_id(self):
        citation = only(page(f"<p>The office said so in {self.LINK} on Thursday.</p>"))
        assert citation.claimed_handle is None
        assert citation.claimed_text is None
        assert citation.id_at is not None

    def test_link_in_an_ordinary_quotation_is_linked(self):
        html = page(f"<blockquote>We said in {self.LINK} that nobody was hurt.</blockquote>")
        assert keys(html) == [(X, "linked", "link")]

    @pytest.mark.parametrize("scheme", ["https://", "http://www.", "www."])
    def test_address_written_out_in_prose_is_linked(self, scheme):
        written = f"{scheme}youtube.com/watch?v=aB3-_dEfGhI"
        html = page(f"<p>See the film of that day ({written}), says the office.</p>")
        assert keys(html) == [("youtube:aB3-_dEfGhI", "linked", "link")]

    def test_link_after_the_embed_is_another_place(self):
        html = page(tweet(), f"<p>He later deleted {self.LINK} without a word.</p>")
        assert [relation for _, relation, _ in keys(html)] == ["embedded", "linked"]

    @pytest.mark.parametrize(
        "box",
        [
            "<nav>{}</nav>",
            "<footer>{}</footer>",
            "<aside>{}</aside>",
            "<form>{}</form>",
            '<div class="sidebar">{}</div>',
            '<div id="comments">{}</div>',
            '<ol class="comment-list"><li>{}</li></ol>',
            '<div class="relatedPosts">{}</div>',
            '<div class="share-buttons">{}</div>',
            '<div class="social_links">{}</div>',
            '<div class="follow-us">{}</div>',
            '<div class="author-bio">{}</div>',
            '<div role="navigation">{}</div>',
            '<div role="dialog">{}</div>',
        ],
    )
    def test_link_beside_the_article_is_none(self, box):
        filled = box.format(f"<p>Follow what we wrote in {self.LINK} on our channel.</p>")
        assert keys(page(after=filled)) == []
        assert keys(page(filled)) == []

    @pytest.mark.parametrize(
        "box",
        [
            "<nav>{}</nav>",
            '<div class="footer-widgets">{}</div>',
            '<div class="sidebar">{}</div>',
            '<div id="comments">{}</div>',
            '<div class="comments-mastodon">{}</div>',
            '<div class="related-videos">{}</div>',
            '<div class="SocialFeed">{}</div>',
            "<x-comments>{}</x-comments>",
        ],
    )
    def test_embed_in_another_part_of_the_page_is_none(self, box):
        assert keys(page(after=box.format(tweet()))) == []
        assert keys(page(box.format(tweet()))) == []

    def test_embed_in_an_aside_within_the_article_counts(self):
        assert keys(page(f"<aside>{tweet()}</aside>")) == [(X, "embedded", "blockquote")]
        assert keys(page(after=f"<aside>{tweet()}</aside>")) == []

    def test_wrapper_of_the_whole_article_may_be_called_anything(self):
        html = page(tweet()).replace("<main>", '<main class="sidebar share twitter-tweet">')
        assert keys(html) == [(X, "embedded", "blockquote")]

    def test_word_counts_only_as_a_whole(self):
        html = page(f'<div class="no-sidebar-left commented">{tweet()}</div>')
        assert keys(html) == [(X, "embedded", "blockquote")]

    @pytest.mark.parametrize(
        "frame",
        [
            "https://www.facebook.com/plugins/like.php?href=https%3A%2F%2Fwww.facebook.com%2Fpier%2Fposts%2F1020304050607",
            "https://frames.example/share?url=https%3A%2F%2Fx.com%2Fkai%2Fstatus%2F1791000000000000001",
            "https://frames.example/?url=https%3A%2F%2Fnews.example%2Fstorm",
        ],
    )
    def test_frames_of_buttons_embed_nothing(self, frame):
        assert keys(page(f'<iframe src="{frame}"></iframe>')) == []

    def test_what_a_page_s_own_thing_is_called_embeds_nothing(self):
        assert keys(page('<div itemscope itemid="https://youtu.be/aB3-_dEfGhI"></div>')) == []

    def test_site_s_own_pages_are_no_citations(self):
        html = page('<p>More of it in <a href="https://news.example/@kai/12345">this</a> note.</p>')
        assert keys(html) == []

    @pytest.mark.parametrize(
        "href",
        [
            "https://twitter.com/kai",
            "https://twitter.com/intent/tweet?url=https://x.com/kai/status/1791000000000000001",
            "https://www.facebook.com/sharer.php?u=https://x.com/kai/status/1791000000000000001",
            "/kai/status/1791000000000000001",
            "https://[broken",
        ],
    )
    def test_profiles_intents_and_shares_are_no_posts(self, href):
        assert keys(page(f'<p>We have all of it, read <a href="{href}">here</a> please.</p>')) == []


class TestOnePlaceOneCitation:
    def test_link_inside_a_widget_of_the_same_post(self):
        html = page(
            '<div data-tweet-id="1791000000000000001"><p>Show the post, which needs your consent: '
            '<a href="https://twitter.com/kai/status/1791000000000000001">open</a></p></div>'
        )
        assert keys(html) == [(X, "embedded", "attribute")]

    FRAME = '<iframe {}="https://www.youtube.com/embed/aB3-_dEfGhI"></iframe>'

    def test_lazy_frame_and_its_twin_for_no_script(self):
        html = page(
            self.FRAME.format("data-src"), f"\n<noscript>{self.FRAME.format('src')}</noscript>"
        )
        assert len(keys(html)) == 1

    def test_frame_for_no_script_alone(self):
        html = page(f"<noscript>{self.FRAME.format('src')}</noscript>")
        assert keys(html) == [("youtube:aB3-_dEfGhI", "embedded", "iframe")]

    def test_placeholder_that_asks_for_consent_and_its_frame(self):
        asking = '<div data-oembed-url="https://youtu.be/aB3-_dEfGhI"><p>May we show it?</p></div>'
        assert len(keys(page(asking, self.FRAME.format("src")))) == 1
        assert len(keys(page(asking, PROSE, self.FRAME.format("src")))) == 2

    def test_wrapper_s_citation_gives_way_to_the_one_with_claims(self):
        html = page(
            '<div data-url="https://x.com/i/status/1791000000000000001">' + tweet() + "</div>"
        )
        citation = only(html)
        assert citation.claimed_handle == "kai_ferry"
        assert citation.form == "blockquote"


class TestIdInstants:
    def test_id_of_the_future_keeps_its_instant_to_be_flagged(self):
        """Whatever the day on which a page is read: reading it again tells the same."""
        instant = dt.datetime(2077, 9, 28, 0, 26, 40, tzinfo=dt.UTC)
        late = (int(instant.timestamp() * 1000) - 1_288_834_974_657) << 22
        assert only(page(tweet(post=late))).id_at == instant

    def test_sequential_id_has_none(self):
        assert only(page(tweet(post=20))).id_at is None


class TestHostilePages:
    def within_seconds(self, html, seconds=5):
        tree = Tree(html)
        start = time.process_time()
        found = find_citations(tree, PAGE_URL)
        assert time.process_time() - start < seconds
        return found

    def test_hundred_thousand_embeds_give_a_bounded_list(self):
        html = "".join(
            f'<blockquote class="twitter-tweet"><a href="https://x.com/a/status/{number}"></a></blockquote>w'
            for number in range(1_500_000_000_000_000_000, 1_500_000_000_000_100_000)
        )
        assert len(self.within_seconds(html)) == MOST_CITATIONS

    def test_addresses_in_prose_are_bounded_to_the_last(self):
        addresses = [f"https://x.com/a/status/{1791000000000000000 + at}" for at in range(1_080)]
        rows = (" ".join(addresses[at : at + 45]) for at in range(0, 1_080, 45))
        assert len(citations(page(*(f"<p>{row}</p>" for row in rows)))) == MOST_CITATIONS

    def test_so_many_addresses_are_asked_for_a_post_and_no_more(self):
        nothing = "<p>https://www.facebook.com/events/create</p>"
        post = page(tweet())
        assert len(self.within_seconds(nothing * 15_000 + post)) == 1
        assert self.within_seconds(nothing * 60_000 + post) == []

    @pytest.mark.parametrize(
        "html",
        [
            "<blockquote>said " * 3_000 + '<a href="https://x.com/a/status/1">x</a>',
            '<div data-src="https://x.com/a/status/1">' * 3_000,
            '<div>a<a href="https://x.com/a/status/1">x</a>' * 3_000,
            "<p>" + '<a href="https://x.com/a/status/1">x</a>' * 50_000 + "</p>",
            '<div data-src="' + "https://x.com/a/status/1" * 100_000 + '">x</div>',
            '<div class="' + "aA-_ " * 400_000 + '">x</div>',
            "<p>https://x.com/a/status/1<br>" * 20_000,
            '<p>a <a href="' + "https://l.facebook.com/l.php?u=" * 130 + '">x</a></p>' * 1_000,
            *(
                f'<blockquote class="twitter-tweet"><p>{bait * 100_000}</p>&mdash; K (@k) '
                '<a href="https://x.com/a/status/1">May 1, 2020</a></blockquote>'
                for bait in ("(@", "#a", "@a", "a.", "—(@a", "\u200f(", "pic.twitter.com/", "# ")
            ),
        ],
    )
    def test_bait_costs_linear_time(self, html):
        self.within_seconds(html)

    @pytest.mark.parametrize("html", ["", "\x00", "<", "<blockquote", "<a href>", "<iframe src>"])
    def test_scraps_give_nothing(self, html):
        assert citations(html) == []


def test_a_page_whose_own_address_is_broken_has_its_citations_all_the_same():
    [embed] = find_citations(Tree(page(tweet())), "https://[news.example/storm")
    assert embed.citation.post_key == "x:1791000000000000001"


def test_an_address_beside_marked_words_is_a_link_and_no_embed():
    alone = "<p>https://www.youtube.com/watch?v=aB3-_dEfGhI</p>"
    [(_, relation, form)] = keys(page(alone))
    assert (relation, form) == ("embedded", "url")
    [(_, relation, form)] = keys(page(alone.replace("<p>", "<p><b>The waves, on film:</b> ")))
    assert (relation, form) == ("linked", "link")
