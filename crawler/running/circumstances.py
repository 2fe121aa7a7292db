"""Under which circumstances a run is made: what a sceptic will ask of the machine."""

import ctypes
import hashlib
import json
import socket
import sys
from collections.abc import Mapping

_TIME_ERROR = 5
"""What adjtimex(2) returns of a clock that is not synchronised."""

_TIMEX_BYTES = 512
"""More than the kernel's `struct timex` has anywhere; all zero, it asks and changes nothing."""

_NOWHERE = ("192.0.2.1", 9)
"""Documentation's own network (RFC 5737): asked for its route only, nothing is sent."""


def circumstances(settings: Mapping[str, object]) -> dict[str, str]:
    """What is known now, by name; what is not known is left out.

    `configuration`: SHA-256 of all settings as sorted JSON, values as text. `clock`: whether the
    kernel takes it for synchronised. `egress-address`: of this machine towards the internet; behind
    address translation that is a private one.
    """
    found = {"configuration": configuration_digest(settings), "clock": clock_state()}
    address = egress_address()
    return found | ({"egress-address": address} if address else {})


def configuration_digest(settings: Mapping[str, object]) -> str:
    """`sha256:` and hexadecimal; equal settings give equal digests."""
    text = json.dumps({name: str(value) for name, value in settings.items()}, sort_keys=True)
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def clock_state() -> str:
    """`synchronised`, `not synchronised` or `unknown`."""
    if sys.platform != "linux":
        return "unknown"
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (OSError, AttributeError):
        return "unknown"
    if state < 0:
        return "unknown"
    return "not synchronised" if state == _TIME_ERROR else "synchronised"


def egress_address() -> str | None:
    """The address from which the internet would be asked; None where there is no way there."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(_NOWHERE)
            return str(probe.getsockname()[0])
    except OSError:
        return None
