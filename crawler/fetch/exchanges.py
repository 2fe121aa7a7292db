"""From attempts on the wire to the archive's exchanges."""

import datetime as dt
from collections.abc import Iterator

from archive import Exchange, Failure, Origin, Truncation
from crawler.fetch.failures import Trouble, lost_connection
from crawler.fetch.spool import SpoolSpan
from crawler.fetch.tap import Attempt, Tap

Draft = tuple[Attempt | None, Trouble | None]
"""An attempt (None: no connection was made) and what went wrong with it."""


def drafts_of(tap: Tap, trouble: Trouble | None) -> Iterator[Draft]:
    """What is to be recorded of a download that is over, in the order it happened.

    `trouble` belongs to what came last: the last attempt, or the connection that could not be made.
    """
    is_connectionless = trouble is not None and (tap.dial is not None or not tap.attempts)
    for attempt in tap.attempts:
        is_last = attempt is tap.attempts[-1] and not is_connectionless
        yield attempt, trouble if is_last else None
    if is_connectionless:
        yield None, trouble


def exchange_of(
    draft: Draft,
    *,
    tap: Tap,
    url: str,
    method: str,
    origin: Origin,
    began_at: dt.datetime,
    revalidates: str | None,
) -> Exchange:
    """The exchange of one draft. `began_at` holds where there was no connection."""
    attempt, trouble = draft
    if attempt is None:
        assert trouble is not None
        return Exchange(
            url=url,
            method=method,
            origin=origin,
            began_at=began_at,
            ended_at=dt.datetime.now(dt.UTC),
            failure=trouble.failure,
            addresses=tap.dial.addresses if tap.dial is not None else (),
        )
    truncated, failure = _judged(attempt, trouble)
    spool, connection = attempt.spool, attempt.connection
    end = spool.size if attempt.end is None else attempt.end
    has_response = end > attempt.interim_end
    peer = connection.peer
    return Exchange(
        url=url,
        method=method,
        origin=origin,
        began_at=attempt.began_at,
        ended_at=attempt.ended_at or dt.datetime.now(dt.UTC),
        request=attempt.request,
        response=SpoolSpan(spool, attempt.interim_end, end) if has_response else None,
        head_bytes=None if attempt.head_end is None else attempt.head_end - attempt.interim_end,
        status=attempt.status,
        interim=b"".join(spool.chunks(0, attempt.interim_end)),
        surplus_bytes=attempt.surplus_bytes,
        truncated=truncated if has_response else None,
        failure=failure,
        peer=peer.host,
        peer_port=peer.port,
        addresses=connection.dial.addresses,
        tls=connection.tls,
        connection=connection.number,
        nth_on_connection=attempt.nth,
        revalidates=revalidates,
    )


def _judged(attempt: Attempt, trouble: Trouble | None) -> tuple[Truncation | None, Failure | None]:
    """Whether the response is whole, by the wire alone, and what failed."""
    failure = trouble.failure if trouble is not None else None
    if attempt.end is not None and not attempt.is_cut_by_close:
        return None, failure
    if trouble is not None:
        return trouble.truncated, failure
    return Truncation.DISCONNECT, lost_connection()
