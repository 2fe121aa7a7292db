"""What went wrong on the wire: one table from exceptions to facts, and to Scrapy's exceptions."""

import asyncio
from dataclasses import dataclass

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    StopDownload,
)
from twisted.internet import error as tx
from twisted.internet.defer import CancelledError
from twisted.web._newclient import (
    RequestGenerationFailed,
    RequestNotSent,
    RequestTransmissionFailed,
    ResponseFailed,
)
from twisted.web.http import _DataLoss

from archive import Failure, FailureKind, Truncation
from crawler.fetch.addresses import AddressRefused
from crawler.fetch.tap import TooMuchFraming
from crawler.fetch.tls import CertificateRefused

_DETAIL_CHARACTERS = 300


class BodyTooLarge(DownloadCancelledError):
    """The body is longer than the limit; Scrapy does not try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One failed download: the fact for the record, and the exception for Scrapy.

    `failure` is None where the download was stopped on purpose. `truncated` says why the response
    is not whole, if part of it came.
    """

    failure: Failure | None
    truncated: Truncation
    exception: BaseException


def trouble_of(error: BaseException, *, is_handshaking: bool) -> Trouble:
    """What `error`, raised by a download, means.

    `is_handshaking`: the connection was up, its TLS not yet.
    """
    reason = _reason_of(error)
    kind, truncated = _kind_of(reason)
    if kind is FailureKind.OTHER and reason is not error:
        kind = FailureKind.PROTOCOL  # raised while a response was parsed
    if is_handshaking and kind in {FailureKind.DISCONNECT, FailureKind.PROTOCOL, FailureKind.OTHER}:
        kind = FailureKind.TLS
    failure = None
    if not isinstance(reason, StopDownload):
        failure = Failure(kind=kind, detail=_detail_of(reason))
    return Trouble(failure=failure, truncated=truncated, exception=_exception_of(error, kind))


def lost_connection() -> Failure:
    """The failure of an attempt whose connection went away."""
    detail = "connection lost before the response was over"
    return Failure(kind=FailureKind.DISCONNECT, detail=detail)


def _reason_of(error: BaseException) -> BaseException:
    """The first reason inside Twisted's wrappers."""
    while isinstance(error, ResponseFailed | RequestTransmissionFailed | RequestGenerationFailed):
        if not error.reasons:
            break
        error = error.reasons[0].value
    return error


def _kind_of(reason: BaseException) -> tuple[FailureKind, Truncation]:
    for types, kind, truncated in _KINDS:
        if isinstance(reason, types):
            return kind, truncated
    return FailureKind.OTHER, Truncation.UNSPECIFIED


_KINDS: tuple[tuple[tuple[type[BaseException], ...], FailureKind, Truncation], ...] = (
    ((AddressRefused,), FailureKind.ADDRESS_REFUSED, Truncation.UNSPECIFIED),
    ((CertificateRefused,), FailureKind.TLS, Truncation.UNSPECIFIED),
    ((BodyTooLarge, TooMuchFraming), FailureKind.TOO_LARGE, Truncation.LENGTH),
    (
        (DownloadTimeoutError, tx.TimeoutError, tx.TCPTimedOutError),
        FailureKind.TIMEOUT,
        Truncation.TIME,
    ),
    ((tx.DNSLookupError, tx.UnknownHostError), FailureKind.DNS, Truncation.UNSPECIFIED),
    ((tx.ConnectError,), FailureKind.CONNECT, Truncation.UNSPECIFIED),
    (
        (tx.ConnectionClosed, RequestNotSent, _DataLoss),
        FailureKind.DISCONNECT,
        Truncation.DISCONNECT,
    ),
    ((StopDownload, CancelledError, asyncio.CancelledError), FailureKind.OTHER, Truncation.LENGTH),
)
"""The first line that fits holds."""


def _exception_of(error: BaseException, kind: FailureKind) -> BaseException:
    """The exception that Scrapy's middlewares know: those of its own handlers."""
    match kind:
        case FailureKind.DNS:
            known: Exception = CannotResolveHostError(str(error))
        case FailureKind.TIMEOUT if not isinstance(error, DownloadTimeoutError):
            known = DownloadTimeoutError(str(error))
        case FailureKind.TOO_LARGE if not isinstance(error, BodyTooLarge):
            known = BodyTooLarge(str(error))
        case FailureKind.CONNECT if isinstance(error, tx.ConnectionRefusedError):
            known = DownloadConnectionRefusedError(str(error))
        case FailureKind.CONNECT:
            known = DownloadFailedError(str(error))
        case FailureKind.TLS if isinstance(_reason_of(error), CertificateRefused):
            known = CertificateRefused(str(_reason_of(error)))
        case _ if isinstance(error, ResponseFailed) and _is_data_loss(error):
            known = ResponseDataLossError(str(error))
        case _ if isinstance(
            error,
            ResponseFailed | RequestTransmissionFailed | RequestGenerationFailed | RequestNotSent,
        ):
            known = DownloadFailedError(str(error))
        case _:
            return error
    known.__cause__ = error
    return known


def _is_data_loss(error: ResponseFailed) -> bool:
    return any(isinstance(reason.value, _DataLoss) for reason in error.reasons)


def _detail_of(reason: BaseException) -> str:
    """One line, free of control characters, of bounded length."""
    text = " ".join(f"{type(reason).__name__}: {reason}".split())
    return "".join(c for c in text if c.isprintable())[:_DETAIL_CHARACTERS].removesuffix(": ")
