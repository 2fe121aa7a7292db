import ipaddress

from archive.warc.facts import run_fields, run_of
from archive.warc.fields import read_fields, write_fields
from crawler.running.circumstances import (
    circumstances,
    clock_state,
    configuration_digest,
    egress_address,
)
from tests.archive.generated import new_run


def test_equal_settings_have_equal_digests_and_others_another():
    assert configuration_digest({"A": 1, "B": "x"}) == configuration_digest({"B": "x", "A": 1})
    assert configuration_digest({"A": 1}) != configuration_digest({"A": 2})
    assert configuration_digest({}).startswith("sha256:")


def test_the_clock_is_asked_and_the_address_is_one():
    assert clock_state() in {"synchronised", "not synchronised", "unknown"}
    address = egress_address()
    assert address is None or ipaddress.ip_address(address)


def test_a_run_keeps_its_circumstances_in_its_record():
    from dataclasses import replace

    run = replace(new_run("run-1"), circumstances=circumstances({"A": "\ud800"}))
    assert run_of(read_fields(write_fields(run_fields(run)))) == run
    assert set(run.circumstances) >= {"configuration", "clock"}
