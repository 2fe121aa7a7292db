"""How a request came about, read from its meta and from the capture before it.

Scrapy copies a request's meta into its redirects and retries. So the last capture that stands
there is the hop or the try before, where the counters of Scrapy's own middlewares have moved since;
where they have not, a spider has copied the meta, and the capture is stale.

Keys that others set:

    dateline_found_by     `argument`, `citation`, `robots`, …
    dateline_via          URL of the page that led here
    dateline_via_record   record id of that page's capture
    dateline_robots       the robots verdict, as `archive.Origin.robots`
    dateline_note         further facts, a dict of text to text
    dateline_revalidates  record id of the capture that a conditional request says is known
    dateline_for          whom it is asked for, where one address is asked for several; see
                          `crawler.fetch.fingerprint`

Keys that the download handler sets:

    dateline_capture      the last capture of this call (`archive.Capture`)
    dateline_captures     all of this call, a tuple
    dateline_hop          this module's own (`Hop`)
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from archive import Capture, Origin
from crawler.fetch.destination import bare_url

REVALIDATES = "dateline_revalidates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """Where in its chain of redirects and retries a request stood when it was downloaded."""

    redirects: int
    retries: int
    attempt: int
    requested_url: str | None


def take_origin(meta: dict[str, Any], *, run_id: str) -> Origin:
    """The origin of the request whose `meta` this is; what earlier downloads left is taken out.

    Leaves `dateline_hop` behind for the next in the chain.
    """
    previous = meta.pop("dateline_capture", None)
    meta.pop("dateline_captures", None)
    before = meta.pop("dateline_hop", None)
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
    meta["dateline_hop"] = Hop(
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
    meta["dateline_captures"] = captures
    if captures:
        meta["dateline_capture"] = captures[-1]
        meta["dateline_hop"] = replace(meta["dateline_hop"], attempt=origin.attempt)


def _given(meta: Mapping[str, Any], run_id: str) -> Origin:
    via = meta.get("dateline_via")
    return Origin(
        run_id=run_id,
        found_by=meta.get("dateline_found_by", "argument"),
        via=None if via is None else bare_url(via),
        via_record=meta.get("dateline_via_record"),
        robots=meta.get("dateline_robots"),
        note=dict(meta.get("dateline_note", {})),
    )
