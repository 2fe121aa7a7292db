"""A page's light tree (`outline`), made in one walk over its tree.

Inline markup melts into runs of text, and so do menus; what shows no text is left out, and what is
quoted from elsewhere: the embeds.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import cast

from selectolax.lexbor import LexborNode

from crawler.extract.text.amid_sentence import is_amid_sentence
from crawler.extract.text.classwords import Sort, naming_of_element
from crawler.extract.text.outline import Branch, Outline, Run, Shown, SourceLink

MAX_DEPTH = 200
"""Below this depth blocks are unwrapped: their text is kept, their nesting is not."""
MAX_BRANCHES = 60_000
MAX_LETTERS = 3_000_000
"""Of a larger page this much is read."""
MAX_LINKS = 50_000

# No text that a reader of the page sees as its own.
_SILENT = frozenset((
    *("script", "style", "template", "noscript", "head", "link", "meta", "base", "title"),
    *("svg", "math", "canvas", "map", "iframe", "frame", "object", "embed", "applet", "param"),
    *("audio", "video", "source", "track", "progress", "meter", "dialog", "img", "picture"),
    *("amp-anim", "amp-audio", "amp-img", "amp-video"),
    *("select", "option", "datalist", "input", "textarea", "button", "rt", "rp"),
))  # fmt: skip
_SHOWN = frozenset(
    ("amp-anim", "amp-audio", "amp-img", "amp-video", "audio", "img", "picture", "video")
)
MAX_SHOWN = 2_000
"""Of more pictures, films and sounds these are kept."""
_PASSED = _SILENT | {"-comment", "-doctype", "-document", "-"}
_CONTROLS = frozenset(("button", "input", "select", "textarea"))
_INLINE = frozenset((
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
    *("em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "s", "samp"),
    *("br", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
))  # fmt: skip
# Where menus stand. One is taken as a single run: no article is read from links alone, and menus
# are a fifth of a page.
_MENUS = frozenset(("aside", "footer", "menu", "nav"))
_TEXTLESS = frozenset(("embed", "img", "picture", "source", "svg", "track"))
_NO_MENU = _SILENT - _TEXTLESS | {"h1", "desc", "text", "tspan"}
_FEW_LETTERS = 20
"""A menu has fewer that are not linked: no run of them could read like a paragraph."""
_LONGEST_MENU = 20_000
"""Links may stand in links, so that their texts together may be much longer than the menu's."""
_DEEPEST_MENU = 2
_MINOR_INLINE = 400
"""An inline element of minor class words that holds less text than this shows none."""


def build_outline(
    root: LexborNode, noted: AbstractSet[int] = frozenset(), omitted: AbstractSet[int] = frozenset()
) -> Outline:
    """The outline of the element `root`, usually the body.

    `noted` and `omitted` are elements by their `mem_id`: of both the places are kept, and the
    omitted ones, such as embeds, are left out with all that they hold.
    """
    builder = _Builder(noted | omitted, omitted)
    builder.walk(root)
    builder.flush()
    return Outline(
        builder.root,
        builder.at,
        tuple(builder.links),
        builder.places,
        tuple(builder.shown),
        builder.branches,
    )


# A piece of a run: its text, its first letter, and whether it is in a link. None is a line break.
_Piece = tuple[str, int, bool]


class _Builder:
    """One walk over the tree. Iterative, since pages may be deeper than Python's stack."""

    def __init__(self, noted: AbstractSet[int], omitted: AbstractSet[int]) -> None:
        self.root = Branch("body", None, None)
        self.links: list[SourceLink] = []
        self.places: dict[int, int] = {}
        self.shown: list[Shown] = []
        self.at = 0
        self._noted = noted
        self._omitted = omitted
        self._owner = self.root
        self._depth = 0
        self.branches: list[Branch] = []
        self._pieces: list[_Piece | None] = []
        self._link: SourceLink | None = None

    def walk(self, source: LexborNode) -> None:
        """Visit every node in document order, until a bound stops the walk."""
        # Open elements, each with what leaving it does: None, `_CLOSE`, `_UNLINK`, or the number
        # of pieces that there were before an inline element that may show nothing.
        path: list[tuple[LexborNode, int | None]] = []
        node = source.first_child
        while node is not None:
            tag = node.tag or "-"
            leaving: int | None = _SKIP
            if tag == "-text":
                if not node.is_empty_text_node:
                    self._add_text(node.text_content or "")
                elif self._pieces:
                    self._pieces.append((" ", self.at, False))
            elif tag in _PASSED:
                self._pass_by(node, tag)
            else:
                leaving = self._enter(node, tag)
            if leaving == _SKIP:
                following = node.next
            elif leaving == _STOP:
                return
            else:
                path.append((node, leaving))
                following = node.first_child
            node = following if following is not None else self._climb(path)

    def _climb(self, path: list[tuple[LexborNode, int | None]]) -> LexborNode | None:
        """Leave the elements of `path` that end here; the node behind them."""
        while path:
            node, leaving = path.pop()
            if leaving == _CLOSE:
                if self._pieces:
                    self.flush()
                assert self._owner.parent is not None, "only what was opened is closed"
                self._owner = self._owner.parent
                self._depth -= 1
            elif leaving is not None:
                self._leave(leaving, node)
            following = node.next
            if following is not None:
                return following
        return None

    def _pass_by(self, node: LexborNode, tag: str) -> None:
        if self._noted and self._is_omitted(node):
            return
        if tag in _CONTROLS:
            self._owner.controls += 1
        elif tag in _SHOWN and len(self.shown) < MAX_SHOWN:
            self.shown.append(Shown(node, self._owner, self.at, self._link is not None))

    def _enter(self, node: LexborNode, tag: str) -> int | None:
        """Note what `node` means for the text in it; what leaving it does."""
        if self._noted and self._is_omitted(node):
            return _SKIP
        if tag in _INLINE or self._depth >= MAX_DEPTH:
            return self._enter_inline(node, tag)
        if self._pieces:
            self.flush()
        if self.at > MAX_LETTERS or len(self.branches) > MAX_BRANCHES:
            return _STOP
        owner = self._owner
        branch = Branch(tag, node, owner)
        owner.kids.append(branch)
        self.branches.append(branch)
        if tag in _MENUS and self._is_menu(branch, node):
            self._add_menu(branch, node)
            return _SKIP
        self._owner = branch
        self._depth += 1
        return _CLOSE

    def _is_menu(self, branch: Branch, node: LexborNode) -> bool:
        """Whether a part is made of links alone, and nothing of it is asked for."""
        if self._noted or branch.naming.sort is Sort.CAPTION or self._is_deep_in_menus():
            return False
        for one in node.traverse(include_text=False):
            if one.tag in _NO_MENU:
                return False
        letters = len(node.text(strip=True))
        if letters > _LONGEST_MENU:
            return False
        linked = sum([len(link.text(strip=True)) for link in node.css("a[href]")])
        return letters - linked < _FEW_LETTERS

    def _is_deep_in_menus(self) -> bool:
        """Whether so many parts that might have been menus stand around: each looks all through."""
        owner: Branch | None = self._owner
        count = 0
        while owner is not None:
            count += owner.tag in _MENUS
            owner = owner.parent
        return count >= _DEEPEST_MENU

    def _add_menu(self, branch: Branch, node: LexborNode) -> None:
        """Hang the text of a menu below its branch as one run, linked, without its links."""
        if text := " ".join(node.text(separator=" ").split()):
            end = self.at + len(text)
            branch.kids.append(Run(text, len(text), self.at, end))
            self.at = end

    def _is_omitted(self, node: LexborNode) -> bool:
        """Note the place of `node` where that is asked for; whether it is to be left out."""
        if (mem_id := node.mem_id) not in self._noted:
            return False
        self.places[mem_id] = self.at
        if mem_id in self._omitted:
            self.flush()
            return True
        return False

    def _enter_inline(self, node: LexborNode, tag: str) -> int | None:
        """Note what an inline `node` means for the text in it; what leaving it does."""
        if tag == "br":
            self._pieces.append(None)
            return _SKIP
        if tag == "a":
            href = node.attrs.get("href")  # the rest of its attributes is not asked for
            if href and self._link is None and len(self.links) < MAX_LINKS:
                self._link = SourceLink(href, self.at)
                return _UNLINK
        elif (attributes := node.attributes) and naming_of_element(tag, attributes).sort:
            return len(self._pieces)
        return None

    def _leave(self, leaving: int, node: LexborNode) -> None:
        if leaving == _UNLINK:
            assert self._link is not None, "only what was opened is closed"
            if self._link.end > self._link.start:
                self.links.append(self._link)
            self._link = None
        else:
            shown = "".join([one[0] for one in self._pieces[leaving:] if one])
            if self._is_minor(shown, leaving, node):
                del self._pieces[leaving:]
                self._pieces.append((" ", self.at, False))

    def _is_minor(self, shown: str, at: int, node: LexborNode) -> bool:
        """Whether the inline `node` of minor words, whose first piece is `at`, shows nothing."""
        if len(shown) >= _MINOR_INLINE:
            return False
        before = self._pieces[at - 1] if 0 < at <= len(self._pieces) else None
        return not is_amid_sentence(before[0] if before else "", shown, node)

    def _add_text(self, text: str) -> None:
        if text.isspace():
            if self._pieces:
                self._pieces.append((" ", self.at, False))
            return
        link = self._link
        self._pieces.append((text, self.at, link is not None))
        self.at += len(text)
        if link is not None:
            link.add(text, self.at)

    def flush(self) -> None:
        """Hang the text gathered so far below the open block, a run for each of its lines."""
        pieces = self._pieces
        self._pieces = []
        if len(pieces) == 1 and (piece := pieces[0]) is not None:
            self._add_piece(piece)
            return
        if None not in pieces:
            self._add_run(cast("list[_Piece]", pieces), is_continued=False)
            return
        is_continued = False
        line: list[_Piece] = []
        for piece in [*pieces, None]:
            if piece is not None:
                line.append(piece)
            else:
                is_continued = self._add_run(line, is_continued=is_continued)
                line = []

    def _add_piece(self, piece: _Piece) -> None:
        """As `_add_run` does, for the most common line."""
        written, start, is_linked = piece
        if text := " ".join(written.split()):
            linked = len(text) if is_linked else 0
            run = Run(text, linked, start, start + len(written))
            self._owner.kids.append(run)

    def _add_run(self, line: Sequence[_Piece], *, is_continued: bool) -> bool:
        """Hang the text of one line below the open block; whether it has any."""
        text = " ".join("".join([one[0] for one in line]).split())
        if text:
            linked = min(len(text), sum([len(one[0]) for one in line if one[2]]))
            start, end = line[0][1], line[-1][1] + len(line[-1][0])
            self._owner.kids.append(Run(text, linked, start, end, is_continued=is_continued))
        return bool(text)


_STOP, _SKIP, _CLOSE, _UNLINK = -4, -3, -2, -1
