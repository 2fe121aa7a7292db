"""The texts that near copies are looked for among: as they are stored, and compared in full."""

import sqlite3
from collections import OrderedDict
from typing import NamedTuple

from archive.codec import from_json
from archive.model import Article
from archive.near import Likeness, NearText, Sketch, bands, could_be_copies, likeness, near_text
from archive.text.parts import story_words

TEXTS_HELD = 256
"""Texts kept at hand: a wire story's copies come close upon each other."""

_TEXT = """
    SELECT near_texts.text_no, near_texts.text_id, near_texts.sketch,
        centres.text_id AS centre_id
    FROM near_texts JOIN near_texts AS centres ON centres.text_no = near_texts.centre_no
"""


class StoredText(NamedTuple):
    """A row of `near_texts`, with the id of its centre."""

    text_no: int
    text_id: str
    sketch: Sketch
    centre_id: str

    @property
    def is_centre(self) -> bool:
        """Whether a cluster is around it."""
        return self.centre_id == self.text_id


class NearTexts:
    """The texts in the tables, compared."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._held: OrderedDict[str, NearText] = OrderedDict()

    def stored(self, text_id: str) -> StoredText:
        """The row of a text that is there."""
        row = self._connection.execute(f"{_TEXT} WHERE near_texts.text_id = ?", (text_id,))
        return StoredText(*row.fetchone())

    def around(self, centre_id: str) -> list[StoredText]:
        """The texts of the cluster around a centre, by their ids."""
        rows = self._connection.execute(
            f"{_TEXT} WHERE centres.text_id = ? ORDER BY near_texts.text_id", (centre_id,)
        )
        return [StoredText(*row) for row in rows]

    def candidates(self, text: StoredText) -> list[StoredText]:
        """The other texts with a band of this one, by their ids."""
        chosen = bands(text.sketch)
        marks = ", ".join("?" * len(chosen))
        rows = self._connection.execute(
            f"{_TEXT} WHERE near_texts.text_no IN "  # noqa: S608 - no value of a page
            f"(SELECT text_no FROM near_bands WHERE band IN ({marks})) "
            "AND near_texts.text_no <> ? ORDER BY near_texts.text_id",
            (*chosen, text.text_no),
        )
        return [StoredText(*row) for row in rows]

    def compared(self, one: StoredText, other: StoredText) -> Likeness | None:
        """How alike two texts are, read in full; None where their sketches rule it out."""
        if not could_be_copies(one.sketch, other.sketch):
            return None
        return self.likeness(one, other)

    def likeness(self, one: StoredText, other: StoredText) -> Likeness:
        """How alike two texts are, read in full."""
        return likeness(self.read(one), self.read(other))

    def are_copies(self, one: StoredText, other: StoredText) -> bool:
        """Whether two texts are near copies of each other."""
        alike = self.compared(one, other)
        return alike is not None and alike.is_copy

    def read(self, text: StoredText) -> NearText:
        """The text itself, out of the document of an article that has it."""
        found = self._held.get(text.text_id)
        if found is None:
            (document,) = self._connection.execute(
                "SELECT documents.article FROM near_articles JOIN documents "
                "ON documents.digest = near_articles.document WHERE text_no = ? LIMIT 1",
                (text.text_no,),
            ).fetchone()
            found = near_text(story_words(from_json(document, Article)))
            assert found is not None, text.text_id
        self.hold(found)
        return found

    def hold(self, text: NearText) -> None:
        """Keep a text at hand, and let go of the one unused for longest."""
        self._held[text.id] = text
        self._held.move_to_end(text.id)
        if len(self._held) > TEXTS_HELD:
            self._held.popitem(last=False)
