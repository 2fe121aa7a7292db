"""A web archive that kept some of the deleted posts: a TimeGate, and copies with their instants."""

import datetime as dt
import re
from email.utils import format_datetime
from html import escape

from crawler.demo.delivery import html, not_found
from crawler.demo.posts import Fate, XPost
from crawler.demo.server import Answer, Asked
from crawler.demo.uncited import every

_HOST = "keeper.example"
_KEPT = {
    f"https://x.com/i/status/{post.post_id}": post
    for post in every(XPost)
    if post.fate is Fate.DELETED
}
_ASKED = re.compile(r"/web/(?:(?P<stamp>[0-9]{14})(?P<raw>id_)?/)?(?P<url>https?:.*)")


def _keeper(asked: Asked) -> Answer:
    found = _ASKED.fullmatch(asked.path)
    post = _KEPT.get(found["url"]) if found else None
    if found is None or post is None:
        return not_found()
    kept_at = post.posted_at.replace(microsecond=0) + dt.timedelta(minutes=20)
    if found["stamp"] is None:
        copy = f"https://{_HOST}/web/{kept_at:%Y%m%d%H%M%S}/{found['url']}"
        headers = (("Location", copy), ("Vary", "accept-datetime"))
        return html("<p>Found.</p>\n", status="302 Found", headers=headers)
    banner = "" if found["raw"] else "<div id='keeper-banner'>Kept by Keeper</div>"
    return html(
        f'<meta property="og:title" content="{escape(post.name)} on X">'
        f'<meta property="og:description" content="{escape(post.text)}">{banner}\n',
        headers=(("Memento-Datetime", format_datetime(kept_at, usegmt=True)),),
    )


HOSTS = {_HOST: _keeper}
