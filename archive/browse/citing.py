"""The posts that an article cites: each claim beside the facts, and how the two compare."""

from dataclasses import dataclass

from archive.catalogue import CatalogueReader
from archive.post_views import CrossCheckView, PostHistoryView
from archive.views import ArticleView, CitationView, QuotedPostView

IN_FULL = 60
"""Beyond so many posts of one article, a citation is shown with its claim alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPost:
    """One citation, and what its platform says."""

    key: str | None
    """None where the post is quoted by its words alone."""
    platform: str
    block: int | None
    claim: CitationView | QuotedPostView
    post: PostHistoryView | None
    check: CrossCheckView | None

    @property
    def is_first_hand(self) -> bool:
        """Whether any platform said something of it."""
        return self.post is not None and self.post["capture"] is not None

    @property
    def state(self) -> str:
        """The newest word on it."""
        if self.post is None:
            return "not_asked"
        return self.post["latest_state"] or self.post["state"]

    @property
    def is_sensitive(self) -> bool:
        """Whether its platform or its author asks for it to be covered."""
        post = self.post
        return post is not None and bool(post["is_sensitive"] or post["content_warning"])


def cited_posts(catalogue: CatalogueReader, article: ArticleView) -> list[CitedPost]:
    """The citations of an article in their order, then what it quotes without pointing at it."""
    known: dict[str, PostHistoryView | None] = {}
    found = []
    places = {block["post"]: index for index, block in enumerate(article["body"]) if block["post"]}
    for claim in article["posts"]:
        key = f"{claim['platform']}:{claim['post_id']}"
        if key not in known and len(known) < IN_FULL:
            known[key] = catalogue.post(key)
        post = known.get(key)
        checks = post["checks"] if post is not None else []
        found.append(
            CitedPost(
                key=key,
                platform=claim["platform"],
                block=claim["block"] if claim["block"] is not None else places.get(key),
                claim=claim,
                post=post,
                check=next((one for one in checks if one["claimed_by"] == article["id"]), None),
            )
        )
    found += (
        CitedPost(
            key=None,
            platform=quoted["platform"],
            block=quoted["block"],
            claim=quoted,
            post=None,
            check=None,
        )
        for quoted in article["quoted"]
    )
    return found
