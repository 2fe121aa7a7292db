"""What an answer shows of a page: the one place where statuses and verdicts become looks."""

import datetime as dt

from archive import Look, Reading, Seen, Verdict, text_digest

_WALLS = frozenset({Verdict.LOGIN_WALL, Verdict.CONSENT_WALL, Verdict.CHALLENGE, Verdict.PAYWALL})


def look_of(reading: Reading, *, status: int, at: dt.datetime) -> Look:
    """The look that was a whole answer with `status`, read as `reading`, at the page itself."""
    article = reading.article
    if status == 410:
        seen = Seen.GONE
    elif status == 404 or reading.verdict is Verdict.GONE:
        seen = Seen.NOT_FOUND
    elif reading.verdict in _WALLS:
        seen = Seen.WALL
    elif reading.verdict is Verdict.CONTENT and article is not None:
        digest = str(text_digest(article))
        return Look(at=at, record_id=reading.record_id, seen=Seen.TEXT, text_digest=digest)
    else:
        seen = Seen.FAILURE
    return Look(at=at, record_id=reading.record_id, seen=seen)


def unchanged(at: dt.datetime, record_id: str, digest: str | None) -> Look:
    """The look that was a 304: the text is the one that was seen before."""
    return Look(at=at, record_id=record_id, seen=Seen.TEXT, text_digest=digest)


def moved(at: dt.datetime, record_id: str, target: str) -> Look:
    """The look that was led elsewhere."""
    return Look(at=at, record_id=record_id, seen=Seen.MOVED, target=target)


def failed(at: dt.datetime, record_id: str) -> Look:
    """The look that brought nothing; `record_id` may be empty where nothing was kept."""
    return Look(at=at, record_id=record_id, seen=Seen.FAILURE)
