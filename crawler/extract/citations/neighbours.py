"""What stands around an element that may make a citation: its block, prose, and paragraphs."""

from selectolax.lexbor import LexborNode

from crawler.extract.citations.rendered import Rendered

BLOCKS = frozenset(
    {"article", "blockquote", "dd", "div", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "li", "main", "p", "section", "td"}
)
"""Elements that may be a paragraph's, or an embed's, own."""
_LEAST_PROSE = 12


def is_all_link(page: Rendered) -> bool:
    """Whether there is nothing but one link."""
    links = [span for span in page.spans if span.tag == "a"]
    return len(links) == 1 and page.of(links[0]) == page.text.strip()


def block_around(node: LexborNode) -> LexborNode:
    """The nearest block-level element above `node`, or one of its farther ancestors."""
    parent = node.parent
    for _ in range(20):
        if parent is None or parent.parent is None or parent.tag in BLOCKS:
            break
        parent = parent.parent
    return parent or node


def has_words_around(block: Rendered) -> bool:
    """Whether words stand around the links."""
    linked = sum(len(block.of(span)) for span in block.spans if span.tag == "a")
    return len(block.text.strip()) - linked >= _LEAST_PROSE


def has_words_beside(node: LexborNode) -> bool:
    """Whether text stands right before or after an element."""
    beside = (node.prev, node.next)
    return any(one is not None and one.tag == "-text" and one.text().strip() for one in beside)


def is_amid_paragraphs(node: LexborNode) -> bool:
    """Whether a paragraph stands right before or after an element, blanks and breaks aside."""
    for step in ("prev", "next"):
        neighbour = node
        for _ in range(4):
            neighbour = getattr(neighbour, step)
            if neighbour is None or neighbour.tag == "p":
                break
        if neighbour is not None and neighbour.tag == "p":
            return True
    return False


def stands_alone(node: LexborNode) -> bool:
    """Whether only line breaks and blanks stand on both sides of a text node."""
    for neighbour in (node.prev, node.next):
        if neighbour is not None and neighbour.tag not in {"br", "-comment", "-text"}:
            return False
    return True
