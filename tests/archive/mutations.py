"""Ways to change an archive behind its back, each small, each where it says.

A mutation changes the archive in a folder and tells where: the file that `verify` must name, and
from which byte to which its offset must lie (None: no offset is asked for). It raises Unfit where
chance chose something that cannot be changed so, or that would change nothing.
"""

import json
import random
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.warc.deflate import member
from archive.warc.names import SUFFIX

LOG = "custody/log"
CATALOGUE = "catalogue.sqlite"


class Unfit(Exception):
    """Nothing was changed."""


@dataclass(frozen=True)
class Place:
    """Where something was changed."""

    what: str
    file: str | None
    first: int | None = None
    last: int | None = None


Mutation = Callable[[Path, random.Random], Place]


def warcs(root):
    return sorted((root / "warc").glob(f"*{SUFFIX}"))


def members(path):
    """Offset, packed and unpacked bytes of each member."""
    data, at, found = path.read_bytes(), 0, []
    while at < len(data):
        state = zlib.decompressobj(31)
        unpacked = state.decompress(data[at:])
        end = len(data) - len(state.unused_data)
        found.append((at, data[at:end], unpacked))
        at = end
    return found


def pack(record):
    return b"".join(member([record], len(record), is_packed=False))


def write(path, data):
    if path.read_bytes() == data:
        raise Unfit
    path.write_bytes(data)


def some_warc(root, chance):
    path = chance.choice(warcs(root))
    return path, members(path)


def flip_record(root, chance):
    """A byte within a record, packed anew as one would who knows the format."""
    path, found = some_warc(root, chance)
    number = chance.randrange(len(found))
    at, _, record = found[number]
    changed = bytearray(record)
    changed[chance.randrange(len(changed))] ^= chance.randrange(1, 256)
    packed = [one[1] for one in found]
    packed[number] = pack(bytes(changed))
    write(path, b"".join(packed))
    return Place("flip record", path.name, 0, at)


def drop_record(root, chance):
    path, found = some_warc(root, chance)
    number = chance.randrange(len(found))
    packed = [one[1] for one in found]
    del packed[number]
    write(path, b"".join(packed))
    return Place("drop record", path.name, 0, found[number][0])


def double_record(root, chance):
    path, found = some_warc(root, chance)
    number = chance.randrange(len(found))
    packed = [one[1] for one in found]
    packed.insert(number, packed[number])
    write(path, b"".join(packed))
    return Place("double record", path.name, 0, found[-1][0] + len(found[-1][1]))


def swap_records(root, chance):
    path, found = some_warc(root, chance)
    if len(found) < 2:
        raise Unfit
    one, two = sorted(chance.sample(range(len(found)), 2))
    packed = [item[1] for item in found]
    packed[one], packed[two] = packed[two], packed[one]
    write(path, b"".join(packed))
    return Place("swap records", path.name, 0, found[one][0])


def reorder_records(root, chance):
    path, found = some_warc(root, chance)
    packed = [item[1] for item in found]
    chance.shuffle(packed)
    write(path, b"".join(packed))
    return Place("reorder records", path.name, 0, path.stat().st_size)


def truncate_warc(root, chance):
    path, _ = some_warc(root, chance)
    data = path.read_bytes()
    cut = chance.randrange(len(data))
    write(path, data[:cut])
    return Place("truncate file", path.name, 0, cut)


def flip_member(root, chance):
    """A byte of the packed file."""
    path, found = some_warc(root, chance)
    data = bytearray(path.read_bytes())
    at = chance.randrange(len(data))
    data[at] ^= chance.randrange(1, 256)
    path.write_bytes(data)
    try:
        if [one[2] for one in members(path)] == [one[2] for one in found]:
            raise Unfit  # framing that unpacks identically
    except zlib.error:
        pass
    return Place("flip packed byte", path.name, 0, at)


def drop_bytes(root, chance):
    path, _ = some_warc(root, chance)
    data = path.read_bytes()
    at = chance.randrange(len(data))
    write(path, data[:at] + data[at + chance.randrange(1, 200) :])
    return Place("drop packed bytes", path.name, 0, at)


def insert_bytes(root, chance):
    path, _ = some_warc(root, chance)
    data = path.read_bytes()
    at = chance.randrange(len(data) + 1)
    write(path, data[:at] + chance.randbytes(chance.randrange(1, 50)) + data[at:])
    return Place("insert bytes", path.name, 0, at)


def drop_file(root, chance):
    path, _ = some_warc(root, chance)
    path.unlink()
    return Place("drop file", path.name)


def swap_files(root, chance):
    if len(warcs(root)) < 2:
        raise Unfit
    one, two = chance.sample(warcs(root), 2)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    return Place("swap files", one.name, 0, 0)


def log_lines(root):
    return (root / LOG).read_bytes().splitlines(keepends=True)


def flip_line(root, chance):
    data = bytearray((root / LOG).read_bytes())
    at = chance.randrange(len(data))
    data[at] ^= chance.randrange(1, 256)
    write(root / LOG, bytes(data))
    return Place("flip log byte", None)


def flip_withdrawn_line(root, chance):
    """A byte of the id of a record that is there no more."""
    lines = log_lines(root)
    event = next(json.loads(line[65:]) for line in lines if b'"withdrawn"' in line)
    spans = [line.split() for line in lines if line.count(b" ") == 4 and b"{" not in line]
    ours = chance.choice(
        [
            words
            for words in spans
            if words[3].decode() == event["warc"]
            and event["offset"] <= int(words[1]) < event["offset"] + event["length"]
        ]
    )
    changed = bytearray(ours[4])
    changed[chance.randrange(9, len(changed))] ^= chance.choice([1, 2, 4])
    data = (root / LOG).read_bytes()
    write(root / LOG, data.replace(ours[4], bytes(changed)))
    return Place("flip id of what was withdrawn", LOG)


def drop_line(root, chance):
    lines = log_lines(root)
    del lines[chance.randrange(len(lines))]
    write(root / LOG, b"".join(lines))
    return Place("drop log line", None)


def double_line(root, chance):
    lines = log_lines(root)
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    write(root / LOG, b"".join(lines))
    return Place("double log line", LOG, 0, (root / LOG).stat().st_size)


def swap_lines(root, chance):
    lines = log_lines(root)
    one, two = sorted(chance.sample(range(len(lines)), 2))
    lines[one], lines[two] = lines[two], lines[one]
    write(root / LOG, b"".join(lines))
    return Place("swap log lines", LOG, 0, sum(map(len, lines[: two + 1])))


def reorder_lines(root, chance):
    lines = log_lines(root)
    chance.shuffle(lines)
    write(root / LOG, b"".join(lines))
    return Place("reorder log", LOG, 0, (root / LOG).stat().st_size)


def truncate_log(root, chance):
    data = (root / LOG).read_bytes()
    write(root / LOG, data[: chance.randrange(len(data))])
    return Place("truncate log", None)


def some_checkpoint(root, chance):
    return chance.choice(sorted((root / "custody/checkpoints").iterdir()))


def flip_checkpoint(root, chance):
    path = some_checkpoint(root, chance)
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    path.write_bytes(data)
    return Place("flip checkpoint", f"custody/checkpoints/{path.name}")


def drop_checkpoint(root, chance):
    some_checkpoint(root, chance).unlink()
    return Place("drop checkpoint", None)


def swap_checkpoints(root, chance):
    one, two = chance.sample(sorted((root / "custody/checkpoints").iterdir()), 2)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    return Place("swap checkpoints", f"custody/checkpoints/{one.name}")


def truncate_checkpoint(root, chance):
    path = some_checkpoint(root, chance)
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data))])
    return Place("truncate checkpoint", f"custody/checkpoints/{path.name}")


TABLES = (
    "runs",
    "warcs",
    "captures",
    "documents",
    "readings",
    "canonical_claims",
    "articles",
    "article_keys",
    "article_urls",
    "versions",
    "sightings",
    "standings",
    "turns",
    "posts",
    "citations",
    "texts",
    "answers",
    "short_links",
    "version_links",
    "post_versions",
    "post_sightings",
    "post_metrics",
    "post_pointers",
    "post_aliases",
    "cross_checks",
    "media",
    "media_seen",
    "media_named",
    "media_bands",
    "near_texts",
    "near_articles",
    "near_bands",
    "near_probe",
    "article_copies",
    "meta",
)


def change_catalogue(root, chance, change):
    """Apply `change` to a random row of a random table, whatever the constraints say."""
    with closing(sqlite3.connect(root / CATALOGUE)) as catalogue:
        catalogue.row_factory = sqlite3.Row
        table = chance.choice(TABLES)
        rows = catalogue.execute(f"SELECT * FROM {table}").fetchall()
        if not rows:
            raise Unfit
        row = chance.choice(rows)
        same = " AND ".join(f"{name} IS :{name}" for name in row.keys())  # noqa: SIM118
        try:
            change(catalogue, table, row, same)
        except sqlite3.IntegrityError:
            raise Unfit from None
        catalogue.commit()
        return table


def other(value, chance):
    """A value that differs, of the same kind."""
    match value:
        case None:
            return chance.choice([0, "x", 1])
        case bytes():
            at = chance.randrange(len(value))
            return value[:at] + bytes([value[at] ^ chance.randrange(1, 256)]) + value[at + 1 :]
        case int() | float():
            return value + chance.choice([-1, 1, 1000])
        case _:
            at = chance.randrange(len(value)) if value else 0
            letter = chance.choice("abcxyz0189")
            return value[:at] + letter + value[at + 1 :]


def flip_row(root, chance):
    name = ""

    def change(catalogue, table, row, same):
        nonlocal name
        name = chance.choice(row.keys())
        new = other(row[name], chance)
        if new == row[name]:
            raise Unfit
        values = dict(row) | {"new": new}
        catalogue.execute(f"UPDATE {table} SET {name} = :new WHERE {same}", values)

    table = change_catalogue(root, chance, change)
    return Place(f"flip {table}.{name}", None)


def drop_row(root, chance):
    def change(catalogue, table, row, same):
        catalogue.execute(f"DELETE FROM {table} WHERE {same}", dict(row))

    return Place(f"drop row of {change_catalogue(root, chance, change)}", None)


def swap_rows(root, chance):
    """One column's values of two rows, exchanged."""
    name = ""

    def change(catalogue, table, row, same):
        nonlocal name
        name = chance.choice(row.keys())
        other_row = chance.choice(catalogue.execute(f"SELECT * FROM {table}").fetchall())
        if other_row[name] == row[name]:
            raise Unfit
        for target, value in ((row, other_row[name]), (other_row, row[name])):
            values = dict(target) | {"new": value}
            catalogue.execute(f"UPDATE {table} SET {name} = :new WHERE {same}", values)

    table = change_catalogue(root, chance, change)
    return Place(f"swap {table}.{name}", None)


def change_sealed(root, chance):
    """A byte of what was withdrawn and sealed, or all of it."""
    (path,) = (root / "sealed").iterdir()
    data = bytearray(path.read_bytes())
    if chance.random() < 0.2:
        path.unlink()
    else:
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
        path.write_bytes(data)
    return Place("change sealed file", f"sealed/{path.name}")


MUTATIONS: tuple[Mutation, ...] = (
    flip_record,
    drop_record,
    double_record,
    swap_records,
    reorder_records,
    truncate_warc,
    flip_member,
    drop_bytes,
    insert_bytes,
    drop_file,
    swap_files,
    flip_line,
    flip_withdrawn_line,
    drop_line,
    double_line,
    swap_lines,
    reorder_lines,
    truncate_log,
    flip_checkpoint,
    drop_checkpoint,
    swap_checkpoints,
    truncate_checkpoint,
    flip_row,
    drop_row,
    swap_rows,
    change_sealed,
)
