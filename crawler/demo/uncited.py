"""Posts that no article of the demo cites: one for each further thing that a platform may say.

`dateline crawl POST-URL` asks for them, and so do tests. They follow the rules of `posts.POSTS`.
"""

import datetime as dt

from crawler.demo.posts import (
    BlueskyPost,
    Fate,
    MastodonPost,
    P,
    Post,
    TelegramPost,
    XPost,
    YouTubeVideo,
    posts_of,
)


def _utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def _x(post_id: str, at: str, text: str, fate: Fate) -> XPost:
    return XPost(
        post_id=post_id,
        handle="calder_notes",
        name="Calder Notes",
        user_id="880112233",
        posted_at=_utc(at),
        lang="en",
        text=text,
        fate=fate,
    )


UNCITED: dict[str, Post] = {
    "members-x": _x(
        "2119690209326006273",
        "2026-11-09T07:15:02.500",
        "What the water left on the quay, not for the faint of heart.",
        Fate.WITHHELD,
    ),
    "protected-x": _x(
        "2119701943940022273",
        "2026-11-09T08:01:40.250",
        "For those who follow me: the pump is running.",
        Fate.PROTECTED,
    ),
    "suspended-x": _x(
        "2119724173226934273",
        "2026-11-09T09:30:00.125",
        "The bridge was never closed, they made it up.",
        Fate.SUSPENDED,
    ),
    "long-x": _x(
        "2119743101072310273",
        "2026-11-09T10:45:12.875",
        "How the night went, from the first gauge reading at six to the last boat at four: " * 6,
        Fate.THERE,
    ),
    "busy-x": _x(
        "2119749636787798017",
        "2026-11-09T11:11:11.111",
        "Road 7 is open again, one lane.",
        Fate.BUSY_ONCE,
    ),
    "app-telegram": TelegramPost(
        channel="calder_river",
        number=415,
        name="Calder River Watch",
        posted_at=_utc("2026-11-09T05:00:00"),
        text="",
        views="912",
        fate=Fate.WITHHELD,
    ),
    "unshown-bluesky": BlueskyPost(
        did="did:plc:n4quietdemo5x2qwertyuiop",
        handle="quiet.calder.example",
        name="A Quiet One",
        rkey="3mzub2ytxu227",
        cid="bafyreidemoquietpost",
        posted_at=_utc("2026-11-09T06:06:06.600"),
        lang="en",
        text="Only for those who are logged in: my street is dry.",
        fate=Fate.PROTECTED,
    ),
    "deleted-bluesky": BlueskyPost(
        did="did:plc:k3calderdemo7x2qwertyuio",
        handle="marlow.calder.example",
        name="Ines Marlow",
        rkey="3mzubn66bc227",
        cid="bafyreidemotakenback",
        posted_at=_utc("2026-11-09T06:16:16.160"),
        lang="en",
        text="I hear the mill is gone.",
        fate=Fate.DELETED,
    ),
    "deleted-mastodon": MastodonPost(
        host="saltmarsh.social.example",
        user="tidegauge",
        user_id="1187",
        name="Tide Gauge",
        post_id="117585267923353677",
        posted_at=_utc("2026-11-09T07:20:00.100"),
        lang="en",
        text="Gauge offline, guessing 4 m.",
        fate=Fate.DELETED,
    ),
    "edited-mastodon": MastodonPost(
        host="saltmarsh.social.example",
        user="tidegauge",
        user_id="1187",
        name="Tide Gauge",
        post_id="117585268579368960",
        posted_at=_utc("2026-11-09T07:20:10.110"),
        lang="en",
        text="Correction: the gauge read 4.1 m at seven, not 5.1 m. #CalderFlood",
        edited_at=_utc("2026-11-09T07:52:00"),
        text_before="The gauge read 5.1 m at seven. #CalderFlood",
    ),
    "secure-mastodon": MastodonPost(
        host="locked.social.example",
        user="lockkeeper",
        user_id="12",
        name="Lock Keeper",
        post_id="117585346573107277",
        posted_at=_utc("2026-11-09T07:40:00.200"),
        lang="en",
        text="Gate two holds. #CalderFlood",
        fate=Fate.PROTECTED,
    ),
    "unembeddable-youtube": YouTubeVideo(
        video_id="dS5e0TnCr_8",
        title="Saltmarsh Bridge, the whole night",
        channel="North Bank Films",
        handle="northbankfilms",
        fate=Fate.PROTECTED,
    ),
    "private-youtube": YouTubeVideo(
        video_id="eT6f1UoDs-A",
        title="Not for you",
        channel="North Bank Films",
        handle="northbankfilms",
        fate=Fate.WITHHELD,
    ),
}


def every(kind: type[P]) -> list[P]:
    """All posts of one kind, those that articles cite first."""
    return [*posts_of(kind), *(post for post in UNCITED.values() if isinstance(post, kind))]
