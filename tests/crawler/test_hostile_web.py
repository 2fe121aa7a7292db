"""A real crawl, by the command, of a web that means harm: what is kept, said and never asked."""

import gzip
import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from archive import ArchiveFolder, CatalogueReader, verify
from crawler.demo.server import Answer, Part, WorldServer, reply
from tests.crawler.cli.running import ROOT, dateline

PATH = "/2026/11/story"
TYPE = b"Content-Type: text/html; charset=utf-8\r\n"
"""Nobody listens there: a test that fails to refuse an address reaches nothing."""


def page(title, head=""):
    text = "<p>The ferry came back to the quay before the frost had settled on the boards.</p>"
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{text * 9}<p>{title}</p></article></body></html>"
    ).encode()


def raw(data, **end):
    return lambda _: Answer((Part(data),), **({"then_close": True} | end))


def sized(body, *, first=b"HTTP/1.1 200 OK", extra=b""):
    head = first + b"\r\n" + TYPE + extra + b"Content-Length: %d\r\n\r\n" % len(body)
    return head + body


def to(place):
    data = b"HTTP/1.1 302 Found\r\nLocation: " + place + b"\r\nContent-Length: 0\r\n\r\n"
    return raw(data, then_close=False)


def naming(place):
    return lambda asked: reply(
        page(f"News of {asked.host}", f"<link rel=canonical href='{place}'>")
    )


def endless(begin, piece):
    def parts():
        yield Part(begin)
        while True:
            yield Part(piece)

    return lambda _: Answer(parts(), then_close=True, is_logged_whole=False)


def robots(answer):
    return lambda asked: (
        answer(asked) if asked.path == "/robots.txt" else reply(page(f"News of {asked.host}"))
    )


def layers(count, padding):
    body = page("layers")
    for _ in range(count):
        body = gzip.compress(body + bytes(padding), 1)
    coding = b"Content-Encoding: " + b", ".join([b"gzip"] * count) + b"\r\n"
    return raw(sized(body, extra=coding))


CUT_GZIP = gzip.compress(page("cut") + os.urandom(4000).hex().encode())[:2500]
GZIP = b"Content-Encoding: gzip\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\n" + TYPE + b"Transfer-Encoding: chunked\r\n\r\n"
VICTIM = f"http://victim.example{PATH}"

WORLD = {
    "plain": lambda asked: reply(page(f"News of {asked.host}")),
    "victim": naming(VICTIM),
    # status lines and headers
    "huge-status": raw(sized(page("x"), first=b"HTTP/1.1 " + b"9" * 30 + b" OK")),
    "negative-status": raw(sized(page("x"), first=b"HTTP/1.1 -200 OK")),
    "zero-status": raw(sized(page("x"), first=b"HTTP/1.1 0 OK")),
    "control-type": raw(
        b"HTTP/1.1 200 O\x1b[31mK\r\nContent-Type: text/html\x1b[2J\x9b\xff\r\n"
        b"Content-Length: 5\r\n\r\nhello"
    ),
    "bad-names": raw(
        sized(
            page("Names that are none"), extra=b"X-\x1b[31m: y\r\nCache Control: none\r\n: z\r\n"
        ),
        then_close=False,
    ),
    "spaced-name": raw(
        b"HTTP/1.1 200 OK\r\n" + TYPE + b"Content-Length : 5\r\n\r\nhello", then_close=False
    ),
    "huge-length": raw(
        b"HTTP/1.1 200 OK\r\n" + TYPE + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n"
    ),
    "two-lengths": raw(
        b"HTTP/1.1 200 OK\r\n" + TYPE + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"
    ),
    "endless-head": endless(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"y" * 60_000 + b"\r\n"),
    "endless-interim": endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000),
    "endless-extension": endless(CHUNKED + b"5;", b"y" * 60_000),
    "endless-trailer": endless(CHUNKED + b"5\r\nhello\r\n0\r\n", b"X-T: " + b"y" * 6000 + b"\r\n"),
    # bodies
    "cut-inside-gzip": raw(sized(CUT_GZIP, extra=GZIP)),
    "slow": lambda _: Answer(
        (Part(b"HTTP/1.1 200 OK\r\n" + TYPE + b"\r\n"), *([Part(b"x", 0.1)] * 90)), then_close=True
    ),
    # redirects
    "to-decimal": to(b"http://2130706433:9/"),
    "to-octal": to(b"http://0177.0.0.1:9/"),
    "to-hexadecimal": to(b"http://0x7f.1:9/"),
    "to-mapped": to(b"http://[::ffff:127.0.0.1]:9/"),
    "to-local-name": to(b"http://localhost.:9/"),
    "to-full-width": to("http://１２７.０.０.１:9/".encode()),
    "to-metadata": to(b"http://169.254.169.254/latest/meta-data"),
    "to-zero": to(b"http://0:9/"),
    "to-file": to(b"file:///etc/passwd"),
    "to-ftp": to(b"ftp://me:geheim@plain.example/"),
    "to-password": to(b"http://me:geheim@plain.example/password"),
    "to-control": to(b"http://plain.example/a\x1b[31m\x00b\x7f#part"),
    "to-latin": to(b"http://plain.example/caf\xe9"),
    "to-sharp-s": to("http://straße.example/".encode()),
    "to-backslash": to(b"\\\\plain.example\\backslash"),
    "to-long": to(b"http://plain.example/" + b"a" * 20_000),
    # identity
    "names-private": naming("http://127.0.0.1:9/secret"),
    "names-victim": naming(VICTIM),
    "names-by-base": lambda asked: reply(
        page(f"News of {asked.host}", f"<base href='{VICTIM}'><link rel=canonical href='story'>")
    ),
    "names-by-header": lambda asked: reply(
        page(f"News of {asked.host}"), headers=[("Link", f"<{VICTIM}>; rel=canonical")]
    ),
    # robots.txt
    "robots-private": robots(to(b"http://127.0.0.1:9/robots.txt")),
    "robots-broken": robots(lambda _: reply(status="500 Broken")),
}
BOMBS = {
    "bomb": lambda: raw(sized(gzip.compress(bytes(200 << 20), 1), extra=GZIP)),
    "layers-two": lambda: layers(2, 0),
    "layers-many": lambda: layers(40, 4 << 20),
    "robots-bomb": lambda: robots(
        raw(sized(gzip.compress(b"User-agent: *\nDisallow: /\n" + bytes(99 << 20), 1), extra=GZIP))
    ),
}
"""Of the world too, but made only when they are needed: it takes long."""
ELSEWHERE = ("xn--strae-oqa", "strasse")
REACHED_FIRST = ("huge-status", "negative-status", "zero-status")
"""What ended a crawl once stands first."""


def world(asked):
    name = asked.host.split(".")[0]
    if asked.path == "/robots.txt" and not name.startswith("robots"):
        return reply(status="404 Not Found")
    return WORLD.get(name, WORLD["plain"])(asked)


def weighed(*arguments, **given):
    return subprocess.run(
        [sys.executable, "-c", WEIGHED, sys.executable, "-m", "crawler", *map(str, arguments)],
        capture_output=True,
        cwd=ROOT,
        timeout=90,
        check=False,
        **given,
    )


WEIGHED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
sys.stderr.write(f"PEAK {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}")
sys.exit(code)
"""
"""Runs a command and says its peak memory in KiB: a large process's child begins as large."""


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    root = tmp_path_factory.mktemp("hostile") / "ein Archiv – архив"
    WORLD.update((name, make()) for name, make in BOMBS.items())
    names = [*REACHED_FIRST, *(name for name in WORLD if name not in REACHED_FIRST)]
    asked = []
    hosts = [f"{name}.example" for name in (*WORLD, *ELSEWHERE)]
    with WorldServer(world, hosts=["plain.example"], log=asked.append) as server:
        rules = [f"{host}:80:127.0.0.1:{server.http_port}" for host in hosts]
        rules.append(f"bad-name.example:443:127.0.0.1:{server.https_port}")
        ran = weighed(
            "crawl",
            *("--archive", root, "--delay", 0, "--from", "-", "--cacert", server.ca_file),
            *(word for rule in rules for word in ("--connect-to", rule)),
            *("-s", "DOWNLOAD_TIMEOUT=6", "-s", "RETRY_TIMES=1", "-s", "DATELINE_BACKOFF_S=0.1"),
            input="\n".join(
                [
                    *(f"http://{name}.example{PATH}" for name in names),
                    f"https://bad-name.example{PATH}",
                ]
            ).encode(),
        )
    captures = list(CatalogueReader(ArchiveFolder.open(root).catalogue).captures())
    return SimpleNamespace(
        root=root,
        ran=ran,
        asked=[(served.host, served.path) for served in asked],
        captures=captures,
        of=lambda url: [each for each in reversed(captures) if each["url"] == url],
        catalogue=CatalogueReader(ArchiveFolder.open(root).catalogue),
        peak_mib=int(ran.stderr.rpartition(b"PEAK ")[2]) >> 10,
    )


def url_of(name):
    return f"http://{name}.example{PATH}"


def told(capture):
    """In a word what became of an exchange."""
    failure = capture["failure"]
    return failure["kind"] if failure else capture["status"]


def test_the_crawl_ends_well_and_everything_asked_for_is_on_record(done):
    assert done.ran.returncode == 0, done.ran.stderr.decode()
    assert {name for name in WORLD if not done.of(url_of(name))} == set()
    assert b"Traceback" not in done.ran.stderr


def test_the_archive_is_whole_and_can_be_opened_again(done):
    assert not verify(done.root).faults
    again = dateline("crawl", "--archive", done.root, "http://127.0.0.1:9/")
    assert again.returncode == 0, again.stderr.decode()


def test_a_hostile_web_costs_bounded_memory(done):
    assert done.peak_mib < 400


@pytest.mark.parametrize(
    ("name", "outcome"),
    {
        "plain": 200,
        "huge-status": "protocol",
        "negative-status": "protocol",
        "zero-status": "protocol",
        "control-type": 200,
        "bad-names": 200,
        "spaced-name": 200,
        "huge-length": "too-large",
        "two-lengths": "protocol",
        "endless-head": "protocol",
        "endless-interim": "protocol",
        "endless-extension": "protocol",
        "endless-trailer": "protocol",
        "slow": "timeout",
        "cut-inside-gzip": 200,
        "robots-private": "robots-unreachable",
        "robots-bomb": "robots-unreachable",
        "robots-broken": "robots-unreachable",
    }.items(),
)
def test_each_misbehaviour_has_its_own_outcome(done, name, outcome):
    *_, last = done.of(url_of(name))  # on a busy machine the first try may have timed out
    assert told(last) == outcome


def test_each_try_is_a_capture_that_names_the_one_before(done):
    first, second = done.of(url_of("slow"))
    assert (first["found_by"], second["found_by"]) == ("argument", "retry")
    assert second["via_record"] == first["record_id"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://[::ffff:7f00:1]:9/",
        "http://localhost.:9/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0:9/",
        "http://127.0.0.1:9/secret",
    ],
)
def test_private_addresses_are_refused_under_every_spelling_and_said_to_be(done, url):
    assert [told(capture) for capture in done.of(url)] == ["address-refused"]


def test_every_spelling_of_an_address_leads_to_its_one_url(done):
    names = ("decimal", "octal", "hexadecimal", "full-width")
    targets = {done.of(url_of(f"to-{name}"))[0]["redirect_to"] for name in names}
    assert targets == {"http://127.0.0.1:9/"}


@pytest.mark.parametrize(
    ("name", "url"),
    {
        "to-password": "http://plain.example/password",
        "to-control": "http://plain.example/a%1B[31m%00b%7F",
        "to-latin": "http://plain.example/caf%E9",
        "to-sharp-s": "http://xn--strae-oqa.example/",
        "to-backslash": "http://plain.example/backslash",
    }.items(),
)
def test_a_redirect_leads_where_a_browser_goes_and_its_hops_are_linked(done, name, url):
    [hop] = done.of(url_of(name))
    assert hop["redirect_to"] == url
    found = [capture for capture in done.captures if capture["via_record"] == hop["record_id"]]
    assert [(each["found_by"], told(each)) for each in found] == [("redirect", 200)]
    assert [each["requested_url"] for each in found] == [hop["url"]]


@pytest.mark.parametrize("name", ["to-file", "to-ftp", "to-long"])
def test_a_redirect_that_is_not_followed_is_on_record(done, name):
    [hop] = done.of(url_of(name))
    [refused] = [each for each in done.captures if each["via_record"] == hop["record_id"]]
    assert told(refused) == "not-followed"
    assert refused["failure"]["detail"].startswith("not followed: ")
    assert len(refused["url"]) <= 2083


def test_passwords_reach_neither_the_wire_nor_the_catalogue(done):
    assert done.of("http://plain.example/password")
    assert "geheim" not in json.dumps(done.captures)
    assert b"geheim" not in done.ran.stdout + done.ran.stderr


def test_no_control_byte_reaches_the_terminal(done):
    shown = [done.ran.stdout, done.ran.stderr]
    for command in (["ls", "captures"], ["ls", "articles", "--json"], ["show", url_of("bomb")]):
        ran = dateline(*command, "--archive", done.root)
        assert ran.returncode == 0, ran.stderr.decode()
        shown += [ran.stdout, ran.stderr]
    text = b"".join(shown).decode()
    assert [char for char in text if not char.isprintable() and char != "\n"] == []


def test_what_could_not_be_decoded_whole_is_no_article(done):
    for name in ("cut-inside-gzip", "bomb", "layers-many"):
        [capture] = done.of(url_of(name))
        assert [each["article_id"] for each in capture["readings"]] == [None], name
    [nested] = done.of(url_of("layers-two"))
    assert nested["readings"][0]["article_id"]


@pytest.mark.parametrize("name", ["names-victim", "names-by-base", "names-by-header"])
def test_no_page_attaches_itself_to_the_article_of_another_site(done, name):
    own = done.catalogue.find(url_of(name)).view
    victim = done.catalogue.find(VICTIM).view
    assert own["id"] != victim["id"]
    assert own["canonical_url"] == url_of(name)
    assert own["claimed_canonical_url"] == VICTIM
    assert {seen["url"] for seen in victim["urls"]} == {VICTIM}
    assert victim["headline"] == "News of victim.example"


def test_a_certificate_for_another_name_is_marked(done):
    [capture] = done.of(f"https://bad-name.example{PATH}")
    assert (capture["status"], capture["is_tls_verified"]) == (200, False)


def test_robots_txt_is_the_first_thing_asked_of_every_host(done):
    first = {}
    for host, path in done.asked:
        first.setdefault(host, path)
    assert set(first.values()) == {"/robots.txt"}
    for name in ("robots-private", "robots-bomb", "robots-broken"):
        assert (f"{name}.example", PATH) not in done.asked
