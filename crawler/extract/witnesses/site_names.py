"""What a site calls itself, and a title without that.

Which part of `Ferries sail | News | Island Post` is the headline is seldom written anywhere, but
the page says it more than once: what one witness states alone, what the site and its sections are
called, and which of the marks between the parts stands there.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Self
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from crawler.extract.document.structured import Structured, texts, types
from crawler.extract.document.tree import Tree
from crawler.extract.letters import MAX_CHARS, bare_letters

# Between spaces any of them; a bar, and a hyphen before a Chinese or Japanese name, without too.
_SEPARATOR = re.compile(
    r"\s+(?:[|│•·»›«>~/–—-]+\s+)+|\s*[|│｜丨]\s*|\s+::\s+"
    r"|(?<![-_–—])[-_–—](?![-_–—])(?=[\u3040-\u30ff\u4e00-\u9fff])"
)
_LEADING_UP = frozenset("›»>")
"""Marks of a way up: what stands behind one is no part of a headline where it is a section."""
_COLON = re.compile(r"\s*[:：]\s*")
_SECTION = re.compile(r"[^\W\d_]+(?: (?:& )?[^\W\d_]+)?")
_DAY = re.compile(r"[\d./ -]{6,12}")
_WORD = re.compile(r"\w+")
_CHINESE_MEDIUM = re.compile(
    r".{1,8}(?:网|網|报|報|新闻|新聞|在线|频道|電子版|デジタル|オンライン|ニュース)"
    r"|.{2,20}(?:网站|官网|門戶|门户)"
)
_MAX_LOGOS = 10
_MAX_CUTS = 20
_MAX_CRUMBS = 20
_MAX_SITE_CHARS = 60
_KICKER_WORDS = 4
_LEAST_SITE_LETTERS = 4
_LEAST_INITIALS = 3
_LONG_NAME = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNames:
    """What a site and its sections are called: bare letters."""

    names: frozenset[str]
    labels: frozenset[str] = frozenset()
    """The parts of its host's name, without the public suffix: `faz`."""
    sections: frozenset[str] = frozenset()

    @classmethod
    def of(cls, tree: Tree, structured: Structured, url: str) -> Self:
        """Those of the page at `url`: stated, its host's, and what leads to its front page."""
        return cls(
            names=site_names(structured, url) | _logo_names(tree, url),
            labels=frozenset(chain.from_iterable(re.split(r"[.-]", one) for one in _hosts(url))),
            sections=frozenset(filter(None, map(bare_letters, _sections(structured, url)))),
        )

    def __contains__(self, text: str) -> bool:
        """Whether `text` is one of the names, or a full name whose initials the host bears."""
        return bare_letters(text) in self.names or self._has_initials(text)

    def names_medium(self, part: str, *, is_whole: bool) -> bool:
        """Whether `part` opens with a name, or ends with one where it is one part of its title.

        `Isle News, the paper of the isles`; `Recipes from Isle.example`.
        """
        key = bare_letters(part).removeprefix("the")
        stems = (name.removeprefix("the") for name in self.names)
        return any(
            len(stem) >= _LEAST_SITE_LETTERS
            and (key.startswith(stem) or (is_whole and key.endswith(stem)))
            for stem in stems
        ) or (is_whole and _CHINESE_MEDIUM.fullmatch(part) is not None)

    def _has_initials(self, text: str) -> bool:
        initials = "".join(word[0] for word in _WORD.findall(text)[:_MAX_CUTS])
        return len(initials) >= _LEAST_INITIALS and bare_letters(initials) in self.labels


def site_names(structured: Structured, url: str) -> frozenset[str]:
    """What the site is called, in letters only: its stated names and its host's."""
    names = list(structured.meta("og:site_name", "application-name", "twitter:site"))
    for node in (structured.article, structured.page):
        for publisher in structured.resolved(node.get("publisher")):
            names += texts(publisher)
    for node in structured.nodes:
        if "WebSite" in types(node):
            names += [*texts(node.get("name")), *texts(node.get("alternateName"))]
    full = urlsplit(url).hostname or ""
    host = full.removeprefix("www.")
    names += [full, host, host.split(".")[0], host.rpartition(".")[0], *_hosts(url)]
    return frozenset(filter(None, map(bare_letters, names)))


def names_site(text: str, names: Collection[str]) -> bool:
    """Whether `text` is one of the `names` of a site, or begins with one, or is one written out.

    `Isle of Man Times` on `iomtimes.example`.
    """
    key = bare_letters(text)
    if key in names or any(len(one) >= _LONG_NAME and key.startswith(one) for one in names):
        return True
    words = _WORD.findall(text.lower())[:_KICKER_WORDS]
    return any(
        "".join(word[0] for word in words[:cut]) + "".join(words[cut:]) in names
        for cut in range(1, len(words))
    )


def opens_with_site(text: str, names: Collection[str]) -> bool:
    """Whether the first words of `text` are one of the `names`: `Isle News Sports`."""
    words = text.split()[:_KICKER_WORDS]
    return any(bare_letters("".join(words[: end + 1])) in names for end in range(len(words)))


def parts_of(title: str) -> list[str]:
    """A title's parts, between the marks that may set a site's name apart."""
    return _SEPARATOR.split(title[:MAX_CHARS])


def without_site(title: str, sites: SiteNames, alone: Collection[str] = ()) -> str:
    """`title` without the parts at its end or its beginning that name one of `sites`.

    So is a part beside a weightier one that another witness states `alone`, in bare letters.
    """
    cuts = [(one.start(), one.end()) for one in islice(_SEPARATOR.finditer(title), _MAX_CUTS)]
    for start, end in cuts:
        left, right = title[:start].strip(), title[end:].strip()
        if _outweighs(left, right) and bare_letters(left) in alone:
            return left
        if _outweighs(right, left) and bare_letters(right) in alone:
            return right
    for at, (start, end) in enumerate(cuts):
        left, right = title[:start].strip(), title[end:].strip()
        is_last = at == len(cuts) - 1
        if right in sites or (
            len(right) < len(left) and sites.names_medium(right, is_whole=is_last)
        ):
            return _without_sections(title, cuts[:at], start, sites)
    if cuts:
        start, end = cuts[0]
        left, right = title[:start].strip(), title[end:].strip()
        if left in sites or (len(left) < len(right) and sites.names_medium(left, is_whole=True)):
            return right
    if len(cuts) == 1 and not _LEADING_UP.isdisjoint(title[slice(*cuts[0])]):
        start, end = cuts[0]
        left, right = title[:start].strip(), title[end:].strip()
        if _is_section(right, left, sites):
            return left
    return _without_colon(title, sites)


def without_bar(title: str) -> str:
    """`title` up to its only bar: the mark of a name that the page may state nowhere else."""
    left, bar, right = title.rpartition("|")
    return left.strip() if bar and "|" not in left and len(right) < len(left) else title


def _without_sections(title: str, cuts: list[tuple[int, int]], end: int, sites: SiteNames) -> str:
    """`title` up to `end`, without the sections that stand there before the site's name."""
    for start, after in reversed(cuts):
        is_score = title[start:after] == "_"  # which parts nothing else
        if not is_score and not _is_section(title[after:end].strip(), title[:start], sites):
            break
        end = start
    return title[:end].strip()


def _is_section(part: str, rest: str, sites: SiteNames) -> bool:
    """Whether `part`, behind all the `rest`, is a section's name or a day."""
    return (
        part in sites
        or bare_letters(part) in sites.sections
        or _DAY.fullmatch(part) is not None
        or (rest.count(" ") >= _KICKER_WORDS and _SECTION.fullmatch(part) is not None)
    )


def _without_colon(title: str, sites: SiteNames) -> str:
    """`Isle Post: Ferries sail` and `Ferries sail：Isle Post`, where that is the very name."""
    colons = list(islice(_COLON.finditer(title), _MAX_CUTS))
    if colons:
        first, last = colons[0], colons[-1]
        if title[last.end() :] in sites:
            return title[: last.start()]
        if title[: first.start()] in sites:
            return title[first.end() :]
    return title


def _outweighs(part: str, rest: str) -> bool:
    """Whether `part` is no mere kicker or section beside `rest`."""
    return len(part) > len(rest) or part.count(" ") >= _KICKER_WORDS


def _hosts(url: str) -> list[str]:
    """The labels of the host, without the public suffix: what is left of the last is no name."""
    labels = (urlsplit(url).hostname or "").split(".")[:-1]
    return [label for label in labels if len(label) >= _LEAST_INITIALS and label != "www"]


def _sections(structured: Structured, url: str) -> Iterator[str]:
    yield from texts(structured.article.get("articleSection"))
    yield from structured.meta("article:section")
    crumbs = (node for node in structured.nodes if "ListItem" in types(node))
    for crumb in islice(crumbs, _MAX_CRUMBS):
        yield from texts(crumb.get("name"))
        yield from texts(crumb.get("item"))
    yield from unquote(urlsplit(url).path).split("/")[:_MAX_CRUMBS]


def _logo_names(tree: Tree, url: str) -> frozenset[str]:
    """What the links to the site's own front page are called: text, or a picture's."""
    parts = urlsplit(url)
    home = f"{parts.scheme}://{parts.netloc}"
    if not parts.netloc or not (parts.path.strip("/") or parts.query):
        return frozenset()
    headed = chain.from_iterable(heading.css("a[href]") for heading in tree.all("h1"))
    names = [_text_of(link) for link in islice(headed, _MAX_LOGOS) if _leads_up(link, parts.path)]
    homes = {"/", home, f"{home}/"}
    leading = (link.node for link in tree.links_elsewhere() if link.href in homes)
    for link in islice(leading, _MAX_LOGOS):
        names.append(_text_of(link))
        names += [image.attributes.get("alt") or "" for image in link.css("img")[:2]]
    return _letters(name for name in names if len(name) <= _MAX_SITE_CHARS)


def _letters(names: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(bare_letters, names)))


def _leads_up(link: LexborNode, path: str) -> bool:
    """Whether a link leads to the front page of any site, or of a blog that `path` is below."""
    try:
        parts = urlsplit(link.attributes.get("href") or "#")
    except ValueError:
        return False
    if parts.query or parts.fragment or not (parts.netloc or parts.path):
        return False  # it leads nowhere: `#`
    above = parts.path.rstrip("/")
    return not above or path.rstrip("/").startswith(f"{above}/")


def _text_of(element: LexborNode) -> str:
    return element.text(separator=" ")
