"""A story as it lies in `pages/`: header lines, a blank line, and the body's HTML.

    Path: /2026/11/10/dnipro-pumps
    Headline: Engineers bring the pumping station back
    Author: Lena Hart            (several: one line each)
    Published: 2026-11-10T12:40:00+02:00
    Modified: 2026-11-10T15:05:00+02:00
    Shown: Nov. 10, 2026 12:40 PM EET
    ...

    <p>KYIV, Ukraine (CW) — ...</p>
    <!-- post: convoy -->

Such a comment is where an embedded post of `posts.py` goes; `post: convoy, twitter.com` embeds it
in the older form.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from crawler.demo.embeds import embed
from crawler.demo.posts import POSTS

_POST = re.compile(r"<!-- post: (?P<key>[\w-]+)(?P<old>, twitter\.com)? -->")

PAGES: Traversable = files("crawler.demo") / "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article. Texts are plain, not HTML, but for `body` (without its posts yet)."""

    name: str
    """The file's name without its ending; also of its picture."""
    path: str
    """Unquoted, below the site's root."""
    also_at: str | None
    """A second path that serves the same bytes."""
    headline: str
    subtitle: str
    authors: tuple[str, ...]
    published: str
    """RFC 3339 with the site's own offset, or a day where the site tells no time."""
    modified: str
    shown: str
    """The date line that readers see."""
    section: str
    tags: tuple[str, ...]
    caption: str
    is_free: bool
    is_listed: bool
    """False where no page of the site leads to it."""
    body: str

    def body_in(self, language: str) -> str:
        """The body with its posts pasted in."""

        def paste(found: re.Match[str]) -> str:
            return embed(POSTS[found["key"]], language=language, is_old=bool(found["old"]))

        return _POST.sub(paste, self.body)


@cache
def stories(folder: str) -> tuple[Story, ...]:
    """The stories in a folder of `pages/`, newest first."""
    found = [
        _read(file.name.removesuffix(".html"), file.read_text("utf-8"))
        for file in PAGES.joinpath(*folder.split("/")).iterdir()
    ]
    return tuple(sorted(found, key=lambda story: (story.published[:16], story.path), reverse=True))


def _read(name: str, text: str) -> Story:
    head, _, body = text.partition("\n\n")
    fields: dict[str, list[str]] = {}
    for line in head.splitlines():
        label, _, value = line.partition(": ")
        fields.setdefault(label, []).append(value)
    one = {label: values[0] for label, values in fields.items()}
    return Story(
        name=name,
        path=one["Path"],
        also_at=one.get("Also-At"),
        headline=one["Headline"],
        subtitle=one.get("Subtitle", ""),
        authors=tuple(fields.get("Author", ())),
        published=one["Published"],
        modified=one.get("Modified", one["Published"]),
        shown=one["Shown"],
        section=one["Section"],
        tags=tuple(one["Tags"].split(", ")) if "Tags" in one else (),
        caption=one.get("Caption", ""),
        is_free=one.get("Free", "yes") == "yes",
        is_listed=one.get("Listed", "yes") == "yes",
        body=body.strip(),
    )
