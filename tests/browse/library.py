"""A small archive of its own: an edit, a page that went, posts that went, and hostile words."""

import datetime as dt
import struct
import zlib
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

from archive import (
    Archive,
    Article,
    Author,
    BlockType,
    BodyBlock,
    Citation,
    Dateline,
    FactSource,
    Moment,
    Origin,
    PollOption,
    PostAnswer,
    PostAuthor,
    PostFacts,
    PostMedia,
    PostPoll,
    PostState,
    QuotedPost,
    Reading,
    Relation,
    Run,
    Verdict,
)
from crawler.schedule.intervals import Bounds, Rhythm
from crawler.state.database import FILE_NAME, open_state
from crawler.watch.rhythms import Rhythms
from crawler.watch.room import ROOM
from crawler.watch.tallies import Tallies
from tests.strategies import exchange

STORY = "https://news.example/2026/bridge"
COPY = "https://other.example/wire/bridge"
GONE = "https://news.example/2026/leak"
HOSTILE = "https://evil.example/2026/injections"
WIRE = "https://wire.example/2026/levels"
RETOLD = "https://late.example/2026/levels-again"
ARABIC = "https://ar.example/2026/jisr"
PICTURE = "https://pictures.example/flood.png"
DRAWING = "https://pictures.example/flood.svg"
DELETED = "x:2119547383377059841"
EDITED = "mastodon:social.example/117583121449751143"
EVIL = (
    (
        "<script>document.title='owned'</script>"
        "<img src=x onerror=\"document.title='owned'\">"
        "\"'><svg onload=document.title='owned'></title></style></textarea>"
        "{{ 7 * 7 }}{% raw %}&lt;\u202ebackwards\x00\ud800"
    )
    .replace("\x00", "\x01")
    .replace("\ud800", "")
)
SCRIPT_URL = "javascript:document.title='owned'"
BEGAN = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
FIRST = (
    "The bridge over the Calder closed at a quarter to ten, the county said.",
    "Nobody was hurt, and eleven people were brought to safety by the fire service.",
    "The county has promised a report before the end of the year.",
)
SECOND = (FIRST[0], FIRST[1].replace("eleven", "fourteen"), FIRST[2])
LEVELS = (
    (
        "The river stood at four metres and seventy centimetres at the old gauge on Sunday "
        "evening, a hand above the mark of the flood of 1962, and it was still rising when the "
        "volunteers who read it went home."
    ),
    (
        "Water came over the lower road shortly before ten, and the county closed the bridge to "
        "all but the fire service, which brought people from the farms on the far bank."
    ),
    (
        "By Monday noon the level had fallen by a metre, the ferry sailed again, and the engineers "
        "who looked at the piers found nothing that would keep the bridge closed for long."
    ),
)
HARBOUR = ("The harbour pays twice what its neighbours do, a leaked table of its fees shows.",)
SAID = "Saltmarsh Bridge is CLOSED in both directions: water over the deck. #CalderFlood"


def png(size=96):
    """A plain picture."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + bytes((30, 90, 120)) * size for _ in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def article(url, headline, texts=FIRST, **given):
    """An article of plain paragraphs."""
    values = {
        "url": url,
        "headline": headline,
        "authors": (Author(name="Noor Feld"),),
        "published_at": Moment(
            on=dt.date(2026, 11, 9), at=dt.datetime(2026, 11, 9, 15, 20, tzinfo=dt.UTC)
        ),
        "dateline": Dateline(raw="SALTMARSH —", place="Saltmarsh"),
        "language": "en",
        "section": "Verification",
        "site_name": "The News",
        "body": tuple(BodyBlock(type=BlockType.PARAGRAPH, text=text) for text in texts),
    }
    return Article(**{**values, **given})


def citation(key, **given):
    platform, _, post_id = key.partition(":")
    values = {
        "platform": platform,
        "post_id": post_id,
        "url": f"https://{platform}.example/{post_id}",
        "relation": Relation.EMBEDDED,
        "form": "blockquote",
    }
    return Citation(**{**values, **given})


def answer(key, state=PostState.OK, facts=None, **given):
    platform, _, post_id = key.partition(":")
    return PostAnswer(
        platform=platform,
        post_id=post_id,
        url=f"https://{platform}.example/{post_id}",
        rung="status",
        grade="platform-api",
        state=state,
        facts=facts,
        **given,
    )


def facts(text, **given):
    values = {
        "author": PostAuthor(handle="calder_alerts", name="Calder County Alerts"),
        "text": text,
        "language": "en",
        "posted_at": dt.datetime(2026, 11, 8, 21, 47, 30, tzinfo=dt.UTC),
    }
    named = {**values, **given}
    return PostFacts(**named, sources=dict.fromkeys(named, FactSource.API))


class Builder:
    """Keeps exchanges and readings one after the other, an hour apart."""

    def __init__(self, archive, run_id):
        self._archive = archive
        self._run_id = run_id
        self._at = BEGAN

    def keep(self, url, body=b"<p>news</p>", *, kind="text/html", status="200 OK"):
        self._at += HOUR
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        whole = head.encode() + body
        origin = Origin(run_id=self._run_id, found_by="argument", robots="allowed")
        made = exchange(whole, url=url, origin=origin)
        return self._archive.keep(
            replace(made, began_at=self._at, ended_at=self._at + HOUR / 3600)
        ).result(30)

    def read(self, url, *, verdict=Verdict.CONTENT, body=None, status="200 OK", **found):
        words = body or f"<p>{len(str(found))} {self._at}</p>".encode()
        capture = self.keep(url, words, status=status)
        reader = "posts-1" if "answer" in found else "3"
        reading = Reading(record_id=capture.record_id, reader=reader, verdict=verdict, **found)
        self._archive.record(reading).result(30)
        return capture


def bridge(texts):
    """The article about the bridge, with two posts in their places."""
    blocks = [BodyBlock(type=BlockType.PARAGRAPH, text=text) for text in texts]
    blocks.insert(1, BodyBlock(type=BlockType.POST, text="", post=DELETED))
    blocks.insert(3, BodyBlock(type=BlockType.POST, text="", post=EDITED))
    posts = (
        citation(
            DELETED,
            block=1,
            claimed_handle="calder_alerts",
            claimed_text=SAID,
            claimed_on=dt.date(2026, 11, 12),
            id_at=dt.datetime(2026, 11, 8, 21, 47, tzinfo=dt.UTC),
        ),
        citation(EDITED, block=3),
    )
    return article(
        STORY,
        "The night the Saltmarsh Bridge closed",
        body=tuple(blocks),
        posts=posts,
        image=PICTURE,
    )


def hostile():
    """An article that is nothing but attacks."""
    key = f"evil:{EVIL}"
    kinds = [kind for kind in BlockType if kind is not BlockType.LIST]
    blocks = [BodyBlock(type=kind, text=EVIL, level=2, url=SCRIPT_URL) for kind in kinds]
    blocks.append(BodyBlock(type=BlockType.LIST, text=EVIL, items=(EVIL, EVIL)))
    claimed = {
        "claimed_handle": EVIL,
        "claimed_name": EVIL,
        "claimed_text": EVIL,
        "hashtags": (EVIL,),
    }
    return article(
        HOSTILE,
        EVIL,
        body=tuple(blocks),
        subtitle=EVIL,
        section=EVIL,
        site_name=EVIL,
        language='en" onload="document.title=1',
        authors=(Author(name=EVIL),),
        agencies=(EVIL,),
        image=SCRIPT_URL,
        image_credit=EVIL,
        partial=EVIL,
        dateline=Dateline(raw=EVIL, place=EVIL),
        published_at=Moment(on=dt.date(2026, 11, 10), raw=EVIL),
        posts=(citation(key, url=SCRIPT_URL, block=0, **claimed),),
        quoted=(QuotedPost(platform=EVIL, **claimed),),
    )


def build(root, keys):
    """Make the archive at `root`."""
    run = Run(
        run_id="20261120T093000Z-test",
        began_at=BEGAN,
        software="dateline/test",
        user_agent="dateline <script>",
        robots="classic",
        hostname="host",
        case="flood",
        note=EVIL,
    )
    with Archive.open(root, run=run, keys=keys) as archive:
        made = Builder(archive, run.run_id)
        made.keep(PICTURE, png(), kind="image/png")
        made.keep(DRAWING, b"<svg xmlns='http://www.w3.org/2000/svg'/>", kind="image/svg+xml")
        made.read(GONE, article=article(GONE, "What the harbour pays for its fees", HARBOUR))
        made.read(COPY, article=article(COPY, "Bridge closed, says county", FIRST))
        made.read(STORY, article=bridge(FIRST))
        made.read(STORY, article=bridge(SECOND))
        made.read(GONE, verdict=Verdict.GONE, status="410 Gone")
        media = PostMedia(type="image", url=PICTURE, alt="Water over a road", is_sensitive=True)
        api = "https://api.example/"
        made.read(f"{api}1", answer=answer(DELETED, facts=facts(SAID)))
        made.read(f"{api}1", answer=answer(DELETED, PostState.DELETED, reason="gone"))
        made.read(
            f"{api}2", answer=answer(EDITED, facts=facts("High water 4.78 m", media=(media,)))
        )
        poll = PostPoll(
            options=(
                PollOption(text="Close the lock", votes=1204),
                PollOption(text="سد", percent=7),
            ),
            voters=1290,
            ends_at=BEGAN,
            is_closed=True,
        )
        late = facts("High water 4.87 m, corrected", media=(media,), is_edited=True, poll=poll)
        made.read(f"{api}2", answer=answer(EDITED, facts=late))
        made.read(HOSTILE, article=hostile())
        evil = facts(
            EVIL,
            author=PostAuthor(handle=EVIL, name=EVIL, url=SCRIPT_URL),
            title=EVIL,
            poll=PostPoll(options=(PollOption(text=EVIL),)),
        )
        made.read(f"{api}3", answer=answer(f"evil:{EVIL}", facts=evil))
        made.read(
            ARABIC,
            article=article(
                ARABIC,
                "أذربيجان تعيد فتح معبر بري",
                ("عبرت أول حافلة صباح الثلاثاء، وعلى متنها ثلاثون مسافرا.",),
                language="ar",
                site_name="راديو",
            ),
        )
        made.read(WIRE, article=article(WIRE, "The river at its highest", LEVELS))
        retold = (*LEVELS, "The mayor thanked everybody.")
        made.read(RETOLD, article=article(RETOLD, "River falls after record", retold))
    watch(root, run.run_id)


def watch(root, run_id):
    """A source that was watched and is well, and one that fails and has a hostile name."""
    with closing(open_state(root / FILE_NAME, ROOM)) as state:
        rhythms = Rhythms(state, bounds=Bounds())
        tallies = Tallies(state, run_id=run_id)
        for name in ("the-news", EVIL):
            source = SimpleNamespace(name=name, every=None)
            failing = {"failures": 9, "failing_since": BEGAN - 3 * dt.timedelta(days=1)}
            rhythm = Rhythm(interval=HOUR, asked_at=BEGAN, **(failing if name == EVIL else {}))
            rhythms.keep(source, rhythm)
            tally = tallies.of(name)
            tally.documents, tally.links, tally.new = 1, 20, 4
            tally.failures = [EVIL] if name == EVIL else []
            for seen in ("text", "text", "wall"):
                tally.see(seen)
            feed = f"https://news.example/{len(name)}.xml"
            rhythms.note_read(name, feed, "urn:uuid:0", "feed", at=BEGAN)
        tallies.keep(BEGAN.timestamp())
