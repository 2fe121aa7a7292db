"""How a request came about, read from its meta and from the capture before it.

Scrapy copies a request's meta into its redirects and retries. So the last capture that stands
there is the hop or the try before, where the counters of Scrapy's own middlewares have moved since;
where they have not, a spider has copied the meta, and the capture is stale.

`origin_meta` is what a spider gives its requests, `capture_of` and `kept_of` what it gets of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scrapy import Request
from scrapy.http import Response

from archive import Capture, Origin
from crawler.fetch.destination import bare_url

# Keys of a request's meta: what it is asked for, as `origin_meta` has it.
FOUND_BY = "dateline_found_by"
ASKED_FOR = "dateline_for"
_VIA = "dateline_via"
_VIA_RECORD = "dateline_via_record"
_NOTE = "dateline_note"
# What middlewares say of it.
ROBOTS = "dateline_robots"
"""The robots verdict, as `archive.Origin.robots`."""
REVALIDATES = "dateline_revalidates"
"""Record id of the capture that a conditional request says is known."""
REFUSAL = "dateline_refusal"
"""The capture that says why it was not made."""
# What the download handler leaves.
CAPTURE = "dateline_capture"
"""The last capture of its last download."""
CAPTURES = "dateline_captures"
"""All of that download, a tuple."""
HOP = "dateline_hop"
"""This module's own (`Hop`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """Where in its chain of redirects and retries a request stood when it was downloaded."""

    redirects: int
    retries: int
    attempt: int
    requested_url: str | None


def origin_meta(
    found_by: str,
    *,
    via: str | None = None,
    via_record: str | None = None,
    note: Mapping[str, str] | None = None,
    asked_for: str | None = None,
) -> dict[str, Any]:
    """The meta that says why a request is made; its record keeps it (`archive.Origin`).

    `found_by` is `argument`, `citation`, `robots`, …; `via` the URL of the page that led here,
    `via_record` the record id of that page's capture; `note` further facts. `asked_for` says whom
    it is for where one address is asked for several (see `crawler.fetch.fingerprint`).
    """
    told = {
        FOUND_BY: found_by,
        _VIA: via,
        _VIA_RECORD: via_record,
        _NOTE: note,
        ASKED_FOR: asked_for,
    }
    return {key: value for key, value in told.items() if value is not None}


def capture_of(response: Response) -> Capture:
    """What was kept of the exchange that `response` came of."""
    capture: Capture = response.meta[CAPTURE]
    return capture


def kept_of(request: Request) -> Capture | None:
    """What was kept of a request without a response: why it was not made, or its last exchange."""
    kept: Capture | None = request.meta.get(REFUSAL) or request.meta.get(CAPTURE)
    return kept


def take_origin(meta: dict[str, Any], *, run_id: str) -> Origin:
    """The origin of the request whose `meta` this is; what earlier downloads left is taken out.

    Leaves `HOP` behind for the next in the chain.
    """
    previous = meta.pop(CAPTURE, None)
    meta.pop(CAPTURES, None)
    before = meta.pop(HOP, None)
    redirects, retries = meta.get("redirect_times", 0), meta.get("retry_times", 0)
    origin = _given(meta, run_id)
    if isinstance(previous, Capture) and isinstance(before, Hop):
        origin = replace(origin, requested_url=before.requested_url)
        if redirects > before.redirects:
            first = next(iter(meta.get("redirect_urls", ())), previous.url)
            origin = replace(
                origin,
                found_by="redirect",
                via=previous.url,
                via_record=previous.record_id,
                requested_url=before.requested_url or bare_url(first),
            )
        elif retries > before.retries:
            origin = again(replace(origin, attempt=before.attempt), previous)
        else:
            origin = replace(origin, requested_url=None)
    meta[HOP] = Hop(
        redirects=redirects,
        retries=retries,
        attempt=origin.attempt,
        requested_url=origin.requested_url,
    )
    return origin


def again(origin: Origin, previous: Capture) -> Origin:
    """The origin of another try, after the one with `origin` that left `previous`."""
    return replace(
        origin,
        found_by="retry",
        via=previous.url,
        via_record=previous.record_id,
        attempt=origin.attempt + 1,
    )


def leave_captures(meta: dict[str, Any], origin: Origin, captures: tuple[Capture, ...]) -> None:
    """Tell later middlewares, the spider and the next hop what was kept; `origin` is the last."""
    meta[CAPTURES] = captures
    if captures:
        meta[CAPTURE] = captures[-1]
        meta[HOP] = replace(meta[HOP], attempt=origin.attempt)


def _given(meta: Mapping[str, Any], run_id: str) -> Origin:
    via = meta.get(_VIA)
    return Origin(
        run_id=run_id,
        found_by=meta.get(FOUND_BY, "argument"),
        via=None if via is None else bare_url(via),
        via_record=meta.get(_VIA_RECORD),
        robots=meta.get(ROBOTS),
        note=dict(meta.get(_NOTE, {})),
    )
