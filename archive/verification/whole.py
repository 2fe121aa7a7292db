"""The one flow of a verification.

    catalogue  → its own integrity; the files it knows, and how far
    custody    → its tree and signatures; every record's entry onto a scratch disk
    files      → each by a process of its own: records, catalogue rows, entries
    findings   → ids, links, revisits and runs, across the files
    derived    → the rest of the catalogue, made once more

What is checked: framing of every gzip member and record, and that nothing lies between or after
them; digests of every block and payload, chunk-coded ones too, which have theirs in the exchange's
metadata (WARC 1.1, section 5.9); that what a record belongs to or refers to is there; file names
and record ids; every column of a capture and a run; that every record is logged, and as it is.

Nothing in the archive is written and no lock is taken: a crawl may go on meanwhile, and what it
adds is not looked at. Of a file still being written that is what lies beyond its catalogued extent.
"""

import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Collection, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from archive.catalogue import Extent
from archive.catalogue.connection import snapshot
from archive.catalogue.rows import Row, extent_of
from archive.custody.entry import lines_digest
from archive.custody.folder import LOG
from archive.custody.note import Verifier
from archive.disk.faults import disk_work
from archive.disk.folder import ArchiveFolder
from archive.errors import ArchiveError
from archive.verification.custody import LOG_NAME, Custody, CustodyCheck
from archive.verification.derived import check_derived
from archive.verification.files import Job, Tell, read_files
from archive.verification.findings import Findings, LoggedRecords
from archive.verification.report import Report
from archive.warc.names import SUFFIX, find_warc, is_safe, open_warc
from archive.withdrawal.sealing import SUFFIX as SEALED

SEALED_NAME = re.compile(r"[0-9A-Za-z-]+" + re.escape(SEALED))


@dataclass(frozen=True, slots=True)
class _Catalogued:
    extents: Mapping[str, Extent]
    runs: Mapping[str, Row]


def verify(
    root: Path,
    *,
    tell: Tell = lambda _done, _all: None,
    jobs: int | None = None,
    trusted: Collection[Verifier] = (),
) -> Report:
    """Verify the archive at `root`.

    `tell` is called now and then with the bytes read and the bytes there are. `jobs` is how many
    processes read (default: one a core, one for small archives). Of `trusted` keys, where any are
    given, one must have signed the newest checkpoint.

    Raises: NotAnArchive; StoreUnavailable where the disk cannot be read.
    """
    folder = ArchiveFolder.open(root)
    report = Report()
    # In this order: a file that is finished by now is catalogued to its end, and logged.
    finished = _finished(folder.warc)
    catalogued = _catalogued(folder.catalogue, report)
    with ExitStack() as held, disk_work("use", Path(tempfile.gettempdir())):
        scratch = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="dateline-verify-")))
        check = CustodyCheck(folder.custody, report, trusted)
        with closing(LoggedRecords(scratch / "logged")) as logged:
            logged.fill(check.entries())
            named = set(logged.names())
            _check_withdrawn(check.found, logged, report)
        _check_sealed(folder, check.found, report)
        known = catalogued.extents if catalogued else {}
        ends = finished | {name: extent.durable_bytes for name, extent in known.items()}
        _check_named(folder, named - ends.keys(), report)
        has_log = (folder.custody / LOG).is_file()
        todo = _jobs(
            folder,
            report,
            catalogued=catalogued,
            ends=ends,
            finished=finished,
            custody=check.found,
            logged=scratch / "logged" if has_log else None,
        )
        findings = Findings(scratch / "findings")
        held.callback(findings.close)
        read_files(todo, findings, report, tell=tell, scratch=scratch, processes=jobs)
        findings.judge(report)
        if catalogued is not None:
            _check_runs(findings, catalogued, check.found, scratch / "logged", report)
            _check_derived(folder.catalogue, scratch / "derived", report)
    return report


def _finished(warc: Path) -> dict[str, int]:
    """The files that nobody writes any more, and their sizes."""
    with disk_work("read", warc):
        return {
            path.name: path.stat().st_size for path in warc.iterdir() if path.name.endswith(SUFFIX)
        }


def _check_named(folder: ArchiveFolder, names: Collection[str], report: Report) -> None:
    """Name the files of the log that are neither being written nor finished by now."""
    for name in sorted(names):
        if not is_safe(name) or find_warc(folder.warc, name) is None:
            report.fault(name, None, "the custody log names this file, which is not there")


def _check_withdrawn(custody: Custody, logged: LoggedRecords, report: Report) -> None:
    """Hold the entries of records that are gone against what their withdrawal says of them."""
    for place, digest in custody.withdrawn_entries.items():
        found = list(logged.within(place))
        if lines_digest(entry for _, entry in found) != digest:
            line_at = found[0][0] if found else None
            message = f"the entries of what was withdrawn at {place.offset} are others now"
            report.fault(LOG_NAME, line_at, message)


def _check_sealed(folder: ArchiveFolder, custody: Custody, report: Report) -> None:
    """Hold what was withdrawn and sealed against its digests; nobody here could open it."""
    for name, digest in sorted(custody.sealed.items()):
        path, shown = folder.sealed / name, f"{folder.sealed.name}/{name}"
        if not SEALED_NAME.fullmatch(name) or not path.is_file():
            report.fault(shown, None, "the custody log names this sealed file, which is not there")
            continue
        with disk_work("read", path), path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                report.fault(shown, 0, "the sealed file is not what was written")


def _catalogued(path: Path, report: Report) -> _Catalogued | None:
    """What the catalogue says of files and runs; None where it cannot be read."""
    try:
        with snapshot(path) as connection:  # one state: the extents end where the captures do
            for (problem,) in connection.execute("PRAGMA integrity_check(1)"):
                if problem != "ok":
                    report.fault(path.name, None, str(problem)[:200])
            dangling = {table for table, *_ in connection.execute("PRAGMA foreign_key_check")}
            for table in sorted(dangling):
                report.fault(path.name, None, f"{table}: a row refers to one that is not there")
            odd = connection.execute("SELECT name FROM warcs WHERE is_closed NOT IN (0, 1)")
            for (name,) in odd:
                report.fault(str(name), None, "the catalogue has no yes or no on its being closed")
            extents = map(extent_of, connection.execute("SELECT * FROM warcs"))
            runs = map(dict, connection.execute("SELECT * FROM runs"))
            return _Catalogued(
                {extent.warc: extent for extent in extents},
                {str(run["run_id"]): run for run in runs},
            )
    except ArchiveError as error:
        report.fault(path.name, None, str(error))
        return None


def _jobs(
    folder: ArchiveFolder,
    report: Report,
    *,
    catalogued: _Catalogued | None,
    ends: Mapping[str, int],
    finished: Mapping[str, int],
    custody: Custody,
    logged: Path | None,
) -> list[Job]:
    """The files to read; those that are not there, or not known, are named."""
    jobs = []
    for name, end in sorted(ends.items()):
        extent = catalogued.extents.get(name) if catalogued else None
        if catalogued and extent is None:
            report.fault(name, None, "the catalogue does not know this file")
        if extent is not None and name in finished and not extent.is_closed:
            report.fault(name, None, "the catalogue takes this file for one still being written")
        file = open_warc(folder.warc, name)
        if file is None:
            lost = _count_captures(folder.catalogue, name) if extent else 0
            report.fault(name, None, f"the file is not there, nor are its {lost} captures")
            continue
        with file, disk_work("read", folder.warc / name):
            surplus = file.seek(0, os.SEEK_END) - end
        if name in finished and surplus > 0:
            report.fault(name, end, f"{surplus} bytes follow where the file should end")
        size, digest = custody.digests.get(name, (None, None))
        withdrawn = {
            place.offset: (place.length, capture)
            for place, capture in custody.withdrawn.items()
            if place.warc == name
        }
        jobs.append(
            Job(
                root=folder.root,
                name=name,
                end=end,
                is_finished=name in finished,
                has_catalogue=extent is not None,
                logged=logged,
                withdrawn=withdrawn,
                digest=digest if size == end else None,
            )
        )
    return jobs


def _count_captures(catalogue: Path, name: str) -> int:
    with snapshot(catalogue) as connection:
        (count,) = connection.execute(
            "SELECT count(*) FROM captures WHERE warc = ?", (name,)
        ).fetchone()
    return int(count)


def _check_runs(
    findings: Findings, catalogued: _Catalogued, custody: Custody, logged: Path, report: Report
) -> None:
    """Hold the catalogue's runs against what records say of them, and ended ones against the log.

    A run's end is signed before it is catalogued.
    """
    left = dict(catalogued.runs)
    with closing(LoggedRecords(logged)) as lines:
        for run in findings.runs():
            run_id = str(run.row["run_id"])
            row = left.pop(run_id, None)
            if row is None:
                report.fault(
                    run.warc, run.offset, f"the catalogue does not have run {run_id[:100]}"
                )
            elif wrong := sorted(name for name in row if row[name] != run.row.get(name)):
                columns = ", ".join(wrong)
                message = f"the catalogue says otherwise of this run's {columns}"
                report.fault(run.warc, run.offset, message)
            if run.report is not None and custody.keys:
                line_at = lines.line_at(*run.report)
                if line_at is not None and line_at >= custody.signed_to:
                    message = f"no checkpoint signs the end of run {run_id[:100]}"
                    report.fault(LOG_NAME, line_at, message)
    for run_id in sorted(left):
        report.fault("catalogue.sqlite", None, f"no record tells of run {run_id[:100]}")


def _check_derived(catalogue: Path, scratch: Path, report: Report) -> None:
    try:
        check_derived(catalogue, scratch, report)
    except (sqlite3.Error, ArchiveError) as error:
        report.fault(catalogue.name, None, f"what follows cannot be worked out: {error}"[:300])
