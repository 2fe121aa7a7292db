import socket

import pytest

from tests.crawler.cli.running import assert_one_line, inside


def test_an_address_that_is_taken_is_one_line(root):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = inside("browse", root, "--port", taken.getsockname()[1])
    assert done.returncode == 2
    assert done.stdout == b""
    assert_one_line(done.stderr.decode())


@pytest.mark.parametrize("command", ["browse", "replay"])
def test_a_port_that_is_none_is_one_line(root, command):
    done = inside(command, root, "--port", "99999")
    assert done.returncode == 2
    assert_one_line(done.stderr.decode())
    assert b"65535" in done.stderr


def test_what_is_no_archive_is_one_line(tmp_path):
    done = inside("browse", tmp_path)
    assert done.returncode == 2
    assert_one_line(done.stderr.decode())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://a/?q=", "//a", "http://a b/"])
def test_replay_is_at_an_address_of_the_web(root, address):
    done = inside("browse", root, "--replay", address)
    assert done.returncode == 2
    assert_one_line(done.stderr.decode())
