"""The only door to Datasette: our pages are a plugin of it; tables, SQL, JSON and CSV are its own.

Datasette opens the catalogue with `mode=ro`; `query_only` makes that twice sure.
"""

import asyncio
import sqlite3
import tempfile
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jinja2
import uvicorn
from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils.asgi import asgi_send_file

from archive.browse import guard, wording
from archive.browse.pages import NotHere, Page, Parts, ReadingRoom
from archive.errors import ArchiveError
from archive.replay import ArchiveReader

_HERE = Path(__file__).parent
_STATIC = {"room.css": "text/css; charset=utf-8", "tables.css": "text/css; charset=utf-8"}
_MOST_ASKED = 500
"""Characters of a question, of an id or of an address."""


class Rendering:
    """Our templates: whatever is put into one is escaped, and nothing may be missing."""

    def __init__(self, replay: str) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "day": wording.day,
            "moment": wording.moment,
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
            "replay": partial(wording.replay_link, replay),
        }

    def html(self, page: Page) -> str:
        """The page's HTML."""
        return self._environment.get_template(page.template).render(page.given)


class _Doorway:
    """Takes requests, has them answered in a thread, and gives answers to Datasette."""

    def __init__(self, room: ReadingRoom, rendering: Rendering) -> None:
        self.room = room
        self._rendering = rendering

    async def page(self, make: Callable[[], Page]) -> Any:
        """The answer that `make` leads to."""
        status, text = await asyncio.to_thread(self._made, make)
        return _html(text, status)

    def _made(self, make: Callable[[], Page]) -> tuple[int, str]:
        try:
            page = make()
        except NotHere as error:
            page = Page(template="missing.html", given={"why": f"{error}"}, status=404)
        except ArchiveError as error:
            page = Page(template="missing.html", given={"why": f"{error}"}, status=503)
        return page.status, self._rendering.html(page)

    async def picture(self, record_id: str) -> Any:
        """A picture by itself, in a sandbox."""
        try:
            picture = await asyncio.to_thread(self.room.picture, record_id)
        except ArchiveError:
            return Response.text("There is no such picture.\n", status=404)
        headers = {
            "content-security-policy": guard.ALONE,
            "cache-control": "private, max-age=3600",
        }
        return Response(picture.body, headers=headers, content_type=picture.content_type)

    async def package(self, article_id: str, send: guard.Send) -> Any:
        """The WACZ of an article, and nothing left behind."""
        with tempfile.TemporaryDirectory(prefix="dateline-room-") as folder:
            try:
                path = await asyncio.to_thread(self.room.package, article_id, Path(folder))
            except ArchiveError as error:
                return Response.text(f"{error}\n", status=404)
            await asgi_send_file(
                send,
                path,
                filename=f"{''.join(filter(str.isalnum, article_id))[:40]}.wacz",
                content_type="application/wacz",
                chunk_size=1 << 16,
            )
        return None


_doorways: "weakref.WeakKeyDictionary[Any, _Doorway]" = weakref.WeakKeyDictionary()
"""Which reading room belongs to which Datasette: its hooks are told of nothing else."""


def application(
    reader: ArchiveReader,
    *,
    bind: str = "127.0.0.1",
    replay: str,
    software: str,
    parts: Parts | None = None,
) -> guard.Application:
    """The ASGI application of one archive's reading room."""
    if not pm.is_registered(_HOOKS):
        pm.register(_HOOKS, name="dateline")
    datasette = Datasette(
        files=[str(reader.folder.catalogue)],
        template_dir=str(_HERE / "datasette"),
        settings={
            "allow_download": False,
            "sql_time_limit_ms": 3000,
            "default_page_size": 50,
            "num_sql_threads": 3,
        },
    )
    room = ReadingRoom(reader, parts=parts, software=software)
    _doorways[datasette] = _Doorway(room, Rendering(replay.rstrip("/")))
    return guard.Guard(datasette.app(), bind=bind)


def serve(application: guard.Application, *, bind: str, port: int) -> None:
    """Serve until it is told to end."""
    uvicorn.run(
        application,
        host=bind,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
    )


class _Hooks:
    """What Datasette asks its plugins."""

    __name__ = "dateline"  # Datasette lists its plugins by it

    @hookimpl
    def register_routes(self, datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
        """Our pages; Datasette looks here before it looks among its own."""
        doorway = _doorways.get(datasette)
        return _routes(doorway) if doorway is not None else []

    @hookimpl
    def prepare_connection(self, conn: sqlite3.Connection, database: str, datasette: Any) -> None:
        """Datasette's connection to the catalogue only reads."""
        if datasette in _doorways and not database.startswith("_"):
            conn.execute("PRAGMA query_only = ON")
            conn.execute("PRAGMA trusted_schema = OFF")

    @hookimpl
    def extra_css_urls(self, datasette: Any) -> list[str]:
        """Datasette's pages in our colours."""
        return ["/static/tables.css"] if datasette in _doorways else []


_HOOKS = _Hooks()


def _routes(doorway: _Doorway) -> list[tuple[str, Callable[..., Any]]]:
    room = doorway.room

    async def front() -> Any:
        return await doorway.page(room.front)

    async def search(request: Any) -> Any:
        words = (request.args.get("q") or "").strip()[:_MOST_ASKED]
        return await doorway.page(partial(room.search, words))

    async def datelines(request: Any) -> Any:
        return await doorway.page(partial(room.datelines, request.args.get("month")))

    async def runs() -> Any:
        return await doorway.page(room.runs)

    async def picture(request: Any) -> Any:
        return await doorway.picture(_named(request))

    async def package(request: Any, send: guard.Send) -> Any:
        return await doorway.package(_named(request), send)

    async def static(request: Any) -> Any:
        name = request.url_vars["name"]
        if name not in _STATIC:
            return Response.text("There is no such file.\n", status=404)
        return Response((_HERE / "static" / name).read_bytes(), content_type=_STATIC[name])

    def of(make: Callable[[str], Page]) -> Callable[..., Any]:
        async def answer(request: Any) -> Any:
            return await doorway.page(partial(make, _named(request)))

        return answer

    return [
        (r"^/$", front),
        (r"^/search$", search),
        (r"^/article/(?P<name>[^/]+)$", of(room.article)),
        (r"^/article/(?P<name>[^/]+)/wacz$", package),
        (r"^/post/(?P<name>[^/]+)$", of(room.post)),
        (r"^/story/(?P<name>[^/]+)$", of(room.cluster)),
        (r"^/outlet/(?P<name>[^/]+)$", of(room.outlet)),
        (r"^/capture/(?P<name>[^/]+)$", of(room.capture)),
        (r"^/runs$", runs),
        (r"^/run/(?P<name>[^/]+)$", of(room.run)),
        (r"^/datelines$", datelines),
        (r"^/picture/(?P<name>[^/]+)$", picture),
        (r"^/static/(?P<name>[a-z.]+)$", static),
    ]


def _named(request: Any) -> str:
    return unquote(request.url_vars["name"])[:_MOST_ASKED]


def _html(text: str, status: int) -> Any:
    headers = {"content-security-policy": guard.OURS, "cache-control": "no-store"}
    return Response.html(text.encode("utf-8", "replace"), status=status, headers=headers)
