import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from archive.custody import note
from archive.custody.checkpoint import Checkpoint, FileDigest

# pkg.go.dev/golang.org/x/mod/sumdb/note, the package's own example
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
).encode()

SIGNER = note.Signer("test", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def test_the_published_note_is_read():
    key = note.Verifier.parse(VERIFIER)
    assert str(key) == VERIFIER
    text, signed = note.read(NOTE, [key])
    assert text.startswith("If you think")
    assert signed == [key]


@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_no_changed_byte_is_read(at, bits):
    changed = bytearray(NOTE)
    changed[at] ^= bits
    with pytest.raises(ValueError, match=r".+"):
        note.read(bytes(changed), [note.Verifier.parse(VERIFIER)])


def test_a_signature_of_another_key_alone_is_none():
    signed = note.sign("text\n", [SIGNER])
    with pytest.raises(ValueError, match="no signature of a known key"):
        note.read(signed, [note.Verifier.parse(VERIFIER)])
    both = signed + NOTE[NOTE.index("\u2014".encode()) :]
    assert note.read(both, [SIGNER.verifier]) == ("text\n", [SIGNER.verifier])


@pytest.mark.parametrize(
    "text", [VERIFIER[:-1], VERIFIER.replace("c7", "c8"), "", "a+b+c", "a b+0+"]
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        note.Verifier.parse(text)


@given(
    st.builds(
        Checkpoint,
        origin=st.just("dateline/log/0123"),
        size=st.integers(0, 10**12),
        root=st.binary(min_size=32, max_size=32),
        at=st.datetimes(timezones=st.just(dt.UTC)),
        previous=st.integers(0, 10**12),
        run_id=st.none() | st.just("20261122T170812Z-0123abcd"),
        report=st.none() | st.binary(min_size=32, max_size=32),
        wacz_key=st.none() | st.just("MFkw+/=="),
        files=st.lists(
            st.builds(
                FileDigest,
                name=st.just("dateline-1.warc.gz"),
                size_bytes=st.integers(0, 10**12),
                sha256=st.binary(min_size=32, max_size=32),
            ),
            max_size=2,
        ).map(tuple),
    )
)
def test_a_checkpoint_is_read_as_it_was_written(checkpoint):
    assert Checkpoint.parse(checkpoint.text()) == checkpoint
