"""The WARC files in a WACZ, unpacked where nothing they are called can lead.

What datapackage.json says of their size and digest is held against what they are, and it itself
against datapackage-digest.json, where there is one, and the signature there. A name never becomes a
path; sizes are counted as bytes come, not believed.
"""

import hashlib
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.codec import plain_json
from archive.export import is_signed, opened_package
from archive.imports.errors import ImportRefused

PIECE = 1024 * 1024
_MOST_ENTRIES = 100_000
_DATAPACKAGE_BYTES = 16 * 1024 * 1024
_SIGNED = "datapackage-digest.json"
_SIGNED_BYTES = 1024 * 1024
_MOST_UNFOLDED = 200
"""A deflated WARC that unfolds to more than so many times its size is a bomb: records are
compressed already."""
_SAFE_NAME = re.compile(r"archive/[^/\\\0]{1,300}\.warc\.gz")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A WARC file of a package: what it is called there, and where it lies now."""

    name: str
    path: Path


@contextmanager
def warcs_of(path: Path, *, max_bytes: int) -> Iterator[list[Unpacked]]:
    """The WARC files of the WACZ at `path`, unpacked to a temporary folder until it is left.

    Raises: ImportRefused where it is no WACZ, where a file is not what the package says of it, or
    where all together would be more than `max_bytes`; OSError.
    """
    with ExitStack() as held:
        try:
            package = held.enter_context(opened_package(path))
            entries = package.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise ImportRefused(f"{path.name} is no ZIP that can be read: {error}") from error
        if len(entries) > _MOST_ENTRIES:
            raise ImportRefused(f"{path.name} holds {len(entries)} files, more than a WACZ has")
        _check_names(path, entries)
        told = _resources(path, package)
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="dateline-import-")))
        found = []
        left = max_bytes
        for number, entry in enumerate(one for one in entries if _is_warc(one)):
            target = folder / f"{number}.warc.gz"
            left -= _unpack(package, entry, target, told, left)
            found.append(Unpacked(entry.filename.rpartition("/")[2], target))
        if not found:
            raise ImportRefused(f"{path.name} holds no archive/*.warc.gz")
        yield found


def _is_warc(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.startswith("archive/") and entry.filename.endswith(".warc.gz")


def _check_names(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    names: set[str] = set()
    for entry in entries:
        name = entry.filename
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise ImportRefused(
                f"{path.name} holds a file that would lead out of it: {name[:200]!r}"
            )
        if name.startswith("archive/") and name.endswith(".warc"):
            raise ImportRefused(
                f"{path.name} holds a WARC file that is not gzipped: {name[:200]!r}; "
                "`warcio recompress` makes one that is"
            )
        if _is_warc(entry) and not _SAFE_NAME.fullmatch(name):
            raise ImportRefused(f"{path.name} holds a WARC file of a strange name: {name[:200]!r}")
        if name in names:
            raise ImportRefused(f"{path.name} holds two files called {name[:200]!r}")
        names.add(name)


def _resources(path: Path, package: zipfile.ZipFile) -> dict[str, tuple[str, int]]:
    """What datapackage.json says of each file: its digest, and its size."""
    try:
        with package.open("datapackage.json") as file:
            text = file.read(_DATAPACKAGE_BYTES + 1)
        if len(text) > _DATAPACKAGE_BYTES:
            raise ImportRefused(f"{path.name}: its datapackage.json is larger than any should be")
        _check_signed(path, package, text)
        resources = plain_json(text)["resources"]
        return {str(one["path"]): (str(one["hash"]), int(one["bytes"])) for one in resources}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ImportRefused(f"{path.name} has no datapackage.json that can be read") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise ImportRefused(f"{path.name}: its datapackage.json is broken: {error}") from error


def _check_signed(path: Path, package: zipfile.ZipFile, datapackage: bytes) -> None:
    """Hold datapackage.json against the digest of it that stands beside it, and who signed that.

    The anonymous form of wacz-auth is checked; the other one needs certificates of its authorities.
    """
    if _SIGNED not in package.namelist():
        return
    with package.open(_SIGNED) as file:
        said = plain_json(file.read(_SIGNED_BYTES))
    algorithm = said["hash"].partition(":")[0]
    state = _hashing(algorithm, _SIGNED, said["hash"])
    state.update(datapackage)
    if said["hash"] != f"{algorithm}:{state.hexdigest()}":
        raise ImportRefused(f"{path.name}: its datapackage.json is not what {_SIGNED} says of it")
    signed = said.get("signedData")
    if signed and "publicKey" in signed:
        texts = {str(name): str(value) for name, value in signed.items()}
        if texts.get("hash") != said["hash"] or not is_signed(texts):
            raise ImportRefused(f"{path.name}: its signature does not hold")


def _hashing(algorithm: str, name: str, digest: str) -> "hashlib._Hash":
    if algorithm not in {"sha256", "sha1", "md5"}:
        raise ImportRefused(f"{name} has a digest of an unknown kind: {digest[:40]!r}")
    return hashlib.new(algorithm, usedforsecurity=False)


def _unpack(
    package: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    target: Path,
    told: dict[str, tuple[str, int]],
    at_most: int,
) -> int:
    """Unpack one file, and hold it against what is told of it; its size."""
    name = entry.filename
    if name not in told:
        raise ImportRefused(f"{name} is not listed in datapackage.json")
    expected, expected_bytes = told[name]
    if entry.compress_size * _MOST_UNFOLDED < entry.file_size:
        raise ImportRefused(f"{name} would unfold to {entry.file_size} bytes: a bomb")
    algorithm = expected.partition(":")[0]
    state = _hashing(algorithm, name, expected)
    size = 0
    try:
        with package.open(entry) as source, target.open("xb") as file:
            while piece := source.read(PIECE):
                size += len(piece)
                if size > min(at_most, expected_bytes):
                    raise ImportRefused(f"{name} is larger than it says, or than is allowed")
                state.update(piece)
                file.write(piece)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise ImportRefused(f"{name} is broken: {error}") from error
    if size != expected_bytes or f"{algorithm}:{state.hexdigest()}" != expected:
        raise ImportRefused(f"{name} is not what datapackage.json says of it")
    return size
