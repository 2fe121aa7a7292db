"""The corpus: saved pages and what a perfect reading would say. Third-party, never kept here."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

UNREAD_ONE_IN = 3


class Part(StrEnum):
    """The sides of the corpus. Nobody looks at a page of the unread third, only at its totals."""

    ALL = "all"
    TRAIN = "train"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPost:
    """A post that a page holds, by hand. `is_in_body` is False for sidebars, comments and so on."""

    key: tuple[str, str]
    is_link: bool
    is_in_body: bool
    is_ambiguous: bool
    """Never scored as a false find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A page's dateline, by hand; `exists` is False for an opening that only looks like one."""

    exists: bool
    place: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One page of the corpus. `truth` is as the corpus gives it, its keys differ by origin."""

    origin: str
    """`aeb`, `trafilatura`, `fundus` or `readability`."""
    file: str
    url: str
    publisher: str
    """A registrable domain, or the name of a house whose sites share one system."""
    path: Path
    truth: Mapping[str, Any]
    posts: tuple[CitedPost, ...] | None = ()
    """None where nobody looked for posts in pages of this origin."""
    opening: Opening | None = None

    @property
    def is_unread(self) -> bool:
        """Whether this page lies in the unread third."""
        return is_unread(self.publisher)

    def body(self) -> bytes:
        """The page's bytes, unpacked."""
        return gzip.decompress(self.path.read_bytes())


def is_unread(publisher: str) -> bool:
    """The side of a publisher, the same in every origin and for all its national domains."""
    name = publisher.partition(".")[0]
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest) % UNREAD_ONE_IN == 0


def in_part(cases: Iterable[Case], part: Part) -> list[Case]:
    """The cases of one side."""
    return [case for case in cases if part is Part.ALL or case.is_unread == (part is Part.UNREAD)]


def read_corpus(folder: Path) -> list[Case]:
    """Every page of the corpus in `folder`.

    Raises: OSError where there is no manifest; KeyError or ValueError where it is another's.
    """
    posts = {_key(row): row["posts"] for row in _rows(folder / "social_truth.jsonl")}
    searched = {origin for origin, _ in posts}
    openings = {_key(row): row for row in _rows(folder / "dateline_truth.jsonl")}
    return [
        Case(
            origin=row["corpus"],
            file=row["file"],
            url=row["url"],
            publisher=row["split_key"],
            path=folder / row["page"],
            truth=row["truth"],
            posts=tuple(_cited(post) for post in posts.get(_key(row), ()))
            if row["corpus"] in searched
            else None,
            opening=_opening(openings[_key(row)]) if _key(row) in openings else None,
        )
        for row in _rows(folder / "manifest.jsonl")
    ]


def post_key(platform: str, post_id: str) -> tuple[str, str]:
    """A post's identity for scoring: ids that name their account first lose it.

    All but Telegram's, which number the posts of one channel only.
    """
    if platform == "telegram":
        return platform, post_id
    return platform, post_id.strip("/").rpartition("/")[2]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["corpus"], row["file"]


def _cited(post: Mapping[str, Any]) -> CitedPost:
    return CitedPost(
        key=post_key(post["platform"], post["post_id"]),
        is_link=post["form"] == "link",
        is_in_body=post["in_body"],
        is_ambiguous=bool(post.get("ambiguous")),
    )


def _opening(row: Mapping[str, Any]) -> Opening:
    if not row["has_dateline"]:
        return Opening(exists=False)
    truth = row["truth"]
    return Opening(
        exists=True,
        place=truth.get("place"),
        agency=truth.get("agency"),
    )
