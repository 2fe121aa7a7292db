"""How well near copies are found, beside rensa's own in-memory index.

    python bench/near_copies.py [--tuning] [--scale N] [--corpus DIR]

The texts of near_recipes.py go through the catalogue's writer one by one. A pair of one story whose
shingles have a Jaccard of .6 is to be found (recall); a pair of two stories that is found is wrong
(precision). Pairs are those in one cluster, and for the index those that it calls duplicates by its
own estimate, at the threshold that is ours.

*Real texts*: with a corpus (third-party, no part of the project), every pair of its articles is
compared in full, and what is found is held against what there is. What it costs to find them is
for near_costs.py.
"""

import argparse
import collections
import datetime as dt
import itertools
import sys
import tempfile
import time
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rensa import RMinHash, RMinHashLSH  # noqa: E402

from archive.catalogue import CatalogueWriter  # noqa: E402
from archive.digest import Digest  # noqa: E402
from archive.errors import InvalidUrl  # noqa: E402
from archive.model import (  # noqa: E402  # noqa: E402  # noqa: E402
    Article,
    BlockType,
    BodyBlock,
    Capture,
    CaptureKind,
    Locator,
    Reading,
    Run,
    Verdict,
)
from archive.near import NearText, likeness, near_text  # noqa: E402
from archive.near.likeness import LEAST_SIMILARITY  # noqa: E402
from archive.near.sketch import BANDS, MINIMA, SEED  # noqa: E402
from archive.text.parts import story_words  # noqa: E402
from archive.web.urls import url_key  # noqa: E402
from bench.near_recipes import (  # noqa: E402
    CONFIRM,
    FINAL,
    REPORT,
    TUNING,
    Text,
    everything,
)

TO_BE_FOUND = 0.6
BATCH = 50
BEGAN = dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)
RUN = Run(
    run_id="bench",
    began_at=BEGAN,
    software="dateline/bench",
    user_agent="bench",
    robots="classic",
    hostname="bench",
)
Pair = tuple[int, int]


def article(number: int, paragraphs: Iterable[str], site: str = "site") -> Article:
    """A page of a site of its own."""
    return Article(
        url=f"https://{site}{number}.example/2026/11/story-{number}",
        headline=f"Headline {number}",
        body=tuple(BodyBlock(type=BlockType.PARAGRAPH, text=text) for text in paragraphs),
    )


def capture(number: int, url: str) -> Capture:
    """What the page was read in."""
    return Capture(
        record_id=f"urn:uuid:{uuid.UUID(int=number)}",
        kind=CaptureKind.RESPONSE,
        url=url,
        method="GET",
        captured_at=BEGAN + dt.timedelta(seconds=number),
        run_id=RUN.run_id,
        locator=Locator(warc="bench.warc.gz", offset=number * 1000, length=900),
        status=200,
        payload_digest=Digest.of(b"%d" % number),
        payload_bytes=9,
    )


def catalogue(writer: CatalogueWriter, articles: Sequence[Article], first: int) -> list[float]:
    """Catalogue articles fifty a transaction; the seconds that each transaction took."""
    took = []
    for start in range(0, len(articles), BATCH):
        began = time.perf_counter()
        with writer.batch():
            for number, one in enumerate(articles[start : start + BATCH], start=first + start):
                kept = capture(number, one.url)
                writer.add_capture(kept)
                writer.add_reading(
                    Reading(
                        record_id=kept.record_id,
                        reader="bench/1",
                        verdict=Verdict.CONTENT,
                        article=one,
                    )
                )
        took.append(time.perf_counter() - began)
    return took


def begin(path: Path) -> CatalogueWriter:
    """A catalogue with a run."""
    writer = CatalogueWriter.open(path)
    with writer.batch():
        writer.add_run(RUN)
    return writer


def alike(texts: Sequence[NearText | None], least: float) -> dict[Pair, float]:
    """Every pair with a Jaccard of at least that, by comparing all that share a shingle."""
    having: dict[str, list[int]] = collections.defaultdict(list)
    for number, text in enumerate(texts):
        for shingle in text.shingles if text is not None else ():
            having[shingle].append(number)
    shared: collections.Counter[Pair] = collections.Counter()
    for numbers in having.values():
        shared.update(itertools.combinations(numbers, 2))
    found = {}
    for one, other in shared:
        likely = likeness(texts[one], texts[other])  # type: ignore[arg-type]
        if likely.similarity >= least:
            found[one, other] = likely.similarity
    return found


def in_one_cluster(writer: CatalogueWriter, urls: Sequence[str]) -> set[Pair]:
    """The pairs of articles, by their number, that the catalogue has in one cluster."""
    numbers = {url: number for number, url in enumerate(urls)}
    clusters = collections.defaultdict(list)
    for cluster, url in writer._connection.execute(  # noqa: SLF001
        "SELECT cluster, canonical_url FROM near_clusters JOIN articles USING (article_id)"
    ):
        clusters[cluster].append(numbers[url])
    return {
        pair for members in clusters.values() for pair in itertools.combinations(sorted(members), 2)
    }


def by_index(texts: Sequence[NearText | None]) -> tuple[set[Pair], float]:
    """The pairs that rensa's own index calls duplicates, and its seconds a text."""
    index = RMinHashLSH(threshold=LEAST_SIMILARITY, num_perm=MINIMA, num_bands=BANDS)
    made: dict[int, RMinHash] = {}
    found = set()
    began = time.perf_counter()
    for number, text in enumerate(texts):
        if text is None:
            continue
        made[number] = hashed(text)
        found |= {
            (other, number)
            for other in index.query(made[number])
            if made[other].jaccard(made[number]) >= LEAST_SIMILARITY
        }
        index.insert(number, made[number])
    return found, (time.perf_counter() - began) / max(1, len(made))


def hashed(text: NearText) -> RMinHash:
    """A text as rensa's index wants it."""
    hashing = RMinHash(num_perm=MINIMA, seed=SEED)
    hashing.update(list(text.shingles))
    return hashing


def tell(name: str, found: set[Pair], wanted: set[Pair], texts: Sequence[Text]) -> None:
    """One line of the table."""
    wrong = [pair for pair in found if texts[pair[0]].story != texts[pair[1]].story]
    recall = len(wanted & found) / len(wanted)
    precision = 1 - len(wrong) / max(1, len(found))
    by_recipe = collections.Counter(texts[one].recipe for one, _ in wrong)
    print(f"  {name:<28} recall {recall:.4f}  precision {precision:.4f}  wrong {dict(by_recipe)}")


def quality(seed: int, scale: int) -> None:
    """Clusters and index over the recipes."""
    texts = everything(seed, scale)
    articles = [article(number, text.paragraphs) for number, text in enumerate(texts)]
    compared = [near_text(story_words(one)) for one in articles]
    pairs = alike(compared, TO_BE_FOUND)
    wanted = {(one, two) for one, two in pairs if texts[one].story == texts[two].story}
    print(
        f"quality, seed {seed}: {len(texts)} texts, {sum(text is None for text in compared)} too "
        f"short; {len(wanted)} pairs of one story at Jaccard >= {TO_BE_FOUND}, "
        f"{len(pairs) - len(wanted)} of two"
    )
    with tempfile.TemporaryDirectory() as folder, begin(Path(folder) / "c.sqlite") as writer:
        catalogue(writer, articles, 0)
        clustered = in_one_cluster(writer, [one.url for one in articles])
    tell("dateline, clusters", clustered, wanted, texts)
    for script in ("latin", "han", "thai"):
        of_script = {pair for pair in wanted if texts[pair[0]].story.startswith(f"wire-{script}")}
        print(f"    {script:<6} {len(of_script):6} pairs, recall ", end="")
        print(f"{len(of_script & clustered) / max(1, len(of_script)):.4f}")
    tell("rensa's index, in memory", by_index(compared)[0], wanted, texts)


def real(corpus: Path) -> None:
    """What is found among the pages of a corpus, against all that there is."""
    from bench.scoring.corpus import read_corpus  # noqa: PLC0415 - only where there is one
    from crawler.extract.page import Page  # noqa: PLC0415
    from crawler.reading.page import read, warm_up  # noqa: PLC0415

    warm_up()
    articles, urls = [], set()
    for case in read_corpus(corpus):
        found = read(Page(url=case.url, body=case.body(), content_type="text/html"), "").article
        try:
            key = url_key(found.url) if found is not None else None
        except InvalidUrl:  # a few cases name no page of the web
            continue
        if found is not None and key not in urls:
            urls.add(key)
            articles.append(found)
    texts = [near_text(story_words(one)) for one in articles]
    pairs = alike(texts, 0.2)
    print(f"real texts: {len(articles)} articles, {sum(text is None for text in texts)} too short")
    for least in (0.2, 0.3, LEAST_SIMILARITY, TO_BE_FOUND):
        print(f"  {sum(like >= least for like in pairs.values())} pairs at Jaccard >= {least}")
    with tempfile.TemporaryDirectory() as folder, begin(Path(folder) / "c.sqlite") as writer:
        catalogue(writer, articles, 0)
        rows = writer._connection.execute(  # noqa: SLF001
            "SELECT group_concat(canonical_url, ' ') FROM near_clusters "
            "JOIN articles USING (article_id) GROUP BY cluster HAVING count(*) > 1"
        ).fetchall()
    print(f"  {len(rows)} clusters of several")
    for (members,) in rows:
        print(f"    {members}")
    for (one, two), like in sorted(pairs.items(), key=lambda item: -item[1]):
        likely = likeness(texts[one], texts[two])  # type: ignore[arg-type]
        print(
            f"    {like:.2f} contained {likely.containment:.2f} copy {likely.is_copy} "
            f"{articles[one].url} {articles[two].url}"
        )


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tuning", action="store_true", help="the seed that rules are made on")
    parser.add_argument("--scale", type=int, default=1, metavar="N")
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    options = parser.parse_args()
    for seed in (TUNING,) if options.tuning else (REPORT, CONFIRM, FINAL):
        quality(seed, options.scale)
    if options.corpus is not None:
        real(options.corpus)
    return 0


if __name__ == "__main__":
    sys.exit(main())
