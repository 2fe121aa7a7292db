"""How much it costs to find near copies, beside rensa's own in-memory index, in one run.

    python bench/near_costs.py [--articles N] [--scale N]

N strangers (default 1,000,000; three in ten under one of fifty publishers' closing words) are put
into a catalogue's tables at once, with real sketches. Then the texts of near_recipes.py are
catalogued as a crawl does it, fifty a transaction, durable: as it is, and without near copies. The
difference is what they cost. The index holds the same strangers in memory.
"""

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rensa import RMinHashLSH  # noqa: E402

from archive.catalogue import CatalogueWriter  # noqa: E402
from archive.catalogue.placement.near import NearPlacement  # noqa: E402
from archive.codec import to_json  # noqa: E402
from archive.digest import Digest, content_id  # noqa: E402
from archive.model import Article  # noqa: E402
from archive.near import bands, near_text, sketch  # noqa: E402
from archive.near.likeness import LEAST_SIMILARITY  # noqa: E402
from archive.near.sketch import BANDS, MINIMA  # noqa: E402
from archive.text.parts import story_words  # noqa: E402
from bench.near_copies import article, begin, catalogue, hashed  # noqa: E402
from bench.near_recipes import REPORT, Tongue, everything  # noqa: E402


def strangers(count: int) -> Iterator[Article]:
    """So many stories with nothing in common but, of three in ten, a publisher's closing words."""
    chance, tongue = random.Random(1), Tongue(1)
    closings = [" ".join(tongue.paragraph(chance) for _ in range(2)) for _ in range(50)]
    for number in range(count):
        words = chance.choices(
            tongue.words,
            cum_weights=tongue._weights,  # noqa: SLF001
            k=chance.randrange(100, 450),
        )
        closing = chance.choice(closings) if chance.random() < 0.3 else ""
        yield article(number, (" ".join(words), closing), "stranger")


def fill(writer: CatalogueWriter, index: RMinHashLSH, count: int) -> None:
    """Put strangers into the tables, without asking anything of them."""
    connection = writer._connection  # noqa: SLF001
    for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000"):
        connection.execute(f"PRAGMA {pragma}")
    sketches = []
    connection.execute("BEGIN")
    for number, one in enumerate(strangers(count), start=1):
        text = near_text(story_words(one))
        assert text is not None
        document = to_json(one)
        digest, version = Digest.of(document), content_id("v", one.url)
        id_ = content_id("a", one.url)
        sketched = sketch(text.shingles)
        sketches.append(sketched)
        index.insert(number, hashed(text))
        connection.execute("INSERT INTO documents VALUES (?, ?)", (digest, document.decode()))
        connection.execute(
            "INSERT INTO versions (version_id, article_id, reader, text_digest, document, "
            "record_id, stamp) VALUES (?, ?, 'bench/1', ?, ?, '', '')",
            (version, id_, text.id, digest),
        )
        connection.execute(
            "INSERT INTO articles (article_id, url_key, first_seen_at, last_seen_at, "
            "canonical_url, version_id, record_id, reader, stamp) "
            "VALUES (?, ?, '2026', '2026', ?, ?, '', '', '')",
            (id_, one.url, one.url, version),
        )
        connection.execute(
            "INSERT INTO near_texts VALUES (?, ?, ?, ?, 1, 1)", (number, text.id, sketched, number)
        )
        connection.execute("INSERT INTO near_articles VALUES (?, ?, ?)", (id_, number, digest))
    for place in range(BANDS):  # sorted, as one B-tree is made best
        rows = sorted(
            (bands(sketched)[place], number) for number, sketched in enumerate(sketches, start=1)
        )
        connection.executemany("INSERT INTO near_bands VALUES (?, ?)", rows)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class _Timed(NearPlacement):
    """Says how long each article's place among near copies took."""

    took: list[float]

    def place(self, article_id: str, known: Mapping[str, Article] | None = None) -> None:
        began = time.perf_counter()
        super().place(article_id, known)
        self.took.append(time.perf_counter() - began)


class _Without(NearPlacement):
    """A catalogue that knows of no near copies."""

    def place(self, article_id: str, known: Mapping[str, Article] | None = None) -> None:
        """Nothing."""


def costs(count: int, scale: int) -> None:
    """What an article costs in a catalogue of so many."""
    texts = everything(REPORT, scale)
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        path = Path(folder) / "c.sqlite"
        before_mb, began = _resident_mb(), time.perf_counter()
        index = RMinHashLSH(threshold=LEAST_SIMILARITY, num_perm=MINIMA, num_bands=BANDS)
        with begin(path) as writer:
            fill(writer, index, count)
            rows = _table_mb(writer)
        print(
            f"speed: {count} strangers filled in {time.perf_counter() - began:.0f} s; "
            f"the catalogue {path.stat().st_size / 1e6:.0f} MB, of them near copies {rows:.0f} MB; "
            f"this process {_resident_mb() - before_mb:.0f} MB more"
        )
        with begin(path) as writer:
            spent, worked = {}, {}
            for first, (name, kind) in enumerate((("without", _Without), ("with", _Timed)), 1):
                near = kind(writer._connection)  # noqa: SLF001
                near.took = []
                writer._readings._articles._near = near  # noqa: SLF001
                articles = [
                    article(number, text.paragraphs, name) for number, text in enumerate(texts)
                ]
                began_ms = 1000 * time.process_time()
                spent[name] = catalogue(writer, articles, first * 10_000_000)
                worked[name] = (1000 * time.process_time() - began_ms) / len(texts)
        a_text = {name: 1000 * sum(took) / len(texts) for name, took in spent.items()}
        placing = sorted(1000 * seconds for seconds in near.took)
        print(
            f"  an article, all told: {a_text['without']:.2f} ms without near copies, "
            f"{a_text['with']:.2f} ms with; they cost {a_text['with'] - a_text['without']:.2f} ms"
        )
        print(f"  of processor time they cost {worked['with'] - worked['without']:.2f} ms")
        print(
            f"  its place among them: mean {statistics.mean(placing):.2f} ms, "
            f"median {statistics.median(placing):.2f}, "
            f"95 in 100 {placing[len(placing) * 95 // 100]:.2f}, longest {placing[-1]:.1f}"
        )
        compared = [near_text(story_words(article(0, text.paragraphs))) for text in texts]
        began = time.perf_counter()
        for number, text in enumerate(text for text in compared if text is not None):
            made = hashed(text)
            index.query(made)
            index.insert(count + 1 + number, made)
        took = 1000 * (time.perf_counter() - began) / len(texts)
        print(f"  rensa's index, in memory, nothing kept, no text read: {took:.2f} ms")


def _table_mb(writer: CatalogueWriter) -> float:
    try:
        (size,) = writer._connection.execute(  # noqa: SLF001
            "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'near%' OR name LIKE '%_near_%'"
        ).fetchone()
    except Exception:  # noqa: BLE001 - not every SQLite can tell
        return float("nan")
    return float(size) / 1e6


def _resident_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--scale", type=int, default=1, metavar="N")
    options = parser.parse_args()
    costs(options.articles, options.scale)
    return 0


if __name__ == "__main__":
    sys.exit(main())
