"""The exit codes of `dateline`, as `docs/cli.md` lists them."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's end says to a script. 74 and 75 are those of `sysexits.h`."""

    OK = 0
    FAULTS = 1
    """The command ran, and what it looked at is not as it should be, or is not there."""
    USAGE = 2
    """Bad input: an option, a URL, a file or a folder that is none."""
    UNAVAILABLE = 74
    """The disk or the database failed. What was acknowledged is kept; run it again."""
    BUSY = 75
    """Another process writes this archive. Try later, or with `--wait`."""
    INTERRUPTED = 130
