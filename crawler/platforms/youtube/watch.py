"""The watch page's own data, where it is served: many data centres get a wall instead."""

import re
from collections.abc import Sequence

from archive import FactSource, PostAnswer, PostAuthor, PostFacts, PostMedia, PostState
from crawler.platforms.json_tree import Tree, read_json_in
from crawler.platforms.page import page_text
from crawler.platforms.place import Finding, Place, another_post, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.youtube import naming

_MARK = "var ytInitialPlayerResponse"

# The status of `playabilityStatus`, and words of its reason, to a state; the first that holds.
_STATES = (
    ("LOGIN_REQUIRED", re.compile(r"\bnot a bot\b"), PostState.BLOCKED_BOT),
    ("LOGIN_REQUIRED", re.compile(r"\bprivate\b"), PostState.PROTECTED),
    ("LOGIN_REQUIRED", re.compile(r"\bage\b"), PostState.WITHHELD_LOGIN),
    ("LOGIN_REQUIRED", re.compile(""), PostState.LOGIN_WALL),
    ("AGE_VERIFICATION_REQUIRED", re.compile(""), PostState.WITHHELD_LOGIN),
    ("UNPLAYABLE", re.compile(r"\bcountry\b"), PostState.GEO_BLOCKED),
)


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask | None:
    return Ask(url=ref.url) if naming.from_id(ref.post_id) else None


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status != 200:
        return None
    player = read_json_in(page_text(answered), _MARK)
    if player is None:
        return None
    status = player["playabilityStatus"]["status"].text()
    details = player["videoDetails"]
    if status is None:
        return None
    if details and details["videoId"].text() != ref.post_id:
        return another_post(details["videoId"].text())
    said = player["playabilityStatus"]["reason"].text() or ""
    reason = f"{status}: {said}"
    facts = _facts(player) if details else None
    if status == "OK":
        return Finding(state=PostState.OK, facts=facts) if facts else None
    words = said.lower()
    state = next(
        (state for name, sign, state in _STATES if name == status and sign.search(words)),
        PostState.UNAVAILABLE,
    )
    return Finding(state=state, reason=reason, facts=facts)


def _facts(player: Tree) -> PostFacts:
    details = player["videoDetails"]
    page = player["microformat"]["playerMicroformatRenderer"]
    channel_id = details["channelId"].text()
    seconds = details["lengthSeconds"].number()
    views = details["viewCount"].number()
    thumbnails = [item["url"].url() for item in details["thumbnail"]["thumbnails"]]
    handle = (page["ownerProfileUrl"].text() or "").rpartition("/@")[2]
    return sourced(
        PostFacts(
            author=PostAuthor(
                id=channel_id,
                handle=handle or None,
                name=details["author"].text(),
                url=f"https://www.youtube.com/channel/{channel_id}" if channel_id else None,
            ),
            title=details["title"].text(),
            text=details["shortDescription"].text(),
            # `publishDate` names its offset today; a bare day is no instant.
            posted_at=page["publishDate"].instant() or page["uploadDate"].instant(),
            media=(
                PostMedia(
                    type="video",
                    preview_url=thumbnails[-1] if thumbnails else None,
                    duration_s=None if seconds is None else float(seconds),
                ),
            ),
            metrics={} if views is None else {"views": views},
        ),
        FactSource.PAGE,
    )


rung = Place(name="watch-page", grade=Grade.PAGE, asking=_ask, reading=_read)
