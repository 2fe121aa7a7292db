"""What an answer shows of a page: looks, by the archive's own rule (`archive.seen_in`)."""

import datetime as dt

from archive import Capture, FailureKind, Look, Reading, Seen, Standing, seen_in, text_digest

_LASTING = frozenset(
    {
        FailureKind.ADDRESS_REFUSED,
        FailureKind.NOT_FOLLOWED,
        FailureKind.NOT_THE_WEB,
        FailureKind.ROBOTS_DENIED,
        FailureKind.TOO_LARGE,
    }
)
_LATER = frozenset({408, 425, 429})


def look_of(reading: Reading, *, status: int, at: dt.datetime) -> Look:
    """The look that was a whole answer with `status`, read as `reading`, at the page itself.

    A reading without a reader is of an archive that reads nothing: then a page is there or not.
    """
    article = reading.article
    is_partial = article is not None and article.partial is not None
    seen = seen_in(
        status=status,
        verdict=reading.verdict,
        has_article=article is not None or not reading.reader,
        is_partial=is_partial,
    )
    assert seen is not None, "it has a verdict"
    if seen is not Seen.TEXT or article is None:
        return Look(at=at, record_id=reading.record_id, seen=seen)
    return Look(
        at=at,
        record_id=reading.record_id,
        seen=seen,
        text_digest=str(text_digest(article)),
        basis=f"{reading.reader} {is_partial}",
    )


def unchanged(at: dt.datetime, record_id: str, before: Standing | None) -> Look:
    """The look that was a 304: the text is the one that was seen before."""
    if before is None:
        return Look(at=at, record_id=record_id, seen=Seen.TEXT)
    return Look(
        at=at,
        record_id=record_id,
        seen=Seen.TEXT,
        text_digest=before.text_digest,
        basis=before.basis,
    )


def moved(at: dt.datetime, record_id: str, target: str) -> Look:
    """The look that was led elsewhere."""
    return Look(at=at, record_id=record_id, seen=Seen.MOVED, target=target)


def failed(at: dt.datetime, record_id: str) -> Look:
    """The look that brought nothing; `record_id` may be empty where nothing was kept."""
    return Look(at=at, record_id=record_id, seen=Seen.FAILURE)


def is_passing(capture: Capture | None, status: int | None = None) -> bool:
    """Whether a failure may be over at any moment: of the network, or of the server's own.

    `capture` is of an exchange that brought no whole answer, and `status` None; else `status` is
    the answer's.
    """
    if status is not None:
        return status >= 500 or status in _LATER
    failure = capture.failure if capture is not None else None
    return failure is None or failure.kind not in _LASTING
