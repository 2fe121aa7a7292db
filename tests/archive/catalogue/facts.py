"""Facts to catalogue, made by hand and by Hypothesis."""

import datetime as dt
import uuid

from hypothesis import strategies as st

from archive.catalogue import CatalogueWriter
from archive.digest import Digest
from archive.model import (
    Article,
    BlockType,
    BodyBlock,
    CanonicalClaim,
    Capture,
    CaptureKind,
    Citation,
    Locator,
    Reading,
    Relation,
    Run,
    Verdict,
)

BEGAN = dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)
READER = "dateline-reader/1"
RUN = Run(
    run_id="run-1",
    began_at=BEGAN,
    software="dateline/0.1",
    user_agent="dateline",
    robots="classic",
    hostname="host",
    settings={"urls": "1"},
)
STORY = " ".join(f"word{number}" for number in range(60))


def opened(path) -> CatalogueWriter:
    """A writer that does not wait for the disk: no test here pulls the plug."""
    writer = CatalogueWriter.open(path)
    writer._connection.execute("PRAGMA synchronous = OFF")
    return writer


def capture(number, url="https://news.example/2026/a-1", **fields):
    """The capture of that number, taken that many minutes after the first."""
    return Capture(
        **{
            "record_id": f"urn:uuid:{uuid.UUID(int=number)}",
            "kind": CaptureKind.RESPONSE,
            "url": url,
            "method": "GET",
            "captured_at": BEGAN + dt.timedelta(minutes=number),
            "run_id": RUN.run_id,
            "locator": Locator(warc="a.warc.gz", offset=number * 1000, length=900),
            "status": 200,
            "payload_digest": Digest.of(b"%d" % number),
            "payload_bytes": 9,
        }
        | fields
    )


def article(url="https://news.example/2026/a-1", text=STORY, canonical=None, amp=None, **fields):
    body = (BodyBlock(type=BlockType.PARAGRAPH, text=text),) if text else ()
    claim = CanonicalClaim(canonical_url=canonical, amp_url=amp)
    return Article(**{"url": url, "claim": claim, "headline": "Headline", "body": body} | fields)


def citation(post_id="1", **fields):
    return Citation(
        **{
            "platform": "x",
            "post_id": post_id,
            "url": f"https://x.com/i/status/{post_id}",
            "relation": Relation.EMBEDDED,
            "form": "blockquote",
        }
        | fields
    )


def add(writer: CatalogueWriter, number, found=None, *, reader=READER, **fields):
    """Catalogue a capture and its reading; what became of it."""
    verdict = Verdict.CONTENT if found is not None else Verdict.GONE
    kept = capture(number, **({"url": found.url} if found is not None else {}) | fields)
    reading = Reading(record_id=kept.record_id, reader=reader, verdict=verdict, article=found)
    with writer.batch():
        writer.add_run(RUN)
        writer.add_capture(kept)
        return writer.add_reading(reading)


SITES = ("https://a.example", "https://www.b.example", "https://me.github.io")
PATHS = ("/", "/hub", "/2026/s-1", "/2026/s-1/amp", "/2026/s-2")
PAGES = st.builds("{}{}".format, st.sampled_from(SITES), st.sampled_from(PATHS))
ARTICLES = st.builds(
    article,
    url=PAGES,
    text=st.sampled_from(["", "short", STORY, STORY.upper(), f"{STORY} And a tail."]),
    canonical=st.none() | PAGES,
    amp=st.none() | PAGES,
    headline=st.sampled_from([None, "One", "Two"]),
    posts=st.lists(
        st.builds(
            citation,
            st.sampled_from(["1", "2"]),
            claimed_text=st.sampled_from([None, "said"]),
            url=st.sampled_from(["https://x.com/i/status/1", "https://x.com/u/status/1"]),
        ),
        max_size=2,
    ).map(tuple),
    section=st.sampled_from([None, "s"]),
)


@st.composite
def crawls(draw, max_size=7):
    """Captures and their readings; several readers may have read one capture."""
    found = draw(st.lists(st.none() | ARTICLES, min_size=1, max_size=max_size))
    captures = [
        capture(
            number,
            url=page.url if page is not None else SITES[0],
            captured_at=BEGAN + dt.timedelta(minutes=draw(st.integers(0, 2))),
            requested_url=draw(st.none() | PAGES),
        )
        for number, page in enumerate(found)
    ]
    readings = [
        Reading(
            record_id=kept.record_id,
            reader=reader,
            verdict=Verdict.CONTENT if page is not None else Verdict.GONE,
            article=page,
        )
        for kept, page in zip(captures, found, strict=True)
        for reader in draw(st.sampled_from([["r/1.9"], ["r/1.9", "r/1.10"]]))
    ]
    return captures, readings
