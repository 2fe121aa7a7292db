"""A disk that loses power: `Files` over a real folder, remembering what was made durable.

Durable is what an fsync covered: a file's bytes and length by its own, a name by its folder's.
Everything else may be gone, or half there, once the power is back.
"""

import os
import random
from dataclasses import dataclass, field
from pathlib import Path

from archive.disk.files import OsFiles


class PowerLost(BaseException):
    """No Exception: nothing handles it."""


@dataclass
class Inode:
    """What the disk has of one file, and what it would have if all had been written."""

    durable: bytes = b""
    latest: bytes = b""


@dataclass
class Folder:
    durable: dict[str, Inode] = field(default_factory=dict)
    latest: dict[str, Inode] = field(default_factory=dict)


class ForgetfulFile:
    def __init__(self, disk, real, inode):
        self._disk, self._real, self._inode = disk, real, inode

    def write(self, data):
        # Power may go in the midst of a write.
        if self._disk.is_last_operation():
            self._inode.latest += data[: len(data) // 2]
        self._disk.operate()
        self._real.write(data)
        self._inode.latest += data

    def size(self):
        return self._real.size()

    def truncate(self, size):
        self._disk.operate()
        self._real.truncate(size)
        self._inode.latest = self._inode.latest[:size]

    def fsync(self):
        self._disk.operate()
        self._real.fsync()
        self._inode.durable = self._inode.latest

    def lock(self, *, wait):
        return self._real.lock(wait=wait)

    def close(self):
        self._real.close()


class ForgetfulFiles:
    """`lose_power_at` is the number of the operation (from 1) that is not done any more."""

    def __init__(self, root: Path, lose_power_at: int | None = None) -> None:
        self._real = OsFiles()
        self._lose_power_at = lose_power_at
        self.operations = 0
        self._root = root
        self._open_files = []
        self._folders = {}
        for folder, _, names in os.walk(root):
            there = {name: Inode(*[(Path(folder) / name).read_bytes()] * 2) for name in names}
            self._folders[Path(folder)] = Folder(dict(there), dict(there))
        self._folder_names = set(self._folders)  # durable ones

    def is_last_operation(self):
        return self.operations + 1 == self._lose_power_at

    def operate(self):
        self.operations += 1
        if self._lose_power_at is not None and self.operations >= self._lose_power_at:
            raise PowerLost

    def _opened(self, real, inode):
        file = ForgetfulFile(self, real, inode)
        self._open_files.append(real)
        return file

    def create(self, path):
        self.operate()
        real = self._real.create(path)
        inode = self._folders[path.parent].latest[path.name] = Inode()
        return self._opened(real, inode)

    def open(self, path):
        real = self._real.open(path)
        return self._opened(real, self._folders[path.parent].latest[path.name])

    def rename(self, old, new):
        self.operate()
        self._real.rename(old, new)
        names = self._folders[old.parent].latest
        names[new.name] = names.pop(old.name)

    def unlink(self, path):
        self.operate()
        self._real.unlink(path)
        del self._folders[path.parent].latest[path.name]

    def mkdir(self, path):
        self.operate()
        self._real.mkdir(path)
        self._folders.setdefault(path, Folder())

    def fsync_folder(self, path):
        self.operate()
        self._real.fsync_folder(path)
        folder = self._folders[path]
        folder.durable = dict(folder.latest)
        self._folder_names |= {name for name in self._folders if name.parent == path}

    def names(self, folder):
        return self._real.names(folder)

    def let_go(self):
        """The processes are dead: their locks end."""
        for real in self._open_files:
            real.close()

    def materialise(self, target: Path, chance: random.Random | None = None) -> None:
        """Write into `target` what the disk has now.

        Without `chance` the worst: all that is not durable is gone. With it, of each file some
        prefix of what came after survived (or of a cut-off end nothing was cut), and of each
        folder either the old names or the new.
        """
        for path, folder in self._folders.items():
            if path not in self._folder_names and not (chance and chance.random() < 0.5):
                continue
            place = target / path.relative_to(self._root)
            place.mkdir(parents=True, exist_ok=True)
            names = folder.latest if chance and chance.random() < 0.5 else folder.durable
            for name, inode in names.items():
                (place / name).write_bytes(self._content(inode, chance))

    def _content(self, inode, chance):
        durable, latest = inode.durable, inode.latest
        if chance is None or not latest.startswith(durable):
            return durable
        extra = latest[len(durable) :]
        kept = extra[: chance.randint(0, len(extra))]
        if kept and chance.random() < 0.3:  # a page that never reached the disk
            hole = chance.randrange(len(kept))
            kept = kept[:hole] + bytes(len(kept) - hole)
        return durable + kept
