"""Which pictures a post's answer and an article name. Pure.

Photographs, the previews of films, lead images; a film itself is only named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from archive import Article, InvalidUrl, PostAnswer, PostFacts, canonical_url

MOST_PER_POST = 24
"""Pictures of one answer beyond so many are not asked for; no platform has posts of more."""

_OF_THE_PAST = "third-party-capture"
"""The grade of a web archive's copy: what it names is the archive's, or long gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPicture:
    """A picture to be asked for, and as what it is named: `image`, `preview`, `lead`."""

    url: str
    role: str


def of_answer(answer: PostAnswer) -> list[WantedPicture]:
    """The pictures of a post, as one answer names them; each address once."""
    if answer.grade == _OF_THE_PAST:
        return []
    found: dict[str, WantedPicture] = {}
    versions = (answer.facts or PostFacts(), *answer.history)
    for media in chain.from_iterable(facts.media for facts in versions):
        if media.picture is None or len(found) >= MOST_PER_POST:
            continue
        role, url = media.picture
        if _is_address(url):
            found.setdefault(url, WantedPicture(url=url, role=role))
    return list(found.values())


def of_article(article: Article) -> Iterator[WantedPicture]:
    """The article's lead image, where it names one."""
    if article.image is not None and _is_address(article.image):
        yield WantedPicture(url=article.image, role="lead")


def _is_address(url: str) -> bool:
    try:
        canonical_url(url)
    except InvalidUrl:
        return False
    return url.startswith(("http://", "https://"))
