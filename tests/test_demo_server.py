import ssl
import urllib.request

from crawler.demo.server import Asked, Served, WorldServer, reply


def test_server_speaks_http_and_https_and_logs_its_own_bytes():
    log: list[Served] = []

    def world(asked: Asked):
        return reply(f"{asked.host} {asked.path} {asked.count}".encode())

    with WorldServer(world, hosts=["a.example"], log=log.append) as server:
        asked = urllib.request.Request(
            f"http://127.0.0.1:{server.http_port}/x?y=1", headers={"Host": "a.example"}
        )
        with urllib.request.urlopen(asked) as answer:
            assert answer.read() == b"a.example /x?y=1 1"
        trust = ssl.create_default_context(cafile=str(server.ca_file))
        with urllib.request.urlopen(f"https://localhost:{server.https_port}/", context=trust) as a:
            assert a.read() == b"localhost / 1"
    assert [(served.is_tls, served.path) for served in log] == [(False, "/x?y=1"), (True, "/")]
    assert log[0].request.startswith(b"GET /x?y=1 HTTP/1.1\r\n")
    assert log[0].response.endswith(b"a.example /x?y=1 1")
