"""Programs in processes of their own that need not import it all first.

Each is forked from one process that has imported everything, and is otherwise as any other: it can
be killed, its memory ends with it; and it ends with the tests, however they end. What an import
itself does is shown by tests that start Python.
"""

import contextlib
import functools
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import threading
import warnings
from multiprocessing.forkserver import ensure_running
from pathlib import Path

_FORKS = multiprocessing.get_context("forkserver")
_ROOT = Path(__file__).parents[1]


@functools.cache
def _streams():
    """What programs read and say, until the tests end; the programs themselves need none."""
    return tempfile.TemporaryDirectory()


def begin():
    """Start what forks: a process has but one, and a pool of workers would begin its own."""
    _FORKS.set_forkserver_preload(["tests.preparation"])
    with contextlib.chdir(_ROOT):  # where it finds its preparation
        ensure_running()


class Forked:
    """A function of a module, begun; as `subprocess.Popen`, as far as tests need it.

    It runs in the folder `cwd` and reads `given`; no file of its may grow beyond `largest_file`
    bytes. Every warning in there is an error.
    """

    def __init__(self, function, *args, cwd=None, given=b"", largest_file=None):
        self._folder = Path(tempfile.mkdtemp(dir=_streams().name))
        streams = tuple(self._folder / name for name in ("in", "out", "err"))
        for path, text in zip(streams, (given, b"", b""), strict=True):
            path.write_bytes(text)
        self._said = streams[1:]
        place = str(cwd or Path.cwd())
        self._process = _FORKS.Process(
            target=_run,
            args=(function, args, streams),
            kwargs={"cwd": place, "largest_file": largest_file},
        )
        self._process.start()
        self.pid = self._process.pid

    @property
    def returncode(self):
        return self._process.exitcode

    def poll(self):
        return self.returncode

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def send_signal(self, number):
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):  # it has ended just now
                os.kill(self.pid, number)

    def communicate(self, timeout=None):
        """Its standard output and error, once it has ended."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
            raise TimeoutError(f"killed after {timeout} s: {self._said[1].read_text()[-2000:]}")
        return tuple(path.read_bytes().decode() for path in self._said)


class Program(Forked):
    """`dateline` with the given arguments."""

    def __init__(self, *args, **given):
        super().__init__(dateline, *map(str, args), **given)


def dateline(*args):
    sys.argv = [str(_ROOT / "crawler" / "__main__.py"), *args]
    from crawler.cli import main

    sys.exit(main(list(args)))


def _run(function, args, streams, *, cwd, largest_file):
    assert "tests.preparation" in sys.modules, "every program would import it all anew"
    for name in [name for name in os.environ if name.startswith("DATELINE_")]:
        del os.environ[name]
    os.chdir(cwd)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whether `nohup` began the tests or not
    for number, (path, way) in enumerate(
        zip(streams, (os.O_RDONLY, *[os.O_WRONLY] * 2), strict=True)
    ):
        file = os.open(path, way)
        os.dup2(file, number)
        os.close(file)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)  # multiprocessing has closed it
    threading.Thread(target=_end_with_the_tests, daemon=True).start()
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", "unclosed database", ResourceWarning)  # see pyproject.toml
    function(*args)


def _end_with_the_tests():
    """A crawl whose tests were killed has nobody left who would stop it."""
    multiprocessing.parent_process().join()
    os._exit(1)
