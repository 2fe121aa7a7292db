"""The only door to Datasette: our pages are a plugin of it; tables, SQL, JSON and CSV are its own.

Datasette opens the catalogue with `mode=ro`; `query_only` makes that twice sure.
"""

import asyncio
import contextlib
import logging
import re
import socket
import sqlite3
import tempfile
import weakref
from collections.abc import Awaitable, Callable, Generator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import unquote

import uvicorn
from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from datasette.utils.asgi import asgi_send_file
from datasette.views import base
from markupsafe import Markup, escape

from archive.browse import guard, spreadsheet
from archive.browse.packages import Packages, Parts
from archive.browse.pages import NotHere, Page, ReadingRoom
from archive.browse.rendering import Rendering
from archive.browse.sources import Sources
from archive.browse.wording import part
from archive.disk.database_file import is_frozen
from archive.errors import ArchiveError
from archive.store.reader import ArchiveReader

_HERE = Path(__file__).parent
_STYLES = frozenset({"room.css", "tables.css"})
_MOST_ASKED = 500
"""Characters of a question, of an id or of an address."""
_PAGES = {
    "article_id": "article",
    "post_key": "post",
    "record_id": "capture",
    "via_record": "capture",
    "refers_to": "capture",
    "run_id": "run",
}
"""Columns of the tables, and the page of ours that what they name has."""
_LONGEST_VALUE = 16 << 20
"""Bytes of one value that SQL gives: without a bound, some words of SQL ask for gigabytes."""
_ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)
_SETTINGS = {
    "allow_download": False,
    "sql_time_limit_ms": 3000,
    "default_page_size": 50,
}

base.csv = spreadsheet  # there is no hook for a CSV's cells

_Hook = TypeVar("_Hook", bound=Callable[..., object])

logger = logging.getLogger(__name__)


class Arguments(Protocol):
    """What follows the question mark."""

    def get(self, name: str) -> str | None:
        """The first value of that name."""


class Request(Protocol):
    """What we read of Datasette's request."""

    args: Arguments
    path: str
    url_vars: dict[str, str]


Answer = Callable[[Request], Awaitable[object]]


class _Doorway:
    """Takes Datasette's requests, has them answered in a thread, and gives it our answers."""

    def __init__(self, room: ReadingRoom, packages: Packages, rendering: Rendering) -> None:
        self._room = room
        self._packages = packages
        self._rendering = rendering

    def routes(self) -> list[tuple[str, Callable[..., object]]]:
        """Paths, and what answers there."""
        room = self._room
        return [
            (r"^/$", self._page(lambda _: room.front())),
            (r"^/articles$", self._page(lambda one: room.articles(_asked(one, "before")))),
            (r"^/changes$", self._page(lambda one: room.changes(_asked(one, "before")))),
            (r"^/search$", self._page(lambda one: room.search(*_of_search(one)))),
            (r"^/article/(?P<name>[^/]+)$", self._page(lambda one: room.article(_named(one)))),
            (r"^/article/(?P<name>[^/]+)/wacz$", self.package),
            (r"^/post/(?P<name>[^/]+)$", self._page(lambda one: room.post(_named(one)))),
            (r"^/story/(?P<name>[^/]+)$", self._page(lambda one: room.cluster(_named(one)))),
            (r"^/outlets$", self._page(lambda _: room.outlets())),
            (r"^/outlet/(?P<name>[^/]+)$", self._page(lambda one: room.outlet(*_part(one)))),
            (r"^/capture/(?P<name>[^/]+)$", self._page(lambda one: room.capture(_named(one)))),
            (r"^/sources$", self._page(lambda _: room.sources())),
            (r"^/source/(?P<name>[^/]+)$", self._page(lambda one: room.source(_named(one)))),
            (r"^/runs$", self._page(lambda one: room.runs(_asked(one, "before")))),
            (r"^/run/(?P<name>[^/]+)$", self._page(lambda one: room.run(*_part(one)))),
            (r"^/datelines$", self._page(lambda one: room.datelines(_asked(one, "month")))),
            (r"^/picture/(?P<name>[^/]+)$", self.picture),
            (r"^/static/(?P<name>[a-z.]+)$", self.style),
        ]

    def _page(self, make: Callable[[Request], Page]) -> Answer:
        async def answer(request: Request) -> object:
            return await asyncio.to_thread(self._made, partial(make, request))

        return answer

    def _made(self, make: Callable[[], Page]) -> object:
        try:
            page = make()
        except NotHere as error:
            page = _failure(404, str(error))
        except ArchiveError as error:
            page = _failure(503, str(error))
        return self._answer(page)

    def _answer(self, page: Page) -> object:
        headers = {"content-security-policy": guard.OURS, "cache-control": "no-store"}
        return Response.html(self._rendering.html(page), status=page.status, headers=headers)

    def failed(self, request: Request, error: Exception) -> object:
        """What is answered where Datasette, or a page of ours, could not."""
        status = int(getattr(error, "status", 500))
        why = str(getattr(error, "title", None) or error)
        if status >= 500:
            logger.error("%.200r could not be answered", request.path, exc_info=error)
            why = "The terminal that the reading room runs in tells where it went wrong."
        elif status == 404:
            why = "There is no such page."
        elif not getattr(error, "message_is_html", False):
            why = str(getattr(error, "message", why))
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": why, "status": status}, status=status)
        return self._answer(_failure(status, why))

    async def picture(self, request: Request) -> object:
        """A picture by itself, in a sandbox."""
        try:
            picture = await asyncio.to_thread(self._room.picture, _named(request))
        except ArchiveError:
            return Response.text("There is no such picture.\n", status=404)
        headers = {
            "content-security-policy": guard.ALONE,
            "cache-control": "private, max-age=3600",
        }
        return Response(picture.body, headers=headers, content_type=picture.content_type)

    async def package(self, request: Request, send: guard.Send) -> object:
        """The WACZ of an article; nothing of it stays here."""
        article_id = _named(request)
        with tempfile.TemporaryDirectory(prefix="dateline-room-") as folder:
            try:
                path = await asyncio.to_thread(self._packages.write, article_id, Path(folder))
            except ArchiveError as error:
                return Response.text(f"{error}\n", status=404)
            name = "".join(letter for letter in article_id if letter.isascii() and letter.isalnum())
            await asgi_send_file(
                send,
                path,
                filename=f"{name[:40]}.wacz",
                content_type="application/wacz",
                chunk_size=1 << 16,
            )
        return None

    async def style(self, request: Request) -> object:
        """One of our style sheets."""
        name = request.url_vars["name"]
        if name not in _STYLES:
            return Response.text("There is no such file.\n", status=404)
        sheet = (_HERE / "static" / name).read_bytes()
        return Response(sheet, content_type="text/css; charset=utf-8")


_FAILURES = {400: "Not understood", 403: "Not given out", 404: "Not here"}


def _failure(status: int, why: str) -> Page:
    title = _FAILURES.get(status, "It went wrong")
    return Page(template="failure.html", given={"title": title, "why": why}, status=status)


def _named(request: Request) -> str:
    return unquote(request.url_vars["name"])[:_MOST_ASKED]


def _asked(request: Request, name: str) -> str:
    return (request.args.get(name) or "").strip()[:_MOST_ASKED]


def _part(request: Request) -> tuple[str, str]:
    """What is named, and which part of its list is asked for."""
    return _named(request), _asked(request, "before")


def _of_search(request: Request) -> tuple[str, str, str]:
    return _asked(request, "q"), _asked(request, "page"), _asked(request, "until")


_doorways: "weakref.WeakKeyDictionary[object, _Doorway]" = weakref.WeakKeyDictionary()
"""Which reading room belongs to which Datasette: its hooks are told of nothing else."""


def _hook(function: _Hook) -> _Hook:
    return cast("_Hook", hookimpl(function))


class _Hooks:
    """What Datasette asks its plugins."""

    __name__ = "dateline"  # Datasette lists its plugins by it

    @_hook
    def register_routes(self, datasette: object) -> list[tuple[str, Callable[..., object]]]:
        """Our pages; Datasette looks here before it looks among its own."""
        doorway = _doorways.get(datasette)
        return doorway.routes() if doorway is not None else []

    @_hook
    def prepare_connection(
        self, conn: sqlite3.Connection, database: str, datasette: object
    ) -> None:
        """Datasette's connection to the catalogue only reads."""
        if datasette in _doorways and not database.startswith("_"):
            conn.execute("PRAGMA query_only = ON")
            conn.execute("PRAGMA trusted_schema = OFF")
            conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)

    @hookimpl(hookwrapper=True)  # type: ignore[untyped-decorator] # it has no types
    def handle_exception(
        self, datasette: object, request: Request, exception: Exception
    ) -> Generator[None, Any, None]:
        """Our page, in place of Datasette's own handler: that prints every value at hand."""
        outcome = yield
        doorway = _doorways.get(datasette)
        if doorway is not None:
            outcome.force_result([doorway.failed(request, exception)])

    @_hook
    def render_cell(
        self, row: Mapping[str, object], value: object, column: str, table: str, datasette: object
    ) -> Markup | None:
        """Ids lead to our pages, and an address is text: Datasette would lead to the very site."""
        if datasette not in _doorways or not isinstance(value, str):
            return None
        page, name = _PAGES.get(column), value
        article_id = dict(row).get("article_id")
        if column == "headline" and table in {"articles", "versions"} and article_id is not None:
            page, name = "article", str(article_id)
        if page is not None and name:
            return Markup('<a href="/{}/{}">{}</a>').format(page, part(name), value)
        return escape(value) if _ADDRESS.match(value) else None

    @_hook
    def extra_css_urls(self, datasette: object) -> list[str]:
        """Datasette's pages in our hand."""
        return ["/static/tables.css"] if datasette in _doorways else []


_HOOKS = _Hooks()


class _Catalogue(Database):  # type: ignore[misc] # it has no types
    """The catalogue, whose references name tables alone: SQLite takes their primary keys."""

    async def foreign_keys_for_table(self, table: str) -> list[dict[str, str]]:
        """As Datasette's own, which fails where a reference names no column."""
        found = await super().foreign_keys_for_table(table)
        for key in found:
            if key["other_column"] is None:
                (key["other_column"],) = await self.primary_keys(key["other_table"])
        return cast("list[dict[str, str]]", found)


def application(
    reader: ArchiveReader,
    *,
    bind: str,
    replay: str,
    software: str,
    parts: Parts | None,
    sources: Sources | None,
) -> guard.Application:
    """The ASGI application of one archive's reading room."""
    if not pm.is_registered(_HOOKS):
        pm.register(_HOOKS, name=_HOOKS.__name__)
    datasette = Datasette(template_dir=str(_HERE / "datasette"), settings=_SETTINGS)
    # Only read, and yet not immutable where a crawl may be writing it.
    path = reader.folder.catalogue
    catalogue = _Catalogue(datasette, path=str(path), is_mutable=not is_frozen(path))
    datasette.add_database(catalogue, name="catalogue")
    datasette.remove_database("_memory")  # an empty one, for SQL across several
    room = ReadingRoom(reader, sources=sources)
    packages = Packages(reader=reader, parts=parts or reader.parts_of, software=software)
    _doorways[datasette] = _Doorway(room, packages, Rendering(replay))
    return guard.Guard(datasette.app(), bind=bind)


def serve(
    application: guard.Application, *, bind: str, port: int, told: Callable[[str], None]
) -> None:
    """Serve until the process is told to end. Raises: OSError where the address is not free."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    config = uvicorn.Config(
        application, log_level="warning", access_log=False, server_header=False, ws="none"
    )
    with (
        socket.create_server((bind, port), family=family) as listening,
        contextlib.suppress(KeyboardInterrupt),  # uvicorn ends well, then tells it again
    ):
        host = f"[{bind}]" if family == socket.AF_INET6 else bind
        told(f"http://{host}:{listening.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listening])
