"""The exit codes of `dateline`, as `docs/cli.md` lists them."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's end says to a script. 75 is `EX_TEMPFAIL` of `sysexits.h`."""

    OK = 0
    """Done. Pages that could not be had are facts, on record: they are no failure."""
    FAULTS = 1
    """The command ran, and what it looked at is not as it should be, or is not there."""
    USAGE = 2
    """Bad input, or a place that cannot be used: an option, a URL, a file or a folder that is none,
    cannot be read or written, or is full. What was acknowledged is kept."""
    BUSY = 75
    """Another process writes this archive. Try later, or with `--wait`."""
    INTERRUPTED = 130
    """Ctrl-C, SIGTERM or a closed terminal. The crawl ended cleanly, and its report is written."""
