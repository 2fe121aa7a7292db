"""An article to take along: the WACZ of all that makes it whole."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive.catalogue import Selection
from archive.errors import CaptureNotFound
from archive.export import export_wacz
from archive.store.reader import ArchiveReader

Parts = Callable[[str], frozenset[str]]
"""From an article's id to the record ids of all that makes it whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """Makes packages of one archive's articles."""

    reader: ArchiveReader
    parts: Parts
    software: str

    def write(self, article_id: str, folder: Path) -> Path:
        """The package of an article, written into the empty `folder`.

        Raises: CaptureNotFound; NotAnArchive; StoreUnavailable.
        """
        view = self.reader.catalogue.article(article_id)
        if view is None:
            raise CaptureNotFound("no article is called that")
        target = folder / "article.wacz"
        export_wacz(
            self.reader.folder.root,
            target,
            software=self.software,
            selection=Selection(record_ids=self.parts(view["id"])),
            title=view["headline"],
        )
        return target
