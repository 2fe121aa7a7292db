import gzip
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest

from crawler.demo.server import Asked
from crawler.demo.world import answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """An answer of the world, taken apart by the test's own small HTTP reader."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    wire: bytes
    is_reset: bool

    def header(self, name):
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return found[0] if found else None

    @property
    def promised(self):
        return int(self.header("content-length"))

    @property
    def promised_body_arrived(self):
        return self.header("content-length") is None or self.promised == len(self.wire)

    @property
    def body(self):
        data = self.wire
        if self.header("transfer-encoding") == "chunked":
            data = unchunk(data)
        if self.header("content-encoding") == "gzip":
            data = gzip.decompress(data)
        return data

    @property
    def text(self):
        content_type = self.header("content-type")
        return self.body.decode(content_type.partition("charset=")[2] or "utf-8")


def unchunk(data):
    whole = b""
    while True:
        size, _, data = data.partition(b"\r\n")
        if not int(size, 16):
            assert data == b"\r\n"
            return whole
        chunk, end, data = (
            data[: int(size, 16)],
            data[int(size, 16) : int(size, 16) + 2],
            data[int(size, 16) + 2 :],
        )
        assert end == b"\r\n"
        whole += chunk


def ask(url, *, count=1, **headers):
    parts = urlsplit(url)
    given = answer(
        Asked(
            method="GET",
            host=parts.netloc,
            path=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
            headers=headers,
            body=b"",
            is_tls=parts.scheme == "https",
            count=count,
        )
    )
    data = b"".join(part.data for part in given.parts)
    if not data:
        return Got(url=url, status=0, headers=[], wire=b"", is_reset=given.then_reset)
    head, _, wire = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [tuple(line.split(": ", 1)) for line in lines]
    return Got(
        url=url, status=int(first.split()[1]), headers=headers, wire=wire, is_reset=given.then_reset
    )


def follow(url):
    """The answer at the end of a URL's redirects, asked for twice where it is busy at first."""
    for _ in range(6):
        got = ask(url, count=2)
        if got.status not in {301, 302, 303}:
            return got
        url = urljoin(url, got.header("location"))
    raise AssertionError(f"{url} redirects for ever")


@pytest.fixture(name="ask", scope="session")
def _ask():
    return ask


@pytest.fixture(name="follow", scope="session")
def _follow():
    return follow
