"""Corrections and updates: lines in which a publisher speaks of its own text.

A line is one by how it opens (`Correction, May 3:`) or by what it says as a whole (`This article
was updated …`). A story about a correction opens otherwise.
"""

import re
from collections.abc import Iterable, Iterator

from archive import BlockType, BodyBlock, Notice, NoticeKind
from crawler.extract.document.structured import Structured, members

MAX_NOTICES = 50
_LONGEST = 1_500
_TYPES = frozenset((BlockType.PARAGRAPH, BlockType.HEADING, BlockType.QUOTE))

_WORDS = {
    NoticeKind.CORRECTION: (
        "corrections?|corrected|amendment|erratum|errata|korrekturhinweis|korrektur|berichtigung|"
        "richtigstellung|rectificatif|rectification|correctif|corrección|fe de errores|"
        "rectificación|correzione|errata corrige|correção|erramos|correctie|rettelse|rättelse|"
        "sprostowanie|исправление|поправка|виправлення|düzeltme|تصحيح|تصويب|更正|訂正|정정"
    ),
    NoticeKind.CLARIFICATION: (
        "clarifications?|klarstellung|précision|aclaración|precisazione|chiarimento|"
        "esclarecimento|verduidelijking|уточнение|уточнення|توضيح|澄清"
    ),
    NoticeKind.UPDATE: (
        "updates?|updated|aktualisierung|aktualisiert|mise à jour|mis à jour|actualización|"
        "actualizado|aggiornamento|aggiornato|atualização|atualizado|bijgewerkt|opdatering|"
        "opdateret|uppdatering|uppdaterad|oppdatering|aktualizacja|обновлено|дополнено|оновлено|"
        "güncelleme|güncellendi|تحديث|更新|업데이트"
    ),
}
# Who says so, in front of either.
_SIGNED = (
    r"[\W_]{0,3}(?:(?:editor['’]?s['’]? note|anmerkung der redaktion|note de la rédaction|"
    r"nota (?:del editor|de la redacción|della redazione|da redação)|от редакции)[\s:.–—-]{1,4})?"
)
# After the word: a colon, a dash, or a date and time in short, and then one of these.
_OPENING = {
    kind: (
        rf"{_SIGNED}(?:{words})(?![^\W\d_])"
        r"(?:\s?[(\[,]?\s?[^:：\n]{0,40}?\d[^:：\n]{0,20}(?::\d\d[^:：\n]{0,12})?[)\]]?)?\s?[:：–—]"
    )
    for kind, words in _WORDS.items()
}
_TEXT = (
    r"(?:this|the|an earlier|a previous|an? (?:earlier|previous) version of th(?:is|e))\s"
    r"(?:article|story|report|post|piece|headline|version|page|dispatch)\b"
)
_SENTENCES = {
    NoticeKind.CORRECTION: (
        rf"{_SIGNED}(?:"
        r"(?:(?:in )?an? (?:earlier|previous|original)|the original) version of th(?:is|e)\s"
        r"(?:article|story|report|post|piece|headline|page)\b|"
        rf"{_TEXT}\s(?:has been|was|is)(?: since| later)? (?:corrected|amended)\b|"
        r"in einer (?:früheren|vorherigen|ersten) (?:version|fassung)\b|"
        r"une (?:première|précédente) version de (?:cet|ce)\b|"
        r"une version (?:antérieure|précédente) de (?:cet|ce)\b|"
        r"in een eerdere versie van dit\b|в предыдущей версии (?:статьи|текста|материала)\b|"
        r"una versión anterior de este\b|una versione precedente di questo\b|"
        r"uma versão anterior deste\b)"
    ),
    NoticeKind.UPDATE: (
        rf"{_SIGNED}(?:{_TEXT}\s(?:has been|was|is being|will be) (?:last )?updated\b|"
        r"dieser (?:artikel|text|beitrag) (?:wurde|wird).{0,60}\baktualisiert\b|"
        r"cet article a été mis à jour\b|este artículo (?:ha sido|fue) actualizado\b|"
        r"questo articolo è stato aggiornato\b|материал (?:обновляется|дополняется)\b)"
    ),
}
_PATTERNS = (*_OPENING.items(), *_SENTENCES.items())
_NOTICE = re.compile("|".join(f"({pattern})" for _, pattern in _PATTERNS), re.IGNORECASE)
"""All of them, in this order, each a group."""


def notice_kind(text: str) -> NoticeKind | None:
    """What `text`, a whole line, gives notice of; None where it is no notice."""
    if len(text) > _LONGEST:
        return None
    found = _NOTICE.match(text[:200])
    return _PATTERNS[found.lastindex - 1][0] if found and found.lastindex else None


def find_notices(body: Iterable[BodyBlock], structured: Structured) -> Iterator[Notice]:
    """The notices in `body`, then what JSON-LD calls the article's correction and no block says."""
    said = set()
    for index, block in enumerate(body):
        kind = notice_kind(block.text) if block.type in _TYPES else None
        if kind is not None:
            said.add(block.text)
            yield Notice(kind=kind, text=block.text, block=index)
    for text in _stated(structured):
        if text not in said:
            yield Notice(kind=NoticeKind.CORRECTION, text=text)


def _stated(structured: Structured) -> Iterator[str]:
    """schema.org's `correction`: a text, or a CorrectionComment with one."""
    for member in structured.resolved(structured.article.get("correction")):
        held = member.get("text") if isinstance(member, dict) else member
        for text in members(held):
            if isinstance(text, str) and not text.startswith(("http:", "https:")):
                yield text
