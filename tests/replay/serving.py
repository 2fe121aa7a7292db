"""pywb and a static server on loopback, for tests that look at replays."""

import contextlib
import functools
import http.client
import http.server
import os
import re
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.crawler.cli.running import PROGRAM, ROOT, environment


def find_pywb():
    """The folder of pywb's commands, or a skip that tells how to get them."""
    folder = Path(os.environ.get("PYWB_BIN", ROOT / ".venv-pywb" / "bin"))
    if not (folder / "wayback").exists():
        pytest.skip("pywb not found: run `make pywb`")
    return folder


def find_replaywebpage():
    """ReplayWeb.page's package, or a skip that tells how to get it."""
    here = ROOT / "tests" / "replay" / "npm" / "node_modules" / "replaywebpage"
    folder = Path(os.environ.get("REPLAYWEBPAGE", here))
    if not (folder / "ui.js").exists():
        pytest.skip("ReplayWeb.page not found: run `make replaywebpage`")
    return folder


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def replaying(archive):
    """`dateline replay`, as a person starts it: its address."""
    port = free_port()
    server = subprocess.Popen(
        [*PROGRAM, "replay", str(archive), "--port", str(port)],
        env=environment(DATELINE_PYWB_BIN=str(find_pywb()), PYTHONWARNINGS="ignore"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert server.poll() is None, server.stderr.read()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(20)
        finally:
            server.kill()
            server.stderr.close()
            server.wait()


class _Files(http.server.SimpleHTTPRequestHandler):
    """Files by range, as a WACZ wants to be read."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not wanted or not path.is_file():
            return super().do_GET()
        data = path.read_bytes()
        first, last = wanted.groups()
        start = int(first) if first else max(0, len(data) - int(last))
        end = min(int(last), len(data) - 1) if first and last else len(data) - 1
        self.send_response(http.client.PARTIAL_CONTENT)
        self.send_header("Content-Range", f"bytes {start}-{end}/{len(data)}")
        self.send_header("Content-Length", str(end - start + 1))
        self.end_headers()
        return self.wfile.write(data[start : end + 1])

    def end_headers(self):
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Accept-Ranges", "bytes")
        super().end_headers()

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(folder):
    """The files below `folder` on loopback: the address of the server."""
    handler = functools.partial(_Files, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
