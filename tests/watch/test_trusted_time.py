"""Trusted time on what `dateline run` has signed, over a real socket."""

import http.server
import shutil

import pytest

from archive import ArchiveFolder, custody_state, verify
from crawler.demo.server import WorldServer
from tests.archive.custody.authority import Authority
from tests.crawler.cli.running import assert_one_line, inside
from tests.listening import listening
from tests.watch.watching import run, sources_file
from tests.watch.world import START, Press

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl not found")


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path / "authority", "Test time")


@pytest.fixture
def address(authority):
    class Stamping(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            answer = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            pass

    with listening(Stamping) as server:
        yield f"{server}/tsr {authority / 'root.pem'}"


def test_a_run_ends_with_trusted_time_on_all_that_it_logged(tmp_path, address):
    press = Press.of(sites=1, stories=2)
    root = tmp_path / "a"
    sources = sources_file(tmp_path / "sources.toml", press)
    with WorldServer(press, hosts=press.hosts) as server:
        run(root, server, sources, START, "-s", f"DATELINE_TIME_AUTHORITIES={address}")
    report = verify(root)
    assert report.is_sound
    (stamp,) = report.stamps
    assert stamp.size == custody_state(ArchiveFolder.open(root)).newest.size


def test_a_wrong_authority_is_one_line_and_no_run(tmp_path):
    press = Press.of(sites=1, stories=2)
    sources = sources_file(tmp_path / "sources.toml", press)
    done = inside(
        *("run", "--archive", tmp_path / "a", "--sources", sources),
        *("-s", "DATELINE_TIME_AUTHORITIES=https://a.example/tsr"),
    )
    assert done.returncode == 2
    assert_one_line(done.stderr.decode())
    assert not (tmp_path / "a").exists()
