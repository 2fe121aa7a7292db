"""What holds for every answer of the reading room, whoever gives it.

Nothing is written: other methods than GET and HEAD are refused. No strange host: an address that
a hostile page made its own name point at is refused (DNS rebinding). No strange page: what another
site's page asks for behind its reader's back, of which it would see the time that it takes, is
refused; and so is a question that it leads its reader to, which might be any SQL. No script, style
or picture but our own, and no frame around us.

Source: W3C, Fetch Metadata Request Headers.
"""

import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

OURS = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Of our own pages: they have no script at all."""
THEIRS = OURS.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "img-src 'self'", "img-src 'self' data:"
)
"""Of Datasette's pages, whose style is partly in them. Their scripts do not run."""
ALONE = "default-src 'none'; sandbox"
"""Of what was kept, given out by itself."""

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}
_POLICY = b"content-security-policy"
_STRANGE = frozenset({b"cross-site", b"same-site"})
"""Whose page asked. `dateline replay`, with others' pages, is of the same site at another port."""


class Guard:
    """Stands before an ASGI application.

    `bind` is the address that is listened at: where it is a loopback one, so must the name be
    that a browser asks for.
    """

    def __init__(self, application: Application, *, bind: str) -> None:
        self._application = application
        self._is_local = is_loopback(bind)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] == "lifespan":
            await self._application(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            status, words = refusal
            await _say(_guarded(send), status, words)
            return
        await self._application(scope, receive, _guarded(send))

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        if scope["method"] not in {"GET", "HEAD"}:
            return 405, "The reading room only reads."
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if self._is_local and not (len(hosts) == 1 and is_loopback(_name(hosts[0]))):
            return 421, "Ask for this machine by its own address."
        told = dict(scope["headers"])
        is_strange = told.get(b"sec-fetch-site") in _STRANGE
        is_link = told.get(b"sec-fetch-dest") == b"document" and not scope["query_string"]
        if is_strange and not is_link:
            return 403, "Another page may lead here, and ask nothing: ask by yourself."
        path = scope["path"]
        if path.startswith("/-/") and not path.startswith("/-/static/"):
            return 404, "There is nothing here."  # Datasette's doors for its keeper
        return None


def is_loopback(name: str) -> bool:
    """Whether a host is this machine, by an address or the name that browsers keep for it."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name.lower() in {"localhost", "localhost."}


def _name(host: bytes) -> str:
    text = host.decode("latin-1")
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0]


def _guarded(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = [(name.lower(), value) for name, value in message.get("headers", [])]
            kept = [(name, value) for name, value in given if name not in _HEADERS]
            if not any(name == _POLICY for name, _ in kept):
                kept.append((_POLICY, THEIRS.encode()))
            message = {**message, "headers": [*kept, *_HEADERS.items()]}
        await send(message)

    return guarded


async def _say(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (_POLICY, ALONE.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{words}\n".encode()})
