"""What takes long to make is made once for all processes of the tests; each has its own copy."""

import fcntl
import os
import shutil


def copy_of(name, make, tmp_path_factory):
    """A copy of the folder that `make(path)` makes where no other process has yet."""
    own = tmp_path_factory.getbasetemp()
    everyones = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    path, whole = everyones / f"made-{name}", everyones / f"made-{name}.whole"
    with (everyones / f"made-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            make(path)
            whole.touch()
    return shutil.copytree(path, tmp_path_factory.mktemp("copy") / name)
