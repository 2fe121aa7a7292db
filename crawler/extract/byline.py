"""Who signs an article: names, as the page states them for machines or shows them to readers."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.extract.agencies import is_agency
from crawler.extract.letters import bare_letters
from crawler.extract.site_names import site_names
from crawler.extract.stated import Stated, stated
from crawler.extract.structured import Structured, texts, types
from crawler.extract.surroundings import (
    around,
    headline_element,
    is_elsewhere,
    is_small,
    lines_after,
)
from crawler.extract.tree import Tree

MAX_AUTHORS = 30
MAX_CHARS = 100
_MAX_DEPTH = 14
_MAX_SHOWN = 200
"""Of so many elements at most is asked whether they show a name."""
_MAX_WORDS = 5
_MAX_CLASSES = 30
_NAME_WORDS = 2

_LISTED = re.compile(
    r"^(?:(?:view|see|show) )?(?:all )?(?:posts|articles|stories) by\s|"
    r"^(?:zeige )?(?:alle )?(?:beiträge|artikel) (?:von|by)\s|"
    r"^(?:voir )?tous les articles (?:de|par)\s|^ver todas las entradas (?:de|por)\s|"
    r"^(?:ver )?todos os (?:posts|artigos) (?:de|por)\s",
    re.IGNORECASE,
)
_BY_WORDS = r"by|von|par|por|di|door|av|af|przez"
_BY = re.compile(
    r"^(?:(?:written|edited|reviewed|compiled|reported|posted|published|submitted|words|text|eingestellt|verfasst|publicada|veröffentlicht|geschrieben|publié|publicado|"
    r"escrito|pubblicato)\s)?"
    rf"(?:{_BY_WORDS})[\s:]\s*",
    re.IGNORECASE,
)
# `Text: Ann Lee`, `Автор: Анна Ли`, `作者：李安`
_LABEL = re.compile(r"^[^\W\d_]+(?:/?in)?[:：](?!//)\s*")
# What content systems name the author with in a card for Twitter.
_WRITTEN_BY = re.compile(
    r"(?:written|posted|verfasst|geschrieben|écrit|escrito|publicado|scritto|geschreven|napisan\w+"
    rf"|skrevet|skriven|автор|yazan)\b|^(?:{_BY_WORDS}|author|autor)$",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"\s\(?@\w*\)?|\s[(<]?[\w.+-]{1,60}@[\w.-]{3,60}[)>]?")
_JOINTS = re.compile(r"\s+(?:and|und|et|y|e|en|og|och|и|&|/|\||·|•)\s+|\s*[;|]\s*", re.IGNORECASE)
_PICTURED = re.compile(
    r"(?:foto|photo|picture|bild|image|imagen)s?\s?(?:[:/]|by\b|$)|©", re.IGNORECASE
)
"""Who signs a picture."""
_BEHIND = re.compile(
    r"\s(?:for|in|aus|from|heute|gestern|today|yesterday|updated|aktualisiert|actualizado|"
    r"aggiornato|more from|more by|posted|published|follow|[\w-]+\.(?:com|org|net)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:\s.*)?$",
    re.IGNORECASE,
)
"""For whom, from where or when a name signs: `Ann Lee for Isle News`, `Ann Lee in Beirut`."""
_ROLE = re.compile(
    r"\s(?:reporter|correspondent|writer|editor|columnist|contributor|producer)$", re.IGNORECASE
)
"""What the one who signs is: `Ann Lee Senior Isle Correspondent`."""
_ASIAN_ROLE = re.compile(
    r"\s(?:(?:\S+\s)?(?:기자|특파원|논설위원|칼럼니스트|记者|記者)(?:\s.*)?|关注)$"
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|\[at\]|^\W*\d|"
    r"^(?:admin|administrator|super user|site admin|webmaster|"
    r"staff|editor|unknown|null|none|name|user|author|autor|posted|contact|more|"
    rf"{_BY_WORDS})$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    rf"(?:(?:written|posted|published|submitted)\s)?(?:{_BY_WORDS})(?:\s*:\s*|\s+)(?=\S)|"
    r"(?:text|autor|autorin|autore|auteur|author|автор|текст|作者|記者|记者)\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)
# Class words of a byline, and those of a part of the page that signs something else.
_AUTHOR_CLASS = re.compile(
    r"(?:^|[-_])(?:authors?|autor(?:en|es|i)?|auteurs?|byline)"
    r"(?:[-_]*(?:names?|links?|list|items?|line|text|txt|label|first|title))*$"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# What CSS modules add to a name: `Meta_authors__9oPas`.
_HASH = re.compile(r"__[\w-]{5,6}$")
_AUTHORISH = ("author", "autor", "auteur", "byline")
_ANY_AUTHORISH = ", ".join(f'[class*="{part}" i]' for part in _AUTHORISH)
_CARDS = ".author .fn, .submitted .username"
_LIKELY_LINKS = 'a[href*="/aut"]'
_AUTHOR_PATH = re.compile(r"/(?:authors?|autor(?:es|en)?|auteurs?|autor[ei])/.", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    "af al bin da das de del della den der di do dos du e el ibn la le ten ter van von y zu".split()
)


def stated_authors(tree: Tree, structured: Structured, url: str) -> Iterator[Stated]:
    """The names of the first witness that gives any; each once, in the page's order.

    The site as its own author yields to whoever else signs.
    """
    sites = site_names(structured, url)
    site: list[Stated] = []
    first: list[Stated] = []
    for source, witness in _witnesses(tree, structured):
        names = list(dict.fromkeys(witness))
        people = [name for name in names if bare_letters(name) not in sites]
        if first and not {one.text for one in first} < set(people):
            continue
        if people:
            said = list(stated(source, people[:MAX_AUTHORS]))
            if source != "meta author" or len(said) > 1:
                yield from said
                return
            first = said  # there may be room for one name only: who else signs stands below
        site = site or list(stated(source, names))
    yield from first or site


def names_in(text: str) -> Iterator[str]:
    """The names in one byline: `By Ann Lee and Bo Ek` has two. Addresses and roles are none."""
    line = _HANDLE.sub("", " ".join(text.split())[:1000]).strip(" ~→»«|•-–—")
    for opening in (_LABEL, _LISTED, _BY):
        line = opening.sub("", line)
    for part in _JOINTS.split(line):
        pieces = part.split(", ")
        # `Ann Lee, Bo Ek` are two people, `Lee, Ann` and `Ann Lee, Editor` are not; in
        # `Ann Lee, AFP` an agency signs, too.
        if not all(" " in piece for piece in pieces):
            pieces = [pieces[0], *filter(is_agency, pieces[1:])]
        for name in pieces:
            bare = _ASIAN_ROLE.sub("", name.strip(" ,.-–—·:~→"))
            if 1 < len(bare) <= MAX_CHARS and not _NO_NAME.search(bare):
                yield bare


_Witness = tuple[str, Iterator[str]]
"""Which part of a page it is, and the names that it gives."""


def _witnesses(tree: Tree, structured: Structured) -> Iterator[_Witness]:
    for source, node in (("json-ld", structured.article), ("json-ld page", structured.page)):
        if "VideoObject" not in types(node) or node is structured.article:
            yield (
                f"{source} author",
                _names(
                    text
                    for key in ("author", "creator")
                    for author in structured.resolved(node.get(key))
                    for text in texts(author)
                ),
            )
    yield "meta author", _names(_from_metas(structured))
    headline = headline_element(tree)
    known = around(headline)
    yield "itemprop author", _names(_from_properties(tree, known))
    yield "rel author", _names(_from_links(tree, known))
    yield "author's card", _names(_from_cards(tree, known))
    yield "byline", _shown_names(_from_classes(tree, known))
    yield "link to the author", _shown_names(_from_author_links(tree, known))
    yield "line below the headline", _shown_names(_from_lines(tree, headline))


def _names(stated: Iterable[str]) -> Iterator[str]:
    return (name for text in stated for name in names_in(text))


def _from_metas(structured: Structured) -> Iterator[str]:
    yield from structured.meta(
        "author", "article:author", "article:author_name", "parsely-author", "dc.creator",
        "dcterms.creator", "sailthru.author", "byl", "cxenseparse:author", "dable:author",
        "og:article:author",
    )  # fmt: skip
    for label, name in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        if any(map(_WRITTEN_BY.search, structured.meta(label))):
            yield from structured.meta(name)


def _from_properties(tree: Tree, known: Collection[int]) -> Iterator[str]:
    for element in tree.with_property("author")[:MAX_AUTHORS]:
        if is_elsewhere(element, known) and not _is_of_item(element, known):
            continue
        named = element.css('[itemprop~="name"]') or [element]
        for one in named:
            yield one.attributes.get("content") or one.text(separator=" ")


def _is_of_item(element: LexborNode, known: Collection[int]) -> bool:
    """Whether the item of microdata that a property is stated of holds the headline, too.

    Source: HTML, 5.2.5 The microdata model: a property is of the nearest item around it.
    """
    node = element.parent
    for _ in range(_MAX_DEPTH):
        if node is None:
            return False
        if "itemscope" in node.attributes:
            return node.mem_id in known and node.tag not in ("html", "body")
        node = node.parent
    return False


def _from_links(tree: Tree, known: Collection[int]) -> Iterator[str]:
    related = (
        element
        for element in tree.with_attribute("rel")
        if not {"author", "schema:author"}.isdisjoint((element.attributes["rel"] or "").split())
    )
    for element in islice(related, MAX_AUTHORS):
        if not is_elsewhere(element, known):
            yield element.text(separator=" ")


def _from_cards(tree: Tree, known: Collection[int]) -> Iterator[str]:
    """The names in the first card: of the hCard in an hAtom entry, and what Drupal has for one."""
    if tree.may_have_class("vcard", "submitted"):
        cards = (one for one in tree.css(_CARDS)[:_MAX_SHOWN] if not is_elsewhere(one, known))
        yield from _first_of(cards)


def _from_author_links(tree: Tree, known: Collection[int]) -> Iterator[str]:
    """The names that the first links lead from to who bears them: `/author/ann-lee`."""
    links = (
        link
        for link in tree.css(_LIKELY_LINKS)[:_MAX_SHOWN]
        if _AUTHOR_PATH.search(link.attributes["href"] or "") and link.text(strip=True)
    )
    yield from _first_of(link for link in links if not is_elsewhere(link, known))


def _first_of(elements: Iterable[LexborNode]) -> Iterator[str]:
    """The text of the first of `elements`, and of those beside it."""
    first: LexborNode | None = None
    for element in elements:
        if first is not None and not _is_beside(element, first):
            return
        first = first or element
        yield element.text(separator=" ")


def _from_classes(tree: Tree, known: Collection[int]) -> list[str]:
    """The texts of the first elements whose class calls them a byline, the innermost ones."""
    found: list[LexborNode] = []
    for element in tree.with_class_like(*_AUTHORISH)[:_MAX_SHOWN]:
        if not (_is_byline(element) and is_small(element)) or is_elsewhere(element, known):
            continue
        if any(map(_is_byline, element.css(_ANY_AUTHORISH)[1:])):
            continue
        if found and not _is_beside(element, found[0]):
            break
        if list(_shown_names([element.text(separator=" ")])):
            found.append(element)
    return [element.text(separator=" ") for element in found]


def _from_lines(tree: Tree, headline: LexborNode | None) -> Iterator[str]:
    """The first line after the headline that opens as a byline: `Von Ann Lee`."""
    for line in lines_after(tree, headline):
        if _SIGNED.match(line) and list(_shown_names([line])):
            yield line
            return


def _shown_names(shown: Iterable[str]) -> Iterator[str]:
    """The names in lines that readers see: capitals, and nothing but a name before any figure."""
    for text in shown:
        line = " ".join(text.split())
        if len(line) <= MAX_CHARS and not _PICTURED.search(line):
            names = (_BEHIND.split(name)[0] for name in names_in(re.split(r"\d", line)[0]))
            bare = (_without_role(name) for name in names)
            yield from (
                name for name in bare if name and _looks_named(name) and not _NO_NAME.search(name)
            )


def _without_role(name: str) -> str:
    """`Ann van Lee` of `Ann van Lee Senior Isle Correspondent`: up to the second word in capitals.

    Of a role that is all there is, nothing is taken.
    """
    if _ROLE.search(name) is None:
        return name
    words = name.split()
    large = [at for at, word in enumerate(words) if word.casefold() not in _SMALL_WORDS]
    return " ".join(words[: large[1] + 1]) if len(large) > _NAME_WORDS else name


def _looks_named(name: str) -> bool:
    words = name.split()
    return (
        len(words) <= _MAX_WORDS
        and not re.search(r"[?!:…\"“”«»]", name)
        and all(word.casefold() in _SMALL_WORDS or not word[0].islower() for word in words)
    )


def _is_byline(element: LexborNode) -> bool:
    words = (element.attributes.get("class") or "").split()[:_MAX_CLASSES]
    return any(
        _AUTHOR_CLASS.search(_CAMEL.sub("-", _HASH.sub("", word[:MAX_CHARS])).lower())
        for word in words
    )


def _is_beside(element: LexborNode, first: LexborNode) -> bool:
    """Whether both hang, at the same depth, from one parent or grandparent."""
    parents = (element.parent, first.parent)
    if None in parents or element.tag != first.tag:
        return False
    grand = tuple(parent.parent for parent in parents if parent is not None)
    return _is_same(*parents) or _is_same(*grand)


def _is_same(one: LexborNode | None, other: LexborNode | None) -> bool:
    return one is not None and other is not None and one.mem_id == other.mem_id
