"""Open Graph: the few fields that a page states for those who share it (ogp.me)."""

from archive import FactSource, PostAuthor, PostFacts, PostMedia
from crawler.platforms.json_tree import instant, web_url
from crawler.platforms.page import PlatformPage
from crawler.platforms.place import sourced


def read_open_graph(page: PlatformPage) -> PostFacts | None:
    """Author, text, picture and instant of a post's page; None where it states no text.

    `og:title` of a post's page names its author. Nothing here is more than an excerpt.
    """
    text = page.meta("og:description", "description")
    if text is None:
        return None
    name = page.meta("og:title")
    picture = web_url(page.meta("og:image") or "")
    posted = page.meta("og:published_time", "article:published_time", "published_time")
    return sourced(
        PostFacts(
            author=PostAuthor(name=name) if name else None,
            text=text,
            posted_at=instant(posted or ""),
            media=(PostMedia(type="image", url=picture),) if picture else (),
        ),
        FactSource.PAGE,
    )
