"""oEmbed: a title, an author, and a snippet of HTML for a URL (oembed.com, section 2.3)."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote

from archive import PostAuthor, PostMedia
from crawler.platforms.json_tree import Tree, read_json
from crawler.platforms.rung import Answered


def oembed_url(endpoint: str, url: str, **more: str) -> str:
    """The request to an `endpoint` for `url`, with further parameters in their order."""
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in more.items())
    return f"{endpoint}?{query}{'&' if query else ''}url={quote(url, safe='')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OEmbed:
    """The fields of an oEmbed answer that platforms fill."""

    url: str | None
    title: str | None
    author_name: str | None
    author_url: str | None
    html: str | None
    thumbnail_url: str | None
    tree: Tree
    """The whole answer, for what a platform adds."""

    @classmethod
    def read(cls, answered: Answered) -> Self | None:
        """The answer in a body; None where it is none: no JSON object, or none with a `type`."""
        tree = read_json(answered.body)
        if tree is None or tree["type"].text() is None:
            return None
        return cls(
            url=tree["url"].url(),
            title=tree["title"].text(),
            author_name=tree["author_name"].text(),
            author_url=tree["author_url"].url(),
            html=tree["html"].text(),
            thumbnail_url=tree["thumbnail_url"].url(),
            tree=tree,
        )

    def author(self, handle: str | None) -> PostAuthor | None:
        """Who is named, with a `handle` that the caller knows of; None where nobody is."""
        if not (self.author_name or handle or self.author_url):
            return None
        return PostAuthor(handle=handle, name=self.author_name, url=self.author_url)

    def film(self) -> tuple[PostMedia, ...]:
        """The film that the thumbnail is of; empty without one."""
        if self.thumbnail_url is None:
            return ()
        return (PostMedia(type="video", preview_url=self.thumbnail_url),)
