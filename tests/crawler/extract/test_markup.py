import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.document.markup import decode, parse
from crawler.extract.page import Page


def text_of(body, content_type=None):
    return decode(Page(url="https://a.example/", body=body, content_type=content_type))


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (b"\xef\xbb\xbfcaf\xc3\xa9", "text/html; charset=iso-8859-1", "café"),
        ("café".encode("utf-16"), None, "café"),
        (b"caf\xe9", "text/html; charset=iso-8859-1", "café"),
        (b"\x93quoted\x94", "text/html; charset=iso-8859-1", "“quoted”"),
        ("новости".encode("cp1251"), "text/html; charset=windows-1251", "новости"),
        ("北京".encode("gbk"), "text/html; charset=gb2312", "北京"),
        (b"\x1b$BElEl\x1b(B", "text/html; charset=iso-2022-jp", "東東"),
        (b"caf\xe9", None, "café"),
    ],
)
def test_charset_is_found_where_the_standard_says(body, content_type, text):
    assert text_of(body, content_type) == text


def test_meta_names_the_charset_where_the_header_does_not():
    body = '<meta charset="koi8-r"><p>Привет'.encode("koi8-r")
    assert text_of(body, "text/html").endswith("Привет")


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "shift_jis", "utf-16"])
def test_valid_utf_8_is_utf_8_whatever_the_label_says(label):
    assert text_of("naïve “quotes”".encode(), f"text/html; charset={label}") == "naïve “quotes”"


def test_a_cut_last_character_and_a_rare_broken_byte_leave_utf_8_alone():
    assert text_of("schöön".encode()[:-1] + b"\xc3").startswith("schöö")
    assert "größer" in text_of(("größer " * 50).encode() + b"\xff" + "größer".encode())


@pytest.mark.parametrize(
    "label", ["punycode", "unicode_escape", "rot13", "base64", "utf-7", "nope"]
)
def test_python_codecs_that_are_no_charset_are_refused(label):
    assert text_of(b"+ADw-plain \\x41", f"text/html; charset={label}") == "+ADw-plain \\x41"


def test_nul_and_control_characters_are_gone():
    assert text_of(b"a\0b\x01\x0bc\td\n") == "abc\td\n"


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=40)))
def test_no_bytes_and_no_header_break_decoding_or_parsing(body, content_type):
    assert parse(text_of(body, content_type)).root is not None
