"""Our templates: whatever is put into one is escaped, and nothing may be missing."""

from functools import partial
from pathlib import Path

import jinja2

from archive.browse import wording
from archive.browse.pages import Page


class Rendering:
    """Makes HTML of pages. `replay` is the address of `dateline replay`."""

    def __init__(self, replay: str) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "day": wording.day,
            "moment": wording.moment,
            "second": wording.second,
            "outlet": wording.outlet,
            "part": wording.part,
            "plain": wording.plain,
            "platform": wording.platform,
            "size": wording.size,
        }
        self._environment.globals |= {
            "states": wording.STATES,
            "lost": wording.LOST,
            "compared": wording.COMPARED,
            "replay": partial(wording.replay_link, replay.rstrip("/")),
        }

    def html(self, page: Page) -> bytes:
        """The page, in UTF-8; half a surrogate pair, which has no UTF-8, becomes `?`."""
        text = self._environment.get_template(page.template).render(page.given)
        return text.encode("utf-8", "replace")
