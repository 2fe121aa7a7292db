"""The field's own checkers, held against the WARC files that tests write."""

import brotli
import pytest
from fastwarc.cli import main as fastwarc
from warcio import bufferedreaders
from warcio.cli import main as warcio


class _Brotli:
    """warcio 1.8.1 sets attributes on brotli's own decompressor, which brotli 1.2 forbids."""

    def __init__(self):
        self._state = brotli.Decompressor()
        self.unused_data = None

    def decompress(self, data):
        return self._state.process(data)

    def flush(self):
        return b""


def assert_checkers_pass(*paths):
    """Run `warcio check` and `fastwarc check` on each file.

    Not `fastwarc check -p`, which also refuses correct revisits.
    """
    for path in paths:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(bufferedreaders.BufferedReader.DECOMPRESSORS, "br", _Brotli)
            with pytest.raises(SystemExit) as exit_of_warcio:
                warcio(["check", str(path)])
        assert exit_of_warcio.value.code == 0, f"warcio check {path}"
        assert not fastwarc(["check", "-q", str(path)], standalone_mode=False), path
