"""VK: posts on walls, films and clips."""

import datetime as dt
import re

from crawler.platforms.address import Address
from crawler.platforms.reference import PostRef

name = "vk"
marks = frozenset({"vk.com", "vk.ru", "vkvideo.ru", "vkontakte.ru"})
words = frozenset({"vk"})

# A community's number is negative.
_OWNER = r"-?[1-9][0-9]{0,12}"
_POST = r"[1-9][0-9]{0,10}"
_OBJECT = re.compile(rf"(wall|video|clip)({_OWNER})_({_POST})(?![0-9])")
_WIDGET = re.compile(rf"vk_post_({_OWNER})_({_POST})")


def recognise(address: Address) -> PostRef | None:
    """`/wall-1_2`, `/page?w=wall-1_2`, `/video1_2`, `/clip1_2`, and the addresses of widgets."""
    match address.segments:
        case ("widget_post.php",):
            owner, post = address.parameter("owner_id"), address.parameter("post_id")
            return _named(f"wall{owner}_{post}")
        case ("video_ext.php",):
            owner, post = address.parameter("oid"), address.parameter("id")
            return _named(f"video{owner}_{post}")
        case (*_, last) if found := _named(last):
            return found
        case _:
            shown = address.parameter("w", "z") or address.fragment
            if shown.startswith("photo"):  # a post's picture, shown above it: `photo-1_2/wall-1_3`
                shown = shown.rpartition("/")[2]
            return _named(shown)


def from_id(text: str) -> PostRef | None:
    """The post that the element of a widget names by its id: `vk_post_-1_2`."""
    found = _WIDGET.fullmatch(text.strip())
    return _named(f"wall{found[1]}_{found[2]}") if found else None


def _named(text: str) -> PostRef | None:
    found = _OBJECT.match(text)
    if found is None:
        return None
    kind, owner, post = found.groups()
    # Walls, films and clips are numbered apart; a clip is a film.
    kind = "video" if kind == "clip" else kind
    post_id = f"{owner}_{post}" if kind == "wall" else f"{kind}{owner}_{post}"
    return PostRef(platform=name, post_id=post_id, url=f"https://vk.com/{kind}{owner}_{post}")


def id_instant(_post_id: str) -> dt.datetime | None:
    """None: ids count an owner's posts and tell no time."""
    return None
