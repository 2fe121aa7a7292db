"""What one robots.txt says to one crawler (RFC 9309)."""

import re
from typing import Self

from protego import Protego

PARSED_BYTES = 500 * 1024
"""How much of a robots.txt is read: what RFC 9309, section 2.5, asks for, and no more."""

# The misspellings are those that protego reads as well.
_AGENT = re.compile(r"user[- ]?agent(?:\s*:|\s)\s*(\*|[a-z0-9_-]+)?", re.IGNORECASE)
_RULE = re.compile(r"(?:allow|di(?:s|as)\w*|crawl[- ]delay)(?:\s*:|\s)", re.IGNORECASE)


class RobotsRules:
    """The rules of the groups that address one product token, or else of the groups for `*`.

    The groups are chosen here and only the chosen rules reach protego: it would match a token by
    its beginning, where section 2.2.1 wants the whole, and it would copy every rule to every
    agent of its group, which 20,000 agents and 20,000 rules turn into a day's memory.
    """

    def __init__(self, lines: list[str], token: str) -> None:
        self._token = token
        self._parser = Protego.parse("\n".join(["User-agent: *", *lines]))
        self.size = len(lines)
        """How many rules are kept: a measure of memory."""

    @classmethod
    def parse(cls, body: bytes, token: str) -> Self:
        """The rules for the product `token` in `body`, of which `PARSED_BYTES` are read.

        Bytes that are no UTF-8 are replaced, lines that are no rules ignored, so that any body at
        all is an answer: a page of HTML holds no rules and forbids nothing.
        """
        if len(body) > PARSED_BYTES:
            # A rule cut in two would forbid more than was meant.
            body = body[: max(body.rfind(b"\n", 0, PARSED_BYTES), 0)]
        own: dict[str, None] = {}
        common: dict[str, None] = {}
        is_addressed = False
        agents: set[str] = set()
        is_among_agents = False
        for raw in body.decode("utf-8-sig", "replace").splitlines():
            line = raw.partition("#")[0].strip()
            if agent := _AGENT.match(line):
                if not is_among_agents:
                    agents = set()
                is_among_agents = True
                agents.add((agent[1] or "").lower())
                is_addressed = is_addressed or token.lower() in agents
            elif _RULE.match(line):
                is_among_agents = False
                if token.lower() in agents:
                    own[line] = None
                if "*" in agents:
                    common[line] = None
        return cls(list(own if is_addressed else common), token)

    def allows(self, url: str) -> bool:
        """Whether `url`, absolute, may be asked for."""
        return self._parser.can_fetch(url, self._token)

    @property
    def crawl_delay_s(self) -> float | None:
        """Seconds between requests that the host asks for, never negative; None without a wish."""
        return self._parser.crawl_delay(self._token)
