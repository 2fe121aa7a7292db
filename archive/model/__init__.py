"""The data model: one frozen value a word. No I/O in any of its rooms, and no page HTML.

The words are those of docs/decisions/0001. In the order in which they come to be:

    Run          one execution of the crawler                                          run.py
    Exchange     what crossed the wire, as the download handler saw it; not yet kept   exchange.py
    Capture      the same exchange once its WARC records are durable                   exchange.py
    Article      an article as a page states it, with its citations                    article.py
    Citation     an article pointing at a post, with what the page alone claims of it  article.py
    Post         a social post; its facts come only from platform answers              answer.py
    PostAnswer   what one answer of a platform says of a post                          answer.py
    Picture      what the bytes of a picture are                                       picture.py
    Reading      what one reader version says of one capture: an article, a post's     reading.py
                 answer or a picture, and its verdict

Claims and facts never share a value: a `Citation` holds claims, a `PostAnswer` facts.
All instants are aware. Names are those of the JSON that `dateline` prints.
"""

from archive.model.answer import (
    FactSource,
    PollOption,
    Post,
    PostAnswer,
    PostAuthor,
    PostFacts,
    PostMedia,
    PostPointer,
    PostPoll,
    PostState,
    ShortLink,
)
from archive.model.article import (
    Article,
    Author,
    BlockType,
    BodyBlock,
    CanonicalClaim,
    Citation,
    ClaimedPost,
    Dateline,
    Link,
    Moment,
    Notice,
    NoticeKind,
    QuotedPost,
    Relation,
    Statement,
)
from archive.model.exchange import (
    Block,
    Capture,
    CaptureKind,
    Exchange,
    Failure,
    FailureKind,
    Locator,
    Origin,
    Tls,
    Truncation,
)
from archive.model.picture import Picture
from archive.model.reading import ArchivedCopy, Reading, Verdict
from archive.model.run import Run

__all__ = [
    "ArchivedCopy",
    "Article",
    "Author",
    "Block",
    "BlockType",
    "BodyBlock",
    "CanonicalClaim",
    "Capture",
    "CaptureKind",
    "Citation",
    "ClaimedPost",
    "Dateline",
    "Exchange",
    "FactSource",
    "Failure",
    "FailureKind",
    "Link",
    "Locator",
    "Moment",
    "Notice",
    "NoticeKind",
    "Origin",
    "Picture",
    "PollOption",
    "Post",
    "PostAnswer",
    "PostAuthor",
    "PostFacts",
    "PostMedia",
    "PostPointer",
    "PostPoll",
    "PostState",
    "QuotedPost",
    "Reading",
    "Relation",
    "Run",
    "ShortLink",
    "Statement",
    "Tls",
    "Truncation",
    "Verdict",
]
