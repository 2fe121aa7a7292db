"""How values are spelt in record headers and in `application/warc-fields` blocks.

Whatever comes from outside leaves here as one line of printable ASCII.
"""

import datetime as dt
import functools
import json
import re
from collections.abc import Iterable
from urllib.parse import quote

from archive.codec import plain_json

FIELDS_TYPE = "application/warc-fields"

_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_IN_URI = _PRINTABLE.translate({ord(character): None for character in ' <>"'})
_PLAIN = re.compile(r'(?!")[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?')


def header_text(text: str) -> str:
    """`text` for a record header: all but printable ASCII percent-encoded as UTF-8."""
    return quote(text, safe=_PRINTABLE, errors="surrogatepass")


@functools.lru_cache(maxsize=256)  # one exchange names its URL and its records many times
def target_uri(url: str) -> str:
    """`url` for WARC-Target-URI, bare (section 5.14): spaces, `<`, `>` and `"` encoded too."""
    return quote(url, safe=_IN_URI, errors="surrogatepass")


def reference(record_id: str) -> str:
    """A record id as headers name it: `<urn:uuid:…>`."""
    return f"<{target_uri(record_id)}>"


def parse_date(text: str) -> dt.datetime:
    """The instant of a WARC-Date (section 5.4); ours are of `archive.instants`.

    Raises: ValueError.
    """
    at = dt.datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a date without its zone")
    return at


def one_line(value: object) -> str:
    """JSON on one line of printable ASCII."""
    return json.dumps(value, separators=(",", ":")).replace("\x7f", "\\u007f")


def write_fields(fields: Iterable[tuple[str, str | None]]) -> bytes:
    """A `warc-fields` block; fields whose value is None are left out.

    A value stands as it is where it is printable ASCII that neither begins with a quotation mark
    nor begins or ends with a space; otherwise as a JSON string, so that every text comes back.
    """
    lines = (
        f"{name}: {value if _PLAIN.fullmatch(value) else one_line(value)}\r\n"
        for name, value in fields
        if value is not None
    )
    return "".join(lines).encode("ascii")


def read_fields(block: bytes) -> dict[str, str]:
    """What `write_fields` wrote.

    Raises: ValueError where it is something else.
    """
    fields: dict[str, str] = {}
    for line in block.decode("ascii").split("\r\n"):
        name, _, text = line.partition(": ")
        if line:
            fields[name] = str(plain_json(text)) if text.startswith('"') else text
    return fields
