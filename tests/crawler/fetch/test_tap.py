"""The tap without a network: any cut of the same bytes into packets gives the same record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure
from twisted.web.http_headers import Headers

from crawler.fetch.dial import Dial
from crawler.fetch.spool import Spool
from crawler.fetch.tap import Tap, TapFactory, TappedRequest

EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Fold: a\r\n  b\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"
CHUNKS = b"5;x=y\r\nhello\r\n0\r\nX-T: t\r\n\r\n"
ENDS = [
    # interim, head, body with its framing
    (EARLY, HEAD, b"hello"),
    (EARLY * 2, CHUNKED, CHUNKS),
    (b"", b"HTTP/1.1 204 No Content\r\n\r\n", b""),
]


def connected():
    """A protocol on a transport that only remembers, and the factory's list of idle protocols."""
    idle = []
    factory = TapFactory(idle.append, "test")
    factory.dial = Dial(host="a.example", is_tls=False, must_verify=False)
    protocol = factory.buildProtocol(None)
    protocol.makeConnection(StringTransport())
    return protocol, idle


def asked(protocol, **limits):
    """A request on `protocol`: its tap."""
    tap = Tap(new_spool=lambda: Spool(memory_bytes=1 << 20), **limits)
    headers = Headers({b"Host": [b"a.example"], b"X-Two": [b"1", b"2"]})
    request = TappedRequest(tap, b"GET", b"/x", headers, None)
    protocol.request(request).addErrback(lambda failure: None)
    return tap


@given(ends=st.sampled_from(ENDS), cuts=st.lists(st.integers(0, 200), max_size=12))
def test_record_does_not_depend_on_how_bytes_are_cut_into_packets(ends, cuts):
    interim, head, body = ends
    wire = interim + head + body
    protocol, idle = connected()
    [attempt] = asked(protocol).attempts
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(wire)], strict=True):
        if wire[start:end]:
            protocol.dataReceived(wire[start:end])
    assert b"".join(attempt.spool.chunks()) == wire
    assert attempt.interim_end == len(interim)
    assert attempt.head_end == len(interim + head)
    assert (attempt.end, attempt.surplus_bytes) == (len(wire), 0)
    assert idle == [protocol]


def test_request_is_recorded_as_it_was_written():
    protocol, _ = connected()
    [attempt] = asked(protocol).attempts
    assert attempt.request == protocol.transport.value()
    assert attempt.request == b"GET /x HTTP/1.1\r\nHost: a.example\r\nX-Two: 1\r\nX-Two: 2\r\n\r\n"


def test_connection_that_sent_too_much_is_not_used_again():
    protocol, idle = connected()
    [attempt] = asked(protocol).attempts
    protocol.dataReceived(HEAD + b"helloMORE")
    assert (attempt.end, attempt.surplus_bytes) == (len(HEAD) + 5, 4)
    assert idle == []
    assert protocol.transport.disconnecting


def test_connection_that_speaks_while_idle_is_not_used_again():
    protocol, idle = connected()
    [attempt] = asked(protocol).attempts
    protocol.dataReceived(HEAD + b"hello")
    assert idle == [protocol]
    assert protocol.state == "QUIESCENT"
    protocol.dataReceived(b"HTTP/1.1 408 Request Timeout\r\n\r\n")
    assert protocol.transport.disconnected or protocol.transport.disconnecting
    assert protocol.state != "QUIESCENT"
    assert attempt.spool.size == len(HEAD) + 5
    assert asked(protocol).attempts == []


def test_head_without_end_is_given_up():
    protocol, _ = connected()
    [attempt] = asked(protocol).attempts
    protocol.dataReceived(b"HTTP/1.1 200 OK\r\n")
    for n in range(40_000):
        protocol.dataReceived(b"X-%d: y\r\n" % n)
        if protocol.transport.disconnecting:
            break
    assert attempt.head_end is None
    assert attempt.spool.size < 300_000


def test_framing_that_outgrows_its_limit_is_given_up():
    protocol, _ = connected()
    tap = asked(protocol, wire_limit=1000)
    protocol.dataReceived(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert tap.fault is None
    protocol.dataReceived((b"1;" + b"x" * 500 + b"\r\na\r\n") * 2)
    assert "1000 bytes" in str(tap.fault)


@pytest.mark.parametrize(
    ("reason", "is_cut"), [(ConnectionDone(), False), (ConnectionLost(), True)]
)
def test_body_until_close_is_whole_only_where_the_close_was_orderly(reason, is_cut):
    protocol, _ = connected()
    [attempt] = asked(protocol).attempts
    protocol.dataReceived(b"HTTP/1.0 200 OK\r\n\r\nbody")
    protocol.connectionLost(Failure(reason))
    assert attempt.end == attempt.spool.size
    assert attempt.is_cut_by_close is is_cut


def test_nothing_counts_as_sent_while_the_handshake_is_not_done():
    factory = TapFactory(lambda _: None, "test")
    factory.dial = Dial(host="a.example", is_tls=True, must_verify=False)
    protocol = factory.buildProtocol(None)
    protocol.makeConnection(StringTransport())
    tap = asked(protocol)
    assert tap.attempts[0].request == b""
    assert tap.is_handshaking
