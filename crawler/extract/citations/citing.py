"""The citations of a page while they are gathered: known once a place, however often marked up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from archive import Citation, Relation
from crawler.extract.citations.carriers import Form
from crawler.extract.citations.claims import Claims
from crawler.extract.citations.places import Place, footing_of_embed
from crawler.extract.text.standing import Footing
from crawler.platforms.mending import may_be_mended, mended
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import Registry

MOST_CITATIONS = 1_000
_HIGHEST = 6
_SEALED = frozenset({"noscript", "object"})
"""Elements that have a place in the text, and what is in them none."""
_MOST_CANDIDATES = 5_000
_MOST_ADDRESSES = 40_000
"""That are asked for what they name, whether they name a post or not."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FoundCitation:
    """A citation, and the element of the page that makes it."""

    node: LexborNode
    citation: Citation
    footing: Footing = Footing.BODY
    """How much the markup around a link says that it is the article's."""
    before: LexborNode | None = None
    """The paragraph that it stands before, where `node` is only what keeps the page's state."""

    @property
    def placed(self) -> LexborNode:
        """The element that tells its place: of what stands in a `noscript` or `object`, that."""
        element = self.before or self.node
        if element.tag == "-text":
            element = element.parent or element
        above = element.parent
        for _ in range(_HIGHEST):
            if above is None or above.tag in _SEALED:
                break
            above = above.parent
        return above if above is not None and above.tag in _SEALED else element

    @property
    def is_sure(self) -> bool:
        """Whether its place in the markup alone makes it one.

        A link that stands in no prose of the article's is one only where the text holds it.
        """
        return self.footing >= Footing.NEAR


class Citations:
    """What has been found so far, in reading order."""

    def __init__(self, registry: Registry, page_url: str) -> None:
        self.found: list[FoundCitation] = []
        self.is_parted = True
        """Whether words stand between the last citation and what comes next."""
        self._registry = registry
        self._own_host = _host(page_url)
        self._candidates = self._addresses = 0
        self.is_full = False
        """Whether a bound is reached, at which nothing more is looked for."""
        self._index_of: dict[str, int] | None = None

    def take_each_post_once(self) -> None:
        """From now on a post that is cited already is not cited again, wherever it stands."""
        self._index_of = {one.citation.post_key: at for at, one in enumerate(self.found)}

    def recognise(self, url: str) -> PostRef | None:
        """The post that `url` names; none where it is a page of the site's own."""
        self._addresses += 1
        self.is_full = self.is_full or self._addresses >= _MOST_ADDRESSES
        return self.minded(self._registry.recognise(url))

    def linked(self, href: str) -> PostRef | None:
        """The post that a link names, or means: broken, or through the site's own pages."""
        ref = self.recognise(href) if "//" in href else None  # a page of the site's own is no post
        if ref is None and may_be_mended(href):
            url = mended(href, self._own_host, self._registry.knows)
            ref = None if url is None else self.recognise(url)
        return ref

    def minded(self, ref: PostRef | None) -> PostRef | None:
        """`ref`, counted; None where it is a page of the site's own, or a bound is reached."""
        if ref is None or self.is_full:
            return None
        self._candidates += 1
        self.is_full = self.is_full or self._candidates >= _MOST_CANDIDATES
        return None if _host(ref.url) == self._own_host else ref

    def keys(self, indices: Sequence[int]) -> set[str]:
        """The posts that some of the citations cite."""
        return {self.found[index].citation.post_key for index in indices}

    def add(
        self,
        node: LexborNode,
        ref: PostRef,
        form: Form,
        place: Place,
        claims: Claims = Claims(),  # noqa: B008 (frozen)
        *,
        footing: Footing | None = None,
    ) -> int:
        """Add a citation, or merge it with the same post's at the same place; its index.

        One place: an element inside one that made another citation, or its twin, such as the frame
        in a `noscript` beside the lazy one, with no word between them. `footing` is a link's; an
        embed's follows from its place.
        """
        node = place.stands_for or node
        footing = footing_of_embed(place) if footing is None else footing
        relation = Relation.LINKED if form is Form.LINK else Relation.EMBEDDED
        citation = citation_of(self._registry, ref, relation, form, claims)
        if self._index_of is not None and ref.key in self._index_of:
            self._learn(self._index_of[ref.key], citation)
            return self._index_of[ref.key]
        rivals = list(place.carried)
        if self.found and not self.is_parted:
            rivals.append(len(self.found) - 1)
        self.is_parted = False
        for index in rivals:
            known = self.found[index]
            rival = known.citation
            if rival.post_key == citation.post_key and rival.relation is citation.relation:
                if rival.claimed_text is None and rival.claimed_handle is None:
                    # What claims nothing either may be unseen, as a `noscript` is: the place stays.
                    has_claims = claims.text is not None or claims.handle is not None
                    shown = node if has_claims else known.node
                    self.found[index] = FoundCitation(
                        node=shown, citation=citation, footing=footing
                    )
                return index
        if self._index_of is not None:
            self._index_of[ref.key] = len(self.found)
        self.found.append(FoundCitation(node=node, citation=citation, footing=footing))
        self.is_full = self.is_full or len(self.found) >= MOST_CITATIONS
        return len(self.found) - 1

    def _learn(self, index: int, citation: Citation) -> None:
        """Take the claims of the same post's snippet for a citation of a state that has none."""
        known = self.found[index]
        is_bare = known.citation.claimed_text is None and known.citation.claimed_handle is None
        if is_bare and known.citation.form == Form.STATE and citation.claimed_handle is not None:
            self.found[index] = replace(known, citation=citation)


def citation_of(
    registry: Registry,
    ref: PostRef,
    relation: Relation,
    form: str,
    claims: Claims = Claims(),  # noqa: B008 (frozen)
    *,
    block: int | None = None,
) -> Citation:
    """The citation of a post with what the page claims of it."""
    return Citation(
        platform=ref.platform,
        post_id=ref.post_id,
        url=ref.url,
        relation=relation,
        form=form,
        block=block,
        claimed_handle=claims.handle,
        claimed_name=claims.name,
        claimed_text=claims.text,
        claimed_on=claims.on,
        hashtags=claims.hashtags,
        mentions=claims.mentions,
        links=claims.links,
        id_at=registry.id_instant(ref),
        claimed_revision=claims.revision,
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
