"""Datelines whose end no dash marks: a desk's code, an outlet between bars, a bracketed place."""

import pytest

from crawler.extract.datelines.opening import read_dateline
from crawler.extract.datelines.place_witness import Setting

REST = "The ships left the harbour in the morning, and nobody has seen them since."


@pytest.mark.parametrize(
    ("language", "raw", "expected"),
    [
        ("de", "Ulm / pm", ("Ulm", None, "pm")),
        ("de", "Ulm / pm –", ("Ulm", None, "pm")),
        ("de", "Ulm/pm.", ("Ulm", None, "pm")),
        ("es", "Madrid. Europa Press", ("Madrid", None, "Europa Press")),
        ("es", "Bogotá. Prensa Latina", ("Bogotá", None, "Prensa Latina")),
        ("en", "Kampala, Uganda |", ("Kampala", "Uganda", None)),
        ("en", "Kampala, Uganda | THE HARBOUR |", ("Kampala", "Uganda", "THE HARBOUR")),
        ("fr", "(Montréal)", ("Montréal", None, None)),
    ],
)
def test_a_dateline_ends_where_its_signature_does(language, raw, expected):
    found = read_dateline(f"{raw} {REST}", setting=Setting(language=language))
    assert found is not None
    assert (found.raw, found.place, found.country, found.agency) == (raw, *expected)


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("en", "Kampala |"),  # a bar parts a name from anything
        ("en", "(Montreal)"),
        ("fr", "(Actualisé)"),
        ("de", "Hin / her"),
        ("de", "Ulm / München"),
        ("es", "Madrid. Europa"),
        ("en", "Harbour, News |"),
    ],
)
def test_what_only_looks_like_one_is_none(language, opening):
    assert read_dateline(f"{opening} {REST}", setting=Setting(language=language)) is None
