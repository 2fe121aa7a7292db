"""What is wrong with a foreign file."""

from archive.errors import ArchiveError


class ImportRefused(ArchiveError):
    """The file is not taken in: its text says why. Nothing of it was kept."""
