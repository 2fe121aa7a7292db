"""What the handler does besides recording: guard, trust, caps, secrets, retries, failures."""

import contextlib
import gzip
import socket
import threading
from types import SimpleNamespace

import pytest
from cryptography import x509

from crawler.demo.server import WorldServer
from tests.crawler.fetch.harness import run
from tests.world.misbehaviour import HTML, misbehave

NAMES = ["plain.example", "safe.example"]


def closed_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def rude_port():
    """A port where whoever calls hears no TLS, and is hung up on."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            caller, _ = server.accept()
            with caller:
                caller.recv(1 << 16)
                caller.sendall(b"220 mail.example ESMTP\r\n")

        listener = threading.Thread(target=hang_up)
        listener.start()
        yield server.getsockname()[1]
        listener.join()


def asking(*urls: str, **more) -> list[dict]:
    return [{"url": url, **more} for url in urls]


def plans_for(world: WorldServer, rude: int) -> dict[str, dict]:
    there, ca = world.connect_to(), str(world.ca_file)
    trusting = {"DATELINE_CONNECT_TO": there, "DATELINE_CACERT": ca}
    here = f"127.0.0.1:{world.http_port}"
    return {
        "dies": {
            "settings": trusting,
            "requests": asking(
                "http://plain.example/plain",
                then={
                    "url": "http://plain.example/dies-once",
                    "then": {
                        "url": "http://plain.example/plain?last",
                    },
                },
            ),
        },
        "copied meta": {
            "settings": trusting,
            "requests": asking(
                "http://plain.example/redirect-bodiless",
                shares_meta=True,
                then={
                    "url": "http://plain.example/plain",
                    "meta": {
                        "dateline_found_by": "citation",
                        "dateline_via": "http://user:secret@plain.example/article#part",
                        "dateline_via_record": "urn:uuid:article",
                        "dateline_robots": "allowed",
                        "dateline_note": {"block": "3"},
                    },
                },
            ),
        },
        "trusted": {
            "settings": trusting,
            "requests": asking(
                "https://safe.example/plain",
                "https://safe.example./plain",
                "https://wrong.example/plain",
            ),
        },
        "untrusted": {
            "settings": {"DATELINE_CONNECT_TO": there},
            "requests": asking("https://safe.example/gzip"),
        },
        "strict": {
            "settings": {**trusting, "DATELINE_TLS_REQUIRE_VERIFIED": True},
            "requests": asking("https://safe.example/empty", "https://wrong.example/strict"),
        },
        "no tls": {
            "settings": {"DATELINE_CONNECT_TO": [f":443:127.0.0.1:{rude}"], "RETRY_TIMES": 0},
            "requests": asking("https://safe.example/plain"),
        },
        "address over tls": {
            "settings": {"DATELINE_ALLOW_PRIVATE": True, "DATELINE_CACERT": ca},
            "requests": asking(f"https://127.0.0.1:{world.https_port}/plain"),
        },
        "guarded": {
            "settings": {
                "DATELINE_CONNECT_TO": [
                    f"plain.example:80:{here}",
                    f"kept.example:::{world.http_port}",
                ]
            },
            "requests": asking(
                f"http://{here}/guarded",
                f"http://localhost:{world.http_port}/guarded",
                f"http://2130706433:{world.http_port}/guarded",
                f"http://0x7f.1:{world.http_port}/guarded",
                f"http://[::ffff:127.0.0.1]:{world.http_port}/guarded",
                "http://169.254.169.254/latest/meta-data/",
                f"http://plain.example/to?{here}",
            ),
        },
        "unguarded": {
            "settings": {"DATELINE_ALLOW_PRIVATE": True},
            "requests": asking(f"http://localhost:{world.http_port}/plain"),
        },
        "capped": {
            "settings": {**trusting, "DATELINE_BODY_MEMORY_BYTES": 1000},
            "requests": asking(*(f"http://plain.example/{name}" for name in CAPPED)),
        },
        "large": {
            "settings": trusting,
            "keeps_bytes": False,
            "requests": asking("http://plain.example/huge-12"),
        },
        "too large": {
            "settings": {**trusting, "DOWNLOAD_MAXSIZE": 50_000},
            "requests": asking(*(f"http://plain.example/{name}" for name in TOO_LARGE)),
        },
        "secrets": {
            "settings": trusting,
            "requests": asking(
                "http://user:s3cret@plain.example/odd#part",
                headers={
                    "Cookie": "sid=s3cret",
                    "Authorization": "Bearer s3cret",
                    "Proxy-Authorization": "Basic s3cret",
                    "X-Kept": "yes",
                },
            ),
        },
        "unreachable": {
            "settings": {
                "DATELINE_CONNECT_TO": [f"refused.example:80:127.0.0.1:{closed_port()}"],
                "RETRY_TIMES": 0,
            },
            "requests": asking(
                "http://refused.example/",
                "http://no-such-host.invalid/",
                f"http://{'l' * 64}.example/",
            ),
        },
        "proxy": {
            "settings": trusting,
            "requests": asking(
                "http://plain.example/plain", meta={"proxy": "http://proxy.example"}
            ),
        },
        "stopped by headers": {
            "settings": trusting,
            "stop_on": "headers_received",
            "requests": asking("http://plain.example/huge-12", "https://safe.example/huge-12"),
            "keeps_bytes": False,
        },
        "stopped by bytes": {
            "settings": trusting,
            "stop_on": "bytes_received",
            "stop_fails": True,
            "requests": asking("http://plain.example/slow", "https://safe.example/slow"),
        },
        "full store": {
            "settings": {**trusting, "CONCURRENT_REQUESTS": 1},
            "store_room": 1,
            "requests": asking("http://plain.example/plain", "http://plain.example/gzip"),
        },
        "no room to spool": {
            "settings": {
                **trusting,
                "DATELINE_SPOOL_MEMORY_BYTES": 100,
                "DATELINE_SPOOL_FOLDER": "/no/such/folder",
            },
            "requests": asking("http://plain.example/plain"),
        },
    }


CAPPED = ("capped", "capped-gzip", "capped-chunked", "empty")
TOO_LARGE = ("sized-too-large", "chunked-too-large", "framing")


@pytest.fixture(scope="module")
def ran():
    log = []
    with WorldServer(misbehave, hosts=NAMES, log=log.append) as world, rude_port() as rude:
        crawls = run(plans_for(world, rude))
        authority = world.ca_file.read_bytes()
    named = {name.replace(" ", "_"): crawl for name, crawl in crawls.items()}
    return SimpleNamespace(log=log, world=world, authority=authority, **named)


def test_twisteds_silent_retry_leaves_two_records(ran):
    first, second = ran.dies.all_of("http://plain.example/dies-once")
    assert first["request"] == second["request"] != b""
    assert first["failure"]["kind"] == "disconnect"
    assert first["response"] is None
    assert second["response"].endswith(HTML)
    assert second["connection"] != first["connection"]
    assert (second["origin"]["found_by"], second["origin"]["attempt"]) == ("retry", 2)
    outcome = ran.dies.outcome("http://plain.example/dies-once")
    assert len(outcome["captures"]) == 2
    assert outcome["capture"] == outcome["captures"][-1] == "urn:uuid:3"
    assert second["origin"]["via_record"] == outcome["captures"][0]
    assert ran.dies.stats["wire/silent_retries"] == 1


def test_request_on_a_fresh_page_forgets_the_captures_of_earlier_ones(ran):
    outcome = ran.dies.outcome("http://plain.example/plain?last")
    assert outcome["captures"] == ["urn:uuid:4"]
    assert ran.dies.exchange("http://plain.example/plain?last")["origin"]["via"] is None


def test_meta_copied_by_a_spider_makes_no_redirect(ran):
    origin = ran.copied_meta.exchange("http://plain.example/plain")["origin"]
    assert origin["found_by"] == "citation"
    assert origin["via"] == "http://plain.example/article"
    assert origin["via_record"] == "urn:uuid:article"
    assert origin["requested_url"] is None
    assert (origin["robots"], origin["note"]) == ("allowed", {"block": "3"})


def test_verified_certificate_chain_is_that_of_the_connection(ran):
    exchange = ran.trusted.exchange("https://safe.example/plain")
    tls = exchange["tls"]
    assert tls["is_verified"] is True
    assert tls["verify_error"] is None
    assert (tls["protocol"], tls["sni"], tls["alpn"]) == ("tls/1.3", "safe.example", "http/1.1")
    assert tls["cipher"].startswith("TLS_")
    assert len(tls["chain"]) >= 1
    leaf = x509.load_der_x509_certificate(tls["chain"][0])
    leaf.verify_directly_issued_by(x509.load_pem_x509_certificate(ran.authority))
    assert exchange["peer"] == "127.0.0.1"
    outcome = ran.trusted.outcome("https://safe.example/plain")
    assert outcome["flags"] == []
    assert outcome["has_certificate"]
    assert outcome["ip_address"] == "127.0.0.1"


def test_absolute_name_is_asked_for_and_verified_without_its_dot(ran):
    exchange = ran.trusted.exchange("https://safe.example./plain")
    assert exchange["tls"]["sni"] == "safe.example"
    assert exchange["tls"]["is_verified"] is True
    assert b"\r\nHost: safe.example.\r\n" in exchange["request"]


def test_certificate_for_another_host_is_marked_and_the_page_is_kept(ran):
    tls = ran.trusted.exchange("https://wrong.example/plain")["tls"]
    assert tls["is_verified"] is False
    assert tls["verify_error"] == "certificate is not for wrong.example"
    assert tls["sni"] == "wrong.example"
    outcome = ran.trusted.outcome("https://wrong.example/plain")
    assert outcome["flags"] == ["tls-unverified"]
    assert outcome["body"] == HTML


def test_certificate_of_an_unknown_authority_is_marked_and_the_page_is_kept(ran):
    tls = ran.untrusted.exchange("https://safe.example/gzip")["tls"]
    assert tls["is_verified"] is False
    assert "certificate" in tls["verify_error"]
    outcome = ran.untrusted.outcome("https://safe.example/gzip")
    assert outcome["flags"] == ["tls-unverified"]
    assert outcome["body"] == HTML
    assert ran.untrusted.stats["wire/tls_unverified"] == 1


def test_where_it_must_verify_no_byte_of_the_request_leaves(ran):
    assert ran.strict.outcome("https://safe.example/empty")["error"] is None
    exchange = ran.strict.exchange("https://wrong.example/strict")
    assert exchange["failure"]["kind"] == "tls"
    assert exchange["request"] == b""
    assert exchange["response"] is None
    assert exchange["tls"]["is_verified"] is False
    assert exchange["tls"]["chain"]
    assert ran.strict.outcome("https://wrong.example/strict")["error"] == "CertificateRefused"
    assert not [served for served in ran.log if served.path == "/strict"]


def test_peer_without_tls_is_a_tls_failure_and_nothing_was_sent(ran):
    [exchange] = ran.no_tls.exchanges
    assert exchange["failure"]["kind"] == "tls"
    assert exchange["request"] == b""
    assert exchange["response"] is None
    assert exchange["peer"] == "127.0.0.1"


def test_address_in_a_url_is_verified_as_an_address_without_sni(ran):
    [exchange] = ran.address_over_tls.exchanges
    assert exchange["tls"]["sni"] is None
    assert exchange["tls"]["is_verified"] is True
    assert exchange["addresses"] == []


def test_private_addresses_are_refused_in_every_spelling_and_on_every_hop(ran):
    refused = [e for e in ran.guarded.exchanges if e["failure"] is not None]
    assert len(refused) == 7
    for exchange in refused:
        assert exchange["failure"]["kind"] == "address-refused"
        assert exchange["request"] == b""
        assert exchange["peer"] is None
    assert not [served for served in ran.log if served.path == "/guarded"]
    errors = {o["error"] for o in ran.guarded.outcomes}
    assert errors == {"AddressRefused"}
    assert ran.guarded.stats["wire/failures/address-refused"] == 7


def test_refusal_names_the_whole_dns_answer(ran):
    [exchange] = [e for e in ran.guarded.exchanges if "localhost" in e["url"]]
    assert "127.0.0.1" in exchange["addresses"]


def test_redirect_to_a_private_address_is_refused_and_knows_where_it_came_from(ran):
    hop = ran.guarded.exchanges[0]
    [last] = [e for e in ran.guarded.exchanges if e["origin"]["found_by"] == "redirect"]
    assert last["failure"]["kind"] == "address-refused"
    assert last["origin"]["via"].startswith("http://plain.example/to?")
    assert hop is not last


def test_private_addresses_are_reached_where_that_was_asked_for(ran):
    [exchange] = ran.unguarded.exchanges
    assert exchange["status"] == 200
    assert exchange["peer"] in exchange["addresses"]


def test_connect_to_leaves_host_header_and_url_alone(ran):
    exchange = ran.trusted.exchange("https://safe.example/plain")
    assert b"\r\nHost: safe.example\r\n" in exchange["request"]
    assert exchange["peer_port"] == ran.world.https_port


def test_large_body_is_whole_in_the_record_and_capped_for_the_spider(ran):
    record = ran.capped.exchange("http://plain.example/capped")
    outcome = ran.capped.outcome("http://plain.example/capped")
    assert record["response"].endswith(b"\r\n\r\n" + b"x" * 5000)
    assert record["truncated"] is None
    assert outcome["body"] == b"x" * 1000
    assert outcome["flags"] == ["body-capped"]
    chunked = ran.capped.outcome("http://plain.example/capped-chunked")
    assert (chunked["body"], chunked["flags"]) == (b"y" * 1000, ["body-capped"])
    assert ran.capped.outcome("http://plain.example/empty")["flags"] == []


def test_capped_encoded_body_is_left_out_rather_than_cut(ran):
    record = ran.capped.exchange("http://plain.example/capped-gzip")
    outcome = ran.capped.outcome("http://plain.example/capped-gzip")
    assert len(gzip.decompress(record["response"][record["head_bytes"] :])) == 9000
    assert (outcome["body"], outcome["flags"]) == (b"", ["body-capped"])
    assert "Content-Encoding" not in outcome["header_names"]


def test_body_beyond_memory_goes_through_a_file(ran):
    [exchange] = ran.large.exchanges
    assert exchange["response_bytes"] - exchange["head_bytes"] == 12 << 20
    [outcome] = ran.large.outcomes
    assert outcome["body_bytes"] == 8 << 20
    assert outcome["flags"] == ["body-capped"]


@pytest.mark.parametrize("name", TOO_LARGE)
def test_body_past_the_limit_is_cut_and_the_record_says_so(ran, name):
    url = f"http://plain.example/{name}"
    exchange = ran.too_large.exchange(url)
    assert exchange["truncated"] == "length"
    assert exchange["failure"]["kind"] == "too-large"
    [served] = [s for s in ran.log if s.path == f"/{name}"]
    assert served.response.startswith(exchange["response"])
    assert exchange["response"] != b""
    assert ran.too_large.outcome(url)["error"] == "BodyTooLarge"


def test_credentials_are_neither_sent_nor_recorded(ran):
    [exchange] = ran.secrets.exchanges
    assert exchange["url"] == "http://plain.example/odd"
    assert b"s3cret" not in exchange["request"]
    assert b"X-Kept: yes" in exchange["request"]
    [served] = [s for s in ran.log if b"X-Kept" in s.request]
    assert served.request == exchange["request"]
    assert ran.secrets.stats["wire/credentials_dropped"] == 4
    assert "s3cret" not in ran.secrets.outcomes[0]["url"]


def test_cookies_that_the_server_sets_stay_in_the_record(ran):
    [exchange] = ran.secrets.exchanges
    assert b"\r\nSeT-cOOkie: a=1\r\n" in exchange["response"]
    assert b"\r\nset-cookie: b=2; Path=/\r\n" in exchange["response"]


@pytest.mark.parametrize(
    ("url", "kind", "error"),
    [
        ("http://refused.example/", "connect", "DownloadConnectionRefusedError"),
        ("http://no-such-host.invalid/", "dns", "CannotResolveHostError"),
        (f"http://{'l' * 64}.example/", "dns", "CannotResolveHostError"),
    ],
)
def test_failure_without_a_connection_is_recorded(ran, url, kind, error):
    exchange = ran.unreachable.exchange(url)
    assert exchange["failure"]["kind"] == kind
    assert exchange["failure"]["detail"]
    assert exchange["request"] == b""
    assert exchange["response"] is None
    assert (exchange["connection"], exchange["peer"], exchange["tls"]) == (0, None, None)
    outcome = ran.unreachable.outcome(url)
    assert outcome["error"] == error
    assert len(outcome["captures"]) == 1


def test_proxy_is_refused_before_anything_is_sent(ran):
    [outcome] = ran.proxy.outcomes
    assert outcome["error"] == "NotSupported"
    assert "prox" in outcome["detail"]
    assert ran.proxy.exchanges == []


@pytest.mark.parametrize("when", ["headers", "bytes"])
def test_download_stopped_on_purpose_is_cut_but_no_failure(ran, when):
    crawl = getattr(ran, f"stopped_by_{when}")
    assert len(crawl.exchanges) == 2
    for exchange in crawl.exchanges:
        assert exchange["truncated"] == "length"
        assert exchange["failure"] is None
        assert exchange["status"] == 200
    errors = {outcome["error"] for outcome in crawl.outcomes}
    assert errors == ({None} if when == "headers" else {"StopDownload"})


def test_page_that_could_not_be_kept_never_reaches_the_spider(ran):
    kept, lost = ran.full_store.outcomes
    assert kept["error"] is None
    assert (lost["error"], lost["detail"]) == ("StoreUnavailable", "the disk is full")


def test_response_that_cannot_be_spooled_is_a_store_failure(ran):
    [outcome] = ran.no_room_to_spool.outcomes
    assert outcome["error"] == "StoreUnavailable"
    [told] = ran.no_room_to_spool.exchanges
    assert told["lost"].startswith("no room for a response")


@pytest.mark.soak
def test_body_of_200_mb_costs_less_than_100_mb():
    with WorldServer(misbehave, hosts=NAMES) as world:
        settings = {"DATELINE_CONNECT_TO": world.connect_to()}
        crawls = run(
            {
                "small": {"settings": settings, "requests": asking("http://plain.example/plain")},
                "large": {
                    "settings": settings,
                    "keeps_bytes": False,
                    "requests": asking("http://plain.example/huge-200"),
                },
            }
        )
    [exchange] = crawls["large"].exchanges
    assert exchange["response_bytes"] - exchange["head_bytes"] == 200 << 20
    assert crawls["large"].peak_kib - crawls["small"].peak_kib < 100 << 10
