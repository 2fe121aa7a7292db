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
from collections.abc import Callable, Sequence

from crawler.extract.citations.claims import HANDLE, Claims
from crawler.extract.datelines.labels import is_weekday
from crawler.extract.flattened.instagram import read_instagram
from crawler.extract.flattened.signed import read_signed
from crawler.extract.flattened.written_post import (
    LONGEST_TAIL,
    WrittenPost,
    claims_in,
    text_before,
)
from crawler.extract.written_day import written_day

MOST = 1_000
_LONGEST_LINE = 100_000
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
_POST_BY = re.compile(rf"Post by @(?P<handle>{HANDLE}(?:@{HANDLE})?)")
_VIEW_ON = re.compile(r"View on (?P<where>Threads|Mastodon)")
_TIKTOK = re.compile(rf"@(?P<handle>{HANDLE})\b\s*(?P<text>.*?)\s*♬.{{0,200}}$", re.DOTALL)
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


def _tiktok(lines: Sequence[str], index: int, floor: int) -> WrittenPost | None:
    if "♬" not in lines[index]:
        return None
    for start in range(index, max(floor, index - 8) - 1, -1):
        if lines[start].startswith("@"):
            found = _TIKTOK.match("\n".join(line for line in lines[start : index + 1] if line))
            if found is None:
                return None
            claims = claims_in(found["text"], handle=found["handle"])
            return WrittenPost(
                platform="tiktok", claims=claims, url=None, start=start, end=index + 1
            )
    return None


def _facebook(lines: Sequence[str], index: int, floor: int) -> WrittenPost | None:
    line = lines[index]
    posted = _POSTED.search(line, max(0, len(line) - LONGEST_TAIL))
    if posted is None:
        return None
    name, day = _name_and_day(posted["said"].split())
    if not name or day is None:
        return None
    text, start = text_before(lines, index, floor, line[: posted.start()])
    claims = claims_in(text, name=name, on=day)
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
    by = _REDDIT.search(line, max(0, len(line) - LONGEST_TAIL))
    if by is None:
        return None
    text, start = "", first
    if not by["kind"]:
        text, start = text_before(lines, first, floor, line[: by.start()])
    claims = claims_in(text, handle=by["user"])
    return WrittenPost(platform="reddit", claims=claims, url=None, start=start, end=index + 1)


def _post_by(lines: Sequence[str], index: int, floor: int) -> WrittenPost | None:
    del floor
    end = index + 1
    together = lines[index]
    following = next((at for at in range(end, min(end + 2, len(lines))) if lines[at]), None)
    if following is not None and len(together) + len(lines[following]) < LONGEST_TAIL:
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


_READERS: tuple[Reader, ...] = (read_signed, read_instagram, _tiktok, _facebook, _reddit, _post_by)
