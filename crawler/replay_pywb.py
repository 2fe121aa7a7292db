"""pywb over an archive: its configuration, its index and its start page, in a folder of their own.

Records are read where they lie; nothing of the archive is copied or changed. pywb is no part of
ours (its pins of other libraries clash), so it is a program that is found and started.
"""

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from archive import ArchiveFolder, CatalogueReader, export_cdxj, start_page
from crawler.errors import ConfigError

COLLECTION = "archive"

_IN_PATH = "".join(map(chr, range(0x21, 0x7F)))
"""What a replay address may have of a URL as it is."""

_CURE = (
    "pywb is not found: `pip install dateline[replay]`, or install pywb in a place of its own and "
    "set DATELINE_PYWB_BIN to the folder of its commands"
)
_STYLE = """<style>
body { font: 17px/1.5 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h2 { border-top: 1px solid #bbb; padding-top: 1rem } h3 { font-size: 1rem; color: #666 }
small { color: #666 } li { margin: .3rem 0 }
</style>"""


def find_pywb(environment: Mapping[str, str]) -> Path:
    """The `wayback` command: where DATELINE_PYWB_BIN says, beside our Python, or on the path.

    Raises: ConfigError that tells how to get it.
    """
    named = environment.get("DATELINE_PYWB_BIN")
    places = [named] if named else [str(Path(sys.executable).parent), None]
    for place in places:
        if found := shutil.which("wayback", path=place):
            return Path(found)
    if named:
        raise ConfigError(f"DATELINE_PYWB_BIN: there is no `wayback` in {named}")
    raise ConfigError(_CURE)


def prepare(root: Path, work: Path) -> int:
    """Fill the empty folder `work` for a `wayback` that serves the archive at `root`.

    The value is the number of captures it can show.

    Raises: NotAnArchive, StoreUnavailable.
    """
    folder = ArchiveFolder.open(root)
    index = work / "index.cdxj"
    lines = export_cdxj(root, index)
    being_written = work / "open"
    being_written.mkdir()
    for path in folder.warc.glob("*.open"):  # pywb looks for the final name
        (being_written / path.name.removesuffix(".open")).symlink_to(path.absolute())
    config = {
        "collections": {
            COLLECTION: {
                "index_paths": str(index.absolute()),
                "archive_paths": [f"{folder.warc.absolute()}/", f"{being_written.absolute()}/"],
            }
        },
        "enable_auto_colls": False,
        "enable_memento": True,
        "framed_replay": True,
        "enable_auto_fetch": False,
        "csp-header": None,  # that of our door, which is on every answer
    }
    (work / "config.yaml").write_text(json.dumps(config))  # JSON is YAML
    templates = work / "templates"
    templates.mkdir()
    with (templates / "index.html").open("w", encoding="utf-8", errors="replace") as page:
        page.write('<!doctype html>\n<html><head><meta charset="utf-8"><title>Archive</title>\n')
        page.write(f"{_STYLE}</head><body>\n")
        page.writelines(start_page(CatalogueReader(folder.catalogue), _address))
        page.write("</body></html>\n")
    return lines


def command(wayback: Path, *, host: str, port: int) -> list[str]:
    """How to start pywb, behind our door, in the folder that `prepare` filled.

    Raises: ConfigError where the Python that runs it is not found.
    """
    door = Path(__file__).with_name("pywb_door.py")
    return [*_python_of(wayback), str(door), "-b", host, "-p", str(port)]


def _python_of(wayback: Path) -> list[str]:
    """The Python that a command of pip's is run by: beside it, or else in its first line."""
    beside = wayback.resolve().with_name("python3")
    if beside.exists():
        return [str(beside)]
    with wayback.open("rb") as file:
        first = file.readline(1000).decode("utf-8", "replace")
    if not (first.startswith("#!") and "python" in first):
        raise ConfigError(f"the Python of {wayback} is not found: install pywb in a venv")
    return first[2:].split()


def _address(url: str, captured_at: str) -> str:
    digits = "".join(character for character in captured_at if character.isdigit())
    stamp = digits[:14] or "*"
    return f"/{COLLECTION}/{stamp}/{quote(url, safe=_IN_PATH)}"
