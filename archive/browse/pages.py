"""What each page of the reading room shows: a template's name, and what it is given.

Everything here reads and returns; nothing is kept between two pages. What is not there is NotHere.
"""

import datetime as dt
import itertools
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.article_views import ArticleView
from archive.browse.calendar import Month
from archive.browse.citing import CitedPost, cited_posts
from archive.browse.evidence import evidence
from archive.browse.pictures import Picture, Pictures
from archive.browse.shelf import LISTED, Shelf
from archive.browse.sources import Sources, WatchedSource
from archive.browse.wording import outlet, part
from archive.catalogue import Histories, RunReports, Selection
from archive.citation_views import LabelledClaimsView
from archive.difference import word_differences
from archive.errors import CaptureNotFound, InvalidUrl, NotAnArchive
from archive.export import export_wacz
from archive.replay import ArchiveReader
from archive.urls import url_key
from archive.version_views import ChangeView

SHOWN = 60
"""Articles on the front page."""
FOUND = 40
"""Hits of a search."""
SIGHTINGS = 12
"""Of a version, the first captures that show it."""
COMPARED = 12
"""Edits that are shown with an article, the newest."""
NEWS = 300
"""What became of articles is looked through so far back for the front page."""
_ALERTS = 8
_EVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

Parts = Callable[[str], frozenset[str]]
"""From an article's id to the record ids of all that makes it whole."""


class NotHere(CaptureNotFound):
    """The archive has nothing of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to be rendered."""

    template: str
    given: Mapping[str, Any]
    status: int = 200


class ReadingRoom:
    """The pages of one archive.

    `parts` says what goes into the package of an article, `sources` what is watched.

    Raises, from every method: NotHere; NotAnArchive and StoreUnavailable, where the catalogue
    cannot be read.
    """

    def __init__(
        self,
        reader: ArchiveReader,
        *,
        parts: Parts | None,
        sources: Sources | None,
        software: str,
    ) -> None:
        self._reader = reader
        self._catalogue = reader.catalogue
        self._histories = Histories(reader.folder.catalogue)
        self._shelf = Shelf(reader.folder.catalogue)
        self._pictures = Pictures(reader)
        self._reports = RunReports(reader.folder.catalogue)
        self._parts = parts or reader.parts_of
        self._sources = sources
        self._software = software

    def front(self) -> Page:
        """What came in, by day and outlet; what changed and what went before it."""
        news = list(itertools.islice(self._histories.changes(_EVER), NEWS))
        return Page(
            template="front.html",
            given={
                "totals": self._shelf.totals(),
                "changed": _of_kind(news, "edited"),
                "gone": _of_kind(news, "gone", "moved"),
                "lost": self._shelf.lost_posts(8),
                "days": _by_day(self._catalogue.articles(limit=SHOWN)),
                "run": next(self._catalogue.runs(limit=1), None),
            },
        )

    def search(self, words: str) -> Page:
        """Articles and posts with those words; an address or an id that is known leads there."""
        named = self._catalogue.find(words) if words else None
        hits = list(self._catalogue.search(words, limit=FOUND)) if words else []
        return Page(
            template="search.html",
            given={"words": words, "hits": hits, "named": named, "most": FOUND},
        )

    def article(self, article_id: str) -> Page:
        """An article as it was written, with what is known of all it cites."""
        view = self._catalogue.article(article_id)
        if view is None:
            raise NotHere("no article is called that")
        posts = cited_posts(self._catalogue, self._pictures, view)
        history = self._histories.versions(view["id"])
        assert history is not None  # it has the article's id
        edits = [turn for turn in history["turns"] if turn["version_id"] is not None]
        cluster = self._shelf.cluster_of(view["id"])
        near_cluster = self._shelf.near_cluster_of(view["id"])
        tellers = self._shelf.cluster(cluster) if cluster is not None else []
        place = view["capture"]
        capture = self._catalogue.capture(place["record_id"]) if place is not None else None
        lead = self._pictures.nearest(view["image"], view["last_seen_at"])
        return Page(
            template="article.html",
            given={
                "article": view,
                "body": list(self._blocks(view, posts)),
                "apart": [post for post in posts if post.block is None],
                "lead": lead,
                "history": history,
                "versions": [
                    (version, *self._shelf.sightings(version["id"], SIGHTINGS))
                    for version in history["versions"]
                    if version["reader"] == view["reader"]
                ],
                "differences": [
                    self._histories.difference(turn["edited_id"], turn["version_id"])
                    for turn in reversed(edits[-COMPARED:])
                    if turn["edited_id"] and turn["version_id"]
                ],
                "cluster": cluster,
                "copies": [one for one in tellers if one.article_id != view["id"]],
                "near": [
                    one
                    for one in view["near_copies"] or ()
                    if one["article_id"] not in {teller.article_id for teller in tellers}
                ],
                "near_cluster": near_cluster,
                "evidence": evidence(self._reader, capture) if capture is not None else None,
            },
        )

    def post(self, post_key: str) -> Page:
        """A post: who cites it, what each says it says, and what its platform said when."""
        view = self._catalogue.post(post_key)
        if view is None:
            raise NotHere("no post is called that")
        citing = {one["article_id"]: one for one in view["cited_by"]}
        checks = {one["claimed_by"]: one for one in view["checks"]}
        place = view["capture"]
        capture = self._catalogue.capture(place["record_id"]) if place is not None else None
        versions = list(reversed(view["versions"]))
        return Page(
            template="post.html",
            given={
                "post": view,
                "claims": [
                    (claim, citing.get(claim["claimed_by"]), checks.get(claim["claimed_by"]))
                    for claim in _distinct(view["claims"])
                ],
                "media": [
                    (media, self._pictures.of_media(media, view["latest_at"]))
                    for media in view["media"]
                ],
                "is_sensitive": bool(view["is_sensitive"] or view["content_warning"]),
                "versions": versions,
                "differences": [
                    (before, after, word_differences(before["text"] or "", after["text"] or ""))
                    for before, after in itertools.pairwise(versions)
                ],
                "evidence": evidence(self._reader, capture) if capture is not None else None,
            },
        )

    def cluster(self, story: str) -> Page:
        """A story as a time line of the outlets that told it."""
        same = self._shelf.cluster(story)
        tellers = same or self._shelf.near_cluster(story)
        if not tellers:
            raise NotHere("no story is called that")
        given = {"tellers": tellers, "is_near": not same, "is_cut": len(tellers) >= LISTED}
        return Page(template="cluster.html", given=given)

    def outlet(self, host: str) -> Page:
        """An outlet: what came of it, newest first."""
        key = _host_key(host)
        ids = self._shelf.outlet(key)
        found = [self._catalogue.article(one) for one in ids[:SHOWN]]
        articles = [one for one in found if one is not None]
        if not articles:
            raise NotHere("no article of that outlet is here")
        given = {
            "host": host,
            "days": _by_day(articles),
            "is_cut": len(ids) > len(articles),
            "health": self._shelf.health(key),
        }
        return Page(template="outlet.html", given=given)

    def runs(self) -> Page:
        """The runs."""
        return Page(template="runs.html", given={"runs": list(self._catalogue.runs(limit=200))})

    def run(self, run_id: str) -> Page:
        """A run, its report, and what it could not have."""
        run = self._catalogue.run(run_id)
        if run is None:
            raise NotHere("no run is called that")
        captures = list(self._catalogue.captures(run_id=run_id, limit=200))
        given = {"run": run, "captures": captures, "report": self._reports.report(run_id)}
        return Page(template="run.html", given=given)

    def sources(self) -> Page:
        """The sources that are watched, those first that someone should look at."""
        found = sorted(self._watched(), key=lambda one: (not one.concerns, not one.failures))
        return Page(template="sources.html", given={"sources": found})

    def source(self, name: str) -> Page:
        """A source, its health, and what runs brought of it."""
        for source in self._watched():
            if source.name == name:
                return Page(template="source.html", given={"source": source})
        raise NotHere("no source is called that")

    def capture(self, record_id: str) -> Page:
        """One exchange: its evidence, and what was read in it."""
        capture = self._catalogue.capture(record_id)
        if capture is None:
            raise NotHere("no capture is called that")
        known = evidence(self._reader, capture, is_asked=True)
        return Page(template="capture.html", given={"capture": capture, "evidence": known})

    def datelines(self, month: str | None) -> Page:
        """A month as a calendar of the places that articles were signed in."""
        shown = Month.parse(month) or Month.parse(self._shelf.newest_month())
        days = self._shelf.signed_in(str(shown)) if shown is not None else {}
        return Page(template="datelines.html", given={"month": shown, "days": days})

    def picture(self, record_id: str) -> Picture:
        """A picture's bytes."""
        found = self._pictures.read(record_id)
        if found is None:
            raise NotHere("no picture is called that")
        return found

    def package(self, article_id: str, folder: Path) -> Path:
        """The WACZ of an article alone, written into `folder`."""
        view = self._catalogue.article(article_id)
        if view is None:
            raise NotHere("no article is called that")
        chosen = Selection(record_ids=self._parts(view["id"]))
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".wacz") as name:
            target = Path(name.name)
        export_wacz(
            self._reader.folder.root,
            target,
            software=self._software,
            selection=chosen,
            title=view["headline"],
        )
        return target

    def _watched(self) -> Sequence[WatchedSource]:
        try:
            return self._sources() if self._sources is not None else ()
        except NotAnArchive:  # nothing was watched yet
            return ()

    def _blocks(
        self, view: ArticleView, posts: Iterable[CitedPost]
    ) -> Iterable[tuple[Any, list[CitedPost], str | None, Picture | None]]:
        """Each block with the posts cited in it, its notice, and its picture."""
        placed: dict[int, list[CitedPost]] = {}
        for post in posts:
            if post.block is not None:
                placed.setdefault(post.block, []).append(post)
        notices = {one["block"]: one["kind"] for one in view["notices"]}
        for index, block in enumerate(view["body"]):
            picture = self._pictures.nearest(block["url"], view["last_seen_at"])
            yield block, placed.get(index, []), notices.get(index), picture


def _by_day(
    articles: Iterable[ArticleView],
) -> list[tuple[str, list[tuple[str, list[ArticleView]]]]]:
    """Articles by the day on which they came in, and by outlet."""
    days: dict[str, dict[str, list[ArticleView]]] = {}
    for article in articles:
        of_day = days.setdefault((article["first_seen_at"] or "")[:10], {})
        of_day.setdefault(outlet(article["canonical_url"]), []).append(article)
    return [(day, sorted(outlets.items())) for day, outlets in days.items()]


def _of_kind(news: Iterable[ChangeView], *kinds: str) -> list[ChangeView]:
    """The newest change of each article that is of one of `kinds`."""
    found: dict[str, ChangeView] = {}
    for change in news:
        if change["kind"] in kinds:
            found.setdefault(change["id"], change)
    return list(found.values())[:_ALERTS]


def _distinct(claims: Iterable[LabelledClaimsView]) -> list[LabelledClaimsView]:
    """Each article's claims once, though several of its versions make them."""
    known: dict[str, LabelledClaimsView] = {}
    for claim in claims:
        said = {name: value for name, value in claim.items() if name not in {"record_id", "reader"}}
        known.setdefault(repr(sorted(said.items())), claim)
    return list(known.values())


def _host_key(host: str) -> str:
    try:
        return url_key(f"https://{part(host)}/").partition(")")[0]
    except InvalidUrl:
        raise NotHere("no outlet is called that") from None
