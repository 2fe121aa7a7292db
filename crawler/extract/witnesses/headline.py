"""An article's headline: what the page states, without the name of the site."""

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from selectolax.lexbor import LexborNode

from crawler.extract.document.stated import Stated, stated
from crawler.extract.document.structured import Structured, texts
from crawler.extract.document.tree import Tree
from crawler.extract.letters import bare_letters
from crawler.extract.witnesses.site_names import SiteNames, without_bar, without_site
from crawler.extract.witnesses.surroundings import headline_element

# What the common systems call an article's own heading where the h1 is the site's.
_TITLE_CLASSES = ("entry-title", "post-title", "article-title")
_MARKED = ", ".join(('[itemprop~="headline"]', *(f".{name}" for name in _TITLE_CLASSES)))
MAX_CHARS = 500
MAX_HEADLINES = 10
_MAX_HEADINGS = 10
_LEAST_SPACES = 2
_STEM = 5
_LONG_TITLE = 20
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "marked headline"))
_UNSEEN = frozenset(("canvas", "style", "script", "svg", "-comment"))
# What the web calls the line above a headline.
_KICKER = re.compile(
    r"kicker|eyebrow|overline|topline|dachzeile|spitzmarke|roofline|(?:sur|pre|over|super)-?title|"
    r"supra-?title|volanta|antet[ií]tulo|occhiello|chapeu",
    re.IGNORECASE,
)
_LONGEST_NAME = 300
_JOINTS = " \t\r\n:|/–—-"
"""What parts a kicker from the headline."""
_LONGEST = 5_000
_MOST_NODES = 2_000
"""Of a heading; one that is not closed holds all the page, and headings in it as well."""
_MARKUP = re.compile(
    r"</?(?:a|b|br|cite|em|i|mark|q|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_ANCHOR = re.compile(r"\s[#¶§]$")
"""What links to the heading itself, beside it."""
_CUT_SHORT = re.compile(r"(?:…|\.\.\.)$")
_ENDS_IN_WORD = re.compile(r"[^\W_\u3040-\u9fff\uac00-\ud7a3]$")
"""In a script that has spaces between its words, but Korean."""


def stated_headlines(tree: Tree, structured: Structured, url: str) -> Iterator[Stated]:
    """The headlines the page states, best witness first, each once and without the site's name."""
    sites = SiteNames.of(tree, structured, url)
    headings = _headings(tree, sites.names)
    said = [
        one._replace(text=text)
        for one in _witnesses(tree, structured, headings, sites.names)
        if (text := _folded(one.text))
    ]
    alone = frozenset(bare_letters(one.text) for one in said)
    bare = [one._replace(text=_bare(one, sites, alone)) for one in said]
    found: dict[str, Stated] = {}
    for one in _weighed(bare, headings) if bare else ():
        if (key := bare_letters(one.text)) and key not in sites.names:
            found.setdefault(key, one)
    if not found:
        return
    # As alternatives only: whether a kicker belongs to the headline is each house's own choice.
    parts = (Stated(_folded(part), "h1 part") for one in headings for part in _own_part(one))
    wholes = (
        Stated(_folded(whole), "h1 whole")
        for one in headings
        if bare_letters(whole := _seen_text(one, has_kicker=True)) != bare_letters(_text_of(one))
    )
    for one in (*parts, *said, *wholes):
        headline = without_site(one.text, sites)
        found.setdefault(bare_letters(headline), one._replace(text=headline))
    yield from list(found.values())[:MAX_HEADLINES]


def _bare(one: Stated, sites: SiteNames, alone: Collection[str]) -> str:
    headline = without_site(one.text, sites, alone)
    return without_bar(headline) if one.source == "title" else headline


def _weighed(said: Sequence[Stated], headings: Sequence[LexborNode]) -> list[Stated]:
    """The witnesses in their order, but first the one that the others show to be right."""
    best = _without_kicker(_for_readers(said), said, headings)
    return [_whole(best, said), *said]


def _for_readers(said: Sequence[Stated]) -> Stated:
    """The heading, where `og:title` was written for search engines or for who shares it.

    It was, where it says one thing and the heading another, and `<title>` sides with one of them:
    with the heading, or with it of the same matter; unless JSON-LD settles it.
    """
    first: dict[str, Stated] = {}
    for one in said:
        first.setdefault(one.source, one)
    shared, title, heading = map(first.get, ("meta og:title", "title", "h1"))
    if heading is not None and _is_for_search(first):
        return heading
    if said[0] == shared and title is not None and heading is not None:
        is_one = bare_letters(shared.text) == bare_letters(title.text)
        is_other = bare_letters(shared.text) not in bare_letters(heading.text)
        is_apart = is_other and bare_letters(heading.text) not in bare_letters(shared.text)
        if is_apart and bare_letters(heading.text) == bare_letters(title.text):
            return heading if heading.text.count(" ") >= _LEAST_SPACES else shared
        if is_one and is_other and heading.text.count(" ") >= _LEAST_SPACES:
            return heading if _stems(heading.text) & _stems(shared.text) else shared
    return said[0]


def _is_for_search(first: Mapping[str, Stated]) -> bool:
    """Whether JSON-LD, `og:title` and `<title>` all say one thing, and it is the heading cut down.

    Systems with a field for search engines print it in all three, and the headline where readers
    see it. Where each has words of its own, one may as well be the later headline.
    """
    told = [first.get(name) for name in ("json-ld headline", "meta og:title", "title")]
    heading, stated = first.get("h1"), told[0]
    if heading is None or stated is None or heading.text.count(" ") < _LEAST_SPACES:
        return False
    if {bare_letters(one.text) if one else "" for one in told} != {bare_letters(stated.text)}:
        return False
    key, shown_key = bare_letters(stated.text), bare_letters(heading.text)
    shown, cut = _stems(heading.text), _stems(stated.text)
    return key not in shown_key and shown_key not in key and (shown < cut or cut < shown)


def _stems(text: str) -> set[str]:
    """The first letters of the words that are longer than most that say nothing."""
    return {letters[:_STEM] for word in text.split() if len(letters := bare_letters(word)) >= _STEM}


def _without_kicker(best: Stated, said: Sequence[Stated], headings: Sequence[LexborNode]) -> Stated:
    """Of a heading of several elements the one that another witness states: no kicker."""
    if best.source not in _HEADINGS:
        return best
    parts = {bare_letters(part) for heading in headings for part in _own_part(heading)}
    whole = bare_letters(best.text)
    confirmed = (one for one in said if (part := bare_letters(one.text)) in parts and part in whole)
    return next(confirmed, best)


def _whole(best: Stated, said: Sequence[Stated]) -> Stated:
    """Of a headline that was cut short, the whole, where another witness has it.

    It ends with dots, amid a word, or where a quotation mark within it has ended the attribute it
    stood in.
    """
    start = _CUT_SHORT.sub("", best.text)
    is_cut = start != best.text
    for one in said:
        rest = one.text[len(start) :] if one.text.startswith(start) else ""
        is_amid = rest[:1].isalpha() and _ENDS_IN_WORD.search(start) is not None
        is_longer = rest.lstrip().startswith('"') or is_amid or (is_cut and rest.strip())
        if is_longer and not _CUT_SHORT.search(one.text):
            return one
    return best


def _witnesses(
    tree: Tree,
    structured: Structured,
    headings: list[LexborNode],
    sites: Collection[str],
) -> Iterator[Stated]:
    yield from stated("json-ld headline", texts(structured.article.get("headline")))
    yield from structured.stated_meta("og:title")
    heading = headline_element(tree, sites)
    if heading is not None and heading.tag in _HEADINGS:
        yield Stated(_text_of(heading), heading.tag)
    yield from structured.stated_meta("twitter:title", "dc.title", "parsely-title")
    marked = _marked(tree)[:2]
    if len(marked) == 1:
        yield Stated(_text_of(marked[0]), "marked headline")
    yield Stated(_text_of(tree.first("title")), "title")
    yield from stated("json-ld name", texts(structured.article.get("name")))
    if headings:
        yield Stated(_text_of(headings[0]), "h1")


def _marked(tree: Tree) -> Sequence[LexborNode]:
    if tree.may_have_class(*_TITLE_CLASSES):
        return tree.css(_MARKED)
    return tree.with_property("headline")


def _headings(tree: Tree, sites: Collection[str]) -> list[LexborNode]:
    """The h1 that hold text other than the site's name."""
    return [
        heading
        for heading in tree.all("h1")[:_MAX_HEADINGS]
        if (key := bare_letters(_text_of(heading))) and key not in sites
    ]


def _own_part(heading: LexborNode) -> Iterator[str]:
    """The child of a heading that holds most of its text, beside others: not its kicker."""
    whole = len(bare_letters(_text_of(heading)))
    for child in heading.iter(include_text=True):
        own = len(bare_letters(_text_of(child)))
        if whole / 2 < own < whole and child.tag not in _UNSEEN:
            yield _text_of(child)


def _text_of(element: LexborNode | None) -> str:
    """The text that is the headline's: of no style sheet or picture in it, and no kicker."""
    if element is None:
        return ""
    if element.css_first("style, script, svg, [class]") is None:
        return element.text(separator=" ")
    return _seen_text(element, has_kicker=False) or _seen_text(element, has_kicker=True)


def _seen_text(element: LexborNode, *, has_kicker: bool) -> str:
    """The text of `element` that readers see, with or without the kicker."""
    pieces: list[str] = []
    waiting = [element.first_child]
    for _ in range(_MOST_NODES):
        if not waiting:
            break
        node = waiting.pop()
        if node is None:
            continue
        waiting.append(node.next)
        if node.tag == "-text":
            pieces.append(node.text_content or "")
        elif node.tag not in _UNSEEN and (has_kicker or not _is_kicker(node)):
            waiting.append(node.first_child)
    text = " ".join(pieces)
    return text if has_kicker else text.strip(_JOINTS)


def _is_kicker(element: LexborNode) -> bool:
    names = element.attributes.get("class")
    return names is not None and _KICKER.search(names[:_LONGEST_NAME]) is not None


def _folded(text: str) -> str:
    """`text` on one line, without the markup and the references that some systems leave in it."""
    text = text[:_LONGEST]
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _MARKUP.sub("", text)
    return _once(_ANCHOR.sub("", " ".join(text.split())[:MAX_CHARS].strip()))


def _once(text: str) -> str:
    """`text`, or its half where both halves are the same: some templates write a title twice."""
    half = len(text) // 2
    is_twice = (
        half >= _LONG_TITLE and text[half : half + 1] == " " and text[:half] == text[half + 1 :]
    )
    return text[:half] if is_twice else text
