"""XML from strangers, event by event: no entities, no DTD, no tree that could grow.

The one wrapper of expat. A document type is refused before anything it declares can expand: none
of the formats read this way has one.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

MAX_DEPTH = 64
MAX_TEXT = 8192
"""Characters kept of one element's text; no URL and no date is longer."""
MAX_TAG_BYTES = 1 << 20
"""About so long may a tag or comment be, of a document that comes in pieces."""

# A bare ampersand is the commonest mistake of those who write XML by hand: it is mended.
_BARE_AMPERSAND = re.compile(rb"&(?!(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)")
_ENTITY = re.compile(rb"&([A-Za-z]{2,8});")
_KNOWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_LONGEST_REFERENCE = 12


class BadXml(ValueError):
    """The document ends, or breaks, here; what came before it was good."""


class DoctypeRefused(BadXml):
    """The document has a document type, and might have entities to expand."""


@dataclass(frozen=True, slots=True)
class Name:
    """An element's name. `space` is its namespace, empty without one."""

    space: str
    local: str


class Handler:
    """Told what is there, in the document's order. Override what is of interest."""

    def start(self, path: tuple[Name, ...], attributes: dict[str, str]) -> None:
        """An element begins; `path` leads from the root to it."""

    def end(self, path: tuple[Name, ...], text: str) -> None:
        """An element ends; `text` is its own, without that of elements inside, stripped."""


def read_xml(chunks: Iterable[bytes], handler: Handler) -> None:
    """Tell `handler` all that is in the document.

    Raises: BadXml where it is none from some place on; DoctypeRefused.
    """
    for _ in steps(chunks, handler):
        pass


def steps(chunks: Iterable[bytes], handler: Handler) -> Iterator[None]:
    """As `read_xml`, pausing after each chunk, so that what was found need not pile up."""
    reader = _Reader(handler)
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        # A reference must not be cut in two.
        at = data.rfind(b"&", max(0, len(data) - _LONGEST_REFERENCE))
        data, rest = (data, b"") if at < 0 or b";" in data[at:] else (data[:at], data[at:])
        reader.feed(data, is_last=False)
        yield
    reader.feed(rest, is_last=True)
    yield


class _Reader:
    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._path: list[Name] = []
        self._texts: list[str] = []
        self._unended = 0
        """How many bytes came since anything ended or began, as far as pieces tell."""
        self._is_ascii_like: bool | None = None
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._pass
        parser.ProcessingInstructionHandler = self._pass
        parser.buffer_text = True
        self._parse: Callable[[bytes, bool], object] = parser.Parse

    def feed(self, data: bytes, *, is_last: bool) -> None:
        if self._is_ascii_like is None:
            data = data.lstrip(b" \t\r\n")  # before the declaration, where it must not be
            if not data and not is_last:
                return
            self._is_ascii_like = b"\0" not in data[:4] and data[:2] not in {
                b"\xff\xfe",
                b"\xfe\xff",
            }
        if self._is_ascii_like:
            data = _ENTITY.sub(_plain_entity, _BARE_AMPERSAND.sub(b"&amp;", data))
        self._unended += len(data)
        try:
            self._parse(data, is_last)
        except expat.ExpatError as error:
            raise BadXml(f"no XML from line {error.lineno} on") from error
        except (LookupError, ValueError, UnicodeError) as error:
            if isinstance(error, BadXml):
                raise
            raise BadXml("an encoding that cannot be read") from error
        # Expat before 2.6 reads what has not ended from its beginning with each piece of it.
        if self._unended > MAX_TAG_BYTES:
            raise BadXml(f"a tag or comment longer than {MAX_TAG_BYTES} bytes")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._path) >= MAX_DEPTH:
            raise BadXml(f"nested deeper than {MAX_DEPTH}")
        self._unended = 0
        space, _, local = name.rpartition(" ")
        self._path.append(Name(space, local))
        self._texts.append("")
        self._handler.start(tuple(self._path), attributes)

    def _end(self, _: str) -> None:
        self._unended = 0
        text = self._texts.pop()
        self._handler.end(tuple(self._path), text.strip())
        self._path.pop()

    def _pass(self, *_: str) -> None:
        self._unended = 0

    def _text(self, text: str) -> None:
        self._unended = 0
        if self._texts and len(self._texts[-1]) < MAX_TEXT:
            self._texts[-1] += text[:MAX_TEXT]


def _plain_entity(match: re.Match[bytes]) -> bytes:
    """An entity of HTML, which XML does not know, is left as its own text."""
    return match[0] if match[1] in _KNOWN else b"&amp;" + match[0][1:]


def _refuse_doctype(*_: object) -> None:
    raise DoctypeRefused("a document type, which this format has not")
