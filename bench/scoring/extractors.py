"""The extractors side by side: dateline, and whichever others are installed.

Each is made once in a process, imports what it needs then, and answers pages one by one.
"""

import contextlib
import datetime as dt
import functools
import importlib.util
import logging
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from lxml.etree import _Element

from archive import Moment
from bench.scoring.corpus import Case, post_key
from bench.scoring.scores import Dateline, Prediction

Extract = Callable[[Case, bytes], Prediction]
"""From a case (its origin tells which switches its truth wants) and its page to what it says."""


class Extractor(NamedTuple):
    """An extractor by name: the module that it needs, and how it is made."""

    name: str
    module: str
    make: Callable[[], Extract]

    @property
    def is_installed(self) -> bool:
        """Whether it can be made here."""
        return importlib.util.find_spec(self.module) is not None


def _stated(moment: Moment) -> str:
    """The moment as the page states it: with its clock time, where that has no offset, too."""
    if moment.at is None and moment.clock is not None:
        return dt.datetime.combine(moment.on, moment.clock).isoformat()
    return str(moment)


def timed(extract: Extract, case: Case) -> Prediction:
    """The prediction with the processor time that it took; an error is an empty prediction."""
    body = case.body()
    began = time.process_time()
    try:
        prediction = extract(case, body)
    except Exception as error:  # noqa: BLE001 - whatever an extractor fails with, it found nothing
        prediction = Prediction(error=f"{type(error).__name__}: {error}")
    seconds = time.process_time() - began
    return Prediction(**{**_fields(prediction), "seconds": seconds})


def _fields(prediction: Prediction) -> dict[str, Any]:
    return {name: getattr(prediction, name) for name in Prediction.__slots__}


def _make_dateline() -> Extract:
    from crawler.extract.page import Page  # noqa: PLC0415 - each extractor's own imports
    from crawler.reading.page import read, warm_up  # noqa: PLC0415
    from crawler.reading.rendering import Posts, Summary, render_text  # noqa: PLC0415

    warm_up()

    def extract(case: Case, body: bytes) -> Prediction:
        reading = read(Page(url=case.url, body=body, content_type="text/html"), "")
        article = reading.article
        if article is None:
            return Prediction(error=f"{reading.verdict}: {reading.reason}")
        said = article.dateline
        return Prediction(
            body=render_text(
                article,
                posts=Posts.OMIT if case.origin == "fundus" else Posts.INLINE,
                summary=Summary.APART if case.origin == "aeb" else Summary.INLINE,
            ),
            title=article.headline,
            other_titles=article.headline_alternatives,
            authors=(*(author.name for author in article.authors), *article.agencies),
            date=_stated(article.published_at) if article.published_at else None,
            posts=frozenset(post_key(post.platform, post.post_id) for post in article.posts),
            dateline=Dateline(place=said.place, agency=said.agency) if said else None,
        )

    return extract


def _make_trafilatura(*, links: bool = False, precision: bool = False) -> Extract:
    from lxml.etree import strip_tags  # noqa: PLC0415
    from trafilatura.core import bare_extraction  # noqa: PLC0415
    from trafilatura.settings import Document  # noqa: PLC0415
    from trafilatura.xml import xmltotxt  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    def extract(case: Case, body: bytes) -> Prediction:
        document = bare_extraction(
            body,
            url=case.url,
            with_metadata=True,
            include_comments=False,
            include_links=links,
            favor_precision=precision,
        )
        if not isinstance(document, Document):
            return Prediction()
        posts = _recognised(ref.get("target") for ref in document.body.iter("ref"))
        strip_tags(document.body, "ref")
        return Prediction(
            body=xmltotxt(document.body, include_formatting=False),
            title=document.title,
            authors=tuple((document.author or "").split("; ")),
            date=document.date,
            posts=posts,
        )

    return extract


def _make_goose() -> Extract:
    from goose3 import Goose  # noqa: PLC0415

    goose = Goose({"enable_image_fetching": False})

    def extract(case: Case, body: bytes) -> Prediction:
        article = goose.extract(url=case.url, raw_html=_decoded(body))
        embeds = [*article.tweets, *(movie.src for movie in article.movies)]
        return Prediction(
            body=article.cleaned_text,
            title=article.title,
            authors=tuple(_flat(article.authors)),
            date=next(_flat([article.publish_date]), None),
            posts=_recognised(url for embed in embeds for url in _urls(embed)),
        )

    return extract


def _make_newspaper() -> Extract:
    from newspaper import Article  # noqa: PLC0415

    def extract(case: Case, body: bytes) -> Prediction:
        article = Article(case.url, fetch_images=False)
        article.download(input_html=_decoded(body))
        article.parse()
        date = article.publish_date
        return Prediction(
            body=article.text,
            title=article.title,
            authors=tuple(article.authors),
            date=date.isoformat() if date else None,
            posts=_recognised(article.movies),
        )

    return extract


def _make_readability() -> Extract:
    from lxml.html import fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    def extract(case: Case, body: bytes) -> Prediction:
        document = Document(_decoded(body), url=case.url)
        summary = fromstring(document.summary(html_partial=True))
        return Prediction(
            body="\n".join(" ".join(text.split()) for text in _block_texts(summary)),
            title=document.short_title(),
            posts=_recognised(link for _, _, link, _ in summary.iterlinks()),
        )

    return extract


EXTRACTORS = (
    Extractor("dateline", "crawler.reading.page", _make_dateline),
    Extractor("trafilatura", "trafilatura", _make_trafilatura),
    # Its links are to be had at the price of some text; each row is its own where it is best.
    Extractor(
        "trafilatura-links",
        "trafilatura",
        functools.partial(_make_trafilatura, links=True),
    ),
    Extractor(
        "trafilatura-precision",
        "trafilatura",
        functools.partial(_make_trafilatura, precision=True),
    ),
    Extractor("goose3", "goose3", _make_goose),
    Extractor("newspaper4k", "newspaper", _make_newspaper),
    Extractor("readability-lxml", "readability", _make_readability),
)


def made(name: str) -> Extract:
    """The extractor of that name, ready; its own chatter goes nowhere.

    Raises: StopIteration where there is none; ImportError where it is not installed.
    """
    warnings.simplefilter("ignore")
    extractor = next(extractor for extractor in EXTRACTORS if extractor.name == name)
    extract = extractor.make()
    for logger in ("goose3", "newspaper", "readability", "crawler", "asyncio"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    return extract


def _recognised(urls: Iterable[str | None]) -> frozenset[tuple[str, str]]:
    """The posts that an extractor's links name; others report links, we recognise for them."""
    from crawler.platforms.registry import recognise  # noqa: PLC0415

    found = (recognise(f"https:{url}" if url.startswith("//") else url) for url in urls if url)
    return frozenset(post_key(ref.platform, ref.post_id) for ref in found if ref)


def _flat(names: Iterable[object]) -> Iterator[str]:
    """Names out of lists in lists; JSON-LD nests them so."""
    for name in names:
        if isinstance(name, str):
            yield name
        elif isinstance(name, list):
            yield from _flat(name)


def _decoded(body: bytes) -> str:
    """Text for extractors that want it, by the same decoding as ours."""
    from crawler.extract.document.markup import decode  # noqa: PLC0415
    from crawler.extract.page import Page  # noqa: PLC0415

    return decode(Page(url="", body=body, content_type="text/html"))


def _urls(markup: str) -> list[str]:
    """The link targets of an embed's markup; itself where it is a URL."""
    from lxml.html import fromstring  # noqa: PLC0415

    if not markup.lstrip().startswith("<"):
        return [markup]
    with contextlib.suppress(ValueError):
        return [link for _, _, link, _ in fromstring(markup).iterlinks()]
    return []


_BLOCKS = frozenset("p div li h1 h2 h3 h4 h5 h6 blockquote pre td br section article".split())


def _block_texts(root: _Element) -> list[str]:
    """The text of a tree, a piece for each block."""
    pieces = [""]
    for event, element in _events(root):
        if element.tag in _BLOCKS:
            pieces.append("")
        text = element.text if event == "start" else element.tail
        pieces[-1] += text or ""
    return [piece for piece in pieces if piece.strip()]


def _events(root: _Element) -> Iterable[tuple[str, _Element]]:
    from lxml.etree import iterwalk  # noqa: PLC0415

    return (pair for pair in iterwalk(root, events=("start", "end")) if pair[1].tag != "script")
