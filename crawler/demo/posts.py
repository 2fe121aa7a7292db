"""The posts that the demo's articles cite: one table, from which everything else follows.

`embeds.py` writes what an article pastes of them, `platforms/` what their platforms answer, so
the two agree. All of it is invented. Where a platform's ids carry an instant, these do.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar


class Fate(StrEnum):
    """What a platform says today of a post that an article once embedded."""

    THERE = "there"
    DELETED = "deleted"
    UNKNOWN = "unknown"
    PROTECTED = "protected"
    WITHHELD = "withheld"
    SUSPENDED = "suspended"
    BUSY_ONCE = "busy-once"
    """There, but whoever asks first is told to come again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class XPost:
    """A post on X. `text` is unescaped, with its t.co links; `picture` is the key of its last."""

    post_id: str
    handle: str
    name: str
    user_id: str
    posted_at: dt.datetime
    lang: str
    text: str
    picture: str | None = None
    alt: str = ""
    fate: Fate = Fate.THERE

    @property
    def path(self) -> str:
        """Of the permalink, on whichever of the platform's hosts."""
        return f"/{self.handle}/status/{self.post_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramPost:
    """A message of a public channel."""

    channel: str
    number: int
    name: str
    posted_at: dt.datetime
    text: str
    views: str
    fate: Fate = Fate.THERE


@dataclass(frozen=True, slots=True, kw_only=True)
class BlueskyPost:
    """A post on Bluesky; `rkey` is a timestamp id."""

    did: str
    handle: str
    name: str
    rkey: str
    cid: str
    posted_at: dt.datetime
    lang: str
    text: str
    fate: Fate = Fate.THERE

    @property
    def uri(self) -> str:
        """The `at://` URI: the post's identity."""
        return f"at://{self.did}/app.bsky.feed.post/{self.rkey}"

    @property
    def url(self) -> str:
        """The permalink that people share."""
        return f"https://bsky.app/profile/{self.handle}/post/{self.rkey}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MastodonPost:
    """A status; `host` is the server of its author."""

    host: str
    user: str
    user_id: str
    name: str
    post_id: str
    posted_at: dt.datetime
    lang: str
    text: str
    fate: Fate = Fate.THERE
    """`PROTECTED`: its server is in secure mode, and only its pages are open."""
    edited_at: dt.datetime | None = None
    text_before: str = ""
    """What it said until `edited_at`."""

    @property
    def url(self) -> str:
        """The permalink that people share."""
        return f"https://{self.host}/@{self.user}/{self.post_id}"

    @property
    def uri(self) -> str:
        """The ActivityPub id: the post's identity."""
        return f"https://{self.host}/users/{self.user}/statuses/{self.post_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class YouTubeVideo:
    """A film; its id tells no time."""

    video_id: str
    title: str
    channel: str
    handle: str
    fate: Fate = Fate.THERE
    """`PROTECTED`: it may not be embedded. `WITHHELD`: it is private."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstagramPost:
    """A picture with its caption."""

    code: str
    handle: str
    name: str
    posted_at: dt.datetime
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacebookPost:
    """A page's post; its id tells no time."""

    page: str
    post_id: str
    name: str
    posted_at: dt.datetime
    text: str

    @property
    def url(self) -> str:
        """The permalink that embeds name."""
        return f"https://www.facebook.com/{self.page}/posts/{self.post_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TikTokVideo:
    """A film with its caption."""

    video_id: str
    handle: str
    name: str
    posted_at: dt.datetime
    caption: str

    @property
    def url(self) -> str:
        """The permalink that embeds name."""
        return f"https://www.tiktok.com/@{self.handle}/video/{self.video_id}"


Post = (
    XPost
    | TelegramPost
    | BlueskyPost
    | MastodonPost
    | YouTubeVideo
    | InstagramPost
    | FacebookPost
    | TikTokVideo
)


P = TypeVar("P", bound=Post)


def _utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


POSTS: dict[str, Post] = {
    "road-open": XPost(
        post_id="2120861186107183105",
        handle="orontes_watch",
        name="مرصد العاصي",
        user_id="77120451",
        posted_at=_utc("2026-11-12T12:48:05.120"),
        lang="ar",
        text=(
            "فتح طريق #اللاذقية–#حلب الدولي أمام الشاحنات بعد ثلاثة أيام من الهدوء، "
            "وأول قافلة تعبر الجسر الآن https://t.co/Rk4mTz81Qe https://t.co/Bq7LwN2xYd"
        ),
        picture="Bq7LwN2xYd",
        alt="شاحنات بيضاء تعبر جسرا حجريا",
    ),
    "convoy": XPost(
        post_id="2120872156783976451",
        handle="jisr_relief",
        name="إغاثة الجسر 🚚",
        user_id="90331207",
        posted_at=_utc("2026-11-12T13:31:40.733"),
        lang="ar",
        text=(
            "وصلت ٢٤ شاحنة من الطحين والأدوية إلى مستودعاتنا.\n"
            "شكراً لكل من ساعد، وخصوصاً @orontes_watch\n#إدلب #الهدنة https://t.co/Hs3VdP60Lc"
        ),
        picture="Hs3VdP60Lc",
        alt="عمال يفرغون أكياس الطحين",
    ),
    "checkpoint": XPost(
        post_id="2120879867050188801",
        handle="M4RoadMap",
        name="M4 Road Map",
        user_id="1450887310",
        posted_at=_utc("2026-11-12T14:02:19.004"),
        lang="ar",
        text=(
            "الحاجز الأخير على محور #جسر_الشغور – #أريحا أزيل قبل ساعة. "
            "الخريطة المحدثة: https://t.co/Jw9XcA57Gn"
        ),
        fate=Fate.BUSY_ONCE,
    ),
    "water": XPost(
        post_id="2121504115576012801",
        handle="jisr_relief",
        name="إغاثة الجسر 🚚",
        user_id="90331207",
        posted_at=_utc("2026-11-14T07:22:51.450"),
        lang="ar",
        text="عادت المياه إلى خمس قرى على ضفة العاصي صباح اليوم #حماة–#إدلب https://t.co/Ty2KbE94Uf",
        picture="Ty2KbE94Uf",
        alt="ماء يتدفق في قناة ري",
    ),
    "withdrawn": XPost(
        post_id="2121485784157597697",
        handle="hama_minute",
        name="دقيقة حماة",
        user_id="1399001276",
        posted_at=_utc("2026-11-14T06:10:00.900"),
        lang="ar",
        text="عاجل: المضخة الثانية تعمل منذ الفجر، والثالثة بعد الظهر #حماة",
        fate=Fate.DELETED,
    ),
    "rail": XPost(
        post_id="2122173110668480513",
        handle="caucasus_rail",
        name="Caucasus Rail Notes",
        user_id="2208814405",
        posted_at=_utc("2026-11-16T03:41:12.310"),
        lang="en",
        text=(
            "Landslide across both tracks east of Gazakh & no trains on #Baku–#Tbilisi until "
            "at least Wednesday. Nobody hurt. https://t.co/Vn5QoS38Wi"
        ),
        picture="Vn5QoS38Wi",
        alt="Mud and stones over two railway tracks",
    ),
    "rail-arabic": XPost(
        post_id="2122179298736013313",
        handle="qawqaz_today",
        name="القوقاز اليوم",
        user_id="1877002991",
        posted_at=_utc("2026-11-16T04:05:47.660"),
        lang="ar",
        text="توقف القطارات بين #باكو–#تبليسي بسبب انهيار ترابي غرب اذربيجان، ولا إصابات",
        fate=Fate.PROTECTED,
    ),
    "never-was": XPost(
        post_id="2122091156866294785",
        handle="gazakh_eye",
        name="Gazakh Eye",
        user_id="0",
        posted_at=_utc("2026-11-15T22:15:33.001"),
        lang="en",
        text="Heavy rain over the ridge since noon, stones on the road already #Gazakh",
        fate=Fate.UNKNOWN,
    ),
    "crossing": XPost(
        post_id="2122618931246989313",
        handle="hudud_desk",
        name="مكتب الحدود",
        user_id="1600345521",
        posted_at=_utc("2026-11-17T09:12:44.218"),
        lang="ar",
        text=(
            "#المرصدالسوري يشير إلى وصول أول حافلة من المسافرين عبر المعبر هذا الصباح "
            "https://t.co/Za6MhF19Rk"
        ),
    ),
    "alert": XPost(
        post_id="2119547383377059841",
        handle="calder_alerts",
        name="Calder County Alerts",
        user_id="310442078",
        posted_at=_utc("2026-11-08T21:47:30.140"),
        lang="en",
        text=(
            "Saltmarsh Bridge is CLOSED in both directions: water over the deck. "
            "Use Route 7. https://t.co/Mx1RjC46Sb #CalderFlood"
        ),
    ),
    "bridge-telegram": TelegramPost(
        channel="calder_river",
        number=412,
        name="Calder River Watch",
        posted_at=_utc("2026-11-08T21:52:41"),
        text=(
            "Gauge at the bridge: 4.61 m and rising.\nPolice are turning cars round. #CalderFlood"
        ),
        views="4.85K",
    ),
    "lost-telegram": TelegramPost(
        channel="calder_river",
        number=409,
        name="Calder River Watch",
        posted_at=_utc("2026-11-08T20:30:00"),
        text="Gauge at the bridge: 3.9 m.",
        views="2K",
        fate=Fate.DELETED,
    ),
    "bridge-bluesky": BlueskyPost(
        did="did:plc:k3calderdemo7x2qwertyuio",
        handle="marlow.calder.example",
        name="Ines Marlow",
        rkey="3mztfskqm7c2l",
        cid="bafyreidemocalderbridge4xkq2m7wv6n3tzp5hjrsyc2e",
        posted_at=_utc("2026-11-08T21:58:12.345"),
        lang="en",
        text="The bridge lights just went out 🌊 — whole bank is dark. Stay home. #CalderFlood",
    ),
    "bridge-mastodon": MastodonPost(
        host="saltmarsh.social.example",
        user="tidegauge",
        user_id="1187",
        name="Tide Gauge",
        post_id="117583121449751143",
        posted_at=_utc("2026-11-08T22:14:07.512"),
        lang="en",
        text="High water at Saltmarsh 22:10: 4.78 m, the highest I have logged. #CalderFlood",
    ),
    "bridge-youtube": YouTubeVideo(
        video_id="cR4d9SmBq_w",
        title="Saltmarsh Bridge at high water, from the north bank",
        channel="North Bank Films",
        handle="northbankfilms",
    ),
    "bridge-instagram": InstagramPost(
        code="DfgtZa4wBbF",
        handle="calder.mornings",
        name="Calder Mornings",
        posted_at=_utc("2026-11-09T06:40:18.250"),
        caption="The morning after. The deck is still there. #calderflood",
    ),
    "bridge-facebook": FacebookPost(
        page="CalderFireService",
        post_id="1029384756102938",
        name="Calder Fire Service",
        posted_at=_utc("2026-11-08T22:20:00"),
        text="Crews have brought eleven people off the south bank. Please keep the lane free.",
    ),
    "bridge-tiktok": TikTokVideo(
        video_id="7705932033359976706",
        handle="ferrykid",
        name="Ferry Kid",
        posted_at=_utc("2026-11-08T22:31:55"),
        caption="you can hear the bridge #calderflood #storm",
    ),
}

SHORT_LINKS: dict[str, str] = {
    "Rk4mTz81Qe": "https://www.levantdispatch.example/category/maps/",
    "Jw9XcA57Gn": "https://www.levantdispatch.example/tag/m4-highway/?utm_source=twitter",
    "Za6MhF19Rk": "https://ar.radiomeridian.example/z/1",
    "Mx1RjC46Sb": "https://www.radiomeridian.example/z/1",
}
"""What t.co's keys stand for; a picture's key stands for its post's page."""


def posts_of(kind: type[P]) -> list[P]:
    """All posts of one kind, in the table's order."""
    return [post for post in POSTS.values() if isinstance(post, kind)]
