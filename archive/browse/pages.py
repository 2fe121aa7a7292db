"""What each page of the reading room shows: a template's name, and what it is given.

Everything here reads and returns; nothing is kept between two pages. What is not there is NotHere.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from archive.browse.calendar import Month
from archive.browse.citing import CitedPost, cited_posts, distinct_claims
from archive.browse.evidence import Evidence, evidence
from archive.browse.paging import Cursor, Part, cursor
from archive.browse.pictures import Picture, Pictures
from archive.browse.shelf import HEALTH, LISTED, OUTLETS, Shelf
from archive.browse.sources import Sources, WatchedSource
from archive.browse.wording import outlet
from archive.catalogue import Histories, RunReports
from archive.errors import CaptureNotFound, InvalidUrl, NotAnArchive
from archive.store.reader import ArchiveReader
from archive.text.difference import word_differences
from archive.text.folding import query
from archive.views.articles import ArticleView
from archive.views.captures import CaptureRefView
from archive.views.versions import ChangeView
from archive.web.urls import url_key

SHOWN = 60
"""Articles on one page of a list."""
FOUND = 40
"""Hits on one page of a search."""
LAST_PAGE = 250
"""Hits behind so many pages are not shown: who wants more adds a word."""
LINES = 200
"""Captures, and runs, on one page of a list."""
SIGHTINGS = 12
"""Of a version, the first captures that show it."""
COMPARED = 12
"""Edits that are shown with an article, the newest."""
NEWS = 300
"""What became of articles is looked through so far back for the front page."""
CHANGES = 60
"""On one page of the list of what changed."""
_ALERTS = 8
_AND = "~"
"""Between the two names of a change."""
_EVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


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

    `sources` says what is watched.

    Raises, from every method: NotHere; NotAnArchive and StoreUnavailable, where the catalogue
    cannot be read.
    """

    def __init__(self, reader: ArchiveReader, *, sources: Sources | None) -> None:
        self._reader = reader
        self._catalogue = reader.catalogue
        self._histories = Histories(reader.folder.catalogue)
        self._shelf = Shelf(reader.folder.catalogue)
        self._pictures = Pictures(reader)
        self._reports = RunReports(reader.folder.catalogue)
        self._sources = sources

    def front(self) -> Page:
        """What came in, by day and outlet; what changed and what went before it."""
        news = list(itertools.islice(self._histories.changes(_EVER), NEWS))
        articles = self._came_in(None)
        return Page(
            template="front.html",
            given={
                "totals": self._shelf.totals(),
                "changed": _of_kind(news, "edited"),
                "gone": _of_kind(news, "gone", "moved"),
                "lost": self._shelf.lost_posts(_ALERTS),
                "days": _by_day(articles.items),
                "part": articles,
                "run": next(self._catalogue.runs(limit=1), None),
            },
        )

    def articles(self, before: str | None) -> Page:
        """What came in, the newest first, behind what `before` names."""
        articles = self._came_in(_cursor(before))
        given = {"days": _by_day(articles.items), "part": articles}
        return Page(template="articles.html", given=given)

    def changes(self, before: str | None) -> Page:
        """What became of articles that were known, the newest first."""
        asked = _cursor(before)
        if asked is None:
            found = self._histories.changes(_EVER)
        else:
            article_id, _, record_id = asked[1].partition(_AND)
            found = self._histories.changes_before(asked[0], article_id, record_id)
        of_articles = itertools.takewhile(lambda one: one["kind"] != "post-gone", found)
        part = Part.of(itertools.islice(of_articles, CHANGES + 1), CHANGES, _place, asked)
        return Page(template="changes.html", given={"part": part})

    def search(self, words: str, page: str = "", until: str = "") -> Page:
        """Articles and posts with those words; an address or an id that is known leads there.

        Of `page` 2 and on, `until` is the text that was the newest when the first was shown.
        """
        number = int(page) if page.isdecimal() and len(page) < 4 else 1
        number = min(max(number, 1), LAST_PAGE)
        newest = int(until) if until.isdecimal() and len(until) < 19 else None
        if newest is None:
            newest = self._catalogue.newest_text()
        named = self._catalogue.find(words) if words and number == 1 else None
        skip = (number - 1) * FOUND
        hits = list(self._catalogue.search(words, limit=FOUND + 1, skip=skip, until=newest))
        return Page(
            template="search.html",
            given={
                "words": words,
                "is_a_word": bool(query(words)),
                "hits": hits[:FOUND],
                "is_more": len(hits) > FOUND and number < LAST_PAGE,
                "is_cut": len(hits) > FOUND and number == LAST_PAGE,
                "number": number,
                "first": skip + 1,
                "until": newest,
                "named": named,
                "outlet": self._outlet_named(words) if number == 1 else None,
            },
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
        tellers = self._shelf.cluster(cluster) if cluster is not None else []
        lead = self._pictures.nearest(view["image"], view["last_seen_at"])
        body = list(self._blocks(view, posts))
        return Page(
            template="article.html",
            given={
                "article": view,
                "body": body,
                "apart": [post for post in posts if post.block is None],
                "lead": lead,
                "is_lead_amid": lead in (picture for *_, picture in body),
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
                "edits": len(edits),
                "cluster": cluster,
                "copies": [one for one in tellers if one.article_id != view["id"]],
                "near": [
                    one
                    for one in view["near_copies"] or ()
                    if one["article_id"] not in {teller.article_id for teller in tellers}
                ],
                "near_cluster": view["cluster"]["id"] if view["cluster"] is not None else None,
                "evidence": self._evidence(view["capture"]),
            },
        )

    def post(self, post_key: str) -> Page:
        """A post: who cites it, what each says it says, and what its platform said when."""
        view = self._catalogue.post(post_key)
        if view is None:
            raise NotHere("no post is called that")
        citing = {one["article_id"]: one for one in view["cited_by"]}
        checks = {one["claimed_by"]: one for one in view["checks"]}
        versions = list(reversed(view["versions"]))
        return Page(
            template="post.html",
            given={
                "post": view,
                "claims": [
                    (claim, citing.get(claim["claimed_by"]), checks.get(claim["claimed_by"]))
                    for claim in distinct_claims(view["claims"])
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
                "evidence": self._evidence(view["capture"]),
            },
        )

    def cluster(self, story: str) -> Page:
        """A story as a time line of the outlets that told it."""
        same = self._shelf.cluster(story)
        tellers = same or self._shelf.near_cluster(story)
        if not tellers:
            raise NotHere("no story is called that")
        is_cut = len(tellers) >= LISTED
        given = {"story": story, "tellers": tellers, "is_near": not same, "is_cut": is_cut}
        return Page(template="cluster.html", given=given)

    def outlets(self) -> Page:
        """The outlets, those with the most articles first."""
        outlets = self._shelf.outlets()
        given = {"outlets": outlets, "is_cut": len(outlets) >= OUTLETS}
        return Page(template="outlets.html", given=given)

    def outlet(self, host: str, before: str | None) -> Page:
        """An outlet: what came of it, newest first."""
        key = _host_key(host)
        asked = _cursor(before)
        articles = self._came_in(asked, host_key=key)
        if not articles.items:
            raise NotHere("no article of that outlet is here")
        health = self._shelf.health(key) if asked is None else []
        given = {
            "host": host,
            "days": _by_day(articles.items),
            "part": articles,
            "health": health,
            "is_cut": sum(one.captures for one in health) >= HEALTH,
        }
        return Page(template="outlet.html", given=given)

    def runs(self, before: str | None) -> Page:
        """The runs."""
        asked = _cursor(before)
        runs = self._catalogue.runs(before=asked, limit=LINES + 1)
        part = Part.of(runs, LINES, lambda one: (one["began_at"], one["id"]), asked)
        return Page(template="runs.html", given={"part": part})

    def run(self, run_id: str, before: str | None) -> Page:
        """A run, its report, and what it could not have."""
        run = self._catalogue.run(run_id)
        if run is None:
            raise NotHere("no run is called that")
        asked = _cursor(before)
        captures = self._catalogue.captures(run_id=run_id, before=asked, limit=LINES + 1)
        part = Part.of(captures, LINES, lambda one: (one["captured_at"], one["record_id"]), asked)
        given = {"run": run, "part": part, "report": self._reports.report(run_id)}
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

    def _came_in(self, asked: Cursor | None, *, host_key: str | None = None) -> "Part[ArticleView]":
        """The articles of one page of a list."""
        found = self._catalogue.articles(host_key=host_key, before=asked, limit=SHOWN + 1)
        return Part.of(found, SHOWN, lambda one: (one["first_seen_at"] or "", one["id"]), asked)

    def _outlet_named(self, words: str) -> str | None:
        """The host that was asked for, where articles of it are here."""
        if " " in words or "." not in words.strip("."):
            return None
        try:
            found = self._catalogue.articles(host_key=_host_key(words), limit=1)
            return words if next(found, None) is not None else None
        except NotHere:
            return None

    def _evidence(self, place: CaptureRefView | None) -> Evidence | None:
        capture = self._catalogue.capture(place["record_id"]) if place is not None else None
        return evidence(self._reader, capture) if capture is not None else None

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


def _cursor(before: str | None) -> Cursor | None:
    try:
        return cursor(before)
    except ValueError:
        raise NotHere("no part of the list begins there") from None


def _place(change: ChangeView) -> Cursor:
    return change["at"], f"{change['id']}{_AND}{change['record_id']}"


def _host_key(host: str) -> str:
    try:
        return url_key(f"https://{quote(host, safe=':[]')}/").partition(")")[0]
    except InvalidUrl:
        raise NotHere("no outlet is called that") from None
