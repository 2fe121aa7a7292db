"""What stands beside or below an article and is not of it: share bars, comment rules, sign-ups.

Two judgements, neither of them about a publisher. A part of the page is left over where its class
or id says so in words that the web agrees on, it holds little of the page's letters and no `h1`:
such words also stand on the wrapper of everything, so that the share decides, not the word. And a
line is left over where the *whole* of it is a counter, a row of buttons or a rule for comments.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from selectolax.lexbor import LexborNode

from archive import BlockType, BodyBlock

MAX_SHARE = 0.2
"""A part that holds more of the page's letters is never left over."""
_MAX_WEIGHED = 20_000_000
"""Letters looked at in one page: past them nothing more is judged, so that the cost is bounded."""

_NEVER = frozenset(("html", "body", "main", "article", "h1", "p"))
_WORDS = re.compile(
    r"comments?|commentlist|comments?-(?:area|box|count|form|guidelines|list|policy|rules|section)"
    r"|respond|disqus|disqus-thread|shares?|sharing|sharedaddy|sharebar"
    r"|shar(?:e|es|ing)-(?:bar|box|buttons?|counts?|counter|icons?|links?|tools?|widget)"
    r"|social-(?:bar|buttons?|counts?|icons?|links?|media|shares?|sharing)"
    r"|newsletter|newsletter-(?:box|form|promo|sign-?up|widget)|related|jp-relatedposts"
    r"|(?:related|recommended)-(?:articles?|content|links?|news|posts?|stories)"
    r"|author-(?:bio|box)|post-(?:nav|navigation)|read-(?:also|next)"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

_COUNTER = re.compile(
    r"\W*(?:\d[\d.,\u00a0 ]{0,12}\s?[kmKM]?\s?)(?:shares?|comments?|likes?|views?|reactions?|"
    r"retweets?|kommentare?|mal geteilt|partages?|commentaires?|comentarios?|compartidos|"
    r"condivisioni|udostępnień|репостов|комментари(?:й|я|ев)|مشاركة|مشاركات|تعليق|تعليقات)\W*",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    r"(?:\W*(?:share|tweet|print|e-?mail|save|copy link|facebook|twitter|whatsapp|telegram|reddit|"
    r"linkedin|pinterest|pin it|flipboard|messenger|on|to|by|via|this|article|story|post|"
    r"teilen|drucken|partager|imprimer|compartir|imprimir|condividi|stampa)\b){1,12}\W*",
    re.IGNORECASE,
)
_DISCUSSION = re.compile(
    r"\W*(?:(?:\d{1,6}\s)?comments?(?:\s\(?\d{1,6}\)?)?|comments? (?:policy|rules|guidelines)|"
    r"leave a (?:comment|reply).{0,40}|join the (?:conversation|discussion).{0,40}|"
    r"kommentare?|schreib(?:e|en sie) einen kommentar.{0,20}|commentaires?|"
    r"laisser un commentaire.{0,20}|comentarios?|deja (?:un comentario|una respuesta).{0,20}|"
    r"commenti|lascia un commento.{0,20})\W*",
    re.IGNORECASE,
)
_RULES = re.compile(
    r"\W*(?:please )?(?:be|stay|remain|keep it) (?:civil|respectful|polite|kind|courteous)\b.*"
    r"|.*\bcomments?\b.{0,200}\b(?:civil|respectful|moderat\w+|guidelines|policy|abusive|off-topic)"
    r"\b.*",
    re.IGNORECASE | re.DOTALL,
)
_MAX_LINE = 120
_MAX_RULES = 700
_TAIL = 4
"""Comment rules are looked for in the last few blocks only."""


class Leftovers:
    """The parts of one page that are not of its article."""

    def __init__(self, body: LexborNode) -> None:
        silent = sum(len(part.text() or "") for part in body.css("script, style, noscript"))
        self._letters = max(1, len(body.text() or "") - silent)
        self._weighed = 0

    def holds(self, node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
        """Whether the part `node` is left over."""
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if node.tag in _NEVER or not _is_named(names[:500]):
            return False
        if self._weighed > _MAX_WEIGHED:
            return False
        letters = len(node.text() or "")
        self._weighed += letters
        return letters < self._letters * MAX_SHARE and node.css_first("h1") is None


def without_leftovers(blocks: Sequence[BodyBlock]) -> list[bool]:
    """For each block of a body, whether it is to be kept."""
    keep = [not _is_line(block) for block in blocks]
    for index in range(len(blocks) // 2, len(blocks)):
        if len(blocks[index].text) <= _MAX_LINE and _DISCUSSION.fullmatch(blocks[index].text):
            keep[index:] = [False] * (len(blocks) - index)
            break
    last = [index for index, is_kept in enumerate(keep) if is_kept][1:][-_TAIL:]
    for index in last:
        text = blocks[index].text
        if len(text) <= _MAX_RULES and _RULES.fullmatch(text):
            keep[index] = False
    return keep


def _is_line(block: BodyBlock) -> bool:
    text = block.text
    if len(text) > _MAX_LINE or block.type is BlockType.HEADING:
        return False
    return bool(_COUNTER.fullmatch(text) or _BUTTONS.fullmatch(text))


@lru_cache(maxsize=4096)
def _is_named(names: str) -> bool:
    """Whether one of the class words, taken whole, is one of ours."""
    tokens = _CAMEL.sub("-", names).lower().replace("_", "-").split()
    return any(_WORDS.fullmatch(token.replace("--", "-")) for token in tokens)
