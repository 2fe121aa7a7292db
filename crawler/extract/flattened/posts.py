"""Posts quoted in plain text, known by the tails that flattened embeds leave behind.

    — Name (@handle) September 30, 2020          X; Bluesky, where the handle is a domain
    A post shared by NAME (@handle)              Instagram, with or without its invitation
    @handle caption … ♬ original sound - NAME    TikTok
    Posted by NAME on Monday, May 4, 2020        Facebook
    TITLE by u/USER in SUB                       Reddit, on one line or several
    Post by @handle View on Threads              Threads; Mastodon, where the handle has a server

A tail ends a line. What it signs stands before it in its paragraph, or is the paragraph before: a
text too long for a post is not taken for one.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crawler.extract.citations.claims import Claims, hashtags, mentions
from crawler.extract.datelines.labels import is_weekday
from crawler.extract.written_day import written_day

MOST = 1_000
_LONGEST_LINE = 100_000
LONGEST_SIGNED = 600
"""Letters of a post that a name and a day sign: X shows 280 and their links, Bluesky 300."""
_LONGEST_TAIL = 400
_BIDI = r"\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_HANDLE = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,250}[A-Za-z0-9_])?"
# The last `(@handle)` of the line: names and texts hold brackets and dashes too.
_SIGNED = re.compile(
    rf"\([{_BIDI}\s]{{0,4}}\[?@(?P<handle>{_HANDLE}(?:@{_HANDLE})?)(?:\]\([^()\s]{{1,500}}\))?[{_BIDI}\s]{{0,4}}\)"
    rf"[{_BIDI}\s]{{0,8}}(?P<rest>[^()@]{{4,60}}|\[[^\[\]]{{4,60}}\]\((?P<url>[^()\s]{{8,500}})\))$"
)
_DIGITS = re.compile(r"\d")
_FIGURE = re.compile(r"\d+")
_MOST_BEHIND = 3
"""Words behind the last figure of a day: `г.`, `PM PDT`; more go on with a sentence."""
_DASH = re.compile(r"(?:—|–|―|--|(?<!\S)-)\s?")
_HYPHENS = frozenset(("- ", "-"))
_BULLET = re.compile(r"\A[-*•▪◦]\s")
_BLANK = " \u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SIGNER = re.compile(rf"\([{_BIDI}\s]{{0,4}}@{_HANDLE}(?:@{_HANDLE})?[{_BIDI}\s]{{0,4}}\)")
_MOST_PARAGRAPHS = 6
_MOST_SHOWN = 280
"""Letters of a post of several paragraphs."""
_FIRST_EMOJI = "\u2600"
_POST_OPENS = re.compile(r"[#@]\w|\d{1,2}/(?:\d{1,2})?\s")
_LONGEST_NAME = 120
_LONGEST_DAY = 48
_AFTER_DAY = re.compile(
    r"(?:日|일|\s?[гр]\.)?(?:,?\s(?:(?:at|um|à|às|alle|o|kl\.|om|saat|в)\s)?\d{1,2}[:.]\d{2}"
    r"(?:\s?[AaPp][Mm])?)?"
)
"""What may belong to a day behind its last figure."""
_INVITATION = re.compile(
    r".{0,60}(?<![a-z])Instagram(?:[aeu]|ie|em|on|issa)?(?![a-z]).{0,30}", re.IGNORECASE
)  # `View this post on Instagram`, in any language
_SHARED = re.compile(
    r"(?:^|\s)(?:A (?:post|photo|video|reel) (?:shared|posted) by|Ein Beitrag geteilt von"
    r"|Une (?:publication|photo|vidéo) (?:partagée|publiée) par"
    r"|Una (?:publicación|foto) (?:compartida|publicada) (?:de|por)"
    r"|U(?:ma publicação compartilhada|n post condiviso) (?:por|da)|Een bericht gedeeld door"
    r"|Публикация от|تمت مشاركة منشور بواسطة)\s(?P<name>.{0,200}?)\s?\(@(?P<handle>"
    + _HANDLE
    + r")\)(?P<rest>.{0,60})$"
)
_SHARED_SOMEHOW = re.compile(
    rf"(?P<name>[^()]{{0,120}})\(@(?P<handle>{_HANDLE})\)(?P<rest>[^()]{{0,60}})"
)
"""A signature in any other language, right below the invitation; what is in it is not told apart
from the name."""
_POSTED = re.compile(
    r"(?:^|\s)(?:Posted by|Gepostet von|Publiée? par|Publicad[oa] por|Pubblicato da|Geplaatst door"
    r"|Опубликовано|Opublikowany przez|Gönderen:?|تم النشر بواسطة)\s(?P<said>.{6,200})$"
)
_ON = frozenset("on am le el em en su sur op в في".split())
"""What stands between Facebook's names and days."""
_MOST_WORDS = 12
_REDDIT = re.compile(
    r"(?:^|\s)(?P<kind>Comment\s)?by\s?u/(?P<user>[A-Za-z0-9_-]{3,20})\s"
    r"(?:in|from\sdiscussion\s?in)\s?(?:r/)?[A-Za-z0-9_]{2,21}$"
)
_REDDIT_PARTS = re.compile(
    r"Comment|(?:Comment\s)?by\s?u/[A-Za-z0-9_-]{3,20}(?:\sfrom\sdiscussion)?"
)
"""What stands on lines of its own where a flattener keeps Reddit's breaks."""
_POST_BY = re.compile(rf"Post by @(?P<handle>{_HANDLE}(?:@{_HANDLE})?)")
_VIEW_ON = re.compile(r"View on (?P<where>Threads|Mastodon)")
_TIKTOK = re.compile(rf"@(?P<handle>{_HANDLE})\b\s*(?P<text>.*?)\s*♬.{{0,200}}$", re.DOTALL)
_MARKDOWN = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^()\s]{1,1000})\)")
_IMAGE = "[image or embed]"
_SHORT_LINK = re.compile(
    r"(?:https?://)?(?:pic\.(?:twitter|x)\.com/[A-Za-z0-9]{1,40}|\bt\.co/[A-Za-z0-9]{1,10})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPost:
    """A quoted post, and the lines that it takes."""

    platform: str
    claims: Claims
    url: str | None
    """Where an extractor kept the tail's link."""
    start: int
    end: int
    """The lines from `start` up to, not with, `end`."""


Reader = Callable[[Sequence[str], int, int], WrittenPost | None]


def find_written_posts(lines: Sequence[str]) -> list[WrittenPost]:
    """The posts that `lines` quote, in order; an empty line parts paragraphs."""
    found: list[WrittenPost] = []
    taken = 0
    for index, line in enumerate(lines):
        if len(found) >= MOST:
            break
        if index < taken or not line or len(line) > _LONGEST_LINE:
            continue
        for reader in _READERS:
            post = reader(lines, index, taken)
            if post is not None:
                found.append(post)
                taken = post.end
                break
    return found


def without_targets(text: str) -> str:
    """`text` with what Markdown's links show in their stead."""
    return _MARKDOWN.sub(r"\1", text) if "](" in text else text


def signatures(line: str) -> Iterator[tuple[int, int]]:
    """Where each `— NAME (@handle) DAY` in a line begins and ends."""
    for signer in _SIGNER.finditer(line):
        end = _day_end(line, signer.end())
        first = max(0, signer.start() - _LONGEST_NAME)
        dashes = list(_DASH.finditer(line, first, signer.start())) if end is not None else []
        if end is not None and dashes:
            yield dashes[-1].start(), end


def _day_end(line: str, start: int) -> int | None:
    """Where the day that stands at `start` ends; None where none does."""
    said = re.split(r"[()@\[]", line[start : start + _LONGEST_DAY], maxsplit=1)[0]
    for figure in _FIGURE.finditer(said):
        if written_day(said[: figure.end()]) is not None:
            behind = _AFTER_DAY.match(line, start + figure.end())
            return behind.end() if behind is not None else start + figure.end()
    return None


def _signed(lines: Sequence[str], index: int, floor: int) -> WrittenPost | None:
    line, url = _without_address(lines[index])
    signed = _SIGNED.search(line, max(0, len(line) - _LONGEST_TAIL))
    if signed is None:
        return None
    rest = signed["rest"].partition("](")[0].strip("[] ")
    day = written_day(rest) if len(_DIGITS.split(rest)[-1].split()) <= _MOST_BEHIND else None
    dashes = list(_DASH.finditer(line, 0, signed.start()))
    if day is None or not dashes:
        return None
    # Names hold dashes, too; a hyphen that opens a line of several dashes is a list's.
    opens = not line[: dashes[0].start()].strip(_BLANK)
    is_listed = len(dashes) > 1 and dashes[0][0] in _HYPHENS and dashes[-1][0] not in _HYPHENS
    dash = dashes[0] if opens and not is_listed else dashes[-1]
    text, start = _text_before(lines, index, floor, line[: dash.start()])
    handle, end = signed["handle"], index + 1
    platform = "mastodon" if "@" in handle else "bluesky" if "." in handle else "x"
    if text == _IMAGE:
        text, start = _text_before(lines, start, floor, "")
    if len(text) > LONGEST_SIGNED:
        text, start = "", index
    elif text:
        text, start = _with_opening(lines, start, floor, text)
    url = signed["url"] or url
    if url is None:
        url, end = _address_below(lines, end, handle)
    name = line[dash.end() : signed.start()].strip(_BLANK) or None
    text = text.removesuffix(_IMAGE).rstrip()
    if text[:1] != "-" or is_listed:
        text = _BULLET.sub("", text, count=1)
    claims = _claims(text, handle=handle, name=name, on=day)
    return WrittenPost(platform=platform, claims=claims, url=url, start=start, end=end)


def _with_opening(lines: Sequence[str], start: int, floor: int, text: str) -> tuple[str, int]:
    """`text`, which begins on the line `start`, with the paragraphs above it that are its post's.

    They are so from one that opens as posts do and articles do not, if all are as short as a post.
    """
    said, at = text, start
    for _ in range(_MOST_PARAGRAPHS):
        above, at = _text_before(lines, at, floor, "")
        if not above or len(above) + len(said) > _MOST_SHOWN:
            break
        said = f"{above}\n{said}"
        if _opens_post(above):
            text, start = said, at
    return text, start


def _opens_post(text: str) -> bool:
    """Whether `text` opens with a sign such as 🔴, a tag, a handle or a thread's `1/`."""
    is_sign = unicodedata.category(text[0]) == "So" and text[0] >= _FIRST_EMOJI
    return is_sign or _POST_OPENS.match(text) is not None


def _address_below(lines: Sequence[str], end: int, handle: str) -> tuple[str | None, int]:
    """The address of a post of `handle` that is the line below a signature, and where that ends."""
    below = next((at for at in range(end, min(end + 2, len(lines))) if lines[at]), None)
    if below is not None and not lines[below].split()[1:]:
        line = lines[below].lower()
        if line.startswith(("https://", "http://")) and f"/{handle.lower()}/" in line:
            return lines[below], below + 1
    return None, end


def _without_address(line: str) -> tuple[str, str | None]:
    """`line` without the address that some extractors write behind a link's text, and that."""
    before, blank, last = line.rpartition(" ")
    is_address = blank and last.startswith(("http://", "https://"))
    return (before, last) if is_address else (line, None)


def _instagram(lines: Sequence[str], index: int, floor: int) -> WrittenPost | None:
    line = lines[index]
    shared = _SHARED.search(line, max(0, len(line) - _LONGEST_TAIL))
    if shared is None and _is_invited(lines, index, floor):
        shared = _SHARED_SOMEHOW.fullmatch(line)
    if shared is None:
        if not _is_invitation(line) or _is_signed_below(lines, index):
            return None
        return WrittenPost(
            platform="instagram", claims=Claims(), url=None, start=index, end=index + 1
        )
    text, start = _text_before(lines, index, floor, line[: shared.start()])
    if _is_invitation(text):
        text = ""
    elif not (start == index or _is_invited(lines, start, floor) or written_day(shared["rest"])):
        text, start = "", index  # snippets without a day have no caption of their own
    for above in range(start - 1, max(floor, start - 3) - 1, -1):
        if _is_invitation(lines[above]):
            start = above
            break
        if lines[above]:
            break
    name = (shared["name"].strip() or None) if shared.re is _SHARED else None
    claims = _claims(
        text, handle=shared["handle"], name=name, on=written_day(shared["rest"].strip())
    )
    return WrittenPost(platform="instagram", claims=claims, url=None, start=start, end=index + 1)


def _is_invitation(line: str) -> bool:
    return len(line) <= 90 and not line.endswith(".") and _INVITATION.fullmatch(line) is not None


def _is_signed_below(lines: Sequence[str], index: int) -> bool:
    following = [line for line in lines[index + 1 : index + 8] if line][:3]
    return any(
        _SHARED.search(line[-_LONGEST_TAIL:]) or (not at and _SHARED_SOMEHOW.fullmatch(line))
        for at, line in enumerate(following)
    )


def _is_invited(lines: Sequence[str], index: int, floor: int) -> bool:
    """Whether the invitation is the last line above that is not empty."""
    above = (line for line in reversed(lines[max(floor, index - 3) : index]) if line)
    return _is_invitation(next(above, ""))


def _tiktok(lines: Sequence[str], index: int, floor: int) -> WrittenPost | None:
    if "♬" not in lines[index]:
        return None
    for start in range(index, max(floor, index - 8) - 1, -1):
        if lines[start].startswith("@"):
            found = _TIKTOK.match("\n".join(line for line in lines[start : index + 1] if line))
            if found is None:
                return None
            claims = _claims(found["text"], handle=found["handle"])
            return WrittenPost(
                platform="tiktok", claims=claims, url=None, start=start, end=index + 1
            )
    return None


def _facebook(lines: Sequence[str], index: int, floor: int) -> WrittenPost | None:
    line = lines[index]
    posted = _POSTED.search(line, max(0, len(line) - _LONGEST_TAIL))
    if posted is None:
        return None
    name, day = _name_and_day(posted["said"].split())
    if not name or day is None:
        return None
    text, start = _text_before(lines, index, floor, line[: posted.start()])
    claims = _claims(text, name=name, on=day)
    return WrittenPost(platform="facebook", claims=claims, url=None, start=start, end=index + 1)


def _name_and_day(words: Sequence[str]) -> tuple[str, dt.date | None]:
    """The name and the day of `NAME on Monday, May 4, 2020`."""
    for cut in range(len(words) - 1, max(0, len(words) - _MOST_WORDS), -1):
        is_parted = words[cut - 1] in _ON or is_weekday(words[cut - 1].strip(",،"))
        day = written_day(" ".join(words[cut:])) if is_parted else None
        if day is not None:
            while cut and (words[cut - 1] in _ON or is_weekday(words[cut - 1].strip(",،"))):
                cut -= 1  # noqa: PLW2901 (what stands before the day goes with it)
            return " ".join(words[:cut]), day
    return "", None


def _reddit(lines: Sequence[str], index: int, floor: int) -> WrittenPost | None:
    line, first = lines[index], index
    if line.startswith("in"):
        for above in range(index - 1, max(floor, index - 5) - 1, -1):
            if lines[above] and not _REDDIT_PARTS.fullmatch(lines[above]):
                break
            if lines[above]:
                line, first = f"{lines[above]} {line}", above
    by = _REDDIT.search(line, max(0, len(line) - _LONGEST_TAIL))
    if by is None:
        return None
    text, start = "", first
    if not by["kind"]:
        text, start = _text_before(lines, first, floor, line[: by.start()])
    claims = _claims(text, handle=by["user"])
    return WrittenPost(platform="reddit", claims=claims, url=None, start=start, end=index + 1)


def _post_by(lines: Sequence[str], index: int, floor: int) -> WrittenPost | None:
    del floor
    end = index + 1
    together = lines[index]
    following = next((at for at in range(end, min(end + 2, len(lines))) if lines[at]), None)
    if following is not None and len(together) + len(lines[following]) < _LONGEST_TAIL:
        pair = f"{together} {lines[following]}"
        if _POST_BY.search(pair) and _VIEW_ON.search(pair) and len(pair) < 120:
            together, end = pair, following + 1
    by, where = _POST_BY.search(together), _VIEW_ON.search(together)
    rest = _VIEW_ON.sub("", _POST_BY.sub("", together)).strip()
    if (by is None and where is None) or rest:
        return None
    handle = by["handle"] if by is not None else None
    is_mastodon = (where is not None and where["where"] == "Mastodon") or "@" in (handle or "")
    platform = "mastodon" if is_mastodon else "threads"
    return WrittenPost(
        platform=platform, claims=Claims(handle=handle), url=None, start=index, end=end
    )


def _text_before(lines: Sequence[str], index: int, floor: int, head: str) -> tuple[str, int]:
    """What the tail on the line `index` signs, `head` being what stands before it there.

    All of its paragraph, where there is any of it; otherwise the paragraph before.
    """
    start = _paragraph_start(lines, index, floor)
    if start < index or head.strip():
        return "\n".join([*lines[start:index], head]).strip(), start
    above = index - 1
    while above >= floor and not lines[above]:
        above -= 1
    if above < floor:
        return "", index
    start = _paragraph_start(lines, above, floor)
    return "\n".join(lines[start : above + 1]).strip(), start


def _paragraph_start(lines: Sequence[str], index: int, floor: int) -> int:
    while index > floor and lines[index - 1]:
        index -= 1
    return index


_READERS: tuple[Reader, ...] = (_signed, _instagram, _tiktok, _facebook, _reddit, _post_by)


def _claims(
    text: str, *, handle: str | None = None, name: str | None = None, on: dt.date | None = None
) -> Claims:
    linked = [
        target
        for shown, target in _MARKDOWN.findall(text)
        if not (shown.startswith(("#", "@")) or _SHORT_LINK.search(shown))
    ]
    text = without_targets(text)
    written = (
        found if found.startswith("http") else f"https://{found}"
        for found in _SHORT_LINK.findall(text)
    )
    links = dict.fromkeys((*linked, *written))
    return Claims(
        handle=handle,
        name=name,
        text=text.strip() or None,
        on=on,
        hashtags=hashtags(text),
        mentions=mentions(text),
        links=tuple(links),
    )
