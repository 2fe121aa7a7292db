"""Instagram and Facebook: what they still show to strangers, and the walls around the rest."""

import re
from html import escape
from urllib.parse import quote

from crawler.demo.asking import path_of, query_of
from crawler.demo.delivery import html, not_found, plain, redirect, script
from crawler.demo.posts import FacebookPost, InstagramPost
from crawler.demo.server import Answer, Asked
from crawler.demo.uncited import every

_PICTURES = {post.code: post for post in every(InstagramPost)}
_PAGES = {post.url: post for post in every(FacebookPost)}
_NOBODY = "User-agent: *\nDisallow: /\n"


def _instagram(asked: Asked) -> Answer:
    path = path_of(asked)
    if found := re.fullmatch(r"/p/([\w-]+)/(embed/captioned/)?", path):
        return _caption(found[1]) if found[2] else _login(path)
    match path:
        case "/robots.txt":
            return plain(_NOBODY)
        case "/embed.js":
            return script()
        case "/accounts/login/":
            return html("<title>Log in • Instagram</title><form>Log in</form>\n")
        case _:
            return not_found()


def _login(path: str) -> Answer:
    url = f"https://www.instagram.com/accounts/login/?next={quote(path)}"
    return redirect(url, "302 Found")


def _caption(code: str) -> Answer:
    post = _PICTURES.get(code)
    if post is None:
        return html(
            '<div class="EmbedIsBroken"><div class="ebmMessage">The link to this photo or video '
            "may be broken.</div></div>\n"
        )
    return html(
        f'<div class="Embed"><a class="UsernameText">{post.handle}</a>'
        f'<div class="Caption">{escape(post.caption)}</div></div>\n'
    )


def _facebook(asked: Asked) -> Answer:
    path = path_of(asked)
    if path == "/robots.txt":
        return plain(_NOBODY)
    if path == "/plugins/post.php":
        post = _PAGES.get(query_of(asked).get("href", ""))
        if post is None:
            return html("<p>This Facebook post is no longer available.</p>\n")
        return html(
            f'<div class="_5pcm"><a href="{post.url}">{escape(post.name)}</a>'
            f'<abbr data-utime="{post.posted_at.timestamp():.0f}"></abbr>'
            f"<p>{escape(post.text)}</p></div>\n"
        )
    return html("<title>Log in to Facebook</title><form>You must log in to continue.</form>\n")


def _leaving(asked: Asked) -> Answer:
    """l.facebook.com: the target stands in the query."""
    target = query_of(asked).get("u", "")
    if path_of(asked) != "/l.php" or not target.startswith(("http://", "https://")):
        return not_found()
    return redirect(quote(target, safe="%/:=&?~#+!$,;'@()*[]"), "302 Found")


HOSTS = {
    "www.instagram.com": _instagram,
    "www.facebook.com": _facebook,
    "facebook.com": lambda asked: redirect(f"https://www.facebook.com{asked.path}"),
    "l.facebook.com": _leaving,
}
