"""X's own web application as a guest meets it: a guest's token, then the GraphQL query of a post.

Undocumented, and off unless a setting turns both rungs on. It gives what syndication cuts: long
posts whole, and views, reposts and quotes. A guest has no account, and the bearer is the same for
every visitor: X's web application sends it in the open. The query's name is steady, but its id and
the features that it wants change every few weeks: what it answers then says nothing of the post.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from archive import FactSource, PostAnswer, PostFacts, PostState
from crawler.platforms.json_tree import Tree, read_json
from crawler.platforms.place import Finding, Place, another_post, given, sourced
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.x.tweet import edit_ids, old_instant, read_tombstone, read_tweet

TOKEN = "guest_token"  # noqa: S105 - the name of one
"""A key of `learnt`: the token of this guest, good for some hours."""

_BEARER = (
    "Bearer AAAAAAAAAAAAAAAAAAAAANRILgAAAAAAnNwIzUejRCOuH5E6I8xnZz4puTs%3D"
    "1Zv7ttfk8LF81IUq16cHjhLTvJu4FA33AGWWjCpTnA"
)
_QUERY = "https://api.x.com/graphql/2ICDjqPd81tulZcYrtpTuQ/TweetResultByRestId"
_FEATURES = {
    "creator_subscriptions_tweet_preview_api_enabled": True,
    "freedom_of_speech_not_reach_fetch_enabled": True,
    "graphql_is_translatable_rweb_tweet_is_translatable_enabled": True,
    "longform_notetweets_consumption_enabled": True,
    "longform_notetweets_inline_media_enabled": True,
    "longform_notetweets_rich_text_read_enabled": True,
    "responsive_web_edit_tweet_api_enabled": True,
    "responsive_web_enhance_cards_enabled": False,
    "responsive_web_graphql_exclude_directive_enabled": True,
    "responsive_web_graphql_skip_user_profile_image_extensions_enabled": False,
    "responsive_web_graphql_timeline_navigation_enabled": True,
    "responsive_web_media_download_video_enabled": False,
    "responsive_web_twitter_article_tweet_consumption_enabled": False,
    "standardized_nudges_misinfo": True,
    "tweet_awards_web_tipping_enabled": False,
    "tweet_with_visibility_results_prefer_gql_limited_actions_policy_enabled": True,
    "tweetypie_unmention_optimization_enabled": True,
    "verified_phone_label_enabled": False,
    "view_counts_everywhere_api_enabled": True,
}
_TOKEN = re.compile("[0-9]{1,32}")
_WHY_OFF = "undocumented: the interface of X's own web application, which changes every few weeks"

# Why a guest is not shown a post.
_REASONS = {
    "NsfwLoggedOut": PostState.WITHHELD_LOGIN,
    "NsfwViewerHasNoStatedAge": PostState.WITHHELD_LOGIN,
    "Protected": PostState.PROTECTED,
    "Suspended": PostState.SUSPENDED,
}
_COUNTS = {
    "likes": "favorite_count",
    "replies": "reply_count",
    "reposts": "retweet_count",
    "quotes": "quote_count",
}


def _ask_token(_ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    url = "https://api.x.com/1.1/guest/activate.json"
    return Ask(url=url, method="POST", headers={"Authorization": _BEARER})


def _read_token(_ref: PostRef, answered: Answered) -> Finding | None:
    tree = read_json(answered.body) if answered.status == 200 else None
    token = tree["guest_token"].text() if tree else None
    if token is None or not _TOKEN.fullmatch(token):
        return _no_word(answered, "no guest's token")
    return Finding(state=PostState.NOT_ASKED, reason="a guest's token", learnt={TOKEN: token})


def _ask_post(ref: PostRef, before: Sequence[PostAnswer]) -> Ask | None:
    token = next((told.learnt[TOKEN] for told in before if TOKEN in told.learnt), None)
    if token is None:
        return None
    variables = {
        "tweetId": ref.post_id,
        "includePromotedContent": False,
        "withCommunity": False,
        "withVoice": False,
    }
    query = {
        name: json.dumps(value, separators=(",", ":"))
        for name, value in (("variables", variables), ("features", _FEATURES))
    }
    return Ask(
        url=f"{_QUERY}?{urlencode(query)}",
        headers={"Authorization": _BEARER, "X-Guest-Token": token},
    )


def _read_post(ref: PostRef, answered: Answered) -> Finding | None:
    tree = read_json(answered.body) if answered.status == 200 else None
    if tree is None or not tree["data"]["tweetResult"].is_object:
        return _no_word(answered, "the query is not answered as it was: its id changes")
    result = tree["data"]["tweetResult"]["result"]
    tweet = (
        result["tweet"] if result["__typename"].text() == "TweetWithVisibilityResults" else result
    )
    if result["tombstone"]:
        return read_tombstone(result)
    if not tweet["legacy"].is_object:
        said = result["reason"].text()
        state = _REASONS.get(said or "", PostState.UNAVAILABLE)
        return Finding(state=state, reason=f"no post for a guest: {said or 'no reason given'}")
    if ref.post_id not in {tweet["rest_id"].text(), *edit_ids(tweet)}:
        return another_post(tweet["rest_id"].text())
    same_as = tuple(dict.fromkeys((tweet["rest_id"].text() or "", *edit_ids(tweet))))
    facts = _facts(tweet)
    if facts.author is None or facts.is_text_truncated:
        reason = "without its author" if facts.author is None else "a long post, cut by the source"
        return Finding(state=PostState.OK_PARTIAL, reason=reason, facts=facts, same_as=same_as)
    return Finding(state=PostState.OK, facts=facts, same_as=same_as)


def _no_word(answered: Answered, reason: str) -> Finding | None:
    """A refusal here is of the guest or of the query; of the post it says nothing."""
    if answered.status in {401, 403}:
        return None
    return Finding(state=PostState.PARSE_ERROR, reason=f"HTTP {answered.status}: {reason}")


def _facts(tweet: Tree) -> PostFacts:
    legacy = tweet["legacy"]
    counts = {name: legacy[key].number() for name, key in _COUNTS.items()}
    counts["views"] = tweet["views"]["count"].number()
    facts = read_tweet(Tree(_as_syndicated(tweet)))
    posted_at = old_instant(legacy["created_at"].text() or "")
    return sourced(replace(facts, metrics=given(counts), posted_at=posted_at), FactSource.API)


def _as_syndicated(tweet: Tree) -> dict[str, object]:
    """A post of the GraphQL interface in the shape of the syndication endpoint."""
    legacy, user = tweet["legacy"], tweet["core"]["user_results"]["result"]
    names = user["core"] if user["core"]["screen_name"].text() else user["legacy"]
    card = tweet["card"]["legacy"]
    drawn = {item["key"].text(): item["value"].value for item in card["binding_values"]}
    long = tweet["note_tweet"]["note_tweet_results"]["result"]
    words: dict[str, object] = {
        "text": legacy["full_text"].value,
        "display_text_range": legacy["display_text_range"].value,
        "entities": legacy["entities"].value,
        "note_tweet": tweet["note_tweet"].value,
    }
    if long["text"].text() is not None:
        words = {"text": long["text"].value, "entities": long["entity_set"].value}
    return {
        **words,
        "id_str": tweet["rest_id"].value,
        "lang": legacy["lang"].value,
        "possibly_sensitive": legacy["possibly_sensitive"].value,
        "in_reply_to_status_id_str": legacy["in_reply_to_status_id_str"].value,
        "mediaDetails": legacy["extended_entities"]["media"].value,
        "quoted_tweet": {"id_str": legacy["quoted_status_id_str"].value},
        "edit_control": tweet["edit_control"].value,
        "card": {"name": card["name"].value, "binding_values": drawn},
        "user": {
            "id_str": user["rest_id"].value,
            "screen_name": names["screen_name"].value,
            "name": names["name"].value,
        },
    }


token_rung = Place(
    name="guest-token",
    grade=Grade.EMBED,
    asking=_ask_token,
    reading=_read_token,
    why_off=_WHY_OFF,
)
rung = Place(
    name="guest", grade=Grade.EMBED, asking=_ask_post, reading=_read_post, why_off=_WHY_OFF
)
