"""A real browser walks the reading room: no console error, no serious fault, nobody is asked.

Screenshots for a person go to the folder that SCREENSHOTS names; without it none are made.
"""

import base64
import os
import re
import signal
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from archive import ArchiveReader
from archive.browse.shelf import Shelf
from tests.browse.library import ARABIC, COPY, DELETED, EDITED, EVIL, HOSTILE, STORY, WIRE
from tests.crawler.cli.running import PROGRAM, ROOT, dateline, environment
from tests.replay.chromium import VENDOR, Browser, LeftMeanwhile, find_chromium
from tests.replay.serving import free_port

pytestmark = pytest.mark.timeout(300)

FAULTS = {"Runtime.exceptionThrown", "Log.entryAdded"}
WIDE, PHONE = (1280, 900), (390, 844)
ENLARGED = (PHONE[0] // 2, PHONE[1] // 2)
"""A phone on which all is shown at twice its size."""
AXE = """
axe.run(document, {resultTypes: ["violations"]}).then((found) => JSON.stringify(found.violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => [one.id, one.nodes.map((node) => node.html + " " + node.failureSummary)])))
"""


STOP = """
(() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return null;
  const box = stop.getBoundingClientRect(), style = getComputedStyle(stop);
  const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  const isSeen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return [box.top + scrollY, width, isSeen, stop.outerHTML.slice(0, 120)];
})()
"""


class Watching(Browser):
    """A browser that writes down what its console says."""

    def __init__(self, *args):
        self.faults = []
        super().__init__(*args)

    def _next(self, deadline):
        message = super()._next(deadline)
        if message.get("method") in FAULTS:
            self.faults.append(message["params"])
        return message


class Look:
    """One page in one tab."""

    def __init__(self, browser, base, path, *, size=WIDE, scheme="light"):
        self._browser = browser
        self._base = base
        self._target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = browser.ask("Target.attachToTarget", targetId=self._target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        self.resize(size)
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", features=media)
        self.go(path)

    def ask(self, method, **params):
        return self._browser.ask(method, self._session, **params)

    def resize(self, size):
        width, height = size
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def go(self, path):
        self.ask("Page.navigate", url=self._base + path)
        self.until("location.protocol === 'http:'")

    def value(self, expression):
        answer = self.ask(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def until(self, condition):
        """Wait until the page is there, with all its pictures, and `condition` holds."""
        whole = "document.readyState === 'complete' && [...document.images].every(i => i.complete)"
        deadline = time.monotonic() + 30
        seen = False
        while not seen:
            with suppress(LeftMeanwhile):
                seen = self.value(f"({whole}) && ({condition})")
            if not seen:
                assert time.monotonic() < deadline, self.value("document.body.innerText")
                time.sleep(0.05)

    def shoot(self, path):
        """The whole page as a picture."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 3000)}
        shot = self.ask(
            "Page.captureScreenshot", captureBeyondViewport=True, clip={**clip, "scale": 1}
        )
        path.write_bytes(base64.b64decode(shot["data"]))

    def close(self):
        self._browser.ask("Target.closeTarget", targetId=self._target)


@contextmanager
def browsing(root):
    """`dateline browse`, as a person starts it: its address."""
    port = free_port()
    server = subprocess.Popen(
        [*PROGRAM, "browse", str(root), "--port", str(port)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        told = server.stdout.readline()
        assert b"reading room" in told, told
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        try:
            assert server.wait(20) == 0
        finally:
            server.kill()
            server.stdout.close()
            server.wait()


@pytest.fixture(scope="module")
def room(root):
    find_chromium()
    with browsing(root) as base:
        yield base


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    browser = Watching(find_chromium(), tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()
    assert [line for line in browser.left if not VENDOR.search(line)] == []


@pytest.fixture(scope="module")
def shoot():
    """Takes the picture of a page, where anybody wants pictures."""
    wanted = os.environ.get("SCREENSHOTS")
    if wanted is None:
        return lambda _tab, _name: None
    folder = Path(wanted)
    folder.mkdir(parents=True, exist_ok=True)
    return lambda tab, name: tab.shoot(folder / f"{name}.png")


@pytest.fixture(scope="module")
def pages(root):
    """Every kind of page, by a name for its picture."""
    reader = ArchiveReader.open(root)
    ids = {url: reader.catalogue.find(url).view["id"] for url in (STORY, ARABIC, HOSTILE)}
    shelf = Shelf(root / "catalogue.sqlite")
    story = shelf.cluster_of(reader.catalogue.find(COPY).view["id"])
    near = reader.catalogue.find(WIRE).view["cluster"]["id"]
    record_id = quote(reader.nearest(STORY).record_id, safe="")
    return {
        "front": "/",
        "articles": "/articles",
        "changes": "/changes",
        "outlets": "/outlets",
        "search": "/search?q=bridge",
        "search-empty": "/search",
        "article": f"/article/{ids[STORY]}",
        "article-arabic": f"/article/{ids[ARABIC]}",
        "article-hostile": f"/article/{ids[HOSTILE]}",
        "post": f"/post/{quote(DELETED, safe='')}",
        "post-edited": f"/post/{quote(EDITED, safe='')}",
        "post-hostile": f"/post/{quote(f'evil:{EVIL}', safe='')}",
        "outlet": "/outlet/news.example",
        "capture": f"/capture/{record_id}",
        "sources": "/sources",
        "source": "/source/the-news",
        "source-hostile": f"/source/{quote(EVIL, safe='')}",
        "story": f"/story/{quote(story, safe='')}",
        "story-near": f"/story/{quote(near, safe='')}",
        "runs": "/runs",
        "run": "/run/20261120T093000Z-test",
        "datelines": "/datelines",
        "tables": "/catalogue",
        "table": "/catalogue/articles",
        "query": "/catalogue?sql=select+1",
    }


@pytest.fixture
def look(browser, room):
    """Opens pages; none of them may have put anything on the console."""
    opened = []
    browser.faults.clear()

    def make(path, **given):
        opened.append(Look(browser, room, path, **given))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
    assert browser.faults == []


def test_every_page_opens_whole_runs_nothing_bars_nobody_and_fits_a_phone(look, pages, shoot):
    script = (find_axe() / "axe.min.js").read_text("utf-8")
    tab = look("/")
    found = {}
    for name, path in pages.items():
        tab.go(path)
        shoot(tab, name)
        assert tab.value("[...document.images].every(i => i.naturalWidth > 0)"), name
        assert tab.value("document.title") != "owned"
        if path.startswith("/catalogue"):
            continue  # Datasette's own pages, whose tables scroll
        assert tab.value("document.querySelector('script, [onerror], [onload]')") is None, name
        tab.value(f"{script}; 0")
        found[name] = tab.value(AXE)
        tab.resize(PHONE)
        tab.until("document.documentElement.clientWidth < 600")
        shoot(tab, f"{name}-phone")
        assert tab.value("document.documentElement.scrollWidth") <= PHONE[0], name
        tab.resize(WIDE)
    assert {name: faults for name, faults in found.items() if faults != "[]"} == {}


def test_the_dark_bars_nobody_either(look, pages, shoot):
    script = (find_axe() / "axe.min.js").read_text("utf-8")
    tab = look("/", scheme="dark")
    for name in ("front", "article", "post-edited"):
        tab.go(pages[name])
        shoot(tab, f"{name}-dark")
        tab.value(f"{script}; 0")
        assert tab.value(AXE) == "[]"


def test_search_is_typed_and_leads_to_the_article(look):
    tab = look("/")
    tab.value("document.querySelector('input[name=q]').value = 'fourteen people'; 0")
    tab.value("document.querySelector('form[role=search]').requestSubmit(); 0")
    tab.until("location.pathname === '/search'")
    tab.value("document.querySelector('.hits a').click(); 0")
    tab.until("location.pathname.startsWith('/article/')")
    assert "Saltmarsh Bridge" in tab.value("document.querySelector('h1').innerText")


def test_the_keyboard_reaches_the_page_first_and_sees_where_it_is(look):
    tab = look("/")
    for kind in ("keyDown", "keyUp"):
        tab.ask("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert tab.value("document.activeElement.className") == "skip"
    assert tab.value("document.activeElement.getBoundingClientRect().left") >= 0
    assert tab.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_whoever_listens_is_told_what_went_and_what_came(look, pages):
    tab = look(pages["article"])
    nodes = {one["nodeId"]: one for one in tab.ask("Accessibility.getFullAXTree")["nodes"]}

    def said(node):
        if node.get("role", {}).get("value") == "StaticText":
            return node["name"]["value"]
        return "".join(said(nodes[child]) for child in node.get("childIds", ()))

    told = said(next(iter(nodes.values())))
    assert re.search(r"hurt, and\s*\[out:\s*eleven\]\s*\[in:\s*fourteen\]\s*people", told)
    shown = tab.value("document.querySelector('.difference').innerText")
    assert "and eleven fourteen people" in shown


def test_the_keyboard_walks_the_page_in_its_order_and_shows_each_stop(look, pages):
    for name in ("front", "article", "search", "run", "table"):
        tab = look(pages[name])
        tops = []
        for _ in range(300):
            for kind in ("rawKeyDown", "keyUp"):
                tab.ask(
                    "Input.dispatchKeyEvent",
                    type=kind,
                    key="Tab",
                    code="Tab",
                    windowsVirtualKeyCode=9,
                )
            stop = tab.value(STOP)
            if stop is None:
                break
            where, width, is_seen, said = stop
            assert width >= 1, (name, said)
            assert is_seen, (name, said)
            tops.append(where)
        assert len(tops) > 5
        assert len(tops) < 300, name


def test_at_twice_the_size_on_a_phone_nothing_is_cut_off(look, pages):
    tab = look("/")
    for name, path in pages.items():
        if path.startswith("/catalogue"):
            continue
        tab.go(path)
        tab.resize(ENLARGED)  # only now: pictures far below would not be asked for
        tab.until("document.documentElement.clientWidth < 200")
        assert tab.value("document.documentElement.scrollWidth") <= ENLARGED[0], name
        tab.resize(WIDE)


def test_a_sensitive_picture_is_covered_until_it_is_asked_for(look, pages):
    tab = look(pages["post-edited"])
    blur = "getComputedStyle(document.querySelector('.covered img')).filter"
    assert "blur" in tab.value(blur)
    tab.value("document.querySelector('.covered label').click(); 0")
    tab.until(f"{blur} === 'none'")


def test_arabic_is_set_from_the_right(look, pages):
    tab = look(pages["article-arabic"])
    assert tab.value("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    assert tab.value("getComputedStyle(document.querySelector('.text p')).direction") == "rtl"


def test_links_lead_to_replay(look, pages):
    tab = look(pages["article"])
    link = tab.value("document.querySelector('.evidence .button').href")
    assert re.fullmatch(rf"http://127\.0\.0\.1:8090/archive/\d{{14}}/{re.escape(STORY)}", link)


@pytest.mark.soak
def test_every_page_of_the_demo_opens_whole_and_bars_nobody(browser, shoot, tmp_path):
    """Whatever is linked from the front page, the calendar, the runs and the sources."""
    done = dateline("demo", "--archive", tmp_path / "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    script = (find_axe() / "axe.min.js").read_text("utf-8")
    links = """[...document.querySelectorAll("a[href^='/']")].map(a => a.getAttribute("href"))"""
    browser.faults.clear()
    waiting, known, found = ["/", "/datelines", "/runs", "/sources", "/search?q=bridge"], set(), {}
    with browsing(tmp_path / "demo") as base:
        tab = Look(browser, base, "/")
        while waiting:
            path = waiting.pop(0)
            kind = re.split("[/?]", path)[1]
            if path in known or path.endswith("/wacz") or kind == "catalogue":
                continue
            known.add(path)
            if sum(one.startswith(f"/{kind}") for one in known) > 20:  # there is no end of months
                continue
            tab.go(path)
            tab.until("document.querySelector('main') !== null")
            assert tab.value("[...document.images].every(i => i.naturalWidth > 0)"), path
            shoot(tab, f"demo{path.replace('/', '-')[:60]}")
            tab.value(f"{script}; 0")
            found[path] = tab.value(AXE)
            waiting += tab.value(links)
        tab.close()
    kinds = {re.split("[/?]", path)[1] for path in known}
    assert {"article", "post", "story", "outlet", "capture", "run", "datelines"} <= kinds
    assert {path: faults for path, faults in found.items() if faults != "[]"} == {}
    assert browser.faults == []


def find_axe():
    """axe-core's folder, or a skip that tells how to get it."""
    folder = ROOT / "tests" / "browse" / "npm" / "node_modules" / "axe-core"
    if not (folder / "axe.min.js").exists():
        pytest.skip("axe-core not found: run `make axe`")
    return folder
