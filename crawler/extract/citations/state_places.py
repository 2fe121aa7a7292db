"""Where among the page's paragraphs a post stands that only the page's state cites.

State keeps the article in order, a post between the sentences that it stands between. So the first
of these that comes after a post, and is a paragraph of the page, is what the post stands before.
"""

from dataclasses import replace

from crawler.extract.citations.citing import Citations
from crawler.extract.citations.sought import SHORTEST_PIECE, Sought


class StatePlaces:
    """The posts of one part of a state that wait for the next sentence."""

    def __init__(self, citations: Citations, sought: Sought) -> None:
        self._citations = citations
        self._sought = sought
        self._waiting: list[int] = []
        self._has_begun = False

    def cited(self, index: int) -> None:
        """A citation was made; before any sentence nothing is known of its place."""
        if self._has_begun:
            self._waiting.append(index)

    def passed(self, text: str) -> None:
        """The state goes on with `text`."""
        if len(text) < SHORTEST_PIECE or (self._has_begun and not self._waiting):
            return
        paragraph = self._sought.paragraph_of(text)
        if paragraph is None:
            return
        self._has_begun = True
        found = self._citations.found
        for index in self._waiting:
            found[index] = replace(found[index], before=paragraph)
        self._waiting.clear()
