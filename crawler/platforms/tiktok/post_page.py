"""The data that a TikTok page carries for its own script, where a stranger is served the page."""

from collections.abc import Sequence

from archive import FactSource, PostAnswer, PostAuthor, PostFacts, PostMedia, PostState
from crawler.platforms.json_tree import Tree, read_json, unix_instant
from crawler.platforms.page import PlatformPage
from crawler.platforms.place import Finding, Place, another_post, given, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade

# Of `statusCode`: a private post and a private account. 10204 is a refusal, and said of removed
# posts too.
_PRIVATE = frozenset({10216, 10222})
_COUNTS = {
    "likes": "diggCount",
    "replies": "commentCount",
    "reposts": "shareCount",
    "views": "playCount",
}


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=ref.url)


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return None
    detail = _detail(PlatformPage.read(answered))
    code = detail["statusCode"].number()
    item = detail["itemInfo"]["itemStruct"]
    if code:
        state = PostState.PROTECTED if code in _PRIVATE else PostState.UNAVAILABLE
        return Finding(state=state, reason=f"statusCode {code}")
    return _found(ref, item) if item else None


def _detail(page: PlatformPage) -> Tree:
    script = page.first("script#__UNIVERSAL_DATA_FOR_REHYDRATION__")
    data = read_json(script.text().encode("utf-8", "replace")) if script else None
    return (data or Tree(None))["__DEFAULT_SCOPE__"]["webapp.video-detail"]


def _found(ref: PostRef, item: Tree) -> Finding:
    if item["id"].text() != ref.post_id:
        return another_post(item["id"].text())
    if item["isContentClassified"].flag():
        reason = "classified content: shown to members of age"
        return Finding(state=PostState.WITHHELD_LOGIN, reason=reason, facts=_facts(item))
    return Finding(state=PostState.OK, facts=_facts(item))


def _facts(item: Tree) -> PostFacts:
    author = item["author"]
    handle = author["uniqueId"].text()
    counts = {name: item["stats"][key].number() for name, key in _COUNTS.items()}
    return sourced(
        PostFacts(
            author=PostAuthor(
                id=author["id"].text(),
                handle=handle,
                name=author["nickname"].text(),
                url=f"https://www.tiktok.com/@{handle}" if handle else None,
            ),
            text=item["desc"].text(),
            language=item["textLanguage"].text(),
            posted_at=unix_instant(item["createTime"].number()),
            hashtags=_named(item, "hashtagName"),
            mentions=_named(item, "userUniqueId"),
            media=tuple(_media(item)),
            metrics=given(counts),
        ),
        FactSource.PAGE,
    )


def _named(item: Tree, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in item["textExtra"] if (name := one[key].text())))


def _media(item: Tree) -> list[PostMedia]:
    """The pictures of a photo post, or the film."""
    pictures = [
        PostMedia(
            type="image",
            url=one["imageURL"]["urlList"][0].url(),
            width=one["imageWidth"].number(),
            height=one["imageHeight"].number(),
        )
        for one in item["imagePost"]["images"]
    ]
    film = item["video"]
    if pictures or not film:
        return pictures
    seconds = film["duration"].number()
    return [
        PostMedia(
            type="video",
            url=film["playAddr"].url(),
            preview_url=film["cover"].url(),
            width=film["width"].number(),
            height=film["height"].number(),
            duration_s=None if seconds is None else float(seconds),
        )
    ]


rung = Place(name="page", grade=Grade.PAGE, asking=_ask, reading=_read)
