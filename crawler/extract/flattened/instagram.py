"""Instagram's tail: `A post shared by NAME (@handle)`, with or without its invitation."""

import re
from collections.abc import Sequence

from crawler.extract.citations.claims import HANDLE, Claims
from crawler.extract.flattened.written_post import (
    LONGEST_TAIL,
    WrittenPost,
    claims_in,
    text_before,
)
from crawler.extract.written_day import written_day

_INVITATION = re.compile(
    r".{0,60}(?<![a-z])Instagram(?:[aeu]|ie|em|on|issa)?(?![a-z]).{0,30}", re.IGNORECASE
)  # `View this post on Instagram`, in any language
_SHARED = re.compile(
    r"(?:^|\s)(?:A (?:post|photo|video|reel) (?:shared|posted) by|Ein Beitrag geteilt von"
    r"|Une (?:publication|photo|vidéo) (?:partagée|publiée) par"
    r"|Una (?:publicación|foto) (?:compartida|publicada) (?:de|por)"
    r"|U(?:ma publicação compartilhada|n post condiviso) (?:por|da)|Een bericht gedeeld door"
    r"|Публикация от|تمت مشاركة منشور بواسطة)\s(?P<name>.{0,200}?)\s?\(@(?P<handle>"
    + HANDLE
    + r")\)(?P<rest>.{0,60})$"
)
_SHARED_SOMEHOW = re.compile(
    rf"(?P<name>[^()]{{0,120}})\(@(?P<handle>{HANDLE})\)(?P<rest>[^()]{{0,60}})"
)
"""A signature in any other language, right below the invitation; what is in it is not told apart
from the name."""


def read_instagram(lines: Sequence[str], index: int, floor: int) -> WrittenPost | None:
    """The post whose signature or invitation the line `index` is; see `read_signed`."""
    line = lines[index]
    shared = _SHARED.search(line, max(0, len(line) - LONGEST_TAIL))
    if shared is None and _is_invited(lines, index, floor):
        shared = _SHARED_SOMEHOW.fullmatch(line)
    if shared is None:
        if not _is_invitation(line) or _is_signed_below(lines, index):
            return None
        return WrittenPost(
            platform="instagram", claims=Claims(), url=None, start=index, end=index + 1
        )
    text, start = text_before(lines, index, floor, line[: shared.start()])
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
    claims = claims_in(
        text, handle=shared["handle"], name=name, on=written_day(shared["rest"].strip())
    )
    return WrittenPost(platform="instagram", claims=claims, url=None, start=start, end=index + 1)


def _is_invitation(line: str) -> bool:
    return len(line) <= 90 and not line.endswith(".") and _INVITATION.fullmatch(line) is not None


def _is_signed_below(lines: Sequence[str], index: int) -> bool:
    following = [line for line in lines[index + 1 : index + 8] if line][:3]
    return any(
        _SHARED.search(line[-LONGEST_TAIL:]) or (not at and _SHARED_SOMEHOW.fullmatch(line))
        for at, line in enumerate(following)
    )


def _is_invited(lines: Sequence[str], index: int, floor: int) -> bool:
    """Whether the invitation is the last line above that is not empty."""
    above = (line for line in reversed(lines[max(floor, index - 3) : index]) if line)
    return _is_invitation(next(above, ""))
