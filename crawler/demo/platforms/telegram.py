"""Telegram: a message's embed page, its channel's public view, the widget's script."""

import re
from html import escape

from crawler.demo.asking import path_of, query_of
from crawler.demo.delivery import PLAIN, html, not_found, redirect, script
from crawler.demo.picture import landscape
from crawler.demo.posts import Fate, TelegramPost
from crawler.demo.server import Answer, Asked
from crawler.demo.uncited import every

_POSTS = {(post.channel, post.number): post for post in every(TelegramPost)}
_SHOWN = frozenset({Fate.THERE, Fate.WITHHELD})
_IN_THE_APP = """<div class="message_media_not_supported_wrap">\
<div class="message_media_not_supported"><div class="message_media_not_supported_label">\
Please open Telegram to view this post</div></div></div>"""
_MESSAGE = re.compile(r"/(?P<channel>\w{4,32})/(?P<number>\d+)")


def _messages(asked: Asked) -> Answer:
    path = path_of(asked)
    if path.startswith("/s/"):
        return _channel(path.removeprefix("/s/"), query_of(asked))
    if path == "/share/url":
        return html("<title>Telegram: Share Web Page</title>\n")
    found = _MESSAGE.fullmatch(path)
    if not found:
        return not_found()
    post = _POSTS.get((found["channel"], int(found["number"])))
    is_there = post is not None and post.fate in _SHOWN
    if "embed" in query_of(asked):
        inner = _message(post) if post and is_there else _missing(path[1:])
        return html(f'<body class="widget_frame_base emoji_image tme_mode">\n{inner}</body>\n')
    name = escape(post.name) if post else "Telegram"
    text = escape(post.text) if post and is_there else "View in Telegram"
    return html(
        f"<html><head><title>Telegram: View @{found['channel']}</title>"
        f'<meta property="og:title" content="{name}">'
        f'<meta property="og:description" content="{text}"></head>'
        f'<body><div class="tgme_page"><iframe src="{path}?embed=1"></iframe></div></body></html>\n'
    )


def _channel(name: str, query: dict[str, str]) -> Answer:
    """The public view: ascending, below `before` where that is asked for.

    Behind the name may stand the number of the message to open it at.
    """
    name = name.partition("/")[0]
    before = query.get("before", "")
    limit = int(before) if before.isdigit() else 1 << 31
    shown = [
        post
        for (channel, number), post in sorted(_POSTS.items())
        if channel == name and number < limit and post.fate in _SHOWN
    ]
    if not any(channel == name for channel, _ in _POSTS):
        return redirect(f"https://t.me/{name}", "302 Found")
    inner = "".join(
        f'<div class="tgme_widget_message_wrap">{_message(post)}</div>' for post in shown
    )
    return html(f'<main class="tgme_main"><section>\n{inner}</section></main>\n')


def _missing(path: str) -> str:
    return (
        f'<div class="tgme_widget_message" data-post="{path}">'
        '<div class="tgme_widget_message_error" dir="auto">Post not found</div></div>\n'
    )


def _message(post: TelegramPost) -> str:
    home = f"https://t.me/{post.channel}"
    text = re.sub(r"#(\w+)", r'<a href="?q=%23\1">#\1</a>', escape(post.text, quote=False)).replace(
        "\n", "<br/>"
    )
    body = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>'
    if post.fate is Fate.WITHHELD:
        body = _IN_THE_APP
    return f"""<div class="tgme_widget_message text_not_supported_wrap js-widget_message"
 data-post="{post.channel}/{post.number}" data-view="x">
 <div class="tgme_widget_message_user"><a href="{home}"><i class="tgme_widget_message_user_photo">\
<img src="https://cdn4.telesco.pe/file/{post.channel}.png"></i></a></div>
 <div class="tgme_widget_message_bubble">
  <div class="tgme_widget_message_author accent_color">\
<a class="tgme_widget_message_owner_name" href="{home}">\
<span dir="auto">{escape(post.name)}</span></a></div>
  {body}
  <div class="tgme_widget_message_footer compact js-message_footer">\
<div class="tgme_widget_message_info short js-message_info">\
<span class="tgme_widget_message_views">{post.views}</span>\
<span class="tgme_widget_message_meta">\
<a class="tgme_widget_message_date" href="{home}/{post.number}">\
<time datetime="{post.posted_at.isoformat(timespec="seconds")}" class="time">\
{post.posted_at:%H:%M}</time></a></span></div></div>
 </div></div>
"""


def _scripts(asked: Asked) -> Answer:
    return script() if path_of(asked) == "/js/telegram-widget.js" else not_found()


def _pictures(asked: Asked) -> Answer:
    name = path_of(asked).removeprefix("/file/").removesuffix(".png")
    if name not in {channel for channel, _ in _POSTS}:
        return not_found()
    return PLAIN.send(landscape(name), content_type="image/png")


HOSTS = {"t.me": _messages, "telegram.org": _scripts, "cdn4.telesco.pe": _pictures}
