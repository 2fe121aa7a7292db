"""A real Chromium without a window, driven over its debugging pipe, that can reach nobody.

Whatever it asks for outside this machine goes to a proxy of ours, which only writes it down.
"""

import base64
import fcntl
import itertools
import json
import os
import re
import select
import shutil
import socketserver
import subprocess
import threading
import time
from contextlib import suppress

import pytest

VENDOR = re.compile(r"[/ .](?:google|googleapis|gvt1|gstatic)\.com[:/ ]")

FLAGS = (
    "--headless",
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--disable-field-trial-config",
    "--no-pings",
    "--window-size=1200,1600",
    "--remote-debugging-pipe",
)

# Through every frame and shadow tree: what a person would see.
SEEN = """
(() => {
  const seen = {text: "", images: [], links: [], rules: 0, addresses: []};
  const walk = (root) => {
    if (root.body) {
      seen.addresses.push(root.URL);
      seen.text += root.body.innerText + "\\n";
      for (const sheet of root.styleSheets)
        if (sheet.href && sheet.href.includes(".example/")) seen.rules += sheet.cssRules.length;
      for (const image of root.images)
        seen.images.push({src: image.currentSrc || image.src, width: image.naturalWidth,
                          complete: image.complete});
      for (const link of root.links) seen.links.push(link.href);
    }
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot);
      if (element.tagName === "IFRAME") {
        try { if (element.contentDocument) walk(element.contentDocument); } catch (error) {}
      }
    }
  };
  walk(document);
  return seen;
})()
"""
CLICK = """
(() => {
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.tagName === "A" && root.body && root.URL.includes(%(within)s)
          && element.href.includes(%(href)s)) {
        element.click();
        return true;
      }
      if (element.shadowRoot && walk(element.shadowRoot)) return true;
      if (element.tagName === "IFRAME") {
        try { if (element.contentDocument && walk(element.contentDocument)) return true; }
        catch (error) {}
      }
    }
    return false;
  };
  return walk(document);
})()
"""


class _Proxy(socketserver.ThreadingTCPServer):
    """Takes whatever leaves, and writes its first line down."""

    daemon_threads = True

    def __init__(self):
        self.asked = []
        super().__init__(("127.0.0.1", 0), _WriteDown)


class _WriteDown(socketserver.StreamRequestHandler):
    def handle(self):
        line = self.rfile.readline(4096).decode("latin-1").strip()
        if line:
            self.server.asked.append(line)


class LeftMeanwhile(Exception):
    """The page was left for another before it could answer."""


# What the browser says to a question whose page is gone before its answer.
GONE = ("navigated or closed", "context was destroyed", "find context", "Promise was collected")


class Browser:
    """One browser. `left` is whatever asked to leave this machine."""

    def __init__(self, program, profile):
        self._proxy = _Proxy()
        threading.Thread(target=self._proxy.serve_forever, daemon=True).start()
        self.left = self._proxy.asked
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        # Well away from 3 and 4, where the browser looks for them.
        near = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 100) for end in (to_read, to_write)]

        def place():
            os.dup2(near[0], 3)
            os.dup2(near[1], 4)

        self._process = subprocess.Popen(
            [
                program,
                *FLAGS,
                f"--proxy-server=127.0.0.1:{self._proxy.server_address[1]}",
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            pass_fds=(3, 4),
            preexec_fn=place,  # noqa: PLW1509 - it only moves two descriptors
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in near:
            os.close(end)
        os.close(to_read)
        os.close(to_write)
        self._ids = itertools.count(1)
        self._buffer = b""

    def ask(self, method, session=None, timeout_s=30, **params):
        """One command of the DevTools protocol, and its result.

        Raises `LeftMeanwhile` where the page asked went away before it answered.
        """
        number = next(self._ids)
        message = {"id": number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + timeout_s
        while True:
            answer = self._next(deadline)
            if answer.get("id") == number:
                if any(words in answer.get("error", {}).get("message", "") for words in GONE):
                    raise LeftMeanwhile(answer["error"]["message"])
                assert "error" not in answer, answer
                return answer["result"]

    def _next(self, deadline):
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(0, deadline - time.monotonic()))
            assert ready, "the browser does not answer"
            piece = os.read(self._read, 1 << 20)
            assert piece, "the browser is gone"
            self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(line)

    def open(self, url):
        """A new tab at `url`."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable", session)
        self.ask("Page.navigate", session, url=url)
        return Tab(self, session, target)

    def close(self):
        """End the browser."""
        self._process.terminate()
        self._process.wait(20)
        self._proxy.shutdown()
        self._proxy.server_close()
        os.close(self._write)
        os.close(self._read)


class Tab:
    """One page, with all frames in it."""

    def __init__(self, browser, session, target):
        self._browser = browser
        self._session = session
        self._target = target

    def close(self):
        """Leave the page."""
        self._browser.ask("Target.closeTarget", targetId=self._target)

    def evaluate(self, expression):
        """The value of a JavaScript expression."""
        answer = self._browser.ask(
            "Runtime.evaluate", self._session, expression=expression, returnByValue=True
        )
        return answer["result"].get("value")

    def until(self, holds, *, timeout_s=45):
        """What is seen, once `holds` of it; fails with what is seen last."""
        deadline = time.monotonic() + timeout_s
        while True:
            seen = None
            with suppress(LeftMeanwhile):
                seen = self.evaluate(SEEN)
            if seen and holds(seen):
                return seen
            assert time.monotonic() < deadline, json.dumps(seen, ensure_ascii=False)[:3000]
            time.sleep(0.1)

    def click(self, href, *, within=""):
        """Follow the first link whose address has `href`, in a frame whose address has `within`."""
        words = {"href": json.dumps(href), "within": json.dumps(within)}
        assert self.evaluate(CLICK % words), f"no link to {href}"

    def screenshot(self, path):
        """Write what is seen to a PNG."""
        shot = self._browser.ask("Page.captureScreenshot", self._session, format="png")
        path.write_bytes(base64.b64decode(shot["data"]))


def find_chromium():
    """The browser's program, or a skip that tells how to get one."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return pytest.skip("Chromium not found: apt-get install chromium")
