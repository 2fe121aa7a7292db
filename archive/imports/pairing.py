"""Which records of an import belong together: request and response, revisit and original.

Links are believed where they hold; nothing is joined that only might belong together.
"""

from collections import Counter
from concurrent.futures import Future

from archive.imports.foreign import Found, Survey, has_payload
from archive.model import Capture

_UNMODIFIED = "server-not-modified"
"""How the profile of a revisit ends that is a 304, in WARC 1.0 and 1.1."""


class Known:
    """What records of the import lead to each other."""

    def __init__(self, surveys: list[Survey]) -> None:
        self._requests: dict[str, Found] = {}
        self._responses: dict[str, Found] = {}
        self._by_payload: dict[str, Found] = {}
        self._kept: dict[str, Future[Capture] | None] = {}
        """What a 304 says is still so: as it was kept, once it was."""
        everything = [found for seen in surveys for found in seen.found]
        for one in everything:
            if one.kind == "request":
                self._requests[one.record_id] = one
                for id_ in one.concurrent_to:
                    self._requests.setdefault(id_, one)
            elif one.kind == "response":
                self._responses[one.record_id] = one
                if one.payload_digest:
                    self._by_payload.setdefault(one.payload_digest.lower(), one)
            elif one.refers_to and _is_unmodified(one):
                self._kept[one.refers_to] = None
        self._unlinked = _unlinked(everything)

    def request_of(self, found: Found) -> Found | None:
        """The request that a response answers."""
        for id_ in (found.record_id, *found.concurrent_to):
            if (request := self._requests.get(id_)) is not None:
                return request
        return self._unlinked.get(_moment(found))

    def original_of(self, revisit: Found) -> Found | None:
        """The response whose payload a revisit stands for; None where its digest is of another."""
        digest = revisit.payload_digest
        named = self._responses.get(revisit.refers_to or "")
        if named is not None and (digest is None or has_payload(named, digest)):
            return named
        return self._by_payload.get((digest or "").lower())

    def note(self, found: Found, told: Future[Capture]) -> None:
        """Remember how a response was kept, where a 304 will ask for it."""
        if found.record_id in self._kept:
            self._kept[found.record_id] = told

    def kept_as(self, unmodified: Found) -> str | None:
        """Our record of what a 304 refers to; None where it was not kept, or not yet."""
        told = self._kept.get(unmodified.refers_to or "")
        return told.result().record_id if told is not None else None


def _is_unmodified(revisit: Found) -> bool:
    return (revisit.profile or "").rstrip("/").endswith(_UNMODIFIED)


def _unlinked(everything: list[Found]) -> dict[str, Found]:
    """Requests that no link joins to a response, by what they have in common with theirs.

    Where several are of one moment, nothing tells which is whose.
    """
    named = {id_ for one in everything if one.kind != "request" for id_ in one.concurrent_to}
    alone = [one for one in everything if not one.concurrent_to and one.record_id not in named]
    moments = Counter((one.kind == "request", _moment(one)) for one in alone)
    return {
        moment: one
        for one in alone
        if one.kind == "request"
        and moments[True, moment := _moment(one)] == 1
        and moments[False, moment] == 1
    }


def _moment(found: Found) -> str:
    """What a request and its response have in common where no link joins them."""
    return f"{found.at.isoformat()} {found.url}"
