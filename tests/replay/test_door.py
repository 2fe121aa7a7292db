"""What pywb tells a browser, behind our door: this archive's bytes, and nothing else."""

import http.client
import re
import stat
import sys
from urllib.parse import urlsplit

import pytest

from archive import Archive
from crawler.errors import ConfigError
from crawler.pywb_door import POLICY, held, local
from crawler.replay_pywb import command
from tests.archive.generated import made, new_run
from tests.replay.serving import replaying

URL = "http://tricks.example/page"
SAID = {
    "Access-Control-Allow-Origin": "*",
    "Clear-Site-Data": '"*"',
    "Content-Security-Policy": "default-src *",
    "Link": "<https://tracker.example/>; rel=preconnect",
    "NEL": '{"report_to":"t","max_age":1}',
    "Refresh": "0; url=https://tracker.example/",
    "Reporting-Endpoints": 't="https://tracker.example/"',
    "Service-Worker-Allowed": "/",
    "Set-Cookie": "seen=1; path=/",
    "WWW-Authenticate": "Basic",
}


@pytest.fixture(scope="module")
def tricks(tmp_path_factory):
    """`dateline replay` over an archive with a page whose server says all that."""
    root = tmp_path_factory.mktemp("tricks") / "archive"
    said = "".join(f"{name}: {value}\r\n" for name, value in SAID.items())
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{said}Content-Length: 4\r\n\r\n<p>x"
    with Archive.open(root, run=new_run("run-1"), keys=root.parent / "keys") as archive:
        archive.keep(made("run-1", answer.encode(), url=URL)).result(30)
    with replaying(root) as base:
        yield urlsplit(base).netloc


def asked(address, path, **headers):
    connection = http.client.HTTPConnection(address, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.mark.parametrize("mode", ["id_", "mp_", ""])
def test_what_a_page_says_beside_its_bytes_does_nothing(tricks, mode):
    answer, body = asked(tricks, f"/archive/2026{mode}/{URL}")
    assert answer.status == 200
    assert answer.headers.get_all("Content-Security-Policy") == [POLICY]
    assert [
        name for name in SAID if name in answer.headers and SAID[name] in answer.headers[name]
    ] == []
    if mode == "id_":
        assert body == b"<p>x"
        marked = {name: answer.headers[f"X-Archive-Orig-{name}"] for name in SAID}
        assert marked == SAID


@pytest.mark.parametrize("path", ["/", f"/archive/2026id_/{URL}", "/collinfo.json"])
@pytest.mark.parametrize("host", ["tricks.example", "127.0.0.1.tricks.example", "", "10.0.0.1"])
def test_a_name_that_is_not_this_machines_is_answered_nothing(tricks, path, host):
    answer, body = asked(tricks, path, Host=host)
    assert (answer.status, body) == (421, b"Ask for this machine by its own name.")


def test_this_machine_has_three_names_and_no_worker(tricks):
    for name in ("localhost:1", "127.0.0.2", "[::1]:8090"):
        assert asked(tricks, "/", Host=name)[0].status == 200
    answer, _ = asked(tricks, f"/archive/2026id_/{URL}", **{"Service-Worker": "script"})
    assert answer.status == 403


def test_one_who_names_an_address_of_its_own_is_asked_by_any_name():
    told = []

    def application(_environ, start):
        start("200 OK", [("link", "<a>"), ("Link", "<b>")])
        return [b"x"]

    def start(status, headers):
        told.append((status, headers))

    assert held(application)({"HTTP_HOST": "any.example"}, start) == [b"x"]
    assert told[0][1][:2] == [("X-Archive-Orig-link", "<a>"), ("Link", "<b>")]
    assert local(application)({}, start) != [b"x"]


def test_the_python_of_a_command_is_beside_it_or_in_its_first_line(tmp_path):
    wayback = tmp_path / "wayback"
    wayback.write_text(f"#!{sys.executable} -s\nprint()\n")
    wayback.chmod(wayback.stat().st_mode | stat.S_IXUSR)
    assert command(wayback, host="h", port=1)[:2] == [sys.executable, "-s"]
    wayback.write_text("#!/bin/sh\n")
    with pytest.raises(ConfigError, match=re.escape(str(wayback))):
        command(wayback, host="h", port=1)
    (tmp_path / "python3").symlink_to(sys.executable)
    assert command(wayback, host="h", port=1)[0] == str(tmp_path / "python3")
