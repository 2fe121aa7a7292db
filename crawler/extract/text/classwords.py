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
_PART = re.compile(r"[a-z]+")

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
    if (id_ := attributes.get("id")) and tag != "p" and tag not in HEADINGS:
        names = f"{names} {id_}"
    return f"{names} {tag}" if "-" in tag else names


def naming_of_element(tag: str, attributes: Mapping[str, str | None]) -> Naming:
    """What an element's names and its other attributes say of it."""
    if not attributes and "-" not in tag:
        return NOTHING
    if len(attributes) == 1 and "class" in attributes and "-" not in tag and tag not in HEADINGS:
        return naming_of(attributes["class"] or "")  # as of most elements
    names = names_of_element(tag, attributes)
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
    marks = 0
    for token in tokens:
        marks |= _of_token(token)
    return _NAMINGS[marks]


def forget() -> None:
    """Judge every name anew, for who measures what the words are worth."""
    for judged in (naming_of, _of_token, _of_part):
        judged.cache_clear()


# What words say, as bits: a sort outweighs those before it, and the rest adds up.
_MINOR_MARK, _FOREIGN_MARK, _CAPTION_MARK, _BODY_MARK, _LEAD_MARK, _ALIEN_MARK, _GALLERY_MARK = (
    1 << bit for bit in range(7)
)
_SORT_MARKS = _MINOR_MARK | _FOREIGN_MARK | _CAPTION_MARK


def _naming(marks: int) -> Naming:
    return Naming(
        sort=Sort((marks & _SORT_MARKS).bit_length()),
        is_body=bool(marks & _BODY_MARK),
        is_lead=bool(marks & _LEAD_MARK),
        is_foreign=bool(marks & _ALIEN_MARK),
        is_gallery=bool(marks & _GALLERY_MARK),
    )


_NAMINGS = (NOTHING, *map(_naming, range(1, 1 << 7)))
"""The judgement that each sum of marks makes."""


@lru_cache(maxsize=65_536)
def _of_token(token: str) -> int:
    """The marks of one class word or id."""
    low = token.lower()
    word = (low if low == token else _CAMEL.sub("-", token).lower()).replace("_", "-")
    whole = _of_word(word)
    if _is_layout(word):
        return whole & _BODY_MARK
    # A modifier says how a block differs from its like: `article--tagged` is an article. But
    # Drupal's say what a field or a paragraph is: `field--name-field-tags`.
    if "--" not in word:
        marks = whole
    else:
        named = _DRUPAL.match(word)
        stem = word[named.end() :] if named else word.partition("--")[0]
        marks = _of_word(stem) | whole & _BODY_MARK
    if "__" in low:  # a block's element, of which the stem is the block: `article__lead`
        name = word.replace("--", "-", 1).partition("--")[0]
        element = _of_word(name)
        marks |= element & _LEAD_MARK
        if not marks & _SORT_MARKS and _OF_PICTURES.isdisjoint(_parts(name)):
            is_caption = element & _CAPTION_MARK
            marks |= _FOREIGN_MARK if is_caption else element & _SORT_MARKS
    return marks


def _is_layout(word: str) -> bool:
    """Whether a word is of layout: a utility (`md:flex`), a state (`has-image`), a `-layout`."""
    if ":" in word or "[" in word or "!" in word or "-layout" in word:
        return True
    words = word.split("-")
    return not _LAYOUT.isdisjoint(words) and any(
        one in _LAYOUT and (words[at + 1] or at + 2 < len(words))
        for at, one in enumerate(words[:-1])
    )


def _of_word(word: str) -> int:
    """The marks of the parts that `word` is made of, one by one and two by two."""
    marks = 0
    before = ""
    for part in _PART.findall(word):
        marks |= _of_part(part)
        if before:
            marks |= _of_letters((before + part).removesuffix("s"))
        before = part
    return marks


@lru_cache(maxsize=32_768)
def _of_part(part: str) -> int:
    """The marks of a word of small letters alone: pages share these, unlike what they make."""
    marks = _of_letters(part.removesuffix("s"))
    return marks | _ALIEN_MARK if _ALIEN.search(part) else marks


def _of_letters(part: str) -> int:
    """The marks of one word, or of two written as one, without a plural's `s`."""
    marks = 0
    if part in _MINOR or part.startswith(_MINOR_STEMS):
        marks = _MINOR_MARK
    if part in _FOREIGN or part.startswith(_FOREIGN_STEMS):
        marks |= _FOREIGN_MARK
    if part in _CAPTION or part.endswith(_CAPTION_ENDS):
        marks |= _CAPTION_MARK
    if part in _BODY:
        marks |= _BODY_MARK
    if part in _LEAD:
        marks |= _LEAD_MARK
    if part in _GALLERY:
        marks |= _GALLERY_MARK
    return marks


def _parts(word: str) -> set[str]:
    """The words that `word` is made of, and those two and two, without a plural's `s`."""
    words = _PART.findall(word)
    pairs = [one + other for one, other in itertools.pairwise(words)]
    return {part.removesuffix("s") for part in (*words, *pairs)}
