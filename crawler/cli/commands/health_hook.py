"""The operator's own command, which hears of it when something came to be wrong, or right again."""

import json
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from crawler.cli.screen.terminal import say
from crawler.errors import ConfigError
from crawler.settings import environment_of_others
from crawler.watch.report import keep_report

SETTING = "DATELINE_HEALTH_HOOK"
_LONGEST_S = 60
_OWED = "hook_owed"


@dataclass(frozen=True, slots=True)
class HealthHook:
    """A command and its arguments; no shell reads them."""

    command: list[str]

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The hook that a setting names; None where it names none. Raises: ConfigError."""
        try:
            command = shlex.split(text)
        except ValueError as error:
            raise ConfigError(f"{SETTING}: {error}") from error
        return cls(command) if command else None

    def hear(self, root: Path, report: Mapping[str, Any], *, before: Mapping[str, Any]) -> None:
        """Keep the report, and tell it where its concerns are not those of the one `before`.

        What was not heard, for the hook failed or the run was killed, is told after the next run.
        """
        if _concerns(report) == _concerns(before) and not before.get(_OWED):
            keep_report(root, report)
            return
        keep_report(root, {**report, _OWED: True})
        if self._called(report):
            keep_report(root, report)

    def _called(self, report: Mapping[str, Any]) -> bool:
        """Whether the hook took the report. What becomes of it costs the run nothing."""
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own command, and no shell
                self.command,
                input=json.dumps(report).encode(),
                timeout=_LONGEST_S,
                check=False,
                env=environment_of_others(),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            why = str(error)
        else:
            why = f"exit code {done.returncode}" if done.returncode else ""
        if why:
            say(f"the health hook failed, and is called again after the next run: {why}")
        return not why


def _concerns(report: Mapping[str, Any]) -> set[tuple[str, str | None]]:
    return {(concern["kind"], concern["source"]) for concern in report.get("health", [])}
