import pytest
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.error import DNSLookupError
from twisted.internet.protocol import Factory
from twisted.internet.task import Clock

from crawler.fetch.addresses import AddressRefused
from crawler.fetch.connect_to import ConnectTo
from crawler.fetch.dial import Dialler, GuardedEndpoint
from crawler.fetch.tls import TlsClient


class Reactor(Clock):
    """Answers every name alike, and only notes where it is to connect."""

    def __init__(self, *answer: str) -> None:
        super().__init__()
        self.answer = answer
        self.asked: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self.nameResolver = self

    def resolveHostName(self, receiver, name, portNumber=0):  # noqa: N802, N803
        self.asked.append(name)
        for each in self.answer:
            kind = IPv6Address if ":" in each else IPv4Address
            receiver.addressResolved(kind("TCP", each, portNumber))
        receiver.resolutionComplete()

    def connectTCP(self, host, port, factory, timeout=30, bindAddress=None):  # noqa: N802, N803
        self.connected.append((host, port))


def dial(reactor: Reactor, host: str = "a.example", **how):
    """Connect; the dials, and the list of what went wrong."""
    rules = ConnectTo.parse(how.pop("rules", ()))
    dialler = Dialler(reactor, tls=TlsClient(), connect_to=rules, **how)
    dials, errors = [], []
    endpoint = GuardedEndpoint(
        dialler, host=host, port=80, is_tls=False, timeout_s=5, on_dial=dials.append
    )
    endpoint.connect(Factory()).addErrback(lambda failure: errors.append(failure.value))
    reactor.pump([0.4] * 8)
    return dials[0], errors


def test_refused_addresses_are_dropped_from_a_mixed_answer():
    reactor = Reactor("127.0.0.1", "1.1.1.1", "fd00:ec2::254", "2606:4700::1111", "10.0.0.1")
    found, errors = dial(reactor)
    assert reactor.connected == [("1.1.1.1", 80), ("2606:4700::1111", 80)]
    assert found.addresses == reactor.answer
    assert errors == []


def test_answer_without_a_public_address_is_refused():
    reactor = Reactor("127.0.0.1", "169.254.169.254")
    found, [error] = dial(reactor)
    assert reactor.connected == []
    assert isinstance(error, AddressRefused)
    assert "loopback" in str(error)
    assert "cloud metadata service" in str(error)
    assert found.addresses == ("127.0.0.1", "169.254.169.254")


def test_answer_that_changes_after_the_check_changes_nothing():
    reactor = Reactor("1.1.1.1")
    dial(reactor)
    reactor.answer = ("127.0.0.1",)
    reactor.pump([0.4] * 8)
    assert reactor.connected == [("1.1.1.1", 80)]
    assert reactor.asked == ["a.example"]


@pytest.mark.parametrize("how", [{"allow_private": True}, {"rules": ["::home.example:"]}])
def test_private_address_is_reached_where_somebody_asked_for_it(how):
    reactor = Reactor("192.168.1.1")
    _, errors = dial(reactor, **how)
    assert errors == []
    assert reactor.connected == [("192.168.1.1", 80)]


def test_rule_that_changes_the_port_only_opens_no_private_address():
    reactor = Reactor("192.168.1.1")
    _, [error] = dial(reactor, rules=[":::8080"])
    assert isinstance(error, AddressRefused)


def test_literal_is_not_asked_for_but_is_checked():
    reactor = Reactor()
    found, [error] = dial(reactor, "::ffff:10.0.0.1")
    assert isinstance(error, AddressRefused)
    assert (reactor.asked, found.addresses) == ([], ())


def test_name_without_an_address_is_a_dns_failure():
    _, [error] = dial(Reactor())
    assert isinstance(error, DNSLookupError)
