"""Values of the data model as rows of the catalogue, and back."""

import datetime as dt
import re
import sqlite3
from dataclasses import dataclass
from typing import TypeVar

from archive.codec import from_json, to_json
from archive.digest import Digest
from archive.errors import InvalidUrl
from archive.instants import instant, instant_of, instant_or_none
from archive.model import (
    ArchivedCopy,
    Article,
    Capture,
    CaptureKind,
    Citation,
    Failure,
    FailureKind,
    Locator,
    Moment,
    Picture,
    Post,
    PostAnswer,
    PostState,
    Reading,
    Relation,
    Run,
    ShortLink,
    Truncation,
    Verdict,
)
from archive.web.urls import UrlKey, url_key

Row = dict[str, object]

READINGS = """
    SELECT record_id, reader, verdict, reason, article, answers.answer, short_link, picture, copy
    FROM readings LEFT JOIN documents ON documents.digest = readings.document
        LEFT JOIN answers ON answers.digest = readings.answer
"""
"""What `reading_of` takes."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How far a WARC file is catalogued: every record that ends at or before `durable_bytes`."""

    warc: str
    durable_bytes: int
    is_closed: bool


def inserting(table: str, row: Row) -> str:
    """The INSERT for `row`, its values named; table and columns are ours, never a page's."""
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    return f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608


def storable(row: Row) -> Row:
    """The row with every text as SQLite can hold it."""
    return {
        name: bindable(value) if isinstance(value, str) else value for name, value in row.items()
    }


def bindable(text: str) -> str:
    """`text` without lone surrogates, which a header or an argument may hold and SQLite cannot."""
    return text.encode("utf-8", "replace").decode()


def key_or_none(url: str) -> UrlKey | None:
    """The identity key of a URL that need not follow our rules."""
    try:
        return url_key(url)
    except InvalidUrl:
        return None


def run_row(run: Run) -> Row:
    """A run as a row of `runs`."""
    return {
        "run_id": run.run_id,
        "began_at": instant(run.began_at),
        "ended_at": instant_or_none(run.ended_at),
        "outcome": run.outcome,
        "software": run.software,
        "user_agent": run.user_agent,
        "robots": run.robots,
        "hostname": run.hostname,
        "operator": run.operator,
        "case_label": run.case,
        "note": run.note,
        "settings": to_json(dict(run.settings)).decode(),
        "counts": to_json(dict(run.counts)).decode(),
    }


def run_of(row: sqlite3.Row) -> Run:
    """The run in a row of `runs`."""
    return Run(
        run_id=row["run_id"],
        began_at=instant_of(row["began_at"]),
        ended_at=instant_of(row["ended_at"]) if row["ended_at"] is not None else None,
        outcome=row["outcome"],
        software=row["software"],
        user_agent=row["user_agent"],
        robots=row["robots"],
        hostname=row["hostname"],
        operator=row["operator"],
        case=row["case_label"],
        note=row["note"],
        settings=from_json(row["settings"], dict[str, str]),
        counts=from_json(row["counts"], dict[str, int]),
    )


def capture_row(capture: Capture) -> Row:
    """A capture as a row of `captures`."""
    failure = capture.failure
    return {
        "record_id": capture.record_id,
        "kind": capture.kind.value,
        "url": capture.url,
        "url_key": key_or_none(capture.url),
        "method": capture.method,
        "captured_at": instant(capture.captured_at),
        "run_id": capture.run_id,
        "warc": capture.locator.warc,
        "offset": capture.locator.offset,
        "length": capture.locator.length,
        "status": capture.status,
        "content_type": capture.content_type,
        "payload_digest": capture.payload_digest,
        "payload_bytes": capture.payload_bytes,
        "refers_to": capture.refers_to,
        "truncated": capture.truncated.value if capture.truncated is not None else None,
        "failure_kind": failure.kind.value if failure is not None else None,
        "failure_detail": failure.detail if failure is not None else None,
        "found_by": capture.found_by,
        "via": capture.via,
        "via_record": capture.via_record,
        "requested_url": capture.requested_url,
        "redirect_to": capture.redirect_to,
        "is_tls_verified": capture.is_tls_verified,
    }


def capture_of(row: sqlite3.Row) -> Capture:
    """The capture in a row of `captures`."""
    kind, verified = row["failure_kind"], row["is_tls_verified"]
    return Capture(
        record_id=row["record_id"],
        kind=CaptureKind(row["kind"]),
        url=row["url"],
        method=row["method"],
        captured_at=instant_of(row["captured_at"]),
        run_id=row["run_id"],
        locator=Locator(warc=row["warc"], offset=row["offset"], length=row["length"]),
        status=row["status"],
        content_type=row["content_type"],
        payload_digest=Digest(row["payload_digest"]) if row["payload_digest"] else None,
        payload_bytes=row["payload_bytes"],
        refers_to=row["refers_to"],
        truncated=Truncation(row["truncated"]) if row["truncated"] else None,
        failure=Failure(kind=FailureKind(kind), detail=row["failure_detail"]) if kind else None,
        found_by=row["found_by"],
        via=row["via"],
        via_record=row["via_record"],
        requested_url=row["requested_url"],
        redirect_to=row["redirect_to"],
        is_tls_verified=bool(verified) if verified is not None else None,
    )


def citation_row(citation: Citation) -> Row:
    """A citation's own columns in `citations`."""
    return {
        "post_key": citation.post_key,
        "relation": citation.relation.value,
        "form": citation.form,
        "block": citation.block,
        "url": citation.url,
        "claimed_handle": citation.claimed_handle,
        "claimed_name": citation.claimed_name,
        "claimed_text": citation.claimed_text,
        "claimed_on": citation.claimed_on.isoformat() if citation.claimed_on is not None else None,
        "hashtags": to_json(citation.hashtags).decode(),
        "mentions": to_json(citation.mentions).decode(),
        "links": to_json(citation.links).decode(),
        "id_at": instant_or_none(citation.id_at),
        "claimed_revision": citation.claimed_revision,
    }


def citation_of(row: sqlite3.Row) -> Citation:
    """The citation in a row of `citations` joined with its post."""
    return Citation(
        platform=row["platform"],
        post_id=row["post_id"],
        url=row["url"],
        relation=Relation(row["relation"]),
        form=row["form"],
        block=row["block"],
        claimed_handle=row["claimed_handle"],
        claimed_name=row["claimed_name"],
        claimed_text=row["claimed_text"],
        claimed_on=dt.date.fromisoformat(row["claimed_on"]) if row["claimed_on"] else None,
        hashtags=from_json(row["hashtags"], tuple[str, ...]),
        mentions=from_json(row["mentions"], tuple[str, ...]),
        links=from_json(row["links"], tuple[str, ...]),
        id_at=instant_of(row["id_at"]) if row["id_at"] else None,
        claimed_revision=row["claimed_revision"],
    )


def post_of(row: sqlite3.Row) -> Post:
    """The post in a row of `posts`."""
    return Post(
        platform=row["platform"],
        post_id=row["post_id"],
        url=row["url"],
        state=PostState(row["state"]),
    )


def reading_of(row: sqlite3.Row) -> Reading:
    """The reading in a row of READINGS.

    Raises: ValueError where there is none.
    """
    return Reading(
        record_id=row["record_id"],
        reader=row["reader"],
        verdict=Verdict(row["verdict"]),
        reason=row["reason"],
        article=_value(row["article"], Article),
        answer=_value(row["answer"], PostAnswer),
        short_link=_value(row["short_link"], ShortLink),
        picture=_value(row["picture"], Picture),
        copy=_value(row["copy"], ArchivedCopy),
    )


def _value(text: str | None, kind: type[_T]) -> _T | None:
    return from_json(text, kind) if text is not None else None


def json_or_none(value: object | None) -> str | None:
    """A value as JSON, which need not be there."""
    return to_json(value).decode() if value is not None else None


def moment_row(name: str, moment: Moment | None) -> Row:
    """A stated moment as four columns: UTC instant, day, offset and the page's own text."""
    at = moment.at if moment is not None else None
    offset = at.utcoffset() if at is not None else None
    return {
        f"{name}_at": instant_or_none(at),
        f"{name}_on": moment.on.isoformat() if moment is not None else None,
        f"{name}_offset_s": int(offset.total_seconds()) if offset is not None else None,
        f"{name}_raw": moment.raw if moment is not None else None,
    }


def extent_of(row: sqlite3.Row) -> Extent:
    """A row of `warcs`."""
    return Extent(
        warc=row["name"], durable_bytes=row["durable_bytes"], is_closed=bool(row["is_closed"])
    )


def stamp_of(captured_at: str, record_id: str, reader: str) -> str:
    """What tells the newer of two rows about one thing."""
    return f"{captured_at} {record_id} {numbered(reader)}"


def numbered(reader: str) -> str:
    """A reader's name in which 1.10 sorts after 1.9."""
    return re.sub(r"\d+", lambda number: number[0].zfill(9), reader)
