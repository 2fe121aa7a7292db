"""A loopback HTTP/1.1 server on raw sockets, for worlds whose every byte is scripted.

A world is one function, `Asked -> Answer`. The server adds nothing: no `Date`, no `Server`, no
repair. What it read and wrote goes to the `log`, byte for byte, so that a test can hold a WARC
against it.
"""

import asyncio
import contextlib
import socket
import struct
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.demo.certificates import Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it arrived."""

    method: str
    host: str
    """The `Host` header, lower-cased, without its port."""
    path: str
    """Path and query, as sent."""
    headers: dict[str, str]
    """Names lower-cased; the last of several wins. The log has the bytes."""
    body: bytes
    is_tls: bool
    count: int
    """1 the first time that this method, host and path are asked for, then 2, …"""


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes to write, and how long to wait afterwards."""

    data: bytes
    wait_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What to write, and whether to close the connection then."""

    parts: Iterable[Part] = ()
    then_close: bool = False
    then_reset: bool = False
    """Close with a TCP reset instead of a clean end."""
    is_logged_whole: bool = True
    """False for huge bodies, whose bytes the log would not bear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One exchange as the server saw it, for the log."""

    connection: int
    nth: int
    is_tls: bool
    method: str
    host: str
    path: str
    request: bytes
    response: bytes
    at: float = field(default_factory=time.time)


def reply(
    body: bytes = b"",
    *,
    status: str = "200 OK",
    headers: Sequence[tuple[str, str]] = (),
    content_type: str | None = "text/html; charset=utf-8",
) -> Answer:
    """An ordinary answer with a `Content-Length`."""
    head = [f"HTTP/1.1 {status}"]
    if content_type is not None:
        head.append(f"Content-Type: {content_type}")
    head += [f"{name}: {value}" for name, value in headers]
    head.append(f"Content-Length: {len(body)}")
    return Answer((Part("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body),))


class WorldServer:
    """Serves one world over HTTP and HTTPS on loopback, in a thread of its own.

    Use it as a context manager. `http_port`, `https_port` and `ca_file` hold inside the block.
    """

    def __init__(
        self,
        answer: Callable[[Asked], Answer],
        *,
        hosts: Sequence[str],
        log: Callable[[Served], None] | None = None,
    ) -> None:
        self._answer = answer
        self._hosts = [*hosts, "localhost", "127.0.0.1"]
        self._log = log
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._connections = 0
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="world", daemon=True)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.http_port = 0
        self.https_port = 0
        self.ca_file = Path()

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="dateline-world-")
        self._thread.start()
        self._ready.wait()
        if self._error is not None:
            raise self._error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        if self._folder is not None:
            self._folder.cleanup()

    def connect_to(self) -> tuple[str, ...]:
        """The `--connect-to` values that lead every host of the web into this world."""
        return (f":80:127.0.0.1:{self.http_port}", f":443:127.0.0.1:{self.https_port}")

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            self._error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        assert self._folder is not None
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        authority = Authority.create(Path(self._folder.name))
        self.ca_file = authority.ca_file
        plain = await asyncio.start_server(
            lambda r, w: self._converse(r, w, is_tls=False), "127.0.0.1", 0
        )
        secure = await asyncio.start_server(
            lambda r, w: self._converse(r, w, is_tls=True),
            "127.0.0.1",
            0,
            ssl=authority.server_context(self._hosts),
        )
        self.http_port = plain.sockets[0].getsockname()[1]
        self.https_port = secure.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        plain.close()
        secure.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    async def _converse(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_tls: bool
    ) -> None:
        self._connections += 1
        connection, nth = self._connections, 0
        with contextlib.suppress(ConnectionError, OSError, asyncio.CancelledError):
            while (read := await self._read_request(reader, is_tls=is_tls)) is not None:
                nth += 1
                raw, asked = read
                if not await self._write_answer(writer, raw, asked, connection, nth):
                    break
        with contextlib.suppress(ConnectionError, OSError, RuntimeError):
            writer.close()

    async def _read_request(
        self, reader: asyncio.StreamReader, *, is_tls: bool
    ) -> tuple[bytes, Asked] | None:
        try:
            raw = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return None
        first, *lines = raw.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {
            name.strip().lower(): value.strip()
            for name, colon, value in (line.partition(":") for line in lines)
            if colon
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        host = headers.get("host", "").lower().rpartition(":")
        name = host[0] if host[1] and host[2].isdigit() else headers.get("host", "").lower()
        self._counts[method, name, path] += 1
        return raw + body, Asked(
            method=method,
            host=name,
            path=path,
            headers=headers,
            body=body,
            is_tls=is_tls,
            count=self._counts[method, name, path],
        )

    async def _write_answer(
        self, writer: asyncio.StreamWriter, raw: bytes, asked: Asked, connection: int, nth: int
    ) -> bool:
        """Write the answer and log the exchange; False where the connection is over."""
        answer = self._answer(asked)
        sent: list[bytes] = []
        try:
            for part in answer.parts:
                data = part.data
                if asked.method == "HEAD":
                    head, blank, _ = data.partition(b"\r\n\r\n")
                    data = head + blank
                writer.write(data)
                if answer.is_logged_whole:
                    sent.append(data)
                await writer.drain()
                if part.wait_s:
                    await asyncio.sleep(part.wait_s)
        finally:
            if self._log is not None:
                self._log(
                    Served(
                        connection=connection,
                        nth=nth,
                        is_tls=asked.is_tls,
                        method=asked.method,
                        host=asked.host,
                        path=asked.path,
                        request=raw,
                        response=b"".join(sent),
                    )
                )
        if answer.then_reset:
            # Without lingering the kernel ends the connection by RST instead of FIN.
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
        return not (answer.then_close or answer.then_reset)
