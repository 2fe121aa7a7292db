"""The ZIP of a WACZ: files added one after the other, each hashed on its way (WACZ 1.1.1).

Memory does not grow with what is added. What is read by range (records, indexes) is stored; ZIP64
is used where a file may need it.
"""

import datetime as dt
import hashlib
import json
import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, Self

from archive.codec import to_json

WACZ_VERSION = "1.1.1"
_LARGE = zipfile.ZIP64_LIMIT
"""Bytes that a plain ZIP entry may have, as Python sees it."""
_PADDING = struct.pack("<HHH", 0xD935, 2, 0)
"""An extra field that means nothing ("alignment"). Readers take a local header for as short as the
central one says (ReplayWeb.page does), and of a file that could have been large and is not, the
local one alone would have an extra field: where ZIP64 has its sizes."""


class Signer(Protocol):
    """Signs a package in the anonymous form of wacz-auth 0.1.0. Keys are not known here."""

    def sign(self, digest: str, created_at: dt.datetime) -> Mapping[str, str]:
        """The whole `signedData` object for `digest`, the `sha256:…` of datapackage.json."""


class Package:
    """A WACZ being written to `target`. Leave it after `finish`, or it is no whole one."""

    def __init__(self, target: Path, *, created_at: dt.datetime) -> None:
        self._created_at = created_at.astimezone(dt.UTC)
        self._zip = zipfile.ZipFile(target, "x", zipfile.ZIP_STORED, allowZip64=True)
        self._resources: list[dict[str, object]] = []

    def add(
        self, path: str, chunks: Iterable[bytes], *, is_stored: bool = True, at_most: int = 0
    ) -> None:
        """Add a file; `at_most` is how large it can become, where that may be much."""
        size = self._write(path, chunks, is_stored=is_stored, at_most=at_most)
        self._resources.append({"name": path.rpartition("/")[2].lower(), "path": path, **size})

    def finish(self, facts: Mapping[str, object], signer: Signer | None) -> str:
        """Write `datapackage.json` with `facts` and its digest, signed where there is a signer.

        The value is that digest.
        """
        created = self._created_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        about = {
            "profile": "data-package",
            "wacz_version": WACZ_VERSION,
            "created": created,
            "modified": created,
            **facts,
            "resources": self._resources,
        }
        text = json.dumps(about, indent=2, ensure_ascii=False).encode("utf-8", "replace")
        self._write("datapackage.json", [text], is_stored=False)
        digest = f"sha256:{hashlib.sha256(text).hexdigest()}"
        stands: dict[str, object] = {"path": "datapackage.json", "hash": digest}
        if signer is not None:
            stands["signedData"] = dict(signer.sign(digest, self._created_at))
        self._write("datapackage-digest.json", [to_json(stands)], is_stored=False)
        return digest

    def _write(
        self, path: str, chunks: Iterable[bytes], *, is_stored: bool, at_most: int = 0
    ) -> dict[str, object]:
        entry = zipfile.ZipInfo(path, self._created_at.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        state, size = hashlib.sha256(), 0
        is_large = at_most > _LARGE
        if is_large:
            entry.extra = _PADDING
        with self._zip.open(entry, "w", force_zip64=is_large) as file:
            for chunk in chunks:
                file.write(chunk)
                state.update(chunk)
                size += len(chunk)
        return {"hash": f"sha256:{state.hexdigest()}", "bytes": size}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._zip.close()
