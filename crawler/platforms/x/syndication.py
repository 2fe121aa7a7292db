"""X's syndication endpoint: the JSON that its embeds are made of.

Undocumented. Answers for today's posts are full but for the text of long ones, which is cut.
"""

from collections.abc import Sequence

from archive import PostAnswer, PostState
from crawler.platforms.json_tree import Tree, read_json
from crawler.platforms.place import Finding, Place, another_post
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Answered, Ask, Grade
from crawler.platforms.x.token import token
from crawler.platforms.x.tweet import edit_ids, read_tombstone, read_tweet


def _ask(ref: PostRef, _before: Sequence[PostAnswer]) -> Ask:
    url = "https://cdn.syndication.twimg.com/tweet-result"
    return Ask(url=f"{url}?id={ref.post_id}&lang=en&token={token(ref.post_id)}")


def _read(ref: PostRef, answered: Answered) -> Finding | None:
    if answered.status == 404:
        reason = "HTTP 404: no such post, or one that is kept from strangers"
        return Finding(state=PostState.UNAVAILABLE, reason=reason)
    if answered.status != 200:
        return None
    tweet = read_json(answered.body or b"{}")
    if tweet is None or not tweet.is_object:
        return None
    kind = tweet["__typename"].text()
    if kind == "TweetTombstone":
        return read_tombstone(tweet)
    if kind == "Tweet":
        return _found(ref, tweet)
    reason = "an empty answer: a refused token, or no such post"
    return None if tweet else Finding(state=PostState.UNAVAILABLE, reason=reason)


def _found(ref: PostRef, tweet: Tree) -> Finding | None:
    post_id = tweet["id_str"].text()
    edits = edit_ids(tweet)
    if post_id is None or ref.post_id not in {post_id, *edits}:
        return another_post(post_id)
    if not isinstance(tweet["text"].value, str):
        return None  # a post of pictures alone has an empty text, or a link to them
    facts = read_tweet(tweet)
    same_as = tuple(dict.fromkeys((post_id, *edits)))
    if tweet["user"].value is None:
        reason = "the post without its author: a suspended account"
        return Finding(state=PostState.SUSPENDED, reason=reason, facts=facts, same_as=same_as)
    if facts.author is None:
        reason = "the post, and no author that can be read"
        return Finding(state=PostState.OK_PARTIAL, reason=reason, facts=facts, same_as=same_as)
    if facts.is_text_truncated:
        reason = "a long post, cut by the source"
        return Finding(state=PostState.OK_PARTIAL, reason=reason, facts=facts, same_as=same_as)
    return Finding(state=PostState.OK, facts=facts, same_as=same_as)


rung = Place(name="tweet-result", grade=Grade.EMBED, asking=_ask, reading=_read)
