"""One page's scores: what a prediction got right, by row of the table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.scoring.bodies import Overlap, Tally, overlap, segments
from bench.scoring.boilerplate import leaked_lines
from bench.scoring.corpus import Case
from bench.scoring.facts import author_names, bare, instant, is_same_day, is_same_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A dateline as an extractor reports it."""

    place: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What an extractor says of one page. Empty where it failed, and `error` says how."""

    body: str = ""
    title: str | None = None
    other_titles: tuple[str, ...] = ()
    """The alternatives that it kept beside `title`."""
    authors: tuple[str, ...] = ()
    date: str | None = None
    """ISO 8601: an instant, or a day alone."""
    posts: frozenset[tuple[str, str]] = frozenset()
    """Keys as `post_key` makes them."""
    dateline: Dateline | None = None
    seconds: float = 0.0
    """Processor time that reading took."""
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """A page's part in every row; a row that does not ask this page is missing."""

    overlaps: Mapping[str, Overlap] = field(default_factory=dict)
    """Rows of body F1."""
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    """Rows of F1 over all pages' finds."""
    ratios: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Rows of a share: right ones, asked ones."""
    seconds: float = 0.0


def score(case: Case, prediction: Prediction) -> PageScore:
    """The scores of one page."""
    overlaps: dict[str, Overlap] = {}
    tallies: dict[str, Tally] = {}
    ratios: dict[str, tuple[int, int]] = {}
    truth = case.truth
    if case.origin == "trafilatura":
        tallies["trafilatura"] = segments(truth["with"], truth["without"], prediction.body)
    else:
        overlaps[case.origin] = overlap(truth["body"], prediction.body)
    if case.origin in {"aeb", "fundus"}:
        ratios["leaks"] = (bool(leaked_lines(prediction.body, truth["body"])), 1)
    if case.origin == "fundus":
        _score_fundus(truth, prediction, tallies, ratios)
    elif case.origin != "aeb":
        _score_head(case.origin, truth, prediction, ratios)
    ratios |= _post_ratios(case, prediction)
    ratios |= _dateline_ratios(case, prediction)
    return PageScore(overlaps=overlaps, tallies=tallies, ratios=ratios, seconds=prediction.seconds)


def _score_fundus(
    truth: Mapping[str, Any],
    prediction: Prediction,
    tallies: dict[str, Tally],
    ratios: dict[str, tuple[int, int]],
) -> None:
    title = bare(truth["title"])
    titles = {bare(text) for text in (prediction.title, *prediction.other_titles)}
    ratios["title"] = (bare(prediction.title) == title, 1)
    ratios["title_any"] = (title in titles, 1)
    stated, said = instant(truth["date"]), instant(prediction.date)
    ratios["instant"] = (is_same_instant(said, stated), 1)
    ratios["day"] = (is_same_day(said, stated), 1)
    if truth["authors"]:
        wanted, got = author_names(truth["authors"]), author_names(prediction.authors)
        tallies["authors"] = Tally(len(wanted & got), len(got - wanted), len(wanted - got))


def _score_head(
    origin: str,
    truth: Mapping[str, Any],
    prediction: Prediction,
    ratios: dict[str, tuple[int, int]],
) -> None:
    """Title, day and authors where they are given in passing: guards, not goals."""
    if truth.get("title"):
        ratios[f"{origin}_title"] = (bare(prediction.title) == bare(truth["title"]), 1)
    if origin != "trafilatura":
        return
    if stated := instant(truth.get("date")):
        ratios["trafilatura_day"] = (is_same_day(instant(prediction.date), stated), 1)
    if authors := truth.get("author"):
        names = re.split(r"\s*;\s*", authors) if isinstance(authors, str) else authors
        is_right = author_names(prediction.authors) == author_names(names)
        ratios["trafilatura_authors"] = (is_right, 1)


def _post_ratios(case: Case, prediction: Prediction) -> dict[str, tuple[int, int]]:
    if case.posts is None:
        return {}
    links = {post.key: post.is_link for post in case.posts if post.is_in_body}
    ambiguous = {post.key for post in case.posts if post.is_ambiguous}
    ratios: dict[str, tuple[int, int]] = {}
    for row, is_link in (("embeds", False), ("linked", True)):
        wanted = {key for key in links if links[key] is is_link}
        if wanted:
            ratios[row] = (len(wanted & prediction.posts), len(wanted))
    judged = prediction.posts - ambiguous
    if judged:
        ratios["posts_precision"] = (len(judged & links.keys()), len(judged))
    return ratios


def _dateline_ratios(case: Case, prediction: Prediction) -> dict[str, tuple[int, int]]:
    if case.opening is None:
        return {}
    said, ratios = prediction.dateline, dict[str, tuple[int, int]]()
    if said is not None:
        ratios["dateline_precision"] = (case.opening.exists, 1)
    if not case.opening.exists:
        return ratios
    ratios["dateline_recall"] = (said is not None, 1)
    for row, name in (
        ("dateline_place", "place"),
        ("dateline_agency", "agency"),
    ):
        if wanted := bare(getattr(case.opening, name)):
            ratios[row] = (bare(getattr(said, name, None)) == wanted, 1)
    return ratios
