"""Sitemaps: index files, URL sets, the news and image extensions, lists of plain text.

Source: sitemaps.org/protocol.html; Google's news and image sitemap extensions. `priority` and
`changefreq` are not read: nobody writes what they mean.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive import Moment
from crawler.discover.announced import Announced, short, web_url
from crawler.discover.inflate import TooLarge, plain
from crawler.discover.xml import BadXml, Handler, Name, steps
from crawler.extract.dates import moment_of

MOST_BYTES = 52_428_800
"""Unpacked, as the protocol has it."""
MOST_LINKS = 50_000
MOST_IMAGES = 1000
_LONGEST_URL = 8192
_LONGEST_LINE = 16_384
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class SitemapReader:
    """Reads one sitemap as it comes; what it is, and what went wrong, is known at its end."""

    url: str
    """Where it came from, to which relative addresses belong."""
    is_index: bool = False
    """What it gives are sitemaps, not pages."""
    trouble: str | None = None
    """What was broken, or more than is read."""
    _count: int = field(default=0, init=False)

    def read(self, chunks: Iterable[bytes]) -> Iterator[Announced]:
        """What the sitemap announces, in its order; at most MOST_LINKS, never all in memory.

        `chunks` is the entity, gzipped or not, in pieces of any size.
        """
        unpacked = plain(chunks, MOST_BYTES)
        head = b""
        try:
            for piece in unpacked:
                head += piece
                if head.strip(b" \t\r\n\xef\xbb\xbf"):
                    break
        except TooLarge as error:
            self.trouble = str(error)
            return
        begin = head.lstrip(b" \t\r\n\xef\xbb\xbf")[:1]
        whole = _then(head, unpacked)
        links = self._xml(whole) if begin == b"<" or head[:2] in _UTF_16 else self._text(whole)
        for link in links:
            if self._count == MOST_LINKS:
                self.trouble = f"more than {MOST_LINKS} addresses"
                return
            self._count += 1
            yield link

    def _xml(self, chunks: Iterable[bytes]) -> Iterator[Announced]:
        handler = _Entries(self.url)
        reading = steps(chunks, handler)
        while True:
            try:
                next(reading)
            except StopIteration:
                break
            except (BadXml, TooLarge) as error:
                self.trouble = str(error)
                break
            self.is_index = handler.is_index
            while handler.found:
                yield handler.found.popleft()
        self.is_index = handler.is_index
        yield from handler.found
        if self.trouble is None and not handler.is_sitemap:
            self.trouble = "no sitemap"

    def _text(self, chunks: Iterable[bytes]) -> Iterator[Announced]:
        rest = b""
        try:
            for chunk in _then(b"", chunks):
                *lines, rest = (rest + chunk).split(b"\n")
                rest = rest[:_LONGEST_LINE]
                yield from self._lines(lines)
        except TooLarge as error:
            self.trouble = str(error)
            return
        yield from self._lines([rest])
        if not self._count and self.trouble is None:
            self.trouble = "no sitemap"

    def _lines(self, lines: Iterable[bytes]) -> Iterator[Announced]:
        for line in lines:
            text = line[:_LONGEST_LINE].decode("utf-8-sig", "replace").strip()
            if text.startswith(("http://", "https://")) and (url := web_url(text, self.url)):
                yield Announced(url=url)


class _Entries(Handler):
    """Gathers entries from the events; whatever the namespaces, for many write them wrong."""

    def __init__(self, base: str) -> None:
        self.found: deque[Announced] = deque()
        self.is_index = self.is_sitemap = False
        self._base = base
        self._texts: dict[str, str] = {}
        self._images: list[str] = []

    def start(self, path: tuple[Name, ...], attributes: dict[str, str]) -> None:  # noqa: ARG002
        if len(path) == 1:
            self.is_index = path[0].local == "sitemapindex"
            self.is_sitemap = self.is_index or path[0].local == "urlset"
        elif path[-1].local in {"url", "sitemap"}:
            self._texts, self._images = {}, []

    def end(self, path: tuple[Name, ...], text: str) -> None:
        names = [name.local for name in path]
        match names[1:]:
            case ["url" | "sitemap"]:
                self._finish()
            case ["url" | "sitemap", "loc" | "lastmod" as name]:
                self._texts[name] = text
            case ["url", "news", "publication_date" | "title" as name]:
                self._texts[name] = text
            case ["url", "news", "publication", "language"]:
                self._texts["language"] = text
            case ["url", "image", "loc"] if len(self._images) < MOST_IMAGES:
                self._images.append(text)

    def _finish(self) -> None:
        texts, images = self._texts, self._images
        self._texts, self._images = {}, []
        location = texts.get("loc", "")
        url = web_url(location, self._base) if location else None
        if not self.is_sitemap or url is None or len(location) > _LONGEST_URL:
            return
        self.found.append(
            Announced(
                url=url,
                headline=short(texts.get("title")),
                published=_moment(texts.get("publication_date")),
                modified=_moment(texts.get("lastmod")),
                language=short(texts.get("language")),
                images=tuple(
                    found for found in (web_url(image, self._base) for image in images) if found
                ),
            )
        )


def _moment(text: str | None) -> Moment | None:
    return moment_of(text) if text else None


def _then(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest
