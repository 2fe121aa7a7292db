"""pywb's `wayback`, and a door before it. It runs in pywb's own Python, without our modules.

A page of the archive is a stranger's, and pywb hands on what it says to a browser: to lead away to
the live web (`Refresh`), to ask there at once (`Link`), to empty what other programs at this
machine's address keep (`Clear-Site-Data`), to leave a cookie with them, or a service worker that
would stand between the browser and every archive that is ever shown there. None of it comes
through; what a page may ask for is here. And a stranger's page elsewhere, whose name was made to
point at this machine (DNS rebinding), is answered nothing.

Source: PEP 3333; W3C, Content Security Policy Level 3, Service Workers.
"""

import ipaddress
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

Headers = list[tuple[str, str]]
Start = Callable[..., object]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]

POLICY = (
    "default-src 'self' 'unsafe-eval' 'unsafe-inline' data: blob: mediastream:; form-action 'self'"
)
"""pywb's own without its web sockets, which would lead anywhere; of every answer, not of some."""
_KEPT = frozenset(
    "accept-ranges content-disposition content-encoding content-language content-length "
    "content-location content-range content-type link location memento-datetime "
    "preference-applied vary".split()
)
"""What says which bytes these are, and how to read them."""
_PREFIX = "X-Archive-Orig-"
"""pywb's mark of what a server said, and a browser is not told."""


def local(application: Application) -> Application:
    """It answers who asks for this machine by its own name, and nobody else."""

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if not is_loopback(_name(environ.get("HTTP_HOST", ""))):
            return _say(start, "421 Misdirected Request", b"Ask for this machine by its own name.")
        return application(environ, start)

    return answer


def held(application: Application) -> Application:
    """It tells a browser nothing of what its pages say beside their bytes."""

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ.get("HTTP_SERVICE_WORKER"):
            return _say(start, "403 Forbidden", b"No worker stands before an archive.")

        def started(status: str, headers: Headers, *error: object) -> object:
            return start(status, _told(headers), *error)

        return application(environ, started)

    return answer


def _told(headers: Headers) -> Headers:
    """An answer's headers, as a browser is told them."""
    links = [at for at, (name, _) in enumerate(headers) if name.lower() == "link"]
    told: Headers = []
    for at, (name, value) in enumerate(headers):
        # pywb puts its own link, of the mementos, behind those of the page.
        is_kept = name.lower() in _KEPT and at not in links[:-1]
        told.append((name if is_kept or name.startswith(_PREFIX) else _PREFIX + name, value))
    return [*told, ("Content-Security-Policy", POLICY), ("X-DNS-Prefetch-Control", "off")]


def _say(start: Start, status: str, words: bytes) -> list[bytes]:
    start(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(words)))])
    return [words]


def is_loopback(name: str) -> bool:
    """Whether a host is this machine, by an address or the name that browsers keep for it."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name.lower() in {"localhost", "localhost."}


def _name(host: str) -> str:
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def main() -> None:
    """`wayback`, whose options these are, behind its door."""
    ours = str(Path(__file__).parent)  # its modules have nothing to do with pywb's
    sys.path[:] = [folder for folder in sys.path if folder != ours]
    cli = import_module("pywb.apps.cli")
    load = cli.WaybackCli.load

    def loaded(self: Any) -> Application:  # noqa: ANN401 - pywb's, which has no types
        application = load(self)
        # It asks itself through a port of its own, which any page could ask too.
        within = application.warcserver_server.server
        within.application = local(within.application)
        return local(held(application)) if is_loopback(self.r.bind) else held(application)

    cli.WaybackCli.load = loaded
    cli.wayback(sys.argv[1:])


if __name__ == "__main__":
    main()
