"""Which captures make an article whole: for a package that shows it without the rest."""

from pathlib import Path

from archive import ArchiveReader, CaptureNotFound


def parts_of_article(root: Path, named: str) -> frozenset[str]:
    """The record ids of all that belongs to the article that `named` (URL or id) leads to.

    Its captures, the hops that led to them, what was asked for because of them (posts, media,
    what the pages need to be seen), and the posts it cites wherever else they were found.

    Raises: CaptureNotFound where that is no article of the archive at `root`; NotAnArchive.
    """
    reader = ArchiveReader.open(root)
    found = reader.catalogue.find(named)
    if found is None or found.kind != "article":
        raise CaptureNotFound(f"no article here is called {named[:200]!r}")
    return reader.parts_of(str(found.view.get("id")))
