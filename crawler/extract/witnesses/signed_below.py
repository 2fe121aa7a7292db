"""Who signs below a text, where nobody does above it: a name in letters of its own, and no more.

`<p><em>Ann Lee</em></p>`, `— Ann Lee`, `（田中美咲）`, `Ann Lee is a reporter in Oslo.`
"""

import re
from collections.abc import Sequence

from crawler.extract.document.tree import Tree
from crawler.extract.text.lines import Placed
from crawler.extract.witnesses.signed_names import ROLE_WORDS, is_role

_EMPHATIC = "p > em:only-child, p > i:only-child, p > strong:only-child, p > b:only-child"
_MOST = 40
_NAME = r"[^\W\d_a-z][\w.'’-]+(?:\s(?:van|von|de|da|el|bin|al)){0,2}(?:\s[^\W\d_a-z][\w.'’-]+){1,3}"
_ALONE = re.compile(rf"(?P<dash>[–—]\s?)?(?P<name>{_NAME})")
_TOLD = re.compile(
    rf"(?P<name>{_NAME})\sis\s(?:an?|our|the|[A-Z][\w’']+)\s(?:[\w’',-]+\s){{0,6}}?(?:{ROLE_WORDS})\b.*"
)
_BRACKETED = re.compile("(?:.*[。」])?\\s?[（【](?P<name>[\u4e00-\u9fff]{3,5})[）】]", re.DOTALL)
_NO_PERSON = tuple("略部社局班課面紙")
"""What the last letter of other words in such brackets is: a desk, `敬称略`."""
_LEAST_BLOCKS = 3


def signed_below(placed: Sequence[Placed], tree: Tree) -> str | None:
    """The name that the last of the blocks is, or says something of; None where there is none.

    A text that tells of somebody of that name before is about that person, and not by them.
    """
    if len(placed) < _LEAST_BLOCKS:
        return None
    last = placed[-1].block.text.strip()
    match = (
        _ALONE.fullmatch(last.rstrip(".")) or _TOLD.fullmatch(last) or _BRACKETED.fullmatch(last)
    )
    if match is None or match["name"].endswith(_NO_PERSON) or is_role(match["name"]):
        return None
    name = match["name"]
    before = (one.block.text for one in placed[:-1])
    is_told_of = any(name.split()[-1] in text for text in before)
    is_marked = match.re is not _ALONE or bool(match["dash"]) or _is_emphatic(last, tree)
    return name if is_marked and not is_told_of else None


def _is_emphatic(line: str, tree: Tree) -> bool:
    """Whether a paragraph that is `line` is all in italics, or in bold letters."""
    found = tree.css(_EMPHATIC)[-_MOST:]
    return any(line == " ".join((node.parent or node).text().split()) for node in found)
