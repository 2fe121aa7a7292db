"""Who signs an article: names, as the page states them for machines or shows them to readers."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.extract.agencies import is_agency
from crawler.extract.datelines.place_names import is_known_place
from crawler.extract.dates import moment_of
from crawler.extract.document.stated import Stated, stated
from crawler.extract.document.structured import Structured, texts, types
from crawler.extract.document.tree import Tree
from crawler.extract.letters import bare_letters
from crawler.extract.witnesses.byline_labels import signed_part
from crawler.extract.witnesses.signed_names import (
    BY_WORDS,
    MADE,
    MAX_CHARS,
    OUR_OWN,
    ROLE_WORDS,
    is_role,
    names_in,
    shown_names,
)
from crawler.extract.witnesses.site_names import (
    names_site,
    opens_with_site,
    parts_of,
    site_names,
)
from crawler.extract.witnesses.surroundings import (
    around_headline,
    is_elsewhere,
    is_small,
    lines_after,
)
from crawler.extract.witnesses.timing import is_stamp

MAX_AUTHORS = 30
_MAX_DEPTH = 14
_BREAKS = frozenset(("br", "div", "p", "ul"))
_MAX_SHOWN = 200
"""Of so many elements at most is asked whether they show a name."""
_MAX_CLASSES = 30

# What content systems name the author with in a card for Twitter.
_WRITTEN_BY = re.compile(
    r"(?:written|posted|verfasst|geschrieben|écrit|escrito|publicado|scritto|geschreven|napisan\w+"
    rf"|skrevet|skriven|автор|yazan)\b|^(?:{BY_WORDS}|author|autor)$",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"(?:{MADE})?(?:{BY_WORDS})(?:\s*:\s*|\s+)(?=\S)|{OUR_OWN}", re.IGNORECASE)
# `ANN LEE, Staff Writer`, `Bo Ek AP Sports Writer`: a name and what its bearer is, nothing else.
_WITH_ROLE = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*){1,2}"
    r"(?:,|(?=\s(?:AP|AFP|Staff|Senior|Special)\s))"
    rf"\s(?:[^\W\d_a-z]\w*\s){{0,3}}(?i:{ROLE_WORDS})"
)
_STAMP_BESIDE = re.compile(
    r"(?P<name>[^|•·,]{4,40}?)(?:\s?[|•·]|\s[-–—]|,)\s(?P<stamp>[^@?!]{6,60})"
)
"""`Ann Lee | May 3, 2021 | 12:00`, `Ann Lee, 03.05.2021`"""
_PLACE_BESIDE = re.compile(
    r"(?i:from\s)?(?P<name>[^|/,]{4,40}?)\s?(?:[|/,]|\s[-–—])\s?(?P<place>[^|/,]{3,30})"
)
"""`Ann Lee / OSLO`, `Ann Lee, Oslo`"""
_FIRST_LINES = 12
_MOST_PARTS = 4
"""Of a line with bars."""
_ALONE = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){1,3}")
"""A line that may be nothing but a name."""
# `Words Ann Lee`, as magazines credit their pieces.
_CREDITED = re.compile(r"(?i:words|text|texte|texto|testo|story)\s(?=[^\W\d_a-z])")
# `04.11.2026 06:30 von Ann Lee`, `May 3, 2021 by Ann Lee`
_STAMPED = re.compile(rf"(?P<stamp>[^@?!]{{6,50}}?)\s(?i:{BY_WORDS})\s(?=[^\W\d_a-z])")
# Class words of a byline, and those of a part of the page that signs something else.
_AUTHOR_CLASS = re.compile(
    r"(?:^|[-_])(?:authors?|autor(?:en|es|i)?|auteurs?|byline|writers?|journalists?|reporters?|"
    r"redactor(?:es)?|contributors?|columnists?)"
    r"(?:[-_]*(?:names?|links?|list|items?|line|text|txt|label|first|title))*$"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HASH = re.compile(r"_{1,2}[A-Za-z0-9]*\d[A-Za-z0-9]*$")
"""What build tools hang on class names: `Byline_link__3fa`."""
_AUTHORISH = (
    *("author", "autor", "auteur", "byline", "writer", "journalist", "reporter", "redactor"),
    *("contributor", "columnist"),
)
_ANY_AUTHORISH = ", ".join(f'[class*="{part}" i]' for part in _AUTHORISH)
_CALLED_BYLINE = '[id$="byline" i], [id="author" i], [id="author-name" i], [id="authorName" i]'
_CARDS = ".author .fn, .submitted .username, .node__submitted .username, .field--name-uid"
_LIKELY_LINKS = ", ".join(
    f'a[href*="/{part}"]'
    for part in ("aut", "reporter", "journalist", "writer", "contributor", "columnist")
)
_AUTHOR_PATH = re.compile(r"/(?:authors?|autor(?:es|en)?|auteurs?|autor[ei])/.", re.IGNORECASE)
_STAFF_PATH = re.compile(
    (
        r"/(?:reporter|journalist|writer|contributor|columnist)s?/(?:[\w-]+/)?([\w.+-]+?)"
        r"(?:\.\w{3,5})?/?$"
    ),
    re.IGNORECASE,
)
"""Sections are called so, too: of such links only those count that bear their text as name."""


def stated_authors(tree: Tree, structured: Structured, url: str) -> Iterator[Stated]:
    """The names of the first witness that gives any; each once, in the page's order.

    The site as its own author, and a login, yield to whoever else signs.
    """
    sites = site_names(structured, url) | _titled_site(tree)
    house: list[Stated] = []
    first: list[Stated] = []
    for source, witness in _witnesses(tree, structured):
        names = list(dict.fromkeys(witness))
        people = [
            name
            for at, name in enumerate(names)
            if not names_site(name, sites) and not (at and opens_with_site(name, sites))
        ]
        if len(names) == 1 and _is_login(names[0]):
            people = []
        if first and not {one.text for one in first} < set(people):
            continue
        if people:
            said = list(stated(source, people[:MAX_AUTHORS]))
            if source != "meta author" or len(said) > 1:
                yield from said
                return
            first = said  # there may be room for one name only: who else signs stands below
        house = house or list(stated(source, names))
    yield from first or house


def _titled_site(tree: Tree) -> frozenset[str]:
    """What a short part at either end of the title calls the site, in bare letters."""
    title = tree.first("title")
    parts = parts_of(" ".join(title.text().split())) if title is not None else []
    longest = max(map(len, parts), default=0)
    ends = parts[:1] + parts[-1:]
    return frozenset(bare_letters(part) for part in ends if 0 < 2 * len(part) < longest)


def _is_login(name: str) -> bool:
    """Whether a name is what somebody logs in with: `jsmith`. Agencies are written so, too."""
    return _LOGIN.fullmatch(name) is not None and not is_agency(name)


_LOGIN = re.compile(r"(?=.{5})[a-z0-9]+(?:[._-][a-z0-9]+)*")
"""Shorter ones are the initials of who writes, as papers print them: `kesm`."""

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
                    if node is structured.article or not _is_organisation(author)
                    for text in texts(author)
                ),
            )
    yield "meta author", _names(_from_metas(structured))
    known = tree.once(around_headline)
    yield "itemprop author", _names(_from_properties(tree, known))
    yield "rel author", _names(_from_links(tree, known))
    yield "author's card", _names(_from_cards(tree, known))
    yield "byline", shown_names(_from_classes(tree, known))
    yield "link to the author", shown_names(_from_author_links(tree, known))
    yield "line below the headline", signers(lines_after(tree))


def _is_organisation(author: object) -> bool:
    """Whether the author of a page is said to be no person: who made the site, often."""
    return isinstance(author, Mapping) and bool(kinds := types(author)) and "Person" not in kinds


def _names(stated: Iterable[str]) -> Iterator[str]:
    return (name for text in stated for name in names_in(text))


def _from_metas(structured: Structured) -> Iterator[str]:
    yield from structured.meta(
        "author", "article:author", "article:author_name", "parsely-author", "dc.creator",
        "dcterms.creator", "sailthru.author", "byl", "cxenseparse:author", "dable:author",
    )  # fmt: skip
    for name in structured.meta("og:article:author"):
        if "|" not in name:  # `Isle News | Portal` is who delivers
            yield name
    for label, name in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        if any(map(_WRITTEN_BY.search, structured.meta(label))):
            yield from structured.meta(name)


def _from_properties(tree: Tree, known: Collection[int]) -> Iterator[str]:
    for element in tree.with_property("author")[:MAX_AUTHORS]:
        if is_elsewhere(element, known) and not _is_of_item(element, known):
            continue
        if _is_of_picture(element):
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


def _is_of_picture(element: LexborNode) -> bool:
    """Whether the item of microdata that a property is stated of is a picture or a film."""
    node = element.parent
    for _ in range(_MAX_DEPTH):
        if node is None:
            return False
        if "itemscope" in node.attributes:
            return (node.attributes.get("itemtype") or "").endswith(("ImageObject", "VideoObject"))
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
    if tree.may_have_class("vcard", "submitted", "field--name-uid"):
        cards = (one for one in tree.css(_CARDS)[:_MAX_SHOWN] if not is_elsewhere(one, known))
        yield from _first_of(cards)


def _from_author_links(tree: Tree, known: Collection[int]) -> Iterator[str]:
    """The names that the first links lead from to who bears them: `/author/ann-lee`."""
    links = (
        link
        for link in tree.css(_LIKELY_LINKS)[:_MAX_SHOWN]
        if _leads_to_author(link.attributes["href"] or "", link.text(strip=True))
    )
    yield from _first_of(link for link in links if not is_elsewhere(link, known))


def _leads_to_author(href: str, text: str) -> bool:
    if not text or _AUTHOR_PATH.search(href):
        return bool(text)
    match = _STAFF_PATH.search(href)
    return match is not None and bare_letters(match[1]) == bare_letters(text)


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
    called = tree.css(_CALLED_BYLINE)[:MAX_AUTHORS]
    classed = tree.with_class_like(*_AUTHORISH)[:_MAX_SHOWN]
    for element in (*called, *filter(_is_byline, classed)):
        if not is_small(element) or is_elsewhere(element, known):
            continue
        if any(map(_is_byline, element.css(_ANY_AUTHORISH)[1:])):
            continue
        if found and not _is_beside(element, found[0]):
            break
        if list(shown_names([_line_of(element)])):
            found.append(element)
    parts = (part for element in found for part in element.css("li") or [element])
    return [_line_of(part) for part in parts]


def _line_of(element: LexborNode) -> str:
    """The text of `element`; of a long one what stands before the first block in it."""
    whole = " ".join(element.text(separator=" ").split())
    if len(whole) <= MAX_CHARS:
        return whole
    line: list[str] = []
    for part in element.traverse(include_text=True):
        if part.tag == "-text":
            line.append(part.text_content or "")
        elif part.tag in _BREAKS and any(map(str.strip, line)):
            break
    return " ".join(" ".join(line).split())


def signers(lines: Iterable[str]) -> Iterator[str]:
    """The names in the first of `lines` that is a byline, or a name with its role.

    `lines` are those that follow a headline.
    """
    before = ""
    for at, line in enumerate(lines):
        names = list(shown_names(_signed(line, before, is_near=at < _FIRST_LINES)))
        if names:
            yield from names
            return
        before = line


def _signed(line: str, before: str, *, is_near: bool) -> Iterator[str]:
    """What of a line, and of that `before` it, may hold the names of who signs."""
    if _SIGNED.match(line) or (is_near and _WITH_ROLE.fullmatch(line)):
        yield line
    elif is_near and (credit := _CREDITED.match(line)) and _ALONE.fullmatch(line, credit.end()):
        yield line[credit.end() :]
    elif (stamped := _STAMPED.match(line)) and moment_of(stamped["stamp"]) is not None:
        yield line[stamped.end() :]
    elif (part := _labelled(line)) is not None:
        yield part
    elif is_near and (name := _name_beside(line)):
        yield name
    elif is_near and _ALONE.fullmatch(before) and is_role(line) and not is_role(before):
        yield before


def _name_beside(line: str) -> str | None:
    """The name in a line that says no more than a day, or one city, beside it."""
    if (dated := _STAMP_BESIDE.fullmatch(line)) and is_stamp(dated["stamp"]):
        name, is_clear = dated["name"], moment_of(dated["stamp"]) is not None
    elif placed := _PLACE_BESIDE.fullmatch(line):
        name, is_clear = placed["name"], is_known_place(placed["place"])
    else:
        return None
    is_name = _ALONE.fullmatch(name) is not None and not (is_role(name) or is_known_place(name))
    return name if is_clear and is_name else None


def _labelled(line: str) -> str | None:
    """What the first labelled part of a line says: `3 May | Author: Ann Lee | 2 comments`."""
    parts = (line, *islice(line.split("|"), 1, _MOST_PARTS))
    return next(filter(None, (signed_part(part.strip()) for part in parts)), None)


def _is_byline(element: LexborNode) -> bool:
    words = (element.attributes.get("class") or "").split()[:_MAX_CLASSES]
    named = (_CAMEL.sub("-", _HASH.sub("", word[:MAX_CHARS])).lower() for word in words)
    return any(_AUTHOR_CLASS.search(name) for name in named)


def _is_beside(element: LexborNode, first: LexborNode) -> bool:
    """Whether both hang, at the same depth, from one parent or grandparent."""
    parents = (element.parent, first.parent)
    if None in parents or element.tag != first.tag:
        return False
    grand = tuple(parent.parent for parent in parents if parent is not None)
    return _is_same(*parents) or _is_same(*grand)


def _is_same(one: LexborNode | None, other: LexborNode | None) -> bool:
    return one is not None and other is not None and one.mem_id == other.mem_id
