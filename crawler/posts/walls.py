"""Hosts that wall us: after a sign or two, they are left alone for the run."""

from collections import Counter

from archive import PostState

LOGIN_WALLS = 3
"""So many logins in a row, from one host, are a wall; one may be of a single post's making."""


LEFT_ALONE = "left alone for this run: "
"""How the reason begins for which a host that walls us is not asked."""


class Walls:
    """Which hosts have shown that they want no stranger."""

    def __init__(self) -> None:
        self._logins: Counter[str] = Counter()
        self._walled: dict[str, str] = {}

    def note(self, host: str, state: PostState) -> bool:
        """Learn from an answer of `host`; whether that made it one to be left alone."""
        if state is PostState.LOGIN_WALL:
            self._logins[host] += 1
        elif state.is_found:
            del self._logins[host]
        is_wall = state is PostState.BLOCKED_BOT or self._logins[host] >= LOGIN_WALLS
        if not is_wall or host in self._walled:
            return False
        self._walled[host] = f"{LEFT_ALONE}{host} answered with {state}"
        return True

    def why_left_alone(self, host: str) -> str | None:
        """Why `host` is not asked again in this run; None where it is."""
        return self._walled.get(host)
