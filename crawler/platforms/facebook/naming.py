"""Facebook: posts, videos, reels, photos and group posts. Events are none: nobody says a thing."""

import datetime as dt
import re

from crawler.platforms.address import Address
from crawler.platforms.meta_ids import facebook_id
from crawler.platforms.reference import PostRef

name = "facebook"
marks = frozenset({"facebook.com", "fb.com"})
words = frozenset({"facebook", "fb"})

_PAGE = re.compile(r"[^\W_][\w.-]{0,99}")
_PAIR = re.compile(r"([1-9][0-9]{4,19})_([1-9][0-9]{4,19})")

# First segments that are features of the site, not pages.
_RESERVED = frozenset(
    {
        "ads",
        "dialog",
        "events",
        "groups",
        "hashtag",
        "help",
        "login",
        "permalink.php",
        "photo",
        "photo.php",
        "plugins",
        "profile.php",
        "reel",
        "share",
        "sharer",
        "sharer.php",
        "story.php",
        "video.php",
        "watch",
    }
)


def recognise(address: Address) -> PostRef | None:  # noqa: PLR0911 (one a shape)
    """The post, by its number or its opaque `pfbid`, whatever kind it is of."""
    segments = address.segments
    if len(segments) < 2 and address.fragment.startswith("!/"):
        # Until 2012 the path stood in the fragment.
        segments = tuple(address.fragment[2:].partition("?")[0].split("/"))
    if segments[:1] in {("pg",), ("gaming",)}:
        segments = segments[1:]
    if segments and segments[0] not in _RESERVED:
        return _below_page(address, segments)
    match segments:
        case ("groups", group, "posts" | "permalink", post, *_):
            return _reference(post, f"groups/{group}/posts/{post}", group)
        case ("groups", group, *_):
            story = address.parameter("multi_permalinks", "post_id")
            return _reference(story, f"groups/{group}/posts/{story}", group)
        case ("permalink.php" | "story.php" | "profile.php", *_):
            page, story = address.parameter("id") or "", address.parameter("story_fbid")
            return _reference(story, f"permalink.php?story_fbid={story}&id={page}", page)
        case ("photo.php" | "photo", *_):
            photo = address.parameter("fbid", "v")
            return _reference(photo, f"photo/?fbid={photo}")
        case ("reel", reel, *_):
            return _reference(reel, f"reel/{reel}")
        case ("watch" | "video.php", *_):
            video = address.parameter("v")
            return _reference(video, f"watch/?v={video}")
        case _:
            return None


def _below_page(address: Address, segments: tuple[str, ...]) -> PostRef | None:  # noqa: PLR0911
    """A post whose path starts with the name or number of its page."""
    match segments:
        case (page, "posts", *_, post):
            post = post.partition(":")[0]
            return _reference(post, f"{page}/posts/{post}", page)
        case ("notes", page, *_, note):
            return _reference(note, f"notes/{page}/{note}", page)
        case ("video", "embed" | "video.php", *_):
            video = address.parameter("video_id", "v") or ""
            return _reference(video, f"watch/?v={video}")
        case (_, "videos", *_, video) | (_, "live", "videos", video):
            return _reference(video, f"watch/?v={video}")
        case (_, "photos", *_, photo):
            return _reference(photo, f"photo/?fbid={photo}")
        case (_, "reels", reel):
            return _reference(reel, f"reel/{reel}")
        case (pair,) if found := _PAIR.fullmatch(pair):
            return _reference(found[2], f"{found[1]}/posts/{found[2]}")
        case (page,) if story := address.parameter("story_fbid"):
            return _reference(story, f"{page}/posts/{story}", page)
        case _:
            return None


def _reference(post: str | None, path: str, page: str = "page") -> PostRef | None:
    post_id = facebook_id(post)
    if post_id is None or not _PAGE.fullmatch(page):
        return None
    return PostRef(platform=name, post_id=post_id, url=f"https://www.facebook.com/{path}")


def from_id(_text: str) -> PostRef | None:
    """None: embeds carry whole URLs, and a bare number may be a page."""
    return None


def id_instant(_post_id: str) -> dt.datetime | None:
    """None: neither numbers nor `pfbid`s tell a time."""
    return None
