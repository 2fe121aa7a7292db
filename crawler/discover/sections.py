"""Section pages: which of a page's links look like articles of this site.

Nothing is known of the site, so each link is judged three times: by itself (its address, its text,
where it stands), by the company it keeps (the links that stand in the page as it does: a list of
articles is a list), and by the addresses of articles that are known of the site already, where the
caller knows some. No one sign decides.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from archive import InvalidUrl, registrable_domain, url_key
from crawler.discover.announced import Announced, Announcement, short, web_url
from crawler.extract.dates import url_day
from crawler.extract.document.markup import decode, parse
from crawler.extract.document.tree import Tree
from crawler.extract.page import Page

MOST_ANCHORS = 5000
MOST_LINKS = 1000
_THRESHOLD = 3.0
_LOOK_UP = 6

_NUMBER = re.compile(r"\d{5,}")
_HEX = re.compile(r"[0-9a-f]{8,}")
_WORD_SPLIT = re.compile(r"[-_]")
_DIGITS = re.compile(r"\d+")
_NOT_ARTICLES = frozenset(
    """
    about account accessibility advertise advertising ads agb all-topics app apps archive archives
    author authors autor autoren campaign careers cart categories category comments contact contacts
    contributor contributors cookie cookie-policy cookies datenschutz donate editorial-team events
    faq feed feeds help home imprint impressum index info jobs kontakt legal live-tv login logout
    mediadata membership my newsletter newsletters password people personen podcast-feed policies
    preferences press-office privacy privacy-policy profile redaktion register rss rubric schlagwort
    search seite settings share shop signin sign-in signup sign-up sitemap staff store subscribe
    subscription subscriptions suche tag tags tarifs team terms terms-of-service terms-of-use
    themen thema topic topics tv-guide user users weather wetter widget
    """.split()
)
_NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|pdf|zip|mp[34]|m4a|css|js|json|xml|rss|atom|apk|exe"
    r"|docx?|xlsx?|epub|ics)$",
    re.IGNORECASE,
)
# A link that does something, and leads to no page of its own.
_ACTS = re.compile(
    r"(?:^|&)(?:replytocom|share|action|print|redirect(?:_to)?|return(?:_?url)?|login|do)=",
    re.IGNORECASE,
)
_PLACES = {"nav": -3.0, "footer": -3.0, "aside": -0.5, "form": -2.0}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})


@dataclass(slots=True, kw_only=True)
class _Link:
    url: str
    text: str
    company: str
    score: float


def read_section(page: Page, known: Collection[str] = ()) -> Announcement:
    """The links of `page` that look like articles of its site, in the page's order. Never fails.

    `known` are addresses of articles of this site, such as its feeds have announced; an address of
    their shape is one too, most likely.
    """
    tree = parse(decode(page))
    base = _base_of(tree, page.url)
    try:
        site, own = registrable_domain(page.url), url_key(page.url)
    except InvalidUrl:
        return Announcement(trouble="no address that the web could have")
    shapes = {shape_of(url) for url in known}
    links: dict[str, _Link] = {}
    anchors = tree.css("a[href]")
    for anchor in anchors[:MOST_ANCHORS]:
        url = web_url(anchor.attributes.get("href") or "", base)
        if url is None or not _is_of(url, site) or url_key(url) == own:
            continue
        link = _Link(
            url=url,
            text=_text_of(anchor),
            company=_company(anchor),
            score=_by_itself(url, anchor) + (3.0 if shape_of(url) in shapes else 0.0),
        )
        _keep_better(links, link)
    means = _means(links.values())
    chosen = [link for link in links.values() if _stands(link, means)]
    trouble = f"more than {MOST_ANCHORS} links" if len(anchors) > MOST_ANCHORS else None
    if len(chosen) > MOST_LINKS:
        chosen, trouble = chosen[:MOST_LINKS], f"more than {MOST_LINKS} articles"
    return Announcement(
        links=tuple(
            Announced(url=link.url, headline=short(link.text), published=url_day(link.url))
            for link in chosen
        ),
        title=_title(tree),
        next_url=_next(tree, base, site),
        trouble=trouble,
    )


def shape_of(url: str) -> str:
    """The form of an address: `/D/D/D/slug-id`, equal for the articles of one site, mostly."""
    path = urlsplit(url).path
    return "/" + "/".join(_segment_shape(segment) for segment in path.split("/") if segment)


def _segment_shape(segment: str) -> str:
    stem, dot, ending = segment.rpartition(".")
    name, ending = (stem, ending) if dot and len(ending) <= 5 else (segment, "")
    if name.isdigit():
        shape = "D" if len(name) <= 4 else "N"
    else:
        words = _WORD_SPLIT.split(unquote(name))
        shape = "slug" if len(words) >= 3 or len(name) >= 24 else ("x" if len(words) == 1 else "xx")
        if _NUMBER.search(name):
            shape += "-id"
        elif shape == "x":
            shape = _DIGITS.sub("9", name[:24])
    return shape + (f".{ending}" if ending else "")


def _by_itself(url: str, anchor: LexborNode) -> float:
    """What speaks for this link alone."""
    parts = urlsplit(url)
    segments = [unquote(segment).lower() for segment in parts.path.split("/") if segment]
    if not segments or _NOT_PAGES.search(parts.path) or _ACTS.search(parts.query):
        return -9.0
    score = 0.0
    last = segments[-1].rpartition(".")[0] or segments[-1]
    words = [word for word in _WORD_SPLIT.split(last) if word]
    if url_day(url) is not None:
        score += 2.5
    if len(words) >= 4:
        score += 2.0
    elif len(words) == 3 or len(last) >= 24:
        score += 1.0
    if _NUMBER.search(parts.path) or (_HEX.search(last) and _DIGITS.search(last)):
        score += 1.5
    elif _NUMBER.search(parts.query):
        score += 1.0
    score -= 4.0 * sum(1 for segment in segments if segment in _NOT_ARTICLES)
    if len(segments) == 1 and len(words) <= 2 and not _DIGITS.search(last):
        score -= 2.0  # /politics
    return score + _by_text(anchor) + _by_place(anchor)


def _by_text(anchor: LexborNode) -> float:
    text = _text_of(anchor)
    if not text:
        return 0.0  # a picture that leads where the headline beside it does
    if len(text.split()) >= 5 or len(text) >= 30:
        return 2.0
    # Scripts without spaces say much in few characters.
    return 1.0 if len(text) >= 12 and text.isascii() is False else -0.5


def _by_place(anchor: LexborNode) -> float:
    score, has_heading = 0.0, anchor.css_first("h1, h2, h3, h4") is not None
    for element in _ancestors(anchor, 24):
        tag = element.tag or ""
        score += _PLACES.get(tag, 0.0)
        has_heading = has_heading or tag in _HEADINGS
        if tag == "article":
            score += 1.0
    return max(score, -4.0) + (2.0 if has_heading else 0.0)


def _company(anchor: LexborNode) -> str:
    """The way to the link in the page: equal for those that stand in one list."""
    return ">".join(
        f"{element.tag}.{_DIGITS.sub('', (element.attributes.get('class') or '')[:60])}"
        for element in [anchor, *_ancestors(anchor, _LOOK_UP)]
    )


def _means(links: Iterable[_Link]) -> dict[str, float]:
    """For each company of three or more, what its links are worth on average."""
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for link in links:
        scores[link.company].append(link.score)
    return {name: sum(each) / len(each) for name, each in scores.items() if len(each) >= 3}


def _stands(link: _Link, means: dict[str, float]) -> bool:
    company = means.get(link.company)
    if company is None:
        return link.score >= _THRESHOLD
    # Good company carries a short headline; a good address carries itself out of a bad one.
    is_carried = max((link.score + 2 * company) / 3, (link.score + company) / 2 - 0.25) >= 2.0
    return link.score > -2.0 and is_carried


def _keep_better(links: dict[str, _Link], link: _Link) -> None:
    """One address, often linked by its picture and by its headline: what speaks for it adds up."""
    try:
        key = str(url_key(link.url))
    except InvalidUrl:
        return
    before = links.get(key)
    if before is None:
        links[key] = link
    elif link.score > before.score:
        links[key] = _Link(
            url=before.url,
            text=link.text or before.text,
            company=link.company,
            score=link.score,
        )
    elif not before.text:
        before.text = link.text


def _ancestors(node: LexborNode, most: int) -> Iterator[LexborNode]:
    for _ in range(most):
        parent = node.parent
        if parent is None or not parent.tag or parent.tag in {"html", "-undef"}:
            return
        yield parent
        node = parent


def _text_of(anchor: LexborNode) -> str:
    text = " ".join(anchor.text(deep=True, separator=" ")[:2000].split())
    return text or " ".join((anchor.attributes.get("title") or "")[:500].split())


def _is_of(url: str, site: str) -> bool:
    try:
        return registrable_domain(url) == site
    except InvalidUrl:
        return False


def _base_of(tree: Tree, url: str) -> str:
    base = tree.css_first("base[href]")
    return (base and web_url(base.attributes.get("href") or "", url)) or url


def _title(tree: Tree) -> str | None:
    title = tree.css_first("title")
    return short(title.text()) if title is not None else None


def _next(tree: Tree, base: str, site: str) -> str | None:
    for link in tree.css('link[rel~="next"][href], a[rel~="next"][href]')[:5]:
        url = web_url(link.attributes.get("href") or "", base)
        if url is not None and _is_of(url, site):
            return url
    return None
