"""Who made an article's lead image, as the page says."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.extract.document.stated import Stated
from crawler.extract.document.structured import Structured, texts
from crawler.extract.document.tree import Tree

_MAX_FIGURES = 20
_MAX_IMAGES = 5
_LONGEST = 200
_LEAST_NAME = 5
_CREDITS = '[itemprop~="copyrightHolder"], [class*="credit" i], [class*="copyright" i]'
_SIGNED = re.compile(
    r"(?:©|\(c\)|(?:photo|foto|fotos|bild|image|picture|credit|crédit|crédits|copyright|quelle|"
    r"source|фото)(?: credit| by)?\s?[:/])\s*(?P<name>[^()|]{2,100}?)\s*\)?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\s*(?:©|\(c\)|(?:photo|foto|bild|image|picture)?\s?(?:credits?|crédits?|copyright|quelle|"
    r"source)\s?:|(?:photo|foto|bild|фото)\s?[:/])\s*",
    re.IGNORECASE,
)


def stated_credits(tree: Tree, structured: Structured, image: str | None) -> Iterator[Stated]:
    """What the page says of who made or lent `image`, best witness first."""
    for node in structured.resolved(structured.article.get("image")):
        if isinstance(node, dict):
            for key in ("creditText", "copyrightHolder", "creator", "author", "copyrightNotice"):
                for text in texts(list(structured.resolved(node.get(key)))):
                    yield Stated(_bare(text), f"json-ld image {key}")
    figure = _figure_of(tree, image) if image else None
    if figure is not None:
        for element in figure.css(_CREDITS)[:2]:
            yield Stated(_bare(element.text(separator=" ")), "figure credit")
        for caption in figure.css("figcaption")[:1]:
            if signed := _SIGNED.search(" ".join(caption.text(separator=" ").split())[-_LONGEST:]):
                yield Stated(_bare(signed["name"]), "figure caption")


def _figure_of(tree: Tree, image: str) -> LexborNode | None:
    """The figure that shows `image`, in whatever size."""
    name = _file_name(image)
    if len(name) < _LEAST_NAME:
        return None
    for figure in tree.all("figure")[:_MAX_FIGURES]:
        for shown in figure.css("img, source")[:_MAX_IMAGES]:
            attributes = shown.attributes
            held = (attributes.get(key) or "" for key in ("src", "srcset", "data-src"))
            if any(name in value[:4_000] for value in held):
                return figure
    return None


def _file_name(url: str) -> str:
    try:
        return urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return ""


def _bare(text: str) -> str:
    line = " ".join(text.split())[:_LONGEST]
    return _LABEL.sub("", line).strip(" -–—|()")
