"""FxTwitter's API: what a third party was told by X. Secondary evidence, off by default."""

from collections.abc import Sequence

from archive import FactSource, PostAnswer, PostAuthor, PostFacts, PostMedia, PostState
from crawler.platforms.json_tree import Tree, read_json
from crawler.platforms.place import Finding, Place, another_post, given, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.x.tweet import old_instant

_TYPES = {"photo": "image", "video": "video", "gif": "animation"}


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    return Ask(url=f"https://api.fxtwitter.com/status/{ref.post_id}")


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    tree = read_json(answered.body)
    if tree is None or tree["code"].number() is None:
        return None
    tweet = tree["tweet"]
    if tree["code"].number() != 200 or not tweet:
        # It has called suspended accounts private: its word for why is no state.
        reason = f"the mirror says {tree['code'].number()} {tree['message'].text() or ''}"
        return Finding(state=PostState.UNAVAILABLE, reason=reason)
    if tweet["id"].text() not in {ref.post_id, None}:
        return another_post(tweet["id"].text())
    return Finding(state=PostState.OK, facts=_facts(tweet))


def _facts(tweet: Tree) -> PostFacts:
    author = tweet["author"]
    handle = author["screen_name"].text()
    counts = {name: tweet[name].number() for name in ("likes", "replies", "views")}
    counts["reposts"] = tweet["retweets"].number()
    return sourced(
        PostFacts(
            author=PostAuthor(
                id=author["id"].text(),
                handle=handle,
                name=author["name"].text(),
                url=f"https://x.com/{handle}" if handle else None,
            ),
            text=tweet["text"].text(),
            language=tweet["lang"].text(),
            posted_at=old_instant(tweet["created_at"].text() or ""),
            media=tuple(
                PostMedia(
                    type=_TYPES.get(item["type"].text() or "", "document"),
                    url=item["url"].url(),
                    preview_url=item["thumbnail_url"].url(),
                    width=item["width"].number(),
                    height=item["height"].number(),
                    alt=item["altText"].text(),
                )
                for item in tweet["media"]["all"]
            ),
            metrics=given(counts),
            is_sensitive=tweet["possibly_sensitive"].flag(),
        ),
        FactSource.API,
    )


rung = Place(
    name="fxtwitter",
    grade=Grade.THIRD_PARTY_MIRROR,
    asking=_ask,
    reading=_read,
    why_off="a third party's mirror: what it says is its word, not X's",
)
