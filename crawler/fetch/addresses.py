"""Which addresses a crawler has no business with, and why.

A page may lead a crawler to any host name, and a name may resolve to any address. So the very
address of a connection is judged, after name resolution and on every hop: a name that changes its
answer meanwhile (DNS rebinding), or a literal in an odd spelling, changes nothing.

Source: the IANA special-purpose address registries (RFC 6890 and its updates), and the addresses
under which clouds serve credentials to their machines.
"""

import ipaddress
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

_V4 = tuple(
    (IPv4Network(network), reason)
    for network, reason in (
        ("169.254.169.254/32", "cloud metadata service"),
        ("168.63.129.16/32", "cloud metadata service"),  # Azure's, in the public space
        ("100.100.100.200/32", "cloud metadata service"),  # Alibaba's
        ("192.0.0.192/32", "cloud metadata service"),  # Oracle's
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)

_V6 = tuple(
    (IPv6Network(network), reason)
    for network, reason in (
        ("fd00:ec2::254/128", "cloud metadata service"),  # Amazon's
        ("fd20:ce::254/128", "cloud metadata service"),  # Google's
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
        ("2001::/23", "reserved"),  # Teredo, ORCHID, benchmarking, …
        ("2001:db8::/32", "documentation"),
        ("3fff::/20", "documentation"),
    )
)

_GLOBAL_UNICAST = IPv6Network("2000::/3")

_EMBEDDING = (
    # network, bits to the right of the IPv4 address
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (IPv6Network("::/96"), 0),  # IPv4-compatible, deprecated
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
)


class AddressRefused(Exception):
    """Every address of `host` is one that the crawler does not connect to."""

    def __init__(self, host: str, refused: Sequence[str]) -> None:
        reasons = ", ".join(f"{each} ({refusal_of(each)})" for each in refused[:4])
        super().__init__(f"{host}: {reasons}")
        self.host = host


def refusal_of(address: str) -> str | None:
    """Why `address` is not to be connected to, in a word or two; None where it is public.

    `address` is an IPv4 or IPv6 literal as a resolver gives it, with or without a zone
    (`fe80::1%eth0`). What is no address at all is refused as such.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "not an address"
    return _refusal_v4(parsed) if isinstance(parsed, IPv4Address) else _refusal_v6(parsed)


def _refusal_v4(address: IPv4Address) -> str | None:
    for network, reason in _V4:
        if address in network:
            return reason
    return None


def _refusal_v6(address: IPv6Address) -> str | None:
    for network, reason in _V6:
        if address in network:
            return reason
    for network, shift in _EMBEDDING:
        if address in network:
            return _refusal_v4(IPv4Address((int(address) >> shift) & 0xFFFF_FFFF))
    return None if address in _GLOBAL_UNICAST else "reserved"
