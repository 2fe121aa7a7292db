"""The way to a time stamp authority, over a real socket."""

import http.server
import threading

import pytest

from crawler.authority import ANSWER_LIMIT, ask_authority
from crawler.errors import ConfigError


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
    with http.server.HTTPServer(("127.0.0.1", 0), Answering) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


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
