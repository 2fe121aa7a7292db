"""Where a URL leads on the wire: host, port and request target, taken apart without repair."""

import re
from dataclasses import dataclass
from typing import Self

_PORTS = {"http": 80, "https": 443}
_SHAPE = re.compile(r"(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<rest>[^#]*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?P<host>\[[0-9a-fA-F:.%]+\]|[^\[\]:@]+)(?::(?P<port>[0-9]{0,5}))?")
_USERINFO = re.compile(r"//[^/?]*@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What a URL says of its connection and of its request line. `host` is bare of brackets."""

    url: str
    """The URL without fragment and without credentials."""
    is_tls: bool
    host: str
    port: int
    target: str
    """The request target in origin form (RFC 9112, section 3.2.1), as the URL spells it."""
    had_credentials: bool

    @classmethod
    def of(cls, url: str) -> Self:
        """The destination of `url`, in ASCII as Scrapy's requests hold it.

        Raises: ValueError where it is no such http or https URL with a host and a possible port.
        """
        shape = _SHAPE.fullmatch(url.partition("#")[0])
        if shape is None or not url.isascii():
            scheme = url.partition(":")[0]  # no more of it: there may be a password
            raise ValueError(f"not an http or https URL: {scheme[:40]!r}")
        userinfo, _, authority = shape["authority"].rpartition("@")
        parts = _AUTHORITY.fullmatch(authority)
        if parts is None:
            raise ValueError(f"no host in {authority[:200]!r}")
        scheme = shape["scheme"].lower()
        port = int(parts["port"] or _PORTS[scheme])
        if not 0 < port < 65536:
            raise ValueError(f"no port {port}")
        rest = shape["rest"]
        return cls(
            url=f"{shape['scheme']}://{authority}{rest}",
            is_tls=scheme == "https",
            host=parts["host"].strip("[]").lower(),
            port=port,
            target=rest if rest.startswith("/") else f"/{rest}",
            had_credentials=bool(userinfo),
        )

    @property
    def host_header(self) -> bytes:
        """The value of the `Host` header: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        default = _PORTS["https" if self.is_tls else "http"]
        return (host if self.port == default else f"{host}:{self.port}").encode("ascii")


def bare_url(url: str) -> str:
    """`url` without fragment and credentials, whatever its scheme."""
    try:
        return Destination.of(url).url
    except ValueError:
        return _USERINFO.sub("//", url.partition("#")[0], count=1)
