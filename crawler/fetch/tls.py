"""The TLS side of a connection: what was negotiated, by whom, and whether it can be trusted.

An archive wants the page of a site with a lapsed certificate too, so a chain that does not verify
does not end the handshake; it is recorded. Where it must verify, the connection is given up before
one byte of the request has left.
"""

# ruff: noqa: N802, N803 - names that Twisted chose

import ipaddress
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from OpenSSL import SSL, crypto
from service_identity import CertificateError, VerificationError
from service_identity.cryptography import (
    verify_certificate_hostname,
    verify_certificate_ip_address,
)
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from zope.interface import implementer  # type: ignore[import-untyped]

from archive import Tls

if TYPE_CHECKING:
    from twisted.protocols.tls import TLSMemoryBIOProtocol

_OP_LEGACY_SERVER_CONNECT = 0x4
"""Servers without secure renegotiation (RFC 5746) are still there to be archived."""

_CHAIN_ERRORS = {
    9: "certificate is not yet valid",
    10: "certificate has expired",
    18: "self-signed certificate",
    19: "self-signed certificate in certificate chain",
    20: "unable to get local issuer certificate",
    21: "unable to verify the first certificate",
    22: "certificate chain too long",
    23: "certificate revoked",
    24: "invalid CA certificate",
    26: "unsuitable certificate purpose",
    66: "EE certificate key too weak",
    67: "CA certificate key too weak",
    68: "CA signature digest algorithm too weak",
}
"""OpenSSL's words for its verification errors (x509_vfy.h), those that are met."""


_REASON_CHARACTERS = 300

_chain_errors: WeakKeyDictionary[SSL.Connection, list[str]] = WeakKeyDictionary()
"""What OpenSSL found wrong with the chains of the connections that are alive (their app data is
Twisted's)."""


class CertificateRefused(Exception):
    """The peer's certificate does not verify, and it must."""


class TlsClient:
    """Makes the client side of TLS connections, all under one trust.

    Trusts the system's store and, beside it, the PEM certificates of `ca_file`.

    Raises: ValueError where `ca_file` holds no certificates or cannot be read.
    """

    def __init__(self, *, ca_file: Path | None = None) -> None:
        self._context = context = SSL.Context(SSL.TLS_CLIENT_METHOD)
        context.set_options(_OP_LEGACY_SERVER_CONNECT | SSL.OP_NO_COMPRESSION)
        context.set_mode(SSL.MODE_RELEASE_BUFFERS)
        context.set_session_cache_mode(SSL.SESS_CACHE_OFF)  # every connection shows its chain
        context.set_alpn_protos([b"http/1.1"])
        context.set_default_verify_paths()
        if ca_file is not None:
            try:
                context.load_verify_locations(str(ca_file))
            except SSL.Error:
                raise ValueError(f"no PEM certificates in {ca_file}") from None
        context.set_verify(SSL.VERIFY_PEER, _note_chain_error)

    def creator(self, host: str) -> "TlsCreator":
        """What Twisted asks for connections to `host`, a name or an address without brackets."""
        return TlsCreator(self._context, host)


@implementer(IOpenSSLClientConnectionCreator)
class TlsCreator:
    """Makes connections that ask for one host by SNI, where it is a name (RFC 6066, section 3)."""

    def __init__(self, context: SSL.Context, host: str) -> None:
        self._context = context
        self._host = _name(host)

    def clientConnectionForTLS(
        self,
        tlsProtocol: "TLSMemoryBIOProtocol",  # noqa: ARG002 - Twisted's
    ) -> SSL.Connection:
        """A connection in whose handshake the chain's errors will be noted."""
        connection = SSL.Connection(self._context, None)
        _chain_errors[connection] = []
        if not _is_address(self._host):
            connection.set_tlsext_host_name(self._host.encode("ascii"))
        return connection


def _note_chain_error(
    connection: SSL.Connection, _certificate: crypto.X509, error: int, depth: int, ok: int
) -> bool:
    """OpenSSL's verdict on one certificate of the chain: noted, and the handshake goes on."""
    if not ok:
        reason = _CHAIN_ERRORS.get(error, f"OpenSSL verification error {error}")
        _chain_errors[connection].append(f"{reason} (depth {depth})")
    return True


def facts_of(connection: SSL.Connection, host: str) -> Tls:
    """The TLS facts of `connection`, whose handshake is done, judged as one to `host`.

    Verified means: OpenSSL found no fault in building and checking the chain during this very
    handshake, and the leaf names `host` (RFC 9525).
    """
    host = _name(host)
    chain = connection.get_peer_cert_chain() or []
    errors: list[str] = [*_chain_errors[connection]]
    if not chain:
        errors.append("no certificate")
    elif (mismatch := _host_mismatch(chain[0], host)) is not None:
        errors.append(mismatch)
    sni = connection.get_servername()
    return Tls(
        protocol=connection.get_protocol_version_name().lower().replace("v", "/", 1),
        cipher=connection.get_cipher_name() or "",
        sni=sni.decode("ascii") if sni else None,
        alpn=connection.get_alpn_proto_negotiated().decode("ascii", "replace") or None,
        chain=tuple(crypto.dump_certificate(crypto.FILETYPE_ASN1, each) for each in chain),
        is_verified=not errors,
        verify_error=errors[0] if errors else None,
    )


def _host_mismatch(leaf: crypto.X509, host: str) -> str | None:
    verify: Callable[..., None] = (
        verify_certificate_ip_address if _is_address(host) else verify_certificate_hostname
    )
    try:
        verify(leaf.to_cryptography(), host)
    except VerificationError:
        return f"certificate is not for {host}"
    except (CertificateError, ValueError) as error:  # a certificate is the peer's text too
        return f"certificate cannot be held against {host}: {error}"[:_REASON_CHARACTERS]
    return None


def _name(host: str) -> str:
    """`host` as TLS has it: without the dot that ends an absolute name (RFC 6066, section 3)."""
    return host.removesuffix(".")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
