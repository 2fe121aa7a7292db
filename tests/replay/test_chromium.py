"""A real browser looks at the demo's archive: served by pywb, and out of packages.

Screenshots for a person go to the folder that SCREENSHOTS names, else to the test's own.
"""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive import ArchiveReader, CaptureKind
from tests.crawler.cli.running import inside, lines_of
from tests.replay.chromium import VENDOR, Browser, find_chromium
from tests.replay.serving import find_pywb, find_replaywebpage, replaying, serving

LAKE = "https://continentalwire.example/article/lake-treaty-talks-51d0aa"
PUMPS = "https://continentalwire.example/article/dnipro-pumping-station-8f31c2"
PAGE = """<!doctype html><meta charset="utf-8"><script src="/ui.js"></script>
<replay-web-page style="height:1500px" source="/it.wacz" url="{url}" replayBase="/replay/"
 embed="default"></replay-web-page>"""
# The browser's own errands, whatever it shows.


pytestmark = pytest.mark.timeout(400)  # many pages, each in a real browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    browser = Browser(find_chromium(), tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()
    assert [line for line in browser.left if not VENDOR.search(line)] == []


@pytest.fixture(scope="module")
def shots(tmp_path_factory):
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path_factory.mktemp("shots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def articles(demo):
    """Address, as it was captured, and headline of each article of the demo."""
    listed = lines_of(inside("ls", "articles", "--json", "--archive", demo))
    reader = ArchiveReader.open(demo)
    return {reader.follow(article).url: article["headline"] for article in listed}


@pytest.fixture(scope="module")
def pywb(demo):
    find_pywb()
    find_chromium()
    with replaying(demo) as base:
        yield base


def shown(text, seen):
    """Whether `text` is seen, however the page's own style writes it, and each picture is there."""
    words = " ".join(text.split()).casefold()
    return words in " ".join(seen["text"].split()).casefold() and all_pictures(seen)


def is_at(url, seen):
    """Whether a frame that has the page's style is at `url`."""
    return seen["rules"] and any(address.endswith(url) for address in seen["addresses"])


def all_pictures(seen):
    return all(picture["complete"] and picture["width"] for picture in pictures_of(seen))


def pictures_of(seen):
    return [picture for picture in seen["images"] if ".example/" in picture["src"]]


def shoot_in_pywb(browser, pywb, articles, shots):
    """Each article whole, as pywb shows it."""
    for number, (url, headline) in enumerate(sorted(articles.items())):
        tab = browser.open(f"{pywb}/archive/2026/{url}")
        # AMP has its style in the page, and pictures of its own kind.
        is_bare = "/amp/" in url
        tab.until(
            lambda seen, headline=headline, is_bare=is_bare: (
                shown(headline, seen) and (is_bare or (seen["rules"] and pictures_of(seen)))
            )
        )
        tab.screenshot(shots / f"pywb-{number:02d}.png")
        tab.close()


def test_pywb_shows_an_article_of_each_outlet_with_its_pictures_and_style(
    browser, pywb, articles, shots
):
    of_outlets = {urlsplit(url).hostname: (url, headline) for url, headline in articles.items()}
    assert len(of_outlets) >= 5
    shoot_in_pywb(browser, pywb, dict(of_outlets.values()), shots)


@pytest.mark.soak
def test_pywb_shows_every_article_with_its_pictures_and_style(browser, pywb, articles, shots):
    assert len(articles) >= 15
    shoot_in_pywb(browser, pywb, articles, shots)


def test_the_start_page_leads_to_a_revisit_of_a_chunked_page_and_from_there_on(
    browser, demo, pywb, shots
):
    newest = ArchiveReader.open(demo).nearest(LAKE)
    assert newest.kind is CaptureKind.REVISIT
    original = ArchiveReader.open(demo).capture(newest.refers_to)
    head = ArchiveReader.open(demo).head(original)
    assert head.transfer_codings == ("chunked",)
    tab = browser.open(f"{pywb}/")
    tab.until(lambda seen: "articles" in seen["text"])
    tab.screenshot(shots / "pywb-start.png")
    tab.click(f"{newest.captured_at:%Y%m%d%H%M%S}/{LAKE}")
    tab.until(lambda seen: shown("Alpine lake", seen) and is_at(LAKE, seen))
    tab.click("dnipro-pumping-station", within="lake-treaty")
    tab.until(lambda seen: shown("Dnipro pumping station", seen) and is_at(PUMPS, seen))
    tab.screenshot(shots / "pywb-followed.png")


@pytest.fixture(scope="module")
def packaged(demo, tmp_path_factory):
    """A server of packages: give it a name and the export's options, get the page's address."""
    folder = tmp_path_factory.mktemp("packages")
    scripts = find_replaywebpage()
    find_chromium()
    with serving(folder) as base:

        def made(name, url, *options):
            place = folder / name
            (place / "replay").mkdir(parents=True)
            done = inside("export", "wacz", place / "it.wacz", "--archive", demo, *options)
            assert done.returncode == 0, done.stderr
            shutil.copy(scripts / "ui.js", place)
            # Its worker answers for the rest of this folder, once it is there.
            for script in ("sw.js", "ui.js", "index.html"):
                shutil.copy(scripts / script, place / "replay")
            page = PAGE.format(url=url).replace('"/', f'"/{name}/')
            (place / "index.html").write_text(page, encoding="utf-8")
            return f"{base}/{name}/index.html"

        yield made


def test_replaywebpage_shows_an_article_out_of_a_package_of_its_own(browser, packaged, shots):
    tab = browser.open(packaged("one", LAKE, "--article", LAKE))
    seen = tab.until(lambda seen: shown("Alpine lake", seen))
    assert len(pictures_of(seen)) >= 2
    assert seen["rules"]
    tab.screenshot(shots / "wacz-one-article.png")
    tab.close()


@pytest.mark.parametrize("collector", ["full", "minimal"])
def test_replaywebpage_shows_a_whole_package_and_follows_its_links(
    browser, packaged, shots, collector
):
    tab = browser.open(packaged(f"all-{collector}", LAKE, "--collector", collector))
    tab.until(lambda seen: shown("Alpine lake", seen) and is_at(LAKE, seen))
    tab.click("dnipro-pumping-station", within="lake-treaty")
    tab.until(lambda seen: shown("Dnipro pumping station", seen) and is_at(PUMPS, seen))
    tab.screenshot(shots / f"wacz-all-{collector}.png")
    tab.close()
