"""The reading room: a local, read-only web page on an archive (extra `dateline[browse]`).

plugin.py      the only door to Datasette: our pages beside its tables, SQL, JSON and CSV
guard.py       what holds for every answer: no writing, no strange host, no script of a page
pages.py       what each page shows, from the catalogue's views
paging.py      a long list, a part at a time
citing.py      the posts that an article cites, each claim beside the facts
pictures.py    the pictures that were kept, given out as nothing else
packages.py    an article to take along
evidence.py    what the bytes behind an article say for themselves
spreadsheet.py the tables' CSV, of which no cell is a formula
shelf.py       questions that no view answers
sources.py     what it is told of the sources that are watched
calendar.py    a month, as weeks of days
rendering.py   HTML out of our templates, everything escaped
wording.py     our words, instants and links, for the templates
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.browse.guard import Application
    from archive.browse.packages import Parts
    from archive.browse.sources import Sources
    from archive.store.reader import ArchiveReader


def reading_room(
    reader: "ArchiveReader",
    *,
    bind: str = "127.0.0.1",
    replay: str,
    software: str,
    parts: "Parts | None" = None,
    sources: "Sources | None" = None,
) -> "Application":
    """The ASGI application of an archive's reading room.

    `bind` is the address it will listen at: where that is this machine's own, requests that ask
    for another name are refused. `replay` is the address of `dateline replay`. `parts` says what
    goes into the package of an article (default: `ArchiveReader.parts_of`), `sources` what is
    known of those that are watched (default: nothing).

    Raises: ImportError where Datasette is missing.
    """
    from archive.browse.plugin import application  # noqa: PLC0415 - an extra

    return application(
        reader, bind=bind, replay=replay, software=software, parts=parts, sources=sources
    )


def serve_reading_room(
    application: "Application", *, bind: str, port: int, told: "Callable[[str], None]"
) -> None:
    """Serve a reading room until the process is told to end.

    `port` 0 is any that is free; `told` is given the room's address once it listens there.

    Raises: OSError where it cannot listen there.
    """
    from archive.browse.plugin import serve  # noqa: PLC0415 - an extra

    serve(application, bind=bind, port=port, told=told)
