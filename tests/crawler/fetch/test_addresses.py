from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.addresses import refusal_of

V4 = st.integers(0, 2**32 - 1).map(IPv4Address)
V6 = st.integers(0, 2**128 - 1).map(IPv6Address)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("0.0.0.0", "unspecified"),
        ("10.1.2.3", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.1", "private"),
        ("100.64.0.1", "carrier-grade NAT"),
        ("169.254.1.1", "link-local"),
        ("169.254.169.254", "cloud metadata service"),
        ("168.63.129.16", "cloud metadata service"),
        ("100.100.100.200", "cloud metadata service"),
        ("224.0.0.251", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("192.0.2.1", "documentation"),
        ("198.18.0.1", "benchmarking"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fd12:3456::1", "private"),
        ("fec0::1", "private"),
        ("fd00:ec2::254", "cloud metadata service"),
        ("ff02::1", "multicast"),
        ("2001:db8::1", "documentation"),
        ("2001:0:4136:e378::1", "reserved"),
        ("4000::1", "reserved"),
        ("64:ff9b:1::1", "reserved"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:169.254.169.254", "cloud metadata service"),
        ("::10.0.0.1", "private"),
        ("64:ff9b::a00:1", "private"),
        ("2002:7f00:1::1", "loopback"),
        ("2002:c0a8:101::", "private"),
        ("localhost", "not an address"),
        ("", "not an address"),
    ],
)
def test_address_is_refused_for_a_reason(address, reason):
    assert refusal_of(address) == reason


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "93.184.216.34",
        "172.32.0.1",
        "100.128.0.1",
        "2606:4700::1111",
        "2a00:1450:4001:81b::200e",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2002:101:101::1",
    ],
)
def test_public_address_is_let_through(address):
    assert refusal_of(address) is None


@given(V4)
def test_wrapping_an_address_in_ipv6_changes_nothing(address):
    number = int(address)
    verdict = refusal_of(str(address))
    assert refusal_of(f"::ffff:{address}") == verdict
    assert refusal_of(f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}") == verdict
    assert refusal_of(f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1") == verdict


@given(st.one_of(V4, V6))
def test_what_python_holds_to_be_private_is_never_let_through(address):
    if refusal_of(str(address)) is None:
        parsed = ip_address(str(address))
        embedded = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
        assert (embedded or parsed).is_global
