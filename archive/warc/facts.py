"""What no response can tell, as fields of a metadata record; and the values read back from them.

`via` and `fetchTimeMs` are Heritrix's names; the others are ours. Structured values are JSON.
A Capture is made by `capture_of` alone, from what the records hold: once when they are written,
and again whenever they are read.
"""

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from archive.codec import plain_json
from archive.digest import Digest
from archive.instants import instant, instant_or_none
from archive.model import (
    Capture,
    CaptureKind,
    Exchange,
    Failure,
    FailureKind,
    Locator,
    Origin,
    Run,
    Tls,
    Truncation,
)
from archive.warc.fields import one_line, parse_date, target_uri
from archive.web.http import HEAD_LIMIT, Head, Payload

Fields = list[tuple[str, str | None]]

INTERIM_LIMIT = 64 * 1024
"""So much of the interim (1xx) answers is kept; their whole length is told."""

_STATUS = re.compile("[1-9][0-9]{2}")

MILLISECOND = dt.timedelta(milliseconds=1)


def new_certificates(tls: Tls | None, known: AbstractSet[str]) -> dict[str, str]:
    """The chain's certificates that the WARC file does not have in full yet.

    SHA-256 (hex) to DER (base64); `known` holds the former of those it has.
    """
    chain = tls.chain if tls else ()
    named = {hashlib.sha256(der).hexdigest(): der for der in chain}
    return {
        name: base64.b64encode(der).decode("ascii")
        for name, der in named.items()
        if name not in known
    }


def exchange_fields(
    exchange: Exchange, *, payload: Payload | None, certificates: Mapping[str, str]
) -> Fields:
    """The facts of an exchange, with the certificates that are to stand there in full."""
    origin, failure = exchange.origin, exchange.failure
    url = exchange.url if target_uri(exchange.url) != exchange.url else None
    interim = exchange.interim
    return [
        ("describes", "exchange"),
        ("run", origin.run_id),
        ("found-by", origin.found_by),
        ("via", origin.via),
        ("via-record", origin.via_record),
        ("requested-url", origin.requested_url),
        ("attempt", str(origin.attempt)),
        ("robots", origin.robots),
        ("note", one_line(dict(origin.note)) if origin.note else None),
        ("url", url),
        ("method", exchange.method),
        ("status", _number(exchange.status)),
        ("ended-at", instant(exchange.ended_at)),
        ("fetchTimeMs", str((exchange.ended_at - exchange.began_at) // MILLISECOND)),
        ("head-bytes", _number(exchange.head_bytes)),
        ("response-bytes", _number(exchange.response.size if exchange.response else None)),
        ("payload-digest", payload.digest if payload else None),
        ("payload-bytes", str(payload.size_bytes) if payload else None),
        ("truncated", exchange.truncated),
        (
            "failure",
            one_line({"kind": failure.kind, "detail": failure.detail}) if failure else None,
        ),
        ("connection", _connection(exchange)),
        ("addresses", one_line(exchange.addresses) if exchange.addresses else None),
        ("tls", _tls(exchange.tls) if exchange.tls else None),
        ("certificates", one_line(dict(certificates)) if certificates else None),
        ("interim", base64.b64encode(interim[:INTERIM_LIMIT]).decode("ascii") or None),
        ("interim-bytes", str(len(interim)) if interim else None),
        ("surplus-bytes", str(exchange.surplus_bytes) if exchange.surplus_bytes else None),
    ]


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _connection(exchange: Exchange) -> str | None:
    if not exchange.connection and exchange.peer is None:
        return None
    return one_line(
        {
            "number": exchange.connection,
            "nth": exchange.nth_on_connection,
            "peer": exchange.peer,
            "port": exchange.peer_port,
        }
    )


def _tls(tls: Tls) -> str:
    return one_line(
        {
            "protocol": tls.protocol,
            "cipher": tls.cipher,
            "sni": tls.sni,
            "alpn": tls.alpn,
            "verified": tls.is_verified,
            "verify_error": tls.verify_error,
            "chain_sha256": [hashlib.sha256(der).hexdigest() for der in tls.chain],
        }
    )


def http_head_of(prefix: bytes, facts: Mapping[str, str]) -> bytes:
    """The part of a response's first bytes that is its head, as far as heads are read."""
    return prefix[: min(int(facts.get("head-bytes", 0)), HEAD_LIMIT)]


def capture_of(
    facts: Mapping[str, str],
    *,
    record_id: str,
    kind: CaptureKind,
    uri: str,
    captured_at: dt.datetime,
    locator: Locator,
    refers_to: str | None,
    head: Head,
) -> Capture:
    """The capture that the metadata's `facts` and the record at `locator` make.

    `head` is the response's, as far as heads are read.

    Raises: KeyError or ValueError where the facts are not those of an exchange.
    """
    url = facts.get("url", uri)
    status = _status(facts.get("status"))
    failure = plain_json(facts["failure"]) if "failure" in facts else None
    return Capture(
        record_id=record_id,
        kind=kind,
        url=url,
        method=facts["method"],
        captured_at=captured_at,
        run_id=facts["run"],
        locator=locator,
        status=status,
        content_type=head.content_type,
        payload_digest=Digest(facts["payload-digest"]) if "payload-digest" in facts else None,
        payload_bytes=int(facts["payload-bytes"]) if "payload-bytes" in facts else None,
        refers_to=refers_to,
        truncated=Truncation(facts["truncated"]) if "truncated" in facts else None,
        failure=failure and Failure(kind=FailureKind(failure["kind"]), detail=failure["detail"]),
        found_by=facts["found-by"],
        via=facts.get("via"),
        via_record=facts.get("via-record"),
        requested_url=facts.get("requested-url"),
        redirect_to=head.redirect_target(url, status),
        is_tls_verified=plain_json(facts["tls"])["verified"] if "tls" in facts else None,
    )


def origin_of(facts: Mapping[str, str]) -> Origin:
    """How the exchange came about that `facts` describe.

    Raises: KeyError, TypeError or ValueError where the facts are not those of an exchange.
    """
    note = plain_json(facts.get("note", "{}"))
    return Origin(
        run_id=facts["run"],
        found_by=facts["found-by"],
        via=facts.get("via"),
        via_record=facts.get("via-record"),
        requested_url=facts.get("requested-url"),
        attempt=int(facts.get("attempt", "1")),
        robots=facts.get("robots"),
        note={str(name): str(text) for name, text in note.items()},
    )


def _status(text: str | None) -> int | None:
    """A status code of three digits; what else a server may have sent there is none."""
    return int(text) if text is not None and _STATUS.fullmatch(text) else None


def run_fields(run: Run) -> Fields:
    """The facts of a run, as far as they are known by now."""
    return [
        ("describes", "run"),
        ("run", run.run_id),
        ("began-at", instant(run.began_at)),
        ("ended-at", instant_or_none(run.ended_at)),
        ("outcome", run.outcome),
        ("software", run.software),
        ("http-header-user-agent", run.user_agent),
        ("robots", run.robots),
        ("hostname", run.hostname),
        ("operator", run.operator),
        ("case", run.case),
        ("note", run.note),
        ("settings", one_line(dict(run.settings))),
        ("circumstances", one_line(dict(run.circumstances)) if run.circumstances else None),
        ("counts", one_line(dict(run.counts))),
    ]


def run_of(facts: Mapping[str, str]) -> Run:
    """The run that `run_fields` described.

    Raises: KeyError or ValueError where the facts are not those of a run.
    """
    return Run(
        run_id=facts["run"],
        began_at=parse_date(facts["began-at"]),
        software=facts["software"],
        user_agent=facts["http-header-user-agent"],
        robots=facts["robots"],
        hostname=facts["hostname"],
        operator=facts.get("operator"),
        case=facts.get("case"),
        note=facts.get("note"),
        settings=plain_json(facts["settings"]),
        circumstances=plain_json(facts.get("circumstances", "{}")),
        ended_at=parse_date(facts["ended-at"]) if "ended-at" in facts else None,
        outcome=facts.get("outcome"),
        counts=plain_json(facts["counts"]),
    )
