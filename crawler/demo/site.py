"""What makes a news site of this world: its room in `pages/`, and the habits of its server.

A room holds what all pages of a site share: `frame.html` around everything, `head.html` and
`article.html` for a story, `teaser.html` for its place on the front page, the style sheet, the
logo and robots.txt. To add a story, write one file beside the others; to add a site, make a room
and a `Site` in `sites.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from crawler.demo.delivery import Delivery
from crawler.demo.server import Answer, Asked
from crawler.demo.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One news site. Its templates are `pages/<room>/*.html`, its stories lie in `stories`."""

    host: str
    name: str
    room: str
    stories: str
    language: str = "en"
    direction: str = "ltr"
    charset: str = "utf-8"
    is_charset_sent: bool = True
    """Whether the Content-Type header names the charset."""
    sections: tuple[tuple[str, str], ...]
    """Path and label of each section page."""
    listings: tuple[str, ...] = ()
    """Beginnings of further paths that list stories, such as tags."""
    structured: Callable[["Site", Story], object] | None = None
    """The JSON-LD of an article."""
    delivery: Delivery = field(default_factory=Delivery)
    aliases: tuple[str, ...] = ()
    """Hosts that redirect here."""
    is_https_only: bool = True
    has_amp: bool = False
    """Whether each story has an AMP version below `/amp`."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What the templates say, where one room serves several languages."""
    oddities: Mapping[str, "Oddity"] = field(default_factory=dict)
    """Paths that do not simply serve their page."""

    @property
    def home(self) -> str:
        """The site's own address, without the last slash."""
        return f"https://{self.host}"

    @property
    def content_type(self) -> str:
        """Of its pages."""
        return f"text/html; charset={self.charset}" if self.is_charset_sent else "text/html"


Oddity = Callable[[Site, Asked, Answer], Answer]
"""Makes something else of the ordinary answer."""
