"""Which lines of a container are of the article: phrases, repetitions, tails and small print go."""

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator

from archive import BlockType
from crawler.extract.text.container import bare
from crawler.extract.text.lines import Line
from crawler.extract.text.phrases.families import (
    LONGEST,
    is_byline,
    is_invitation,
    is_label,
    is_phrase,
    opens_list,
    opens_tail,
)
from crawler.extract.text.phrases.small_print import is_offer, is_small_print
from crawler.extract.text.sentence_end import ends_sentence

_STAMP = re.compile(r"\b\d{1,2}[.:h]\d{2}\b.{0,60}$|\b(?:19|20)\d\d\b")
_NO_SENTENCE_END = re.compile(r"[ap]\.m\.$", re.IGNORECASE)
_STAMP_WORDS = 3
"""Words in small letters in a stamp; a sentence that ends with `p.m.` has more."""
_BETWEEN_LINKS = re.compile(r"\s*[|·•¦]\s*|\s[/»-]\s")
_ALL_LINKED = 0.95
_LONGEST_STAMP = 90
_LABEL = 50
_ROLE = re.compile(
    r"(?:[^\W\d_a-z][\w.'’&-]*\s){0,5}(?:Reporter|Writer|Correspondent|Editor|Columnist)s?"
)
_MANY = 1_000
_MOST_STAMPS = 4
"""Where more lines look like stamps, they are a programme, or results."""
_REPEATED = 100
_OFFER_LINE = 330
_OFFER_ITEM = 120
"""A longer item of a list tells of something that can be had elsewhere."""
_MOST_EDGES = 8
_TOP = 6
_EDGE = 3
_NOTE = 200
_PASSED = 250
_TITLE = 20
_TEASER = 250
_TEASER_LINES = 2
_LEAST_TEASERS = 3


def trimmed(lines: list[Line], headline: str) -> list[Line]:
    """The lines of the article among `lines`, captions left where they are."""
    key = bare(headline)
    below = _without_teasers(_below(lines, key))
    return _without_edges(_without_phrases(_without_tail(below), key))


def _below(lines: list[Line], headline: str) -> list[Line]:
    """The lines below the headline, where one of the first is it, or ends with it."""
    if len(headline) >= _TITLE:
        for index, line in enumerate(lines[:_TOP]):
            if len(line.text) >= _TITLE and bare(line.text).endswith(headline):
                return lines[index + 1 :]
    return lines


def _without_teasers(lines: list[Line]) -> list[Line]:
    """`lines` without those at their end that are a title, all of it a link, and a line or two."""
    end, teasers, follow, size = len(lines), 0, 0, 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if _is_linked_title(line):
            end, teasers, follow, size = index, teasers + (size > 0), 0, 0
            continue
        follow, size = follow + 1, size + len(line.text)
        if follow > _TEASER_LINES or size > _TEASER:
            break
    return lines[:end] if teasers >= _LEAST_TEASERS else lines


def _is_linked_title(line: Line) -> bool:
    is_alone = line.type in (BlockType.HEADING, BlockType.PARAGRAPH)
    return is_alone and len(line.text) <= _TEASER and line.linked >= 0.8 * len(line.text)


def _without_phrases(lines: list[Line], headline: str) -> list[Line]:
    kept: list[Line] = []
    gone: Counter[int] = Counter()  # items of lists
    seen: set[str] = set()
    is_opened = False  # by a line that said that links to other articles follow
    for line in lines:
        if line.type is BlockType.CAPTION:
            kept.append(line)
            continue
        is_title = (line.owner.tag == "h1" and not _is_section(line, kept, headline)) or (
            not kept and bare(line.text) == headline
        )
        is_empty = not any(map(str.isalnum, line.text))
        if is_empty or is_title or (is_opened and _leads_away(line)):
            continue
        if line.type is BlockType.HEADING:
            if len(line.text) <= LONGEST and opens_list(line.text):
                is_opened = True
                continue
            if is_invitation(line.text):
                continue
        elif line.type is not BlockType.QUOTE and _is_boilerplate(line):
            is_opened = is_opened or (len(line.text) <= 70 and opens_list(line.text))
            gone[id(line.group)] += line.type is BlockType.LIST
            continue
        is_opened = False
        if len(line.text) > _REPEATED and line.type is not BlockType.QUOTE:
            key = bare(line.text)
            if key in seen:
                continue
            seen.add(key)
        kept.append(line)
    return _without_left_over(kept, gone) if gone else kept


def _is_section(line: Line, kept: list[Line], headline: str) -> bool:
    """Whether an h1 is a heading of the text: below more than a lead, not the headline again."""
    above = sum(one.is_prose for one in kept[:_TOP])
    return above > 1 and bare(line.text) not in headline


def _without_left_over(lines: list[Line], gone: Counter[int]) -> list[Line]:
    """`lines` without the lists whose items are `gone`, but for as many short ones or fewer."""
    left: Counter[int] = Counter()
    for line in lines:
        if line.type is BlockType.LIST:
            is_short = len(line.text) <= _LABEL and not ends_sentence(line.text)
            left[id(line.group)] += 1 if is_short else _MANY
    return [
        line
        for line in lines
        if line.type is not BlockType.LIST or gone[id(line.group)] < left[id(line.group)]
    ]


def _is_boilerplate(line: Line) -> bool:
    if is_phrase(line.text) or _is_menu(line):
        return True
    length = len(line.text)
    if length >= (_OFFER_ITEM if line.type is BlockType.LIST else _OFFER_LINE):
        return False
    if line.text[0] == "[" and line.text[-1] == "]" and 0.08 * length < line.linked:
        return True  # as magazines set what leads to other articles between paragraphs
    is_labelled = 0.5 * length < line.linked and is_label(line.text)
    return is_labelled or (0.08 * length < line.linked and is_offer(line.text))


def _leads_away(line: Line) -> bool:
    """Whether a line below `Read also:` may be what is to be read: a list, or only a link."""
    return line.type is BlockType.LIST or line.linked >= _ALL_LINKED * len(line.text)


def _is_menu(line: Line) -> bool:
    """Whether a line is nothing but links with marks between them: `Print | Send | Discuss (3)`."""
    if not line.linked or _BETWEEN_LINKS.search(line.text) is None:
        return False
    return line.linked >= _ALL_LINKED * len(_BETWEEN_LINKS.sub("", line.text))


def _without_tail(lines: list[Line]) -> list[Line]:
    """`lines` up to the heading of the comments or of other articles, in the second half."""
    total = sum(len(line.text) for line in lines)
    run = 0
    for index, line in enumerate(lines):
        is_heading = line.type is BlockType.HEADING
        if is_heading and 2 * run > total and opens_tail(line.text) and not _goes_on(lines, index):
            return lines[:index]
        run += len(line.text)
    return lines


def _goes_on(lines: list[Line], index: int) -> bool:
    """Whether the heading at `index` is of other articles, and the text goes on below those.

    So it does where what stands below has paragraphs side by side with those above.
    """
    if not opens_list(lines[index].text):
        return False
    above = {id(line.owner.parent) for line in lines[:index] if line.is_prose}
    return any(line.is_prose and id(line.owner.parent) in above for line in lines[index + 1 :])


def _without_edges(lines: list[Line]) -> list[Line]:
    """`lines` without date stamps on top or at the end, and without small print at the end."""
    prose = [line for line in lines if line.type is not BlockType.CAPTION]
    stamps = {id(line) for line in prose if _is_stamp(line)}
    if len(stamps) > _MOST_STAMPS:
        stamps.clear()
    gone = {id(line) for line in _head_matter(_opening(prose), stamps)}
    if len(prose) > 4:
        gone |= {id(line) for line in (*prose[:3], prose[-1])} & stamps
    gone -= set(_begun(prose[: _MOST_EDGES + 1]))
    for _ in range(_MOST_EDGES):
        size = _edge(prose)
        if not size:
            break
        gone |= {id(line) for line in prose[-size:]}
        del prose[-size:]
    return [line for line in lines if id(line) not in gone]


def _begun(prose: list[Line]) -> Iterator[int]:
    """The `id` of lines that begin a sentence which goes on below in the same paragraph."""
    for line, following in itertools.pairwise(prose):
        if following.owner is line.owner and following.text[0].islower():
            yield id(line)


def _opening(prose: list[Line]) -> list[Line]:
    """The lines before the first that reads like a paragraph."""
    for index, line in enumerate(prose[:_MOST_EDGES]):
        if len(line.text) >= _LONGEST_STAMP and line.type is not BlockType.HEADING:
            return prose[:index]
    return []


def _head_matter(opening: list[Line], stamps: Collection[int]) -> Iterator[Line]:
    """Of the lines before the first paragraph, stamps and bylines and labels above a stamp.

    `stamps` are lines by their `id`.
    """
    last = max((at for at, line in enumerate(opening) if id(line) in stamps), default=0)
    for at, line in enumerate(opening):
        says_who = is_byline(line.text) or _is_role(line.text)
        if says_who or id(line) in stamps or (at < last and _is_label(line)):
            yield line


def _is_role(text: str) -> bool:
    """Whether a line says what the author is: `Isle Wire Reporter`."""
    return len(text) <= _LABEL and _ROLE.fullmatch(text) is not None


def _is_label(line: Line) -> bool:
    is_short = line.type is BlockType.PARAGRAPH and len(line.text) <= _LABEL
    return is_short and not ends_sentence(line.text)


def _is_stamp(line: Line) -> bool:
    is_alone = line.type is BlockType.PARAGRAPH and line.group is None
    if not is_alone or len(line.text) >= _LONGEST_STAMP:
        return False
    text = _NO_SENTENCE_END.sub("", line.text)
    if text != line.text and sum(map(str.islower, text.split())) > _STAMP_WORDS:
        return False  # `The last ferry of the day sails at 7:05 p.m.`
    if ends_sentence(text):
        return False
    return text.endswith("|") or bool(_STAMP.search(text))  # a mark before what stood behind


def _edge(prose: list[Line]) -> int:
    """How many of the last lines are a heading without text, or small print and short lines."""
    if prose and prose[-1].type is BlockType.HEADING:
        return 1
    passed = 0
    for size in range(1, min(_EDGE, len(prose) - 3) + 1):
        line = prose[-size]
        if line.type is BlockType.QUOTE or len(line.text) >= LONGEST:
            return 0
        if is_small_print(line.text):
            return size
        passed += len(line.text)
        if len(line.text) >= _NOTE or passed >= _PASSED:
            return 0
    return 0
