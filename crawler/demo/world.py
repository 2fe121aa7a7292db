"""The small web of `dateline demo`: one function from a request to an answer.

News sites stand in `sites.py`, their pages in `pages/`; the social platforms that they cite answer
in `platforms/`. Everything is invented, fixed, and older than 20 November 2026. A test world
answers its own paths first and leaves the rest to `answer`.
"""

from urllib.parse import quote

from crawler.demo.delivery import not_found, script
from crawler.demo.platforms import PLATFORMS
from crawler.demo.server import Answer, Asked
from crawler.demo.sites import SITES, answer_site

_SITES = {host: site for site in SITES for host in (site.host, *site.aliases)}
_GONE_HOST = "gone.example"
"""A host that hangs up on everyone."""
_AMP_HOST = "cdn.ampproject.org"

HOSTS: tuple[str, ...] = (*_SITES, *PLATFORMS, _AMP_HOST, _GONE_HOST)
"""Every host of this web, for the server's certificate."""

START_URLS: tuple[str, ...] = (
    "http://www.levantdispatch.example/article/latakia-aleppo-highway-reopens/",
    "https://www.levantdispatch.example/article/orontes-villages-water-returns/",
    "https://levantdispatch.example/article/baku-tbilisi-railway-landslide/?fbclid=IwAR0demo",
    "https://continentalwire.example/article/dnipro-pumping-station-8f31c2",
    "https://continentalwire.example/article/lake-treaty-talks-51d0aa",
    "https://harbortribune.example/world/pumps-back-on-before-frost?utm_source=morning&utm_medium=email",
    "https://harbortribune.example/world/pumps-back-on-before-frost?utm_source=twitter#comments",
    "https://harbortribune.example/amp/world/pumps-back-on-before-frost",
    "https://harbortribune.example/local/ferry-timetable-winter",
    "https://northernledger.example/2026/11/dredging-contract",
    "https://northernledger.example/2026/10/harbour-fees-leak",
    "https://northernledger.example/members/minutes-of-the-board",
    "https://northernledger.example/news/quay-lights.html",
    "https://northernledger.example/2026/11/lighthouse-archive",
    "https://northernledger.example/2026/11/storm-timetable",
    "https://northernledger.example/2026/11/herring-festival",
    "https://northernledger.example/culture/herring-festival",
    "https://www.radiomeridian.example/a/saltmarsh-bridge-posts",
    "https://ru.radiomeridian.example/a/ledohod-na-enisee",
    "https://zh.radiomeridian.example/a/beijing-suburban-line",
    "https://ar.radiomeridian.example/a/" + quote("أذربيجان-المعبر"),
    "https://gone.example/2026/11/last-words",
)
"""What the demo crawls: stories of every kind, and the ways in which one cannot be had."""


def answer(asked: Asked) -> Answer:
    """What this web says to one request; a host that it does not know gets a 404."""
    if asked.host == _GONE_HOST:
        return Answer(then_reset=True)
    if site := _SITES.get(asked.host):
        return answer_site(site, asked)
    if platform := PLATFORMS.get(asked.host):
        return platform(asked)
    return script() if asked.host == _AMP_HOST else not_found()
