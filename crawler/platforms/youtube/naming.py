"""YouTube: videos, and the text posts of its channels."""

import datetime as dt
import re

from crawler.platforms.address import Address
from crawler.platforms.reference import PostRef

name = "youtube"
marks = frozenset(
    {
        "youtube.com",
        "youtube-nocookie.com",
        "youtubekids.com",
        "youtubeeducation.com",
        "youtube.googleapis.com",
        "youtu.be",
        "hooktube.com",
        "invidious.*",
        "inv.*",
        "iv.*",
        "piped.*",
        "yewtu.be",
    }
)
words = frozenset({"youtube", "youtu", "yt", "ytid"})

# 64 bits in base64: the last character holds four of them, so only 16 values can stand there.
_ID = re.compile(r"([A-Za-z0-9_-]{10}[AEIMQUYcgkosw048])(?![A-Za-z0-9_-])")
_TEXT_POST = re.compile(r"Ugk[A-Za-z0-9_-]{10,60}")

_FRAGMENT = re.compile(r"(?:^!?v=|[?&]v=|^p/.{1,60}/)([A-Za-z0-9_-]{11})")
_SHORT = frozenset({"youtu.be", "yewtu.be"})
# Words of the site that look like ids.
_RESERVED = frozenset({"videoseries", "live_stream"})


def recognise(address: Address) -> PostRef | None:  # noqa: PLR0911 (one a shape)
    """The video or text post; none for playlists, channels and a channel's current live stream."""
    match address.segments:
        case (video,) if video != "watch" and address.host.removeprefix("www.") in _SHORT:
            return from_id(video)
        case ("embed" | "v" | "e" | "shorts" | "live", video, *_):
            return from_id(video.partition("&")[0])
        case ("watch", video) if from_id(video):
            return from_id(video)
        case ("watch" | "watch_popup" | "ytscreeningroom" | "movie" | "view_play_list", *_) | ():
            return from_id(address.parameter("v", "V", "watch?v") or _in_fragment(address))
        case ("post", post) if _TEXT_POST.fullmatch(post):
            return _text_post(post)
        case (*_, "community"):
            post = address.parameter("lb") or ""
            return _text_post(post) if _TEXT_POST.fullmatch(post) else None
        case ("user", *_) | (_,):
            return from_id(address.parameter("v") or _in_fragment(address))
        case _:
            return None


def _in_fragment(address: Address) -> str:
    """The id in fragments of before 2013: `#!v=ID`, `#/watch?v=ID`, `#p/u/3/ID`; else nothing."""
    found = _FRAGMENT.search(address.fragment)
    return found[1] if found is not None else ""


def from_id(text: str) -> PostRef | None:
    """The video whose id starts `text`: 11 characters, then something that is in no id."""
    found = _ID.match(text.strip())
    if found is None or found[1] in _RESERVED:
        return None
    url = f"https://www.youtube.com/watch?v={found[1]}"
    return PostRef(platform=name, post_id=found[1], url=url)


def _text_post(post_id: str) -> PostRef:
    return PostRef(platform=name, post_id=post_id, url=f"https://www.youtube.com/post/{post_id}")


def id_instant(_post_id: str) -> dt.datetime | None:
    """None: ids are random."""
    return None
