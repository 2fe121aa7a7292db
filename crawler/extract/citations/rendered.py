"""A node's text as a reader sees it, with where its links stand. Bounded, never recursive."""

from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

_LONGEST_TEXT = 20_000
_MOST_NODES = 2_000

_BREAKING = frozenset(
    {"address", "article", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"}
    | {
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
    }
    | {"td", "th", "tr", "ul"}
)
_UNSEEN = frozenset({"canvas", "head", "iframe", "script", "style", "svg", "template", "noscript"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where an `a` or `time` element stands in a rendering's text."""

    tag: str
    start: int
    end: int
    attributes: Mapping[str, str | None]

    @property
    def href(self) -> str:
        """A link's target; empty where it has none."""
        return self.attributes.get("href") or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Text with one space for any run of blanks and a newline for `br` and at blocks' borders."""

    text: str
    spans: tuple[Span, ...]
    """In the order of their ends."""

    def of(self, span: Span) -> str:
        """The text of `span`, stripped."""
        return self.text[span.start : span.end].strip()


def rendered(root: LexborNode, *, most_nodes: int = _MOST_NODES) -> Rendered:
    """The rendering of what stands below `root`, cut at `most_nodes` nodes or 20,000 characters."""
    page = _Page()
    # What is still to do, last first: a node to enter, or one to leave with where it was entered.
    waiting: list[tuple[LexborNode | None, int | None]] = [(root.first_child, None)]
    for _ in range(2 * most_nodes):
        if not waiting or page.size > _LONGEST_TEXT:
            break
        node, entered_at = waiting.pop()
        if node is None:
            continue
        if entered_at is not None:
            page.leave(node, entered_at)
            continue
        waiting.append((node.next, None))
        if page.enter(node):
            waiting.append((node, page.size))
            waiting.append((node.first_child, None))
    return Rendered(text=page.text(), spans=tuple(page.spans))


def _emoji(attributes: Mapping[str, str | None]) -> str:
    """What an image stands for where it replaces an emoji, else nothing."""
    alt = attributes.get("alt") or ""
    words = (attributes.get("class") or "").lower()
    return alt if len(alt) <= 16 and ("emoji" in words or "smiley" in words) else ""


class _Page:
    """Text being written: blanks collapse, lines neither start nor end with one."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._last = "\n"
        self._blank = False
        self.size = 0
        self.spans: list[Span] = []

    def enter(self, node: LexborNode) -> bool:
        """Write what `node` itself shows; whether to go on with its children."""
        tag = node.tag or ""
        if tag == "-text":
            self.write(node.text_content or "")
            return False
        if tag == "br":
            self.break_line()
        elif tag == "img":
            self.write(_emoji(node.attributes))
        elif tag in _BREAKING:
            self.new_line()
        return tag not in _UNSEEN and not tag.startswith("-")

    def leave(self, node: LexborNode, entered_at: int) -> None:
        """Close `node`, whose children are written."""
        tag = node.tag or ""
        if tag in _BREAKING:
            self.new_line()
        elif tag in {"a", "time"}:
            start = min(entered_at, self.size)
            self.spans.append(Span(tag=tag, start=start, end=self.size, attributes=node.attributes))

    def write(self, text: str) -> None:
        words = text[:_LONGEST_TEXT].split()
        if not words:
            self._blank = self._blank or bool(text)
            return
        if (self._blank or text[0].isspace()) and self._last != "\n":
            self._put(" ")
        self._put(" ".join(words))
        self._blank = text[-1].isspace()

    def break_line(self) -> None:
        self._put("\n")
        self._blank = False

    def new_line(self) -> None:
        if self._last != "\n":
            self._put("\n")
        self._blank = False

    def text(self) -> str:
        return "".join(self._pieces)

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._last = piece[-1]
        self.size += len(piece)
