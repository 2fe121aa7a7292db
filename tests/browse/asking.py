"""Asks the reading room without a socket: its ASGI application, called as a server would."""

import asyncio
import datetime as dt
import html
import re
from typing import NamedTuple
from urllib.parse import unquote

from archive import ArchiveReader, reading_room
from crawler.watch.shown import shown_sources

NOW = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
REPLAY = "http://127.0.0.1:8090"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")


class Asking:
    """One reading room, called."""

    def __init__(self, root, **given):
        self.application = reading_room(
            ArchiveReader.open(root),
            replay=REPLAY,
            software="dateline/test",
            sources=lambda: shown_sources(root, now=NOW),
            **given,
        )

    def __call__(self, target, *, method="GET", host="127.0.0.1:8080", **told):
        """`told` are headers: `sec_fetch_site="none"`."""
        headers = {"host": host, **told}
        given = [
            (name.replace("_", "-").encode(), value.encode("latin-1"))
            for name, value in headers.items()
            if value is not None
        ]
        return asyncio.run(self._asked(target, method, given))

    async def _asked(self, target, method, headers):
        path, _, query = target.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode("ascii"),
            "query_string": query.encode("ascii"),
            "headers": headers,
            "client": ("127.0.0.1", 40000),
            "server": ("127.0.0.1", 8080),
        }
        told = []

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            told.append(message)

        await self.application(scope, receive, send)
        headers = {key.decode().lower(): value.decode() for key, value in told[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in told[1:])
        return Answer(told[0]["status"], headers, body)


def words_of(answer):
    """What is to be read, without tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())
