"""Where among the page's paragraphs a post stands that only the page's state cites.

State keeps the article in order, a post between the sentences that it stands between. So the first
of these that comes after a post, and is a paragraph of the page, is what the post stands before.
"""

from dataclasses import replace

from crawler.extract.citations.citing import Citations
from crawler.extract.citations.state.sought import SHORTEST_PIECE, Sought


class StatePlaces:
    """The posts of one part of a state that wait for the next sentence."""

    def __init__(self, citations: Citations, sought: Sought) -> None:
        self._found = citations.found
        self._sought = sought
        self._first_waiting: int | None = None
        """Before any sentence nothing is known of a post's place."""

    def passed(self, text: str) -> None:
        """The state goes on with `text`."""
        found = self._found
        if len(text) < SHORTEST_PIECE or self._first_waiting == len(found):
            return
        paragraph = self._sought.paragraph_of(text)
        if paragraph is None:
            return
        if self._first_waiting is not None:
            for index in range(self._first_waiting, len(found)):
                found[index] = replace(found[index], before=paragraph)
        self._first_waiting = len(found)
