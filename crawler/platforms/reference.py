"""Which post a URL or an embed names."""

from dataclasses import dataclass

from archive import PostPointer


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRef:
    """A post's platform, id and address. Ids are text, always: they outgrow a float."""

    platform: str
    post_id: str
    url: str
    """Canonical, built anew from the id: it carries no tracker and, where the platform can do
    without, no author that only the page vouches for."""

    @property
    def key(self) -> str:
        """The post's identity: `platform:post_id`."""
        return f"{self.platform}:{self.post_id}"

    def as_pointer(self, relation: str) -> PostPointer:
        """This post as another one points at it: `reply_to`, `quoted`, `forwarded`."""
        return PostPointer(
            relation=relation, platform=self.platform, post_id=self.post_id, url=self.url
        )
