"""What class words and ids say of a part of the page. Words alone decide nothing: see `pruning`."""

import itertools
import re
from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Sort(IntEnum):
    """What a part's class words call it."""

    PLAIN = 0
    MINOR = 1
    """Beside the article, unless it holds much of it: wrappers of everything bear such words."""
    FOREIGN = 2
    """Comments, consent, related articles: of the article only where the article is inside."""
    CAPTION = 3


class Naming(NamedTuple):
    """The judgement of all class words of an element."""

    sort: Sort = Sort.PLAIN
    is_body: bool = False
    """Called the body of an article."""
    is_lead: bool = False
    """Called a lead or summary."""
    is_foreign: bool = False
    """Of discussion, consent or the like, which may outweigh the article."""
    is_gallery: bool = False
    """Of pictures, whose captions may outweigh the article too."""


NOTHING = Naming()
# Words are compared without hyphens and plural `s`: `read-more`, `readMore`, `readmores`.
_MINOR = frozenset((
    # what is offered to do
    *("share", "sharing", "sharebar", "sharethis", "addthis", "addtoany", "sharedaddy", "social"),
    *("socialmedia", "follow", "whatsapp", "facebook", "print", "noprint", "tool", "toolbar"),
    *("toolbox", "action", "button", "btn", "cta", "rating", "vote", "voting", "poll", "survey"),
    *("feedback", "contact", "contactform", "webform", "listen", "speech", "player", "newsletter"),
    *("signup", "login", "popup", "modal", "overlay", "regwall", "paywalloffer", "paywallbox"),
    *("paywallbanner", "paywallmessage", "paywalloverlay", "paywallprompt"),
    # what is sold
    *("promo", "promoted", "promobox", "ad", "anzeige", "anzeigen", "werbung", "publicidad"),
    *("publicite", "pubblicita", "reklam", "reklama", "banner", "partner", "affiliate", "shop"),
    *("shopping", "commerce", "upsell"),
    # what is said about the article
    *("byline", "author", "autor", "autore", "autoren", "auteur", "bio", "biography", "tag"),
    *("taglist", "topic", "keyword", "category", "categorie", "catlink", "meta", "metadata"),
    *("postmeta", "entrymeta", "pubdate", "timestamp", "postedon", "readingtime", "datum", "date"),
    *("datetime", "kicker", "overline", "eyebrow", "topline", "dachzeile", "ressort", "rubrik"),
    *("disclaimer", "copyright", "credit", "signature", "editlink", "editsection"),
    # where else to go
    *("nav", "navi", "navbar", "menu", "popular", "teaser", "readmore", "seealso", "readalso"),
    *("alsoread", "readnext", "link", "linkbox", "moreon", "morefrom", "morestorie", "morenew"),
    *("morearticle", "backlink", "relacionado", "relacionada", "lireaussi", "correlati"),
    *("correlate", "ticker", "jump", "toc", "next", "prev", "previous", "latest", "teaserlist"),
    *("articlelist", "newslist", "postlist", "rail", "team", "reflist", "reference", "navbox"),
    *("hatnote", "similare"),
    # boxes
    *("aside", "widget", "factbox", "infobox", "alert", "notice", "slider"),
    *("swiper", "sticky", "fallback", "cookie", "foot"),
    # out of sight
    *("visuallyhidden", "sronly", "hidden", "offscreen"),
))  # fmt: skip
_MINOR_STEMS = (
    *("subscri", "regist", "donat", "advert", "sponsor", "publish", "similar", "verwandt"),
    *("trackback", "pingback", "screenreader", "most", "skip"),
)
_FOREIGN = frozenset((
    *("commentlist", "disqus", "kommentar", "kommentare", "respond", "replie", "reply", "forum"),
    *("gdpr", "outbrain"),
    *("cookiebar", "cookiebox", "cookielayer", "cookiepopup", "cookiebanner", "cookienotice"),
    *("cookielaw", "taboola"),
    *("mostread", "mostpopular", "mostviewed", "trending", "rightrail", "sidebar", "footer"),
    *("rightbar", "rightcolumn", "rightcol"),
    *("navigation", "pagination", "pager", "breadcrumb", "gallery", "gallerie", "slideshow"),
    "carousel",
))  # fmt: skip
_FOREIGN_STEMS = (
    "comment",
    "related",
    "recommend",
    "recirc",
    "yarpp",
    "jprelated",
    "consent",
    "dsgvo",
)
_ALIEN = re.compile("comment|kommentar|disqus|respond|cookie|consent|gdpr|dsgvo|privacy")
_GALLERY = frozenset(("gallery", "gallerie", "slideshow", "carousel"))
_CAPTION_ENDS = ("caption", "unterschrift", "bildtext", "bildnachweis")
_CAPTION = frozenset(
    picture + part
    for picture in ("image", "img", "photo", "foto", "picture", "media", "bild", "video")
    for part in ("description", "desc", "text", "info", "credit", "legend")
)
_BODY = frozenset((
    *("articlebody", "articlecontent", "articletext", "articlemain", "articledetail", "artbody"),
    *(
        kind + part
        for kind in ("story", "post", "entry", "news", "content", "page", "text")
        for part in ("body", "content", "text", "article")
    ),
    *("richtext", "maintext", "maincontent", "arttext", "bodytext", "bodycopy", "bodycontent"),
    *("artikeltext", "artikelinhalt", "artikelbody", "singlecontent", "cuerpo", "texto", "corp"),
    *("testo",),
))  # fmt: skip
_LEAD = frozenset((
    *("lead", "intro", "introduction", "standfirst", "summary", "excerpt", "teasertext", "dek"),
    *("subtitle", "subhead", "subheading", "subheadline", "subline", "deck", "strapline"),
    *("vorspann", "einleitung", "entradilla", "chapo", "chapeau", "abstract", "desc"),
    *("description", "bajada", "sottotitolo", "occhiello", "ingres", "ingress", "sommario"),
    *("copete", "synopsi", "sinopsi", "sapo", "anon", "anons", "lid", "zajawka", "perex", "spot"),
    *("sumario", "manchet", "underrubrik", "anris", "anriss", "linhafina", "resumen", "resumo"),
    *("riassunto", "podnaslov", "podtytul", "sousttitre", "soustitre"),
))  # fmt: skip
_ROLES = frozenset((
    *("navigation", "complementary", "contentinfo", "banner", "dialog", "search", "menu"),
    *("toolbar", "button", "alert", "tablist"),
))  # fmt: skip
_ASIDE_NAMES = frozenset(("hidden", "aria-hidden", "style", "role"))
_NO_WORD = re.compile(r"[^a-z]+")

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Layout's own words: they tell how a thing looks or what it has, not what it is.
_LAYOUT = frozenset((
    *("has", "with", "without", "is", "no", "show", "hide", "enable", "enabled", "disable"),
    "disabled",
))  # fmt: skip
_POST_CLASS = re.compile(r"(?:type|post|tag|category|status|format|author|topic|section)-.+")
_OF_PICTURES = frozenset(("caption", "copyright", "credit", "media", "image", "photo", "source"))
_DRUPAL = re.compile(r"(?:field--name-(?:field-)?|paragraph--type--)(?=.)")
_LONGEST = 1_000


def names_of_element(tag: str, attributes: Mapping[str, str | None]) -> str:
    """What an element is called: its class, its id, and its tag where that is a name too."""
    names = attributes.get("class") or ""
    if names and len(attributes) == 1:
        return names
    if (id_ := attributes.get("id")) and tag != "p" and tag not in HEADINGS:
        names = f"{names} {id_}"
    return f"{names} {tag}" if "-" in tag else names


def naming_of_element(tag: str, attributes: Mapping[str, str | None]) -> Naming:
    """What an element's names and its other attributes say of it."""
    if not attributes:
        return NOTHING
    if len(attributes) == 1 and "class" in attributes and "-" not in tag and tag not in HEADINGS:
        return naming_of(attributes["class"] or "")  # as of most elements
    names = names_of_element(tag, attributes)
    if len(attributes) == 1 and "-" in tag and "class" in attributes:
        names = f"{names} {tag}"
    naming = naming_of(names) if names else NOTHING
    if (
        naming.sort is Sort.PLAIN
        and not _ASIDE_NAMES.isdisjoint(attributes)
        and _is_aside(attributes)
    ):
        naming = naming._replace(sort=Sort.MINOR)
    if naming.sort is Sort.MINOR and tag in HEADINGS:
        naming = naming._replace(sort=Sort.PLAIN)  # such words are of their looks
    return naming


def _is_aside(attributes: Mapping[str, str | None]) -> bool:
    """Whether attributes other than names hide a part or call it none of the article."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = (attributes.get("style") or "")[:500].lower().replace(" ", "")
    return (
        "display:none" in style or "visibility:hidden" in style or attributes.get("role") in _ROLES
    )


@lru_cache(maxsize=16_384)
def naming_of(names: str) -> Naming:
    """The judgement of `names`, class words and ids as they stand in the page."""
    tokens = names[:_LONGEST].split()
    # WordPress writes an article's terms into its classes.
    if "hentry" in tokens or "status-publish" in tokens:
        tokens = [token for token in tokens if not _POST_CLASS.fullmatch(token)]
    naming = NOTHING
    for token in tokens:
        one = _of_token(token)
        if one is not NOTHING:
            naming = one if naming is NOTHING else _both(naming, one)
    return naming


def _both(one: Naming, other: Naming) -> Naming:
    return Naming(
        sort=max(one.sort, other.sort),
        is_body=one.is_body or other.is_body,
        is_lead=one.is_lead or other.is_lead,
        is_foreign=one.is_foreign or other.is_foreign,
        is_gallery=one.is_gallery or other.is_gallery,
    )


def forget() -> None:
    """Judge every name anew, for who measures what the words are worth."""
    naming_of.cache_clear()
    _of_token.cache_clear()


@lru_cache(maxsize=65_536)
def _of_token(token: str) -> Naming:
    low = token.lower()
    word = (low if low == token else _CAMEL.sub("-", token).lower()).replace("_", "-")
    whole = _parts(word)
    is_body = not _BODY.isdisjoint(whole)
    if _is_layout(word):
        return Naming(is_body=True) if is_body else NOTHING
    # A modifier says how a block differs from its like: `article--tagged` is an article. But
    # Drupal's say what a field or a paragraph is: `field--name-field-tags`.
    named = _DRUPAL.match(word)
    stem = word[named.end() :] if named else word.partition("--")[0]
    parts = whole if stem == word else _parts(stem)
    sort = _sort(parts)
    is_lead = not _LEAD.isdisjoint(parts)
    if "__" in low:  # a block's element, of which the stem is the block: `article__lead`
        element = _parts(word.replace("--", "-", 1).partition("--")[0])
        is_lead = is_lead or not _LEAD.isdisjoint(element)
        if sort is Sort.PLAIN and _OF_PICTURES.isdisjoint(element):
            sort = min(_sort(element), Sort.FOREIGN)
    is_foreign = _ALIEN.search(stem) is not None
    is_gallery = not _GALLERY.isdisjoint(parts)
    if sort or is_body or is_lead or is_foreign or is_gallery:
        return Naming(sort, is_body, is_lead, is_foreign, is_gallery)
    return NOTHING


def _is_layout(word: str) -> bool:
    """Whether a word is of layout: a utility (`md:flex`), a state (`has-image`), a `-layout`."""
    if ":" in word or "[" in word or "!" in word or "-layout" in word:
        return True
    words = word.split("-")
    return not _LAYOUT.isdisjoint(words) and any(
        one in _LAYOUT and (words[at + 1] or at + 2 < len(words))
        for at, one in enumerate(words[:-1])
    )


def _sort(parts: set[str]) -> Sort:
    sort = Sort.PLAIN
    for part in parts:  # a loop, since three `any` of generators cost three times as much
        if part in _CAPTION or part.endswith(_CAPTION_ENDS):
            return Sort.CAPTION
        if part in _FOREIGN or part.startswith(_FOREIGN_STEMS):
            sort = Sort.FOREIGN
        elif sort is Sort.PLAIN and (part in _MINOR or part.startswith(_MINOR_STEMS)):
            sort = Sort.MINOR
    return sort


def _parts(word: str) -> set[str]:
    """The words that `word` is made of, and those two and two, without a plural's `s`."""
    words = [part for part in _NO_WORD.split(word) if part]
    if len(words) == 1:
        return {words[0].removesuffix("s")}
    pairs = [one + other for one, other in itertools.pairwise(words)]
    return {part.removesuffix("s") for part in (*words, *pairs)}
