"""What a picture's bytes are: by its first bytes, bounded, whatever it says of itself."""

import io
import struct
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive import Digest, Verdict
from crawler.demo.picture import landscape
from crawler.extract.page import Page
from crawler.media import perceptual as hashing
from crawler.media.header import Header, header_of
from crawler.media.perceptual import MOST_PIXELS, is_available, perceptual
from crawler.media.reading import READER, read_picture

PHOTO = landscape("quay")
needs_extra = pytest.mark.skipif(not is_available(), reason="needs dateline[media]")


def jpeg(width, height):
    """Headers only: an APP0, a table that holds an FF C0, the frame."""
    app0 = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)
    table = b"\xff\xdb" + struct.pack(">H", 9) + b"\xff\xc0\0\x11\x08\x01\x01"
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + app0 + table + frame


def png(width, height):
    data = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + data + struct.pack(">I", zlib.crc32(data))
    return b"\x89PNG\r\n\x1a\n" + chunk


def webp(kind, data):
    return b"RIFF" + struct.pack("<I", 40) + b"WEBP" + kind + struct.pack("<I", 20) + data


HEADERS = [
    (jpeg(640, 360), Header(type="image/jpeg", width=640, height=360)),
    (png(640, 360), Header(type="image/png", width=640, height=360)),
    (b"GIF89a" + struct.pack("<HH", 640, 360), Header(type="image/gif", width=640, height=360)),
    (
        webp(b"VP8 ", b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", 640, 360) + bytes(9)),
        Header(type="image/webp", width=640, height=360),
    ),
    (
        webp(b"VP8L", b"\x2f" + struct.pack("<I", 639 | 359 << 14) + bytes(20)),
        Header(type="image/webp", width=640, height=360),
    ),
    (
        webp(b"VP8X", bytes(4) + (639).to_bytes(3, "little") + (359).to_bytes(3, "little")),
        Header(type="image/webp", width=640, height=360),
    ),
    (
        b"\0\0\0\x1cftypavif" + bytes(40) + b"ispe" + bytes(4) + struct.pack(">II", 640, 360),
        Header(type="image/avif", width=640, height=360),
    ),
    (b"GIF89a", Header(type="image/gif")),
    (b"\xff\xd8\xff\xd9", Header(type="image/jpeg")),
    (png(0, 7), Header(type="image/png")),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
    (b"<!doctype html><title>Log in</title>", None),
    (b"", None),
]


@pytest.mark.parametrize(("data", "expected"), HEADERS)
def test_type_and_size_come_from_the_first_bytes(data, expected):
    assert header_of(data) == expected


@given(st.sampled_from([data for data, _ in HEADERS]), st.binary(max_size=200), st.data())
@example(b"\xff\xd8", b"\xff" * 200, None)
def test_no_bytes_break_the_header_s_reader(opening, rest, data):
    cut = opening if data is None else opening[: data.draw(st.integers(0, len(opening)))]
    found = header_of(cut + rest)
    assert found is None or found.type.startswith("image/")


def read(body=PHOTO, status=200, **fields):
    page = Page(
        **{
            "url": "https://a.example/p.png",
            "status": status,
            "body": body,
            "content_type": "image/png",
        }
        | fields
    )
    return read_picture(page, "urn:uuid:1")


def test_a_picture_is_known_by_the_digest_of_its_bytes():
    found = read(content_type="text/plain")
    assert found.verdict is Verdict.CONTENT
    assert found.picture.digest == Digest.of(PHOTO)
    assert (found.picture.type, found.picture.size_bytes) == ("image/png", len(PHOTO))
    assert (found.picture.width, found.picture.height) == (640, 360)


@pytest.mark.parametrize(
    ("how", "verdict"),
    [
        ({"status": 404}, Verdict.GONE),
        ({"status": 410}, Verdict.GONE),
        ({"status": 403}, Verdict.ERROR_PAGE),
        ({"body": b"<!doctype html>", "content_type": "text/html"}, Verdict.ERROR_PAGE),
        ({"is_whole": False}, Verdict.UNREADABLE),
    ],
)
def test_what_is_no_whole_picture_says_why(how, verdict):
    found = read(**how)
    assert (found.verdict, found.picture) == (verdict, None)
    assert found.reason


def test_without_the_extra_all_but_the_hash_is_read(monkeypatch):
    for module in ("crawler.media.reading", "crawler.media.perceptual"):
        monkeypatch.setattr(f"{module}.is_available", lambda: False)
    found = read()
    assert (found.reader, found.picture.pdq, found.picture.width) == (READER, None, 640)


@needs_extra
def test_a_picture_made_smaller_and_encoded_anew_has_nearly_the_same_hash():
    from PIL import Image

    picture = Image.open(io.BytesIO(PHOTO)).convert("RGB")
    made = io.BytesIO()
    picture.resize((480, 270)).save(made, "JPEG", quality=80)
    one, other, stranger = (
        int(read(data).picture.pdq, 16) for data in (PHOTO, made.getvalue(), landscape("hills"))
    )
    assert (one ^ other).bit_count() <= 31
    assert (one ^ stranger).bit_count() > 60


@needs_extra
def test_a_picture_of_too_many_pixels_is_kept_and_not_decoded(monkeypatch):
    monkeypatch.setattr(hashing, "_pixels", lambda *_: pytest.fail("it was decoded"))
    side = int(MOST_PIXELS**0.5) + 1
    found = read(png(side, side))
    assert (found.picture.width, found.picture.pdq) == (side, None)


@needs_extra
@pytest.mark.parametrize("data", [png(640, 360), PHOTO[:400], jpeg(8, 8), b"GIF89a\1\0\1\0\0"])
def test_a_broken_picture_has_no_hash_and_breaks_nothing(data):
    found = read(data)
    assert found.verdict is Verdict.CONTENT
    assert found.picture.pdq is None


@needs_extra
def test_a_picture_that_lies_about_its_size_is_not_believed():
    """Its header is small; what Pillow finds inside is bounded all the same."""
    assert perceptual(PHOTO, Header(type="image/jpeg", width=1, height=1)) is None
