"""The news sites of this world, and how each answers."""

import tomllib
from typing import Any

from crawler.demo import press
from crawler.demo.asking import path_of
from crawler.demo.delivery import PLAIN, Delivery, not_found, redirect
from crawler.demo.metadata import news_article, wordpress_graph
from crawler.demo.oddities import busy_once, cut_short, gone, moved_to
from crawler.demo.picture import landscape
from crawler.demo.server import Answer, Asked
from crawler.demo.site import Site
from crawler.demo.story import PAGES, stories

LEVANT = Site(
    host="www.levantdispatch.example",
    name="Levant Dispatch",
    room="levant",
    stories="levant/stories",
    sections=(
        ("/category/syria/", "Syria"),
        ("/category/lebanon/", "Lebanon"),
        ("/category/caucasus/", "Caucasus"),
        ("/category/maps/", "Maps"),
    ),
    listings=("/tag/", "/author/"),
    structured=wordpress_graph,
    delivery=Delivery(
        headers=(
            ("Server", "nginx/1.24.0"),
            ("X-Powered-By", "PHP/8.2.9"),
            ("Link", '<https://www.levantdispatch.example/wp-json/>; rel="https://api.w.org/"'),
        ),
        is_gzip=True,
    ),
    aliases=("levantdispatch.example",),
)

WIRE = Site(
    host="continentalwire.example",
    name="Continental Wire",
    room="wire",
    stories="wire/stories",
    sections=(("/hub/world", "World"), ("/hub/climate", "Climate"), ("/hub/business", "Business")),
    structured=news_article,
    delivery=Delivery(
        headers=(("server", "cw-edge"), ("cache-control", "max-age=60"), ("x-edge", "HIT")),
        is_gzip=True,
        is_chunked=True,
    ),
)

HARBOR = Site(
    host="harbortribune.example",
    name="The Harbor Tribune",
    room="harbor",
    stories="harbor/stories",
    sections=(("/local", "Local"), ("/world", "World"), ("/tides", "Tides"), ("/obits", "Obits")),
    delivery=Delivery(
        headers=(
            ("SERVER", "Apache"),
            ("Set-Cookie", "ht_edition=morning; Path=/; Secure"),
            ("Set-Cookie", "ht_seen=1; Path=/; Secure"),
        )
    ),
    aliases=("www.harbortribune.example",),
    is_https_only=False,
    has_amp=True,
)

LEDGER = Site(
    host="northernledger.example",
    name="Northern Ledger",
    room="ledger",
    stories="ledger/stories",
    language="en-GB",
    sections=(("/politics", "Politics"), ("/business", "Business"), ("/culture", "Culture")),
    structured=news_article,
    delivery=Delivery(headers=(("Server", "openresty"), ("x-content-type-options", "nosniff"))),
    oddities={
        "/2026/10/harbour-fees-leak": gone,
        "/news/quay-lights.html": moved_to("/2026/11/quay-lights"),
        "/2026/11/lighthouse-archive": cut_short,
        "/2026/11/storm-timetable": busy_once,
    },
)


def _edition(
    language: str,
    *,
    host: str,
    direction: str = "ltr",
    charset: str = "utf-8",
    is_charset_sent: bool = True,
) -> Site:
    """One of the language services of the broadcaster: same templates, its own words."""
    table: dict[str, Any] = tomllib.loads((PAGES / "meridian" / "words.toml").read_text("utf-8"))
    words: dict[str, str] = dict(table[language])
    return Site(
        host=f"{host}.radiomeridian.example",
        name=words.pop("name"),
        room="meridian",
        stories=f"meridian/{language}",
        language=language,
        direction=direction,
        charset=charset,
        is_charset_sent=is_charset_sent,
        sections=(("/z/1", words.pop("news")), ("/z/2", words.pop("culture"))),
        structured=news_article,
        words=words,
    )


MERIDIAN = _edition("en", host="www")
MERIDIAN_RU = _edition("ru", host="ru", charset="windows-1251")
MERIDIAN_ZH = _edition("zh", host="zh", is_charset_sent=False)
MERIDIAN_AR = _edition("ar", host="ar", direction="rtl")

SITES = (LEVANT, WIRE, HARBOR, LEDGER, MERIDIAN, MERIDIAN_RU, MERIDIAN_ZH, MERIDIAN_AR)

_FILES = {
    "/robots.txt": "text/plain; charset=utf-8",
    "/style.css": "text/css; charset=utf-8",
    "/logo.svg": "image/svg+xml",
}


def answer_site(site: Site, asked: Asked) -> Answer:
    """What the site says: its files and pictures, its listings, its stories, else 404."""
    if asked.host != site.host or (site.is_https_only and not asked.is_tls):
        return redirect(site.home + asked.path)
    path = path_of(asked)
    ordinary = _file(site, path) or _page(site, path)
    odd = site.oddities.get(path)
    return odd(site, asked, ordinary) if odd else ordinary


def _file(site: Site, path: str) -> Answer | None:
    if path in _FILES:
        body = (PAGES / site.room / path[1:]).read_bytes()
        return PLAIN.send(body, content_type=_FILES[path])
    if path.startswith("/img/") and path.endswith(".png"):
        name = path.removeprefix("/img/").removesuffix(".png")
        if name in {story.name for story in stories(site.stories)}:
            return PLAIN.send(landscape(name), content_type="image/png")
    return None


def _page(site: Site, path: str) -> Answer:
    text = _text(site, path)
    if text is None:
        return not_found()
    body = text.encode(site.charset, "xmlcharrefreplace")
    return site.delivery.send(body, content_type=site.content_type)


def _text(site: Site, path: str) -> str | None:
    sections = {section for section, _ in site.sections}
    if path == "/" or path in sections or path.startswith(site.listings):
        return press.listing(site)
    if path == "/about":
        return press.notice(
            site, site.name, "An invented outlet. It exists only inside the demo of dateline."
        )
    for story in stories(site.stories):
        if path in {story.path, story.also_at}:
            return press.article(site, story)
        if site.has_amp and path == f"/amp{story.path}":
            return press.amp(site, story)
    return None
