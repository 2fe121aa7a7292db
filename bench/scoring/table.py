"""The table: a row a measure, with what it should reach, and the figures of many pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.scoring.bodies import Overlap, Tally, macro_f1
from bench.scoring.scores import PageScore

Figures = Mapping[str, float | None]
"""A figure a row's key; None where no page was asked, or nothing said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A measure. `least` and `aim` are to be reached; None for a guard without a goal."""

    key: str
    title: str
    least: float | None = None
    aim: float | None = None
    is_less_better: bool = False


PACE = "pages_per_second"
ROWS = (
    Row(key="aeb", title="aeb body F1", least=0.975, aim=0.985),
    Row(key="trafilatura", title="trafilatura segments F1", least=0.940, aim=0.955),
    Row(key="fundus", title="fundus body F1", least=0.970, aim=0.982),
    Row(key="readability", title="readability body F1", least=0.940, aim=0.950),
    Row(key="title", title="title, normalised", least=0.84, aim=0.88),
    Row(key="title_any", title="title, any kept", least=0.97, aim=0.99),
    Row(key="instant", title="date, same instant", least=0.95, aim=0.964),
    Row(key="day", title="date, same day", least=0.99, aim=0.995),
    Row(key="authors", title="authors F1", least=0.90, aim=0.95),
    Row(key="embeds", title="embedded posts, recall", least=0.97, aim=0.99),
    Row(key="linked", title="posts linked in prose, recall", least=0.95, aim=0.99),
    Row(key="posts_precision", title="posts, precision", least=0.99, aim=0.99),
    Row(key="dateline_recall", title="datelines, recall", least=0.97, aim=0.99),
    Row(key="dateline_precision", title="datelines, precision", least=0.97, aim=0.99),
    Row(key="dateline_place", title="datelines, place right", least=0.97, aim=0.99),
    Row(key="leaks", title="pages with a leak", least=0.06, aim=0.03, is_less_better=True),
    Row(key=PACE, title="pages a second, one core", least=150, aim=300),
    Row(key="dateline_agency", title="guard: dateline's agency"),
    Row(key="trafilatura_title", title="guard: title, trafilatura"),
    Row(key="trafilatura_day", title="guard: day, trafilatura"),
    Row(key="trafilatura_authors", title="guard: authors, trafilatura"),
    Row(key="readability_title", title="guard: title, readability"),
)


def figures(pages: Iterable[PageScore]) -> Figures:
    """Every row's figure over `pages`."""
    overlaps: dict[str, list[Overlap]] = {}
    tallies: dict[str, Tally] = {}
    ratios: dict[str, tuple[int, int]] = {}
    count, seconds = 0, 0.0
    for page in pages:
        count, seconds = count + 1, seconds + page.seconds
        for key, share in page.overlaps.items():
            overlaps.setdefault(key, []).append(share)
        for key, tally in page.tallies.items():
            tallies[key] = tallies.get(key, Tally()).plus(tally)
        for key, (right, asked) in page.ratios.items():
            before = ratios.get(key, (0, 0))
            ratios[key] = before[0] + right, before[1] + asked
    found: dict[str, float | None] = {row.key: None for row in ROWS}
    found |= {key: macro_f1(shares) for key, shares in overlaps.items()}
    found |= {key: tally.f1 for key, tally in tallies.items()}
    found |= {key: right / asked for key, (right, asked) in ratios.items()}
    found[PACE] = count / seconds if seconds else None
    return found


def lines(columns: Sequence[tuple[str, Figures]]) -> list[str]:
    """The table as text: goals first, then `columns`, each named by an extractor and a part."""
    heads = [name.split() for name, _ in columns]
    rows = [
        ("", "", "", *(head[0] for head in heads)),
        ("", "least", "aim", *("".join(head[1:]) for head in heads)),
    ]
    for row in ROWS:
        given = (_shown(row, column.get(row.key)) for _, column in columns)
        rows.append((row.title, _shown(row, row.least), _shown(row, row.aim), *given))
    return [f"{first:31}" + "".join(f"{cell:>10}" for cell in rest) for first, *rest in rows]


def gaps(train: Figures, unread: Figures) -> Figures:
    """How much worse each row is on the unread third; negative where it is better there."""
    found: dict[str, float | None] = {}
    for row in ROWS:
        one, other = train.get(row.key), unread.get(row.key)
        if row.key != PACE and one is not None and other is not None:
            found[row.key] = other - one if row.is_less_better else one - other
    return found


def _shown(row: Row, figure: float | None) -> str:
    if figure is None:
        return "–"
    return f"{figure:.0f}" if row.key == PACE else f"{figure:.3f}"
