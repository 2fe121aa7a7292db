"""What search knows of articles, citations and posts, in their own letters."""

from typing import NamedTuple, Self

from archive.digest import Digest
from archive.model import Article, Citation, PostFacts


class ArticleWords(NamedTuple):
    """The words of an article."""

    headline: str
    """With the subtitle."""
    body: str
    """Who wrote it, then its blocks, with the dateline before the one that it opened."""

    @classmethod
    def of(cls, article: Article) -> Self:
        """What search knows of `article`: captions are part of it."""
        headline = "\n".join(part for part in (article.headline, article.subtitle) if part)
        signed = [*(author.name for author in article.authors), *article.agencies]
        lines = [block.text for block in article.body]
        if article.dateline is not None:
            opened = article.dateline.block or 0
            opening = [article.dateline.raw, *lines[opened : opened + 1]]
            lines[opened : opened + 1] = [" ".join(opening)]
        return cls(headline, "\n".join([", ".join(signed)] * bool(signed) + lines))

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.headline}\n{self.body}"

    @property
    def digest(self) -> Digest:
        """What tells it from all others."""
        return Digest.of(f"article\n{self.text}".encode("utf-8", "surrogatepass"))


def words_of_claims(citation: Citation) -> str:
    """What search knows of a citation; "" where it claims nothing."""
    claims = (citation.claimed_text, citation.claimed_name, citation.claimed_handle)
    named = (*citation.hashtags, *citation.mentions)
    return "\n".join(part for part in (*claims, " ".join(named)) if part)


def words_of_post(facts: PostFacts) -> str:
    """What search knows of a post, as its platform states it."""
    author = facts.author
    names = (author.name, author.handle) if author is not None else ()
    words = (facts.title, facts.content_warning, facts.text, *offered(facts))
    parts = (*words, *names, " ".join(facts.hashtags))
    return "\n".join(part for part in parts if part)


def offered(facts: PostFacts) -> tuple[str, ...]:
    """The answers that a post's poll offers."""
    return tuple(option.text for option in facts.poll.options) if facts.poll is not None else ()
