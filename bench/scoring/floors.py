"""Recorded floors: figures that a later reader may not fall below. They only ever rise."""

import json
import math
from collections.abc import Mapping
from pathlib import Path

from bench.scoring.table import PACE, ROWS, Figures

Floors = Mapping[str, Mapping[str, float]]
"""Part of the corpus → row's key → floor (a ceiling where less is better)."""

_STEP = 0.005
_PACE_SHARE = 0.6
"""Machines differ, and what else they do: a pace counts as kept at this share of the recorded."""


def read_floors(path: Path) -> Floors:
    """The recorded floors; none where there is no such file."""
    if not path.exists():
        return {}
    recorded: dict[str, dict[str, float]] = json.loads(path.read_text("utf-8"))
    return recorded


def raised(floors: Floors, found: Mapping[str, Figures]) -> dict[str, dict[str, float]]:
    """The floors under the figures of today, and never below those of before.

    No floor lies beyond its row's aim, and rows without a goal have none: a guard warns only.
    """
    result = {part: dict(rows) for part, rows in floors.items()}
    for part, given in found.items():
        rows = result.setdefault(part, {})
        for row in ROWS:
            figure = given.get(row.key)
            if figure is None or row.aim is None:
                continue
            if row.key == PACE:
                new: float = math.floor(figure * _PACE_SHARE)
            elif row.is_less_better:
                new = max(math.ceil(figure / _STEP) * _STEP, row.aim)
            else:
                new = min(math.floor(figure / _STEP) * _STEP, row.aim)
            better = min if row.is_less_better else max
            rows[row.key] = round(better(new, rows.get(row.key, new)), 3)
    return result


def falls(floors: Floors, found: Mapping[str, Figures]) -> list[str]:
    """A line for each figure that fell below its floor, or is no longer there."""
    titles = {row.key: row for row in ROWS}
    lines = []
    for part, rows in floors.items():
        if part not in found:
            continue
        for key, floor in rows.items():
            row, figure = titles[key], found[part].get(key)
            is_kept = figure is not None and (
                figure <= floor if row.is_less_better else figure >= floor
            )
            if not is_kept:
                shown = "nothing" if figure is None else f"{figure:.3f}"
                bound = "at most" if row.is_less_better else "at least"
                lines.append(f"{row.title} ({part}): {shown}, must be {bound} {floor:g}")
    return lines
