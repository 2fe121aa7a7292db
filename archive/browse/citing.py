"""The posts that an article cites: each claim beside the facts, and how the two compare."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.browse.pictures import Picture, Pictures
from archive.catalogue import CatalogueReader
from archive.views.articles import ArticleView
from archive.views.citations import CitationView, LabelledClaimsView, QuotedPostView
from archive.views.posts import CrossCheckView, PostHistoryView, PostMediaView

IN_FULL = 60
"""Beyond so many posts of one article, a citation is shown with its claim alone."""
PICTURES = 4
"""Of one post no more are shown in an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPost:
    """One citation, and what its platform says."""

    number: int
    """Its place among the article's citations."""
    key: str | None
    """None where the post is quoted by its words alone."""
    platform: str
    block: int | None
    claim: CitationView | QuotedPostView
    post: PostHistoryView | None
    check: CrossCheckView | None
    pictures: tuple[tuple[PostMediaView, Picture | None], ...] = ()

    @property
    def state(self) -> str:
        """The newest word on it."""
        if self.post is None:
            return "not_asked"
        return self.post["latest_state"] or self.post["state"]


def cited_posts(
    catalogue: CatalogueReader, pictures: Pictures, article: ArticleView
) -> list[CitedPost]:
    """The citations of an article in their order, then what it quotes without pointing at it."""
    known: dict[str, PostHistoryView | None] = {}
    found = []
    places = {block["post"]: index for index, block in enumerate(article["body"]) if block["post"]}
    for number, claim in enumerate(article["posts"]):
        key = f"{claim['platform']}:{claim['post_id']}"
        if key not in known and len(known) < IN_FULL:
            known[key] = catalogue.post(key)
        post = known.get(key)
        checks = post["checks"] if post is not None else []
        found.append(
            CitedPost(
                number=number,
                key=key,
                platform=claim["platform"],
                block=claim["block"] if claim["block"] is not None else places.get(key),
                claim=claim,
                post=post,
                check=next((one for one in checks if one["claimed_by"] == article["id"]), None),
                pictures=_pictures(pictures, post) if post is not None else (),
            )
        )
    found += (
        CitedPost(
            number=number,
            key=None,
            platform=quoted["platform"],
            block=quoted["block"],
            claim=quoted,
            post=None,
            check=None,
        )
        for number, quoted in enumerate(article["quoted"], start=len(found))
    )
    return found


def distinct_claims(claims: Iterable[LabelledClaimsView]) -> list[LabelledClaimsView]:
    """Each article's claims once, though several of its versions make them."""
    known: dict[str, LabelledClaimsView] = {}
    for claim in claims:
        said = {name: value for name, value in claim.items() if name not in {"record_id", "reader"}}
        known.setdefault(repr(sorted(said.items())), claim)
    return list(known.values())


def _pictures(
    pictures: Pictures, post: PostHistoryView
) -> tuple[tuple[PostMediaView, Picture | None], ...]:
    media = post["media"][:PICTURES]
    return tuple((one, pictures.of_media(one, post["latest_at"])) for one in media)
