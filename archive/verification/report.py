"""What a verification found."""

from dataclasses import dataclass, field

from archive.custody.stamps import Stamp

FAULTS_A_FILE = 1000
"""No more are listed of one file: a broken disk must not fill the memory too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that does not match: in which file, at which byte, and what."""

    file: str
    offset: int | None
    message: str


@dataclass(slots=True, kw_only=True)
class Report:
    """What was read, and what is wrong."""

    files: int = 0
    records: int = 0
    captures: int = 0
    withdrawn: int = 0
    """Captures whose bytes were taken away, by an entry of the custody log."""
    read_bytes: int = 0
    """Compressed bytes of WARC files."""
    record_bytes: int = 0
    """The same, uncompressed."""
    entries: int = 0
    """Of the custody log."""
    checkpoints: int = 0
    signers: list[str] = field(default_factory=list)
    """The public keys that signed the log, in the form in which they are told to others."""
    stamps: list[Stamp] = field(default_factory=list)
    """Trusted times of checkpoints; none: there is no trusted time."""
    notes: list[str] = field(default_factory=list)
    """What a person should know, and is no fault."""
    faults: list[Fault] = field(default_factory=list)
    left_out: int = 0
    """Faults that are not listed."""

    def fault(self, file: str, offset: int | None, message: str) -> None:
        """Note something that does not match."""
        if sum(fault.file == file for fault in self.faults[-FAULTS_A_FILE:]) == FAULTS_A_FILE:
            self.left_out += 1
        else:
            self.faults.append(Fault(file=file, offset=offset, message=message))

    def add(self, other: "Report") -> None:
        """Take in what a part of the work found."""
        for name in ("files", "records", "captures", "withdrawn", "read_bytes", "record_bytes"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.left_out += other.left_out
        self.notes += other.notes
        self.faults += other.faults

    @property
    def is_sound(self) -> bool:
        """Whether everything holds."""
        return not self.faults
