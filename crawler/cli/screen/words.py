"""Our words for a person who never saw the code: platforms, and why a page could not be had."""

from archive import CaptureView

_FAILURES = {
    "dns": "no such host",
    "connect": "nobody answers there",
    "tls": "no secure connection could be made",
    "timeout": "no answer in time",
    "disconnect": "the server hung up",
    "protocol": "the answer was no HTTP",
    "too-large": "larger than the limit",
    "address-refused": "a private address: see --allow-private",
    "robots-denied": "forbidden by robots.txt",
    "robots-unreachable": "robots.txt out of reach",
    "left-alone": "asked to be left alone",
    "not-followed": "a redirect not followed",
    "not-the-web": "no web address",
    "other": "failed",
}
_VERDICTS = {
    "gone": "gone",
    "login-wall": "behind a login",
    "consent-wall": "behind a consent form",
    "challenge": "behind a bot check",
    "paywall": "paywalled: teaser kept",
    "error-page": "an error page",
    "empty-shell": "empty without a browser",
    "unreadable": "kept, but could not be read",
}
POST_STATES = {
    "ok": "fetched from their platforms",
    "ok_partial": "fetched in part",
    "deleted": "deleted, as their platforms say",
    "not_found": "not found",
    "suspended": "of suspended accounts",
    "protected": "for followers only",
    "withheld_login": "for members only",
    "embedding_disabled": "not to be embedded",
    "geo_blocked": "kept back in this country",
    "unavailable": "unavailable, the platform does not say why",
    "rate_limited": "asked for too fast",
    "login_wall": "behind a login",
    "blocked_bot": "behind a bot check",
    "transient": "out of reach just now",
    "parse_error": "answered in a way that is not understood yet",
    "not_asked": "not asked for",
}
"""What came of posts, for a person: those found first."""
HAD = frozenset({"content", "not-a-page"})
"""The verdicts under which a page is what was asked for."""


def why_not_had(capture: CaptureView) -> str | None:
    """Why a capture is not the whole page that was asked for; None where it is."""
    failure = capture["failure"]
    if failure is not None:
        if capture["status"] is not None:
            return "cut off in the middle"
        return _FAILURES.get(failure["kind"], failure["kind"])
    if capture["truncated"]:
        return "larger than the limit" if capture["truncated"] == "length" else "cut off"
    for reading in capture["readings"]:
        if reading["verdict"] not in HAD:
            words = _VERDICTS.get(reading["verdict"], reading["verdict"])
            is_refused = capture["status"] is not None and capture["status"] >= 400
            return f"{words} (HTTP {capture['status']})" if is_refused else words
    return None
