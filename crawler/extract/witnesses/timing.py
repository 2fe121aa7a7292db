"""When an article was published and last changed: every place where its page says so."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from selectolax.lexbor import LexborNode

from crawler.extract.document.stated import Stated
from crawler.extract.document.structured import Structured
from crawler.extract.document.tree import Tree
from crawler.extract.witnesses.surroundings import (
    around_headline,
    headline_element,
    is_elsewhere,
    is_small,
    lines_after,
    steps_to,
)

MAX_SHOWN = 12
_MAX_CHARS = 100
_MAX_LINE = 60
_EARLY_FIGURE = re.compile(
    r"\W*(?:[^\W\d]+\W+){0,3}\d.*(?:[^.!?]|[\s\d](?:[ap]\.\s?m|г|r|hod)\.)$", re.IGNORECASE
)
"""A full stop may be that of `p.m.`, or of a word for a year or an hour."""
_LEAST_CHARS = 6
_MAX_MARKED = 5

_PUBLISHED_METAS = (
    *("article:published_time", "og:article:published_time", "og:published_time"),
    *("datepublished", "parsely-pub-date", "sailthru.date", "publish-date", "pubdate"),
    *("publication_date", "dc.date.issued", "dcterms.created", "dc.date", "date"),
    *("publishdate", "cxenseparse:publishtime", "cxenseparse:recs:publishtime"),
    *("publish_date", "published_time", "rnews:datepublished", "originalpublicationdate"),
    *("article_date_original", "dcterms.issued", "dcterms.date", "dc.date.created"),
    *("shareaholic:article_published_time", "vr:published_time", "bt:pubdate", "publishtime"),
)
_MODIFIED_METAS = (
    *("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified"),
    *("dc.date.modified", "last-modified", "lastmod", "parsely-modified", "bt:moddate"),
)
_POSTED = re.compile(
    r"(?:posted|published|written|submitted|publi[eé]|publicado|escrito|veröffentlicht|geplaatst|"
    r"gepubliceerd|ingediend|pubblicato|opublikowan|trimis|publicat|опубликован|опубліковано)",
    re.IGNORECASE,
)
_BETWEEN_STAMPS = re.compile(r"\s[|·•–—-]\s")
_LONGEST_NAME = 300
_OF_CHANGE = re.compile(r"(?<![a-z])(?:updated|modified)(?![a-z])")
_OF_PUBLICATION = re.compile("publish|posted|pubdate|created|entry-date")
_INSTANT = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d")
_SHOWN = ("date", "publish", "posted")
_CHANGE_WORDS = (
    r"(?:last\s|zuletzt\s|última\s|ultima\s|dernière\s|derniere\s|son\s|laatst\s|senast\s|sist\s)?"
    r"(?:updated?\b|modified|changed|aktualisiert|geändert"
    r"|mise?\sà\sjour|modifié|actualiza|atualiza|modifica|aggiornat|bijgewerkt|gewijzigd|güncelle"
    r"|обновлен|изменен|(?:новость\s)?отредактировал|изменил|оновлен|змінен|更新|最終更新|修改|수정|ενημέρωση|τελευταία\s(?:ενημέρωση|τροποποίηση)"
    r"|(?:ostatni[ao]?\s)?(?:aktualizacja|aktualizov|zmieniono|modyfikacj)|poslednja\sizmena|ažurirano|izmenjeno"
    r"|(?:ultima\s)?actualizat|actualizare|oppdatert|opdateret|uppdaterad|päivitetty|frissít|módosít"
    r"|diperbarui|cập\snhật|(?:آخر\s)?تحديث|به‌روز|آخرین\s(?:به\s?روز|ویرایش)|עודכן|עדכון"
    r"|আপডেট|হালনাগাদ|अपडेट|अद्यतन|อัปเดต|อัพเดท|ปรับปรุง|แก้ไข|புதுப்பிக்கப்பட்டது|అప్‌డేట్|اپ\s?ڈیٹ)"
)
_CHANGED = re.compile(rf"\W*{_CHANGE_WORDS}", re.IGNORECASE)
_CHANGED_BEHIND = re.compile(
    rf"(?<=\d)(?:\s?(?:[ap]\.\s?m|[^\W\d]{{1,4}})(?:\.?\s[A-Z]{{2,4}})?)?(?P<change>\W{{1,5}}{_CHANGE_WORDS}.*)",
    re.IGNORECASE,
)
"""What of a stamp tells of a change, behind the figures of another day or its clock's unit."""


def stated_published(tree: Tree, structured: Structured) -> Iterator[Stated]:
    """What the page says of its publication, as written, best witness first."""
    yield from structured.stated_node("datePublished")
    yield from structured.stated_meta(*_PUBLISHED_METAS)
    yield from _from_property(tree, "datePublished")
    yield from _from_attributes("time", _times(tree, elsewhere=False))
    yield from structured.stated_node("uploadDate", "dateCreated")


def shown_days(tree: Tree) -> Iterator[Stated]:
    """Short texts that show a date: the witness for pages that state none.

    Those that the page marks as dates go first, but for those of other articles, and the nearest to
    the headline before today's in the page's head; then the lines that follow the headline. What
    says of itself that it is of a change yields to its neighbours.
    """
    headline, known = tree.once(headline_element), tree.once(around_headline)
    marked: list[tuple[int, bool, str]] = []
    for element in tree.with_class_like(*_SHOWN, tags=("time",))[:MAX_SHOWN]:
        titled = element.attributes.get("title") or ""
        is_for_machines = _INSTANT.match(titled) is not None  # as in hAtom
        text = titled if is_for_machines else _without_change(element.text(separator=" ").strip())
        if _LEAST_CHARS <= len(text) <= _MAX_CHARS and not is_elsewhere(element, known):
            marked.append((steps_to(headline, element), is_of_change(text), text))
    for _, _, text in sorted(marked, key=lambda one: one[:2]):
        yield Stated(text, "shown date")
    lines = chain.from_iterable(map(_stamps_in, lines_after(tree)))
    for line in sorted(filter(_may_date, lines), key=is_of_change):
        yield Stated(line, "line below the headline")
    yield from _from_attributes("time", _times(tree, elsewhere=True))


def _without_change(line: str) -> str:
    """A line without what of it tells of a change: that has another time.

    `3 May 2021 | 14:30 | Updated: 4 May 2021, 8:05`, `3 mai 2021 à 14h30 - Mis à jour le 4 mai`
    """
    if "|" in line:
        parts = line.split("|")
        line = "|".join(part for part in parts if not is_of_change(part)) or line
    return line[: -len(_change_in(line)) or None]


def _change_in(line: str) -> str:
    """What of a stamp tells of a change, behind another day; empty where nothing does."""
    behind = _CHANGED_BEHIND.search(line) if len(line) <= _MAX_CHARS else None
    return behind["change"] if behind else ""


def _stamps_in(line: str) -> Iterable[str]:
    """What of a line may be a stamp: the whole, or each part between bars where it is long."""
    line = _without_change(line)
    is_list = len(line) > _MAX_LINE and "|" in line
    return map(str.strip, line.split("|")) if is_list else (line,)


def _may_date(line: str) -> bool:
    """Whether a line may be a stamp: a short one, or one that opens with its first figure.

    Or one that says who published on what day.
    """
    if len(line) > _MAX_LINE:
        return is_stamp(line) or (len(line) <= _MAX_CHARS and _POSTED.match(line) is not None)
    return len(line) >= _LEAST_CHARS


def is_stamp(line: str) -> bool:
    """Whether a short line without a sentence's end opens with its first figure: `Mar 3, 2022`."""
    return len(line) <= _MAX_CHARS and _EARLY_FIGURE.match(line) is not None


def is_of_change(text: str) -> bool:
    """Whether a line that tells of a day says when its page was changed: `Updated 3 March`."""
    return _CHANGED.match(text) is not None


def stated_modified(tree: Tree, structured: Structured) -> Iterator[Stated]:
    """What the page says of its last change, as written, best witness first."""
    yield from structured.stated_node("dateModified")
    yield from structured.stated_meta(*_MODIFIED_METAS)
    yield from _from_property(tree, "dateModified")
    changed = [one for one in tree.all("time")[:MAX_SHOWN] if _is_changed(one)]
    if changed:
        known = tree.once(around_headline)
        changed = [one for one in changed if not is_elsewhere(one, known)]
    yield from _from_attributes("time updated", changed)


def shown_changes(tree: Tree) -> Iterator[Stated]:
    """The lines below the headline that say when the page was changed: the last witness of it."""
    for line in lines_after(tree):
        for part in _BETWEEN_STAMPS.split(_change_in(line) or line):
            if len(part) >= _LEAST_CHARS and is_of_change(part):
                yield Stated(part, "line below the headline")


def _is_changed(time: LexborNode) -> bool:
    """Whether a time, or what labels it, is called that of the last change, and no other."""
    parent = time.parent
    labels = [
        (one.attributes.get("class") or "")[:_LONGEST_NAME].lower()
        for one in (time, parent)
        if one is not None
    ]
    if _OF_PUBLICATION.search(labels[0]):
        return False
    return any(_OF_CHANGE.search(one) and not _OF_PUBLICATION.search(one) for one in labels)


def _times(tree: Tree, *, elsewhere: bool) -> list[LexborNode]:
    """The elements that hold a time of publication for machines: the article's, or others'."""
    timed = [one for one in tree.all("time")[:MAX_SHOWN] if "datetime" in one.attributes]
    timed = [one for one in timed if not _is_changed(one)] or timed
    if not any(is_elsewhere(one, ()) for one in timed):
        return [] if elsewhere else timed
    known = tree.once(around_headline)
    return [one for one in timed if is_elsewhere(one, known) is elsewhere]


def _from_property(tree: Tree, name: str) -> Iterator[Stated]:
    called = (one for one in tree.with_property(name) if one.attributes["itemprop"] == name)
    return _from_attributes(f"itemprop {name}", called)


def _from_attributes(source: str, elements: Iterable[LexborNode]) -> Iterator[Stated]:
    for element in islice(elements, _MAX_MARKED):
        attributes = element.attributes
        said = attributes.get("datetime") or attributes.get("content")
        if not said and element.tag == "span" and is_small(element):  # as a microdata value may be
            said = found if _INSTANT.match(found := element.text(strip=True)) else None
        if not said and element.tag == "abbr":  # as hAtom wrote it before HTML had a `time`
            said = attributes.get("title")
        yield Stated(said or "", source)
