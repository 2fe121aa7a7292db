"""What a stored document says of a row beside the catalogue's own columns.

A document is read once, and of it only what leaves the archive.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

from archive.codec import Excerpt, decoder
from archive.export.kinds import DatelineCell, MediaCell, MetricCell, PollCell
from archive.export.queries import Values
from archive.instants import instant_or_none
from archive.model import PostAnswer, PostFacts


class _Name(Excerpt):
    name: str


class _Part(Excerpt):
    type: str
    text: str
    url: str | None = None


class _Page(Excerpt):
    """What is wanted of a document (model.Article)."""

    headline: str | None = None
    subtitle: str | None = None
    authors: tuple[_Name, ...] = ()
    agencies: tuple[str, ...] = ()
    dateline: DatelineCell | None = None
    language: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    site_name: str | None = None
    image: str | None = None
    image_credit: str | None = None
    body: tuple[_Part, ...] = ()
    partial: str | None = None


_PAGE = decoder(_Page)
_ANSWER = decoder(PostAnswer)
_OF_MEDIA = tuple(one.name for one in fields(MediaCell))


def article(found: Values) -> Values:
    """A row of `articles`, out of what was selected."""
    page = _PAGE(found.pop("document"))
    found["site_name"] = page.site_name
    found["headline"] = page.headline
    found["subtitle"] = page.subtitle
    found["authors"] = tuple([author.name for author in page.authors])
    found["agencies"] = page.agencies
    found["dateline"] = page.dateline
    found["language"] = page.language
    found["section"] = page.section
    found["tags"] = page.tags
    found["image"] = page.image
    found["text"] = _text(page)
    found["partial"] = page.partial
    return found


def version(found: Values) -> Values:
    """A row of `versions`."""
    found["text"] = _text(_PAGE(found.pop("document")))
    return found


def post(found: Values) -> Values:
    """A row of `posts`; nothing is known of one that no answer states."""
    document = found.pop("answer")
    answer = _ANSWER(document) if document is not None else None
    facts = answer.facts if answer is not None else None
    known = facts if facts is not None else PostFacts()
    return found | {
        "rung": answer.rung if answer is not None else None,
        "grade": answer.grade if answer is not None else None,
        "author_id": known.author.id if known.author is not None else None,
        "handle": known.author.handle if known.author is not None else None,
        "name": known.author.name if known.author is not None else None,
        "text": known.text,
        "is_text_truncated": known.is_text_truncated if facts is not None else None,
        "title": known.title,
        "language": known.language,
        "posted_at": instant_or_none(known.posted_at),
        "edited_at": instant_or_none(known.edited_at),
        "revision": known.revision,
        "hashtags": known.hashtags,
        "mentions": known.mentions,
        "links": known.links,
        "media": tuple(MediaCell(**_cell(media)) for media in known.media),
        "poll": tuple(
            PollCell(text=option.text, votes=option.votes, percent=option.percent)
            for option in (known.poll.options if known.poll is not None else ())
        ),
        "metrics": tuple(
            MetricCell(name=name, value=value)
            for name, value in sorted(known.metrics.items())
            if 0 <= value < 1 << 63
        ),
        "content_warning": known.content_warning,
        "is_sensitive": known.is_sensitive,
    }


def named_by_article(found: Values) -> Iterator[Values]:
    """The pictures and films that an article names: MediaCell's fields, and `credit`."""
    page = _PAGE(found["document"])
    if page.image is not None:
        yield _named(type="image", url=page.image, credit=page.image_credit)
    for part in page.body:
        if part.type == "media":
            yield _named(type="media", url=part.url, alt=part.text or None)


def named_by_post(found: Values) -> Iterator[Values]:
    """Those of a post, the same way."""
    facts = _ANSWER(found["answer"]).facts if found["answer"] is not None else None
    for media in facts.media if facts is not None else ():
        yield _named(**_cell(media))


NAMED: dict[str, Callable[[Values], Iterator[Values]]] = {
    "articles": named_by_article,
    "posts": named_by_post,
}
"""By the kind whose rows name them."""


def _text(page: _Page) -> str:
    return "\n\n".join([part.text for part in page.body])


def _cell(media: object) -> Values:
    return {name: getattr(media, name) for name in _OF_MEDIA}


def _named(*, credit: str | None = None, **known: Any) -> Values:  # noqa: ANN401
    """A cell with its defaults, as values."""
    return {"credit": credit, **_cell(MediaCell(**known))}
