"""The pictures, films and sounds that stand amid an article's text, as blocks of their own.

What is one is told by where it stands: between the lines that are the article's, in no part that
was pruned but for its caption. A picture that links elsewhere belongs to what it links, unless it
stands in a figure; small ones are signs and faces.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from selectolax.lexbor import LexborNode

from archive import BlockType, BodyBlock
from crawler.extract.document.canonical import absolute
from crawler.extract.document.offers import picture_address
from crawler.extract.text.classwords import Sort
from crawler.extract.text.lines import Placed
from crawler.extract.text.outline import Branch, Shown, Span

MAX_MEDIA = 500
_LEAST_PIXELS = 100
_LONGEST_TEXT = 1_000
_HIGHEST = 200
_PLAYED = frozenset(("audio", "video", "amp-audio", "amp-video"))
_FIGURES = frozenset(("figure", "figcaption"))
_SIGNS = re.compile(r"avatar|emoji|smiley|icon|logo|pixel|spacer|sprite", re.IGNORECASE)
_STAND_INS = re.compile(
    r"placeholder|lazy-?load|/(?:1x1|blank|pixel|spacer|transparent)\b|\.svg(?![^?#])",
    re.IGNORECASE,
)
"""In addresses: of what is shown until the picture comes, and of drawings of signs."""
_PIXELS = re.compile(r"\s*(\d{1,4})(?:px|\.\d+)?\s*")


def media_of(
    shown: Sequence[Shown], container: Branch, placed: Sequence[Placed], base: str
) -> Iterator[Placed]:
    """Blocks of type media, at most 500, each with its address and what is said in its stead.

    `placed` is the article's text, `container` what holds it.
    """
    spans = [one.span for one in placed if one.span is not None]
    if not spans:
        return
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    near = (one for one in shown if first <= one.at <= last)
    known: set[str] = set()
    for one in islice(near, MAX_MEDIA):
        address = _address(one.node) if _is_of_article(one, container) else None
        is_picture = address and _STAND_INS.search(address[:2_000]) is None
        url = absolute(address, base) if address and is_picture else None
        if url is not None and url not in known:
            known.add(url)
            block = BodyBlock(type=BlockType.MEDIA, text=_said(one.node), url=url)
            yield Placed(block, Span(one.at, one.at))


def _is_of_article(one: Shown, container: Branch) -> bool:
    """Whether nothing from `one` up to `container` is another's, or small."""
    if _is_sign(one.node.attributes):
        return False
    in_figure = False
    branch: Branch | None = one.owner
    for _ in range(_HIGHEST):
        if branch is None:
            return False
        is_picture_s = branch.tag in _FIGURES or branch.naming.sort is Sort.CAPTION
        in_figure = in_figure or is_picture_s
        if branch is container:
            return in_figure or not one.is_linked
        if branch.is_dropped and not is_picture_s:
            return False
        if branch.naming.sort in (Sort.MINOR, Sort.FOREIGN) and not branch.score:
            return False  # too little text for pruning to judge
        branch = branch.parent
    return False


def _is_sign(attributes: Mapping[str, str | None]) -> bool:
    for name in ("width", "height"):
        pixels = _PIXELS.fullmatch(attributes.get(name) or "")
        if pixels is not None and int(pixels[1]) < _LEAST_PIXELS:
            return True
    return _SIGNS.search((attributes.get("class") or "")[:500]) is not None


def _address(node: LexborNode) -> str | None:
    """Where a picture, a film or a sound is, as written."""
    tag = node.tag or ""
    if tag != "picture" and (found := picture_address(node.attributes)):
        return found
    if tag in ("img", "amp-img", "amp-anim"):
        return None
    inner = (kid for kid in islice(node.iter(), 20) if kid.tag in ("img", "source"))
    ranked = sorted(inner, key=lambda kid: kid.tag != "img")
    if tag == "picture" and any(_is_sign(kid.attributes) for kid in ranked):
        return None
    return next(filter(None, (picture_address(kid.attributes) for kid in ranked)), None)


def _said(node: LexborNode) -> str:
    """What a picture shows, for those who cannot see it; a film's title."""
    shown = [node, *islice(node.iter(), 20)] if node.tag == "picture" else [node]
    name = "title" if node.tag in _PLAYED else "alt"
    said = (one.attributes.get(name) or "" for one in shown)
    return " ".join(next(filter(None, said), "")[:_LONGEST_TEXT].split())
