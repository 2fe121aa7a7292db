"""Our templates: whatever is put into one is escaped, and nothing may be missing."""

import re
from functools import partial
from pathlib import Path

import jinja2
from markupsafe import Markup

from archive.browse import wording
from archive.browse.pages import Page
from archive.views.platforms import platform_name

_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and the marks that turn the direction of all that follows."""


class Rendering:
    """Makes HTML of pages. `replay` is the address of `dateline replay`."""

    def __init__(self, replay: str) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=_seen,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "day": wording.day,
            "lang": _lang,
            "moment": wording.moment,
            "second": wording.second,
            "outlet": wording.outlet,
            "part": wording.part,
            "plain": wording.plain,
            "platform": platform_name,
            "size": wording.size,
            "span": wording.span,
        }
        self._environment.globals |= {
            "states": wording.STATES,
            "lost": wording.LOST,
            "lost_states": ",".join(wording.LOST),
            "compared": wording.COMPARED,
            "replay": partial(wording.replay_link, replay.rstrip("/")),
        }

    def html(self, page: Page) -> bytes:
        """The page, in UTF-8; half a surrogate pair, which has no UTF-8, becomes `?`."""
        text = self._environment.get_template(page.template).render(page.given)
        return text.encode("utf-8", "replace")


def _seen(value: object) -> object:
    """What steers whoever looks, and shows nothing, is shown: as `dateline` does in a terminal."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _STEERS.sub("\N{REPLACEMENT CHARACTER}", value)
    return value


def _lang(language: str | None) -> Markup:
    """The attribute that names a language, where the page's own word for it is one (BCP 47)."""
    if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}", language or ""):
        return Markup(' lang="{}"').format(language)
    return Markup()
