"""From a URL to a connection: the rules of `--connect-to`, the name, the guard, TCP, TLS."""

# ruff: noqa: ANN401, N802, N803 - Twisted's names; zope's interfaces say nothing to mypy

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint, wrapClientTLS
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IProtocol,
    IProtocolFactory,
    IReactorPluggableNameResolver,
    IResolutionReceiver,
    IStreamClientEndpoint,
)
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.fetch.addresses import AddressRefused, refusal_of
from crawler.fetch.connect_to import ConnectTo
from crawler.fetch.tls import TlsClient


@dataclass(slots=True, kw_only=True)
class Dial:
    """How one connection came about. `addresses` is the whole DNS answer, once there is one."""

    host: str
    """Bare of brackets; the one that a certificate must name."""
    is_tls: bool
    must_verify: bool
    addresses: tuple[str, ...] = ()


class Dialler:
    """Knows the way to every host: one for a crawler's handler."""

    def __init__(
        self,
        reactor: Any,
        *,
        tls: TlsClient,
        connect_to: ConnectTo,
        allow_private: bool = False,
        must_verify: bool = False,
        bind_address: str | tuple[str, int] | None = None,
    ) -> None:
        self.reactor = reactor
        self.tls = tls
        self.connect_to = connect_to
        self.allow_private = allow_private
        self.must_verify = must_verify
        self.bind_address = bind_address


@implementer(IStreamClientEndpoint)
class GuardedEndpoint:
    """Connects to one host, at public addresses only.

    `on_dial` is told of every attempt before it begins. Addresses that are refused are dropped
    from a mixed answer; where none is left, connecting fails with AddressRefused. A host that a
    rule of `--connect-to` names may be private.
    """

    def __init__(
        self,
        dialler: Dialler,
        *,
        host: str,
        port: int,
        is_tls: bool,
        timeout_s: float,
        on_dial: Callable[[Dial], None],
    ) -> None:
        self._dialler = dialler
        self._host = host
        self._port = port
        self._is_tls = is_tls
        self._timeout_s = timeout_s
        self._on_dial = on_dial

    def connect(self, factory: IProtocolFactory) -> Deferred[IProtocol]:
        """Connect `factory`, whose `dial` is set first; see IStreamClientEndpoint."""
        return Deferred.fromCoroutine(self._connect(factory))

    async def _connect(self, factory: IProtocolFactory) -> IProtocol:
        dialler = self._dialler
        dial = Dial(host=self._host, is_tls=self._is_tls, must_verify=dialler.must_verify)
        factory.dial = dial
        self._on_dial(dial)
        target = dialler.connect_to.target(self._host, self._port)
        literal = _literal(target.host, target.port)
        if literal is None:
            found = await _resolved(dialler.reactor, target.host, target.port)
            dial.addresses = tuple(dict.fromkeys(address.host for address in found))
            if not found:
                raise DNSLookupError(f"no address for {target.host}")
        else:
            found = [literal]
        is_open = target.is_named or dialler.allow_private
        allowed = found if is_open else [each for each in found if refusal_of(each.host) is None]
        if not allowed:
            raise AddressRefused(self._host, [each.host for each in found])
        endpoint: Any = HostnameEndpoint(
            _ReactorThatKnows(dialler.reactor, allowed),
            "resolved.invalid",  # never asked for: the addresses are known by now
            target.port,
            timeout=self._timeout_s,
            bindAddress=dialler.bind_address,
        )
        if self._is_tls:
            creator: Any = dialler.tls.creator(self._host)
            endpoint = wrapClientTLS(creator, endpoint, clock=dialler.reactor)
        connected: IProtocol = await endpoint.connect(factory)
        return connected


def _literal(host: str, port: int) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ipaddress.ip_address(host)
    except ValueError:
        return None
    kind = IPv4Address if parsed.version == 4 else IPv6Address
    return kind("TCP", host, port)


async def _resolved(reactor: Any, host: str, port: int) -> Sequence[IPv4Address | IPv6Address]:
    """The whole answer of the reactor's resolver, in its order; empty where there is none."""
    try:
        host.encode("idna")  # what getaddrinfo does, where its failing would go unnoticed
    except UnicodeError:
        raise DNSLookupError(f"no host name: {host[:100]!r}") from None
    receiver = _Receiver()
    reactor.nameResolver.resolveHostName(receiver, host, portNumber=port)
    await receiver.done
    return receiver.addresses


@implementer(IResolutionReceiver)
class _Receiver:
    """Collects the answer of a resolver."""

    def __init__(self) -> None:
        self.addresses: list[IPv4Address | IPv6Address] = []
        self.done: Deferred[None] = Deferred()

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:
        """See IResolutionReceiver."""

    def addressResolved(self, address: IAddress) -> None:
        """See IResolutionReceiver."""
        if isinstance(address, IPv4Address | IPv6Address):
            self.addresses.append(address)

    def resolutionComplete(self) -> None:
        """See IResolutionReceiver."""
        if not self.done.called:
            self.done.callback(None)


@implementer(IReactorPluggableNameResolver)
class _ReactorThatKnows:
    """A reactor whose resolver answers with given addresses, whatever the name.

    It lets Twisted's HostnameEndpoint race the addresses that the guard let through, and no other.
    """

    def __init__(self, reactor: Any, addresses: Sequence[IPv4Address | IPv6Address]) -> None:
        self._reactor = reactor
        self.nameResolver = _Known(addresses)

    def __getattr__(self, name: str) -> object:
        return getattr(self._reactor, name)

    def installNameResolver(self, resolver: IHostnameResolver) -> None:
        """See IReactorPluggableNameResolver."""
        raise NotImplementedError(resolver)


@implementer(IHostnameResolver)
class _Known:
    def __init__(self, addresses: Sequence[IPv4Address | IPv6Address]) -> None:
        self._addresses = addresses

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,  # noqa: ARG002
        portNumber: int = 0,  # noqa: ARG002
        addressTypes: object = None,  # noqa: ARG002
        transportSemantics: str = "TCP",  # noqa: ARG002
    ) -> Any:
        """See IHostnameResolver."""
        for address in self._addresses:
            resolutionReceiver.addressResolved(address)
        resolutionReceiver.resolutionComplete()
        return resolutionReceiver  # nothing is in progress, so nothing can be cancelled
