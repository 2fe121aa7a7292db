"""Whatever is changed in an archive behind its back, `verify` names it."""

import collections
import contextlib
import datetime as dt
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from archive import Archive, Failure, FailureKind, verify, withdraw
from archive.custody import note_event
from archive.digest import Digest
from archive.model import (
    ArchivedCopy,
    BlockType,
    BodyBlock,
    CanonicalClaim,
    Citation,
    Link,
    Picture,
    PostAnswer,
    PostAuthor,
    PostFacts,
    PostPointer,
    PostState,
    Reading,
    Relation,
    ShortLink,
    Verdict,
)
from archive.verification.derived import FACTS, compare, derive
from archive.verification.report import Report
from archive.warc.writer import WarcWriter
from tests.archive.generated import made, new_run, reading_of
from tests.archive.mutations import MUTATIONS, TABLES, Unfit, other
from tests.new_catalogues import migrate_quickly
from tests.strategies import chunked_page, gzip_page, page

WAIT_S = 30
STORY = (
    BodyBlock(
        type=BlockType.PARAGRAPH,
        text=" ".join(f"the river{n} rose and bridge{n} was closed" for n in range(60)),
    ),
)
READ = {*FACTS, "readings", "documents", "answers"}
"""The tables that the others follow from."""
KEY = "age1q7u3k03g2hgqmfcens8cxtccf5dmytmw2vy3kvgl4a3vhum54pqsjvzc48"
PICTURE = "http://img.example/lead.png"


def citing(capture):
    """A reading that fills the derived tables."""
    reading = reading_of(capture)
    posts = tuple(
        Citation(platform="x", post_id=str(number), url=f"https://x.com/a/status/{number}",
                 relation=Relation.LINKED, form="link", claimed_text=f"claim {number}")
        for number in range(2)
    )  # fmt: skip
    claim = CanonicalClaim(canonical_url=f"http://other.example/{capture.url[-1]}")
    links = (Link(url="https://t.co/abc", text="a post"),)
    article = replace(
        reading.article, posts=posts, claim=claim, links=links, image=PICTURE, body=STORY
    )
    return replace(reading, article=article)


def answering(capture, post_id, text):
    """A reading that fills the tables of posts."""
    told = PostAnswer(
        platform="x",
        post_id=post_id,
        url=f"https://x.com/a/status/{post_id}",
        rung="first",
        grade="platform-api",
        state=PostState.OK,
        facts=PostFacts(
            author=PostAuthor(handle="a"),
            text=text,
            metrics={"likes": 3},
            pointers=(PostPointer(relation="quoted", platform="x", post_id="9", url="u"),),
        ),
        same_as=(f"{post_id}0",),
    )
    return Reading(
        record_id=capture.record_id, reader="posts-1", verdict=Verdict.CONTENT, answer=told
    )


def showing(capture):
    picture = Picture(
        digest=Digest.of(b"picture"), type="image/png", size_bytes=7, width=2, height=2,
        pdq="0f" * 32, pdq_quality=100,
    )  # fmt: skip
    return Reading(
        record_id=capture.record_id, reader="media-1-pdq", verdict=Verdict.CONTENT, picture=picture
    )


def leading(capture):
    link = ShortLink(url="https://t.co/abc", platform="x", post_id="1", post_url="https://x.com/1")
    return Reading(
        record_id=capture.record_id, reader="posts-1", verdict=Verdict.NOT_A_PAGE, short_link=link
    )


def copying(capture):
    """A reading of a web archive's copy."""
    told = ArchivedCopy(
        url="http://news.example/0",
        archive="archive.example",
        memento_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )
    return replace(reading_of(capture), copy=told)


def finding_nothing(capture):
    return Reading(
        record_id=capture.record_id,
        reader="articles-1",
        verdict=Verdict.LOGIN_WALL,
        reason="a form for a password",
    )


def fill(root, keys):
    """A sound run, a killed one that is recovered, one that is exported; a capture withdrawn."""
    run = new_run("run-1")
    with Archive.open(root, run=run, keys=keys, max_warc_bytes=6000) as archive:
        for number, data in enumerate(
            (page(b"<p>one</p>"), chunked_page(b"<p>two</p>"), gzip_page(b"<p>three</p>"),
             page(b"<p>two</p>"), page(b""), None)
        ):  # fmt: skip
            refused = Failure(kind=FailureKind.CONNECT, detail="refused") if data is None else None
            url = f"http://news.example/{number}"
            capture = archive.keep(made("run-1", data, url=url, failure=refused)).result(WAIT_S)
            if data:
                archive.record(citing(capture)).result(WAIT_S)
        for number in range(2):
            url = f"http://api.example/{number}"
            capture = archive.keep(made("run-1", page(b"%d" % number), url=url)).result(WAIT_S)
            archive.record(answering(capture, str(number), f"claim {number}")).result(WAIT_S)
        hop = archive.keep(made("run-1", page(b"hop"), url="https://t.co/abc")).result(WAIT_S)
        archive.record(leading(hop)).result(WAIT_S)
        seen = archive.keep(made("run-1", page(b"picture"), url=PICTURE)).result(WAIT_S)
        archive.record(showing(seen)).result(WAIT_S)
        copied = archive.keep(made("run-1", page(b"copy"), url="http://archive.example/0"))
        archive.record(copying(copied.result(WAIT_S))).result(WAIT_S)
        wall = archive.keep(made("run-1", page(b"wall"), url="http://news.example/wall"))
        archive.record(finding_nothing(wall.result(WAIT_S))).result(WAIT_S)
        counts = {"kept": 12}
        archive.close(
            replace(run, ended_at=dt.datetime.now(dt.UTC), outcome="finished", counts=counts)
        )
    killed = WarcWriter(root / "warc", run=new_run("run-2"))
    killed.write_run(new_run("run-2"))
    killed.write(made("run-2", page(b"<p>four</p>")))
    killed.abandon()
    run = new_run("run-3")
    with Archive.open(root, run=run, keys=keys) as archive:
        assert archive.recovered
        archive.keep(made("run-3", page(b"<p>five</p>"))).result(WAIT_S)
        secret = archive.keep(made("run-3", page(b"<p>six</p>"))).result(WAIT_S)
        sealed = archive.keep(made("run-3", page(b"<p>seven</p>"))).result(WAIT_S)
        archive.close(replace(run, ended_at=dt.datetime.now(dt.UTC), outcome="finished"))
    note_event(root, "export", {"who": "A. N.", "what": "case.wacz", "sha256": "00"}, keys=keys)
    withdraw(root, [secret.record_id], reason="asked to", keys=keys)
    withdraw(root, [sealed.record_id], reason="by order", keys=keys, seal_to=KEY)
    return root


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    home = tmp_path_factory.mktemp("mutations")
    return fill(home / "archive", home / "keys")


def test_the_archive_to_be_changed_is_sound_and_has_every_kind_of_row(sound, derived):
    assert is_unnoticed(sound, derived)
    assert is_unnoticed(sound, None)
    report = verify(sound)
    assert report.faults == []
    assert report.notes == []
    assert report.checkpoints >= 5
    assert report.withdrawn == 2
    assert len(report.signers) == 1
    with closing(sqlite3.connect(sound / "catalogue.sqlite")) as catalogue:
        for table in TABLES:
            assert catalogue.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table


def check(sound, root, mutation, chance):
    """Whether the mutation could be made; it is named if so."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(sound, root)
    try:
        place = mutation(root, chance)
    except Unfit:
        return None
    faults = verify(root).faults
    assert faults, place
    if place.file is not None:
        named = [fault.offset for fault in faults if fault.file == place.file]
        assert named, (place, faults)
        if place.first is not None:
            assert any(
                offset is not None and place.first <= offset <= place.last for offset in named
            ), (place, faults)
    return place


@contextlib.contextmanager
def beside(catalogue, derived=None):
    """A new catalogue in memory, or a copy of `derived`; the one in a file is attached to it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.row_factory = sqlite3.Row
        migrate_quickly(made) if derived is None else made.deserialize(derived)
        made.execute("ATTACH ? AS kept", (str(catalogue),))
        yield made


@pytest.fixture(scope="module")
def derived(sound):
    """A catalogue of what follows from the facts of the sound one."""
    with beside(sound / "catalogue.sqlite") as made:
        made.execute("BEGIN")
        derive(made, "catalogue.sqlite", Report())
        made.execute("COMMIT")
        return made.serialize()


def is_unnoticed(root, derived):
    """Whether the archive is sound. What follows from its facts is asked first, for speed.

    `derived` is what follows where the facts are the sound archive's; None: it is worked out anew.
    """
    report = Report()
    with (
        contextlib.suppress(sqlite3.Error),
        beside(root / "catalogue.sqlite", derived) as made,
    ):
        made.execute("BEGIN")
        if derived is None:
            derive(made, "catalogue.sqlite", report)
        compare(made, "catalogue.sqlite", report)
    return report.is_sound and verify(root).is_sound


@pytest.mark.parametrize("table", TABLES)
def test_a_change_of_any_column_and_the_loss_of_a_row_of_any_table_is_named(
    sound, derived, tmp_path, table
):
    chance = random.Random(table)
    root = shutil.copytree(sound, tmp_path / "changed")
    path = root / "catalogue.sqlite"
    with closing(sqlite3.connect(path)) as catalogue:
        catalogue.row_factory = sqlite3.Row
        rows = catalogue.execute(f"SELECT * FROM {table}").fetchall()
    row = chance.choice(rows)
    same = " AND ".join(f"{name} IS :{name}" for name in row.keys())  # noqa: SIM118
    statements = {"row": f"DELETE FROM {table} WHERE {same}"}
    for name in row.keys():  # noqa: SIM118
        statements[name] = f"UPDATE OR REPLACE {table} SET {name} = :new WHERE {same}"
    unnoticed = []
    for name, statement in statements.items():
        shutil.copy(sound / "catalogue.sqlite", path)
        value = row[name] if name != "row" else None
        while (new := other(value, chance)) == value:
            pass
        with closing(sqlite3.connect(path)) as catalogue:
            try:
                done = catalogue.execute(statement, dict(row) | {"new": new}).rowcount
            except sqlite3.IntegrityError:
                continue  # the schema itself forbids it
            assert done == 1
            catalogue.commit()
        if is_unnoticed(root, None if table in READ else derived):
            unnoticed.append((name, value, new))
    assert unnoticed == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.__name__)
def test_a_mutation_is_named(sound, tmp_path, mutation):
    chance = random.Random(mutation.__name__)
    done = 0
    for _ in range(40):
        done += check(sound, tmp_path / "changed", mutation, chance) is not None
        if done == 2:
            break
    assert done


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_thousands_of_mutations_are_named(sound, tmp_path):
    chance = random.Random(5)
    done = collections.Counter()
    while done.total() < 5000:
        place = check(sound, tmp_path / "changed", chance.choice(MUTATIONS), chance)
        if place is not None:
            done[place.what.split(".")[0]] += 1
    print(dict(done))
