"""WARC files read through: each in this process, or by one of its own."""

import hashlib
import multiprocessing
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack, closing
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from archive.catalogue.connection import snapshot
from archive.disk.faults import disk_work
from archive.disk.folder import ArchiveFolder
from archive.errors import StoreUnavailable
from archive.verification.expected import Expected
from archive.verification.findings import Findings, LoggedRecords
from archive.verification.records import CataloguedCapture, FileCheck, Known
from archive.verification.report import Fault, Report
from archive.warc.names import open_warc

IN_ONE_PROCESS = 64 * 1024 * 1024
"""Archives of fewer bytes are read faster than processes start."""

TELL_S = 0.2
PIECE = 1024 * 1024

Tell = Callable[[int, int], None]
"""Told of bytes read, and bytes there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file to be read, in this process or another."""

    root: Path
    name: str
    end: int
    is_finished: bool
    has_catalogue: bool
    logged: Path | None
    withdrawn: Mapping[int, tuple[int, str]]
    digest: bytes | None
    """Of the whole file as it was signed, where it is still as long as it was."""


def read_files(
    todo: list[Job],
    findings: Findings,
    report: Report,
    *,
    tell: Tell,
    scratch: Path,
    processes: int | None,
) -> None:
    """Read the files, in this process or in several, and gather what they tell."""
    total = sum(job.end for job in todo)
    is_small = processes is None and total < IN_ONE_PROCESS
    count = min(processes or os.cpu_count() or 1, len(todo))
    if count <= 1 or is_small:
        for job in todo:
            report.add(_check(job, findings, _told_from(report.read_bytes, total, tell)))
        return
    context = multiprocessing.get_context("spawn")
    progress = context.Value("Q", 0)
    with ProcessPoolExecutor(
        count, mp_context=context, initializer=_share, initargs=(progress,)
    ) as pool:
        parts: dict[Future[Report], Path] = {}
        for number, job in enumerate(sorted(todo, key=lambda job: -job.end)):
            part = scratch / f"part-{number}"
            parts[pool.submit(_check_apart, job, part)] = part
        running = set(parts)
        while running:
            ready, running = wait(running, timeout=TELL_S, return_when=FIRST_COMPLETED)
            tell(min(progress.value, total), total)
            for told in ready:
                report.add(told.result())
                findings.take(parts[told])
    report.faults.sort(key=_place)


def _told_from(done: int, total: int, tell: Tell) -> Callable[[int], None]:
    return lambda at: tell(done + at, total)


def _place(fault: Fault) -> tuple[str, int]:
    return fault.file, -1 if fault.offset is None else fault.offset


_progress: Any = None
"""Of a worker: the bytes that all of them have read."""


def _share(progress: Any) -> None:  # noqa: ANN401 - multiprocessing does not tell its kind
    global _progress  # noqa: PLW0603 - how a pool's initialiser hands something on
    _progress = progress


def _check_apart(job: Job, part: Path) -> Report:
    """Read a file in a process of its own; what it notes lies at `part`."""
    before = 0

    def tell(at: int) -> None:
        nonlocal before
        if at - before > PIECE or at == job.end:
            with _progress.get_lock():
                _progress.value += at - before
            before = at

    with closing(Findings(part)) as findings:
        return _check(job, findings, tell)


def _check(job: Job, findings: Findings, tell: Callable[[int], None]) -> Report:
    folder = ArchiveFolder(job.root)
    with ExitStack() as held:
        captures = None
        if job.has_catalogue:
            connection = held.enter_context(snapshot(folder.catalogue))
            captures = Expected(_captures(connection, job.name))
        logged = None
        if job.logged is not None:
            records = held.enter_context(closing(LoggedRecords(job.logged)))
            logged = Expected(records.of(job.name))
        known = Known(
            captures=captures,
            logged=logged,
            withdrawn=job.withdrawn,
            is_finished=job.is_finished,
        )
        file = open_warc(folder.warc, job.name)
        if file is None:
            raise StoreUnavailable(f"{job.name} went away while it was to be read")
        with file, disk_work("read", folder.warc / job.name):
            check = FileCheck(file, job.name, known=known, findings=findings, tell=tell)
            report = check.read(job.end)
            if job.digest is not None and report.is_sound and _digest(file) != job.digest:
                report.notes.append(
                    f"{job.name} was packed anew since it was signed; its records are the same"
                )
    return report


def _captures(connection: sqlite3.Connection, name: str) -> Iterator[CataloguedCapture]:
    rows = connection.execute("SELECT * FROM captures WHERE warc = ? ORDER BY offset", (name,))
    return (CataloguedCapture(row["offset"], dict(row)) for row in rows)


def _digest(file: BufferedReader) -> bytes:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").digest()
