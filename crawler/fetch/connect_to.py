"""`--connect-to HOST:PORT:TARGET:PORT`: connect elsewhere, with curl's meaning.

Only the TCP connection goes elsewhere. The URL, the `Host` header, SNI and the name that the
certificate must carry stay those of the URL.
"""

import ipaddress
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

_SHAPE = re.compile(
    r"(?P<host>\[[^\[\]]*\]|[^:\[\]]*):(?P<port>[0-9]*)"
    r":(?P<target>\[[^\[\]]*\]|[^:\[\]]*):(?P<target_port>[0-9]*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectRule:
    """One rule: the URLs that it is for, and where they connect to.

    An empty `host` or a `port` of None matches all; an empty `target` or a `target_port` of None
    keeps the URL's own. Hosts are lower-cased and bare of brackets.
    """

    host: str = ""
    port: int | None = None
    target: str = ""
    target_port: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """The rule that `text` spells; IPv6 addresses stand in brackets.

        Raises: ValueError, one line for a person.
        """
        shape = _SHAPE.fullmatch(text.strip())
        if shape is None:
            raise ValueError(f"--connect-to wants HOST:PORT:TARGET:PORT, not {text[:200]!r}")
        return cls(
            host=_host(shape["host"], text),
            port=_port(shape["port"], text),
            target=_host(shape["target"], text),
            target_port=_port(shape["target_port"], text),
        )

    def __str__(self) -> str:
        """The spelling that `parse` reads."""
        parts = (_spelt(self.host), self.port, _spelt(self.target), self.target_port)
        return ":".join("" if part is None else str(part) for part in parts)

    def matches(self, host: str, port: int) -> bool:
        """Whether the rule holds for a URL's `host` (bare, lower-case) and `port`."""
        return self.host in {"", host} and self.port in {None, port}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to connect. `is_named`: a rule named the host, so that it may be a private one."""

    host: str
    port: int
    is_named: bool


class ConnectTo:
    """A table of rules, in the order given; the first that matches holds, as with curl."""

    def __init__(self, rules: Sequence[ConnectRule] = ()) -> None:
        self._rules = tuple(rules)

    @classmethod
    def parse(cls, texts: Iterable[str]) -> Self:
        """The table of `texts`. Raises: ValueError, as `ConnectRule.parse`."""
        return cls([ConnectRule.parse(text) for text in texts])

    def target(self, host: str, port: int) -> Target:
        """Where to connect for a URL of `host` (with or without brackets) and `port`."""
        host = _canonical(host)
        for rule in self._rules:
            if rule.matches(host, port):
                return Target(
                    host=rule.target or host,
                    port=port if rule.target_port is None else rule.target_port,
                    is_named=bool(rule.target),
                )
        return Target(host=host, port=port, is_named=False)


def _canonical(host: str) -> str:
    """Lower case, no brackets, no final dot, IPv6 in its one short form."""
    host = host.removeprefix("[").removesuffix("]").lower().removesuffix(".")
    if ":" in host:
        return str(ipaddress.IPv6Address(host))
    return host


def _host(spelt: str, text: str) -> str:
    try:
        if spelt.startswith("["):
            return str(ipaddress.IPv6Address(spelt[1:-1]))
        host = _canonical(spelt)
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        raise ValueError(f"--connect-to: no host {spelt[:100]!r} in {text[:200]!r}") from None


def _port(digits: str, text: str) -> int | None:
    if not digits:
        return None
    port = int(digits[:6])
    if not 0 < port < 65536:
        raise ValueError(f"--connect-to: no port {digits[:20]} in {text[:200]!r}")
    return port


def _spelt(host: str) -> str:
    return f"[{host}]" if ":" in host else host
