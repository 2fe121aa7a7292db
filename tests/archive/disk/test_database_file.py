"""An archive that its reader cannot write to: on a write-protected disk, or somebody else's."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive import Archive, ArchiveReader, StoreUnavailable, address_to_read, snapshot, verify
from archive.disk.database_file import is_frozen
from crawler.cli import main
from crawler.state.copying import copying_state
from crawler.state.database import FILE_NAME, Room, open_state, read_state
from tests.archive.generated import made, new_run
from tests.strategies import page

WAIT_S = 30
ROOM = Room(name="room", migrations=(("CREATE TABLE things (name TEXT)",),))
SOMEBODY = 65_534


@pytest.fixture
def shared():
    """A folder that everybody may enter, as pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def root(shared):
    root = shared / "archive"
    with Archive.open(root, run=new_run("run-1")) as archive:
        archive.keep(made("run-1", page(b"kept"))).result(WAIT_S)
    open_state(root / FILE_NAME, ROOM).close()
    assert not list(root.glob("*-wal"))
    return root


@contextmanager
def write_protected(root):
    """Whoever we are: files cannot be made in `root`, nor below it."""
    folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(SOMEBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for folder in folders:
            folder.chmod(0o755)


def test_a_write_protected_archive_is_read_and_verified(root):
    with write_protected(root):
        reader = ArchiveReader.open(root)
        (capture,) = reader.captures()
        assert reader.body(capture) == b"kept"
        assert verify(root).is_sound
        with read_state(root / FILE_NAME, ROOM) as state:
            assert not state.execute("SELECT * FROM things").fetchall()


def test_a_write_protected_archive_can_be_copied(root, shared):
    copy = shared / "copies" / "copy"
    copy.parent.mkdir()
    copy.parent.chmod(0o777)
    with write_protected(root), copying_state(root, copy):
        snapshot(root, copy)
    assert verify(copy).is_sound
    assert (copy / FILE_NAME).is_file()


@pytest.mark.parametrize("form", ["cdxj", "jsonl"])
def test_an_export_of_a_write_protected_archive_says_that_no_log_knows_of_it(
    root, shared, capsys, form
):
    target = shared / "out" / "export"
    target.parent.mkdir()
    target.parent.chmod(0o777)
    said = "its custody log does not know of this export"
    assert main(["export", form, str(shared / "before"), "--archive", str(root)]) == 0
    assert said not in capsys.readouterr().err
    log = (root / "custody" / "log").read_bytes()
    with write_protected(root):
        assert main(["export", form, str(target), "--archive", str(root)]) == 0
    assert target.exists()
    assert said in capsys.readouterr().err
    assert (root / "custody" / "log").read_bytes() == log


def test_nothing_is_read_as_it_lies_where_somebody_may_be_writing_it(root):
    path = root / "catalogue.sqlite"
    assert not is_frozen(path)
    with write_protected(root):
        assert is_frozen(path)
        assert address_to_read(path).endswith("?mode=ro&immutable=1")
    path.with_name("catalogue.sqlite-wal").touch()
    with write_protected(root):
        assert not is_frozen(path)
        with pytest.raises(StoreUnavailable):
            list(ArchiveReader.open(root).captures())
