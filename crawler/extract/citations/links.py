"""Links to posts in the page's prose, and addresses written out there that are no links."""

from selectolax.lexbor import LexborNode

from crawler.extract.citations.carriers import Attributes, Form, is_replaced
from crawler.extract.citations.citing import Citations
from crawler.extract.citations.neighbours import block_around, has_words_around, has_words_beside
from crawler.extract.citations.parts import Part
from crawler.extract.citations.places import Place, footing_of
from crawler.extract.citations.prose_addresses import written_addresses
from crawler.extract.citations.rendered import Rendered, rendered

_MOST_NODES = 300
"""Of a block, which is looked at for the words in it."""


class Links:
    """The links of one page, which are added to its `citations`."""

    def __init__(self, citations: Citations) -> None:
        self._citations = citations
        self._last_block: tuple[LexborNode, Rendered] | None = None

    def take(self, node: LexborNode, attributes: Attributes, place: Place) -> None:
        """Add what an `a` element cites."""
        href = attributes.get("href")
        ref = self._citations.linked(href.strip()) if href else None
        if ref is None or ref.key in self._citations.keys(place.carried):
            return
        shown = node.text(deep=True).strip()
        if not shown and place.part > Part.BOX:
            return  # a picture of a gallery, an icon: without letters it would be the next line's
        if place.stands_for is not None and place.stands_for.tag == "iframe":
            self._citations.add(node, ref, Form.IFRAME, place)  # a picture to click for the film
            return
        around = block_around(node)
        block = self._rendered_block(around)
        is_plain = place.part is Part.PLAIN
        is_alone = block.text.strip() == shown
        is_said = not is_alone and (around.tag == "p" or has_words_beside(node))
        if is_plain and not (place.only_links or is_said) and is_replaced(attributes):
            self._citations.add(node, ref, Form.ATTRIBUTE, place)
        elif is_plain and is_alone and "/" in shown and not shown.split()[1:]:
            self._citations.add(node, ref, Form.URL, place)
        else:
            is_prose = around.tag == "p" or has_words_around(block) or self._is_in_row(around)
            footing = footing_of(place, is_prose=is_prose)
            self._citations.add(node, ref, Form.LINK, place, footing=footing)

    def take_text(self, node: LexborNode, text: str, place: Place) -> None:
        """Add the posts whose addresses stand in prose, without being links."""
        for address in written_addresses(text):
            ref = self._citations.linked(address)
            if ref is not None:
                footing = footing_of(place, is_prose=True)
                self._citations.add(node.parent or node, ref, Form.LINK, place, footing=footing)

    def _is_in_row(self, cell: LexborNode) -> bool:
        """Whether words stand beside a cell, or an entry of a list of terms."""
        row = cell.parent
        if row is None or cell.tag not in {"dd", "td"} or row.tag not in {"dl", "tr"}:
            return False
        return has_words_around(rendered(row, most_nodes=_MOST_NODES))

    def _rendered_block(self, block: LexborNode) -> Rendered:
        if self._last_block is None or self._last_block[0].mem_id != block.mem_id:
            self._last_block = (block, rendered(block, most_nodes=_MOST_NODES))
        return self._last_block[1]
