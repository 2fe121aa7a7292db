"""What an article pastes of a post: the markup that the platforms hand out in 2026."""

import datetime as dt
import re
from html import escape
from typing import assert_never
from urllib.parse import quote

from crawler.demo.posts import (
    BlueskyPost,
    FacebookPost,
    InstagramPost,
    MastodonPost,
    Post,
    TelegramPost,
    TikTokVideo,
    XPost,
    YouTubeVideo,
)

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_TOKEN = re.compile(r"https://t\.co/(?P<key>\w+)|#(?P<tag>\w+)|@(?P<name>\w+)")


def embed(post: Post, *, language: str, is_old: bool) -> str:
    """The snippet for `post` on a page in `language`.

    `is_old` gives posts on X the form they had before the move from twitter.com to x.com.
    """
    match post:
        case XPost():
            snippet = _x(post, language, is_old=is_old)
        case TelegramPost():
            snippet = (
                '<script async src="https://telegram.org/js/telegram-widget.js?22" '
                f'data-telegram-post="{post.channel}/{post.number}" data-width="100%"></script>'
            )
        case BlueskyPost():
            snippet = _bluesky(post)
        case MastodonPost():
            snippet = (
                f'<iframe src="{post.url}/embed" class="mastodon-embed" '
                'style="max-width: 100%; border: 0" width="400" allowfullscreen></iframe>'
                f'<script src="https://{post.host}/embed.js" async></script>'
            )
        case YouTubeVideo():
            snippet = (
                '<iframe width="560" height="315" '
                f'src="https://www.youtube.com/embed/{post.video_id}?feature=oembed" '
                f'title="{escape(post.title)}" frameborder="0" allowfullscreen></iframe>'
            )
        case InstagramPost():
            snippet = _instagram(post)
        case FacebookPost():
            snippet = (
                '<iframe src="https://www.facebook.com/plugins/post.php?'
                f'href={quote(post.url, safe="")}&amp;show_text=true&amp;width=500" '
                'width="500" height="240" style="border:none" scrolling="no"></iframe>'
            )
        case TikTokVideo():
            snippet = _tiktok(post)
        case _:
            assert_never(post)
    return snippet


def day(on: dt.datetime, language: str) -> str:
    """The visible date of an embedded post on X: `November 12, 2026`, as that language has it."""
    month = _MONTHS.get(language, _MONTHS["en"]).split()[on.month - 1]
    match language:
        case "ar":
            return f"{on.day} {month} {on.year}".translate(_ARABIC_DIGITS)
        case "ru":
            return f"{on.day} {month} {on.year} г."
        case _:
            return f"{month} {on.day}, {on.year}"


def _x(post: XPost, language: str, *, is_old: bool) -> str:
    domain = "twitter.com" if is_old else "x.com"
    way = ' dir="rtl"' if post.lang == "ar" else ' dir="ltr"'
    in_language = "" if language == "en" else f' data-lang="{language}"'
    return (
        f'<blockquote class="twitter-tweet"{in_language}>'
        f'<p lang="{post.lang}"{way}>{_x_text(post, domain)}</p>'
        f"&mdash; {escape(post.name)} (@{post.handle}) "
        f'<a href="https://{domain}{post.path}?ref_src=twsrc%5Etfw">'
        f"{day(post.posted_at, language)}</a></blockquote>\n"
        f'<script async src="https://platform.{domain}/widgets.js" charset="utf-8"></script>'
    )


def _x_text(post: XPost, domain: str) -> str:
    """The text as the platform's own snippet has it: tags, names and t.co links as anchors."""

    def anchor(found: re.Match[str]) -> str:
        key, tag, name = found["key"], found["tag"], found["name"]
        if tag:
            return (
                f'<a href="https://{domain}/hashtag/{quote(tag)}?src=hash&amp;'
                f'ref_src=twsrc%5Etfw">#{tag}</a>'
            )
        if name:
            return f'<a href="https://{domain}/{name}?ref_src=twsrc%5Etfw">@{name}</a>'
        shown = f"pic.{domain}/{key}" if key == post.picture else f"https://t.co/{key}"
        return f'<a href="https://t.co/{key}">{shown}</a>'

    return _TOKEN.sub(anchor, escape(post.text, quote=False)).replace("\n", "<br>")


def _bluesky(post: BlueskyPost) -> str:
    profile = f"https://bsky.app/profile/{post.did}?ref_src=embed"
    status = f"https://bsky.app/profile/{post.did}/post/{post.rkey}?ref_src=embed"
    return (
        f'<blockquote class="bluesky-embed" data-bluesky-uri="{post.uri}" '
        f'data-bluesky-cid="{post.cid}" data-bluesky-embed-color-mode="system">'
        f'<p lang="{post.lang}">{escape(post.text, quote=False)}</p>'
        f'&mdash; {escape(post.name)} (<a href="{profile}">@{post.handle}</a>) '
        f'<a href="{status}">{post.posted_at:%b} {post.posted_at.day}, {post.posted_at:%Y at %H:%M}'
        "</a></blockquote>"
        '<script async src="https://embed.bsky.app/static/embed.js" charset="utf-8"></script>'
    )


def _instagram(post: InstagramPost) -> str:
    link = f"https://www.instagram.com/p/{post.code}/?utm_source=ig_embed&amp;utm_campaign=loading"
    return (
        f'<blockquote class="instagram-media" data-instgrm-permalink="{link}" '
        'data-instgrm-version="14"><div>'
        f'<a href="{link}" target="_blank">View this post on Instagram</a>'
        f'<p><a href="{link}" target="_blank">A post shared by {escape(post.name)} '
        f"(@{post.handle})</a></p></div></blockquote>"
        '<script async src="https://www.instagram.com/embed.js"></script>'
    )


def _tiktok(post: TikTokVideo) -> str:
    home = f"https://www.tiktok.com/@{post.handle}?refer=embed"
    caption = re.sub(
        r"#(\w+)",
        r'<a title="\1" target="_blank" href="https://www.tiktok.com/tag/\1?refer=embed">#\1</a>',
        escape(post.caption, quote=False),
    )
    return (
        f'<blockquote class="tiktok-embed" cite="{post.url}" data-video-id="{post.video_id}" '
        'style="max-width: 605px; min-width: 325px"><section>'
        f'<a target="_blank" title="@{post.handle}" href="{home}">@{post.handle}</a> '
        f'<p>{caption}</p> <a target="_blank" title="♬ original sound - {escape(post.name)}" '
        f'href="{home}">♬ original sound - {escape(post.name)}</a></section></blockquote>'
        '<script async src="https://www.tiktok.com/embed.js"></script>'
    )
