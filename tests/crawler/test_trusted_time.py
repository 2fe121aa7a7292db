"""The way to a time stamp authority, over a real socket."""

import http.server

import pytest

from archive import Archive
from crawler.errors import ConfigError
from crawler.trusted_time import (
    ANSWER_LIMIT,
    Authority,
    ask_authority,
    authorities_of,
    stamp_newest,
)
from tests.archive.generated import new_run
from tests.listening import listening


class Answering(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers["Content-Type"]
        status = {"/tsr?x=1": 200, "/large": 200, "/moved": 302}.get(self.path, 500)
        answer = bytes(ANSWER_LIMIT + 1) if self.path == "/large" else kind.encode() + b" " + body
        self.send_response(status)
        self.send_header("Location", "/tsr?x=1")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with listening(Answering) as address:
        yield address


def test_the_request_goes_as_it_is_and_the_answer_comes_as_it_is(server):
    assert ask_authority(f"{server}/tsr?x=1", b"\0query") == b"application/timestamp-query \0query"


@pytest.mark.parametrize("path", ["/moved", "/large", "/broken"])
def test_what_is_no_answer_is_refused(server, path):
    with pytest.raises(ConfigError, match="gives no time stamp"):
        ask_authority(server + path, b"query")


@pytest.mark.parametrize("url", ["", "ftp://a/", "http://", "http://u:p@a/", "http://127.0.0.1:1/"])
def test_what_cannot_be_asked_is_one_line(url):
    with pytest.raises(ConfigError):
        ask_authority(url, b"query")


def test_authorities_are_an_address_and_a_file_each(tmp_path):
    (tmp_path / "a.pem").write_bytes(b"roots")
    one = f"http://a.example/tsr {tmp_path}/a.pem"
    made = Authority("http://a.example/tsr", b"roots")
    assert list(authorities_of(f"{one}, {one},")) == [made, made]
    assert list(authorities_of("")) == []
    with pytest.raises(ConfigError, match="DATELINE_TIME_AUTHORITIES is URL FILE"):
        authorities_of("http://a.example/tsr")


def test_an_authority_that_cannot_be_asked_is_logged_and_no_more(tmp_path, caplog):
    from archive import Archive
    from tests.archive.generated import new_run

    with Archive.open(tmp_path / "archive", run=new_run("run-1"), keys=tmp_path / "keys"):
        pass
    nobody = Authority("http://127.0.0.1:1/tsr", b"roots")
    assert list(stamp_newest(tmp_path / "archive", [nobody])) == []
    assert "no trusted time from http://127.0.0.1:1/tsr" in caplog.text


def test_a_password_in_an_address_is_told_nowhere(tmp_path, caplog):
    with Archive.open(tmp_path / "archive", run=new_run("run-1"), keys=tmp_path / "keys"):
        pass
    address = "https://desk:secret-word@stamps.example/tsr"
    with pytest.raises(ConfigError, match=r"stamps\.example") as refused:
        ask_authority(address, b"")
    assert stamp_newest(tmp_path / "archive", [Authority(address, b"")]) == []
    assert "stamps.example" in caplog.text
    assert "secret-word" not in caplog.text + str(refused.value)
