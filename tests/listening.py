"""A small HTTP server of the standard library on loopback, for as long as a test needs it."""

import contextlib
import http.server
import threading


@contextlib.contextmanager
def listening(handler):
    """Requests are answered by `handler`, a BaseHTTPRequestHandler; the server's address."""
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
