"""What stands below an article's text and is none of it: counters of shares, rules for comments.

Of a page the markup tells these; plain text that once was a page has only their words.
"""

import re

from crawler.extract.text.phrases.speech import is_reported

_MOST_TOKENS = 14
_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]{0,9}[km]?")
_COUNTED = frozenset(
    """
    share shares shared sharing tweet tweets retweet retweets pin pins like likes view views read
    reads reaction reactions comment comments total loading print friendly pdf email mail copy link
    facebook twitter x whatsapp telegram linkedin reddit pinterest tumblr vk viber messenger
    flipboard weibo threads bluesky mastodon instagram tiktok youtube
    teilen geteilt partager partage partages compartir compartido compartidos compartilhar
    compartilhamentos condividi condivisioni поделиться поделились просмотров поширити
    مشاركة مشاركات شارك اشتراک paylaş paylaşım deel delen gedeeld udostępnij udostępnień
    シェア いいね 分享 공유 κοινοποίηση שיתוף mil k m
    """.split()
)
"""Words of the buttons, and of what they count."""

_OPENS = (
    r"(?:(?:notice|note|please\snote|disclaimer|important|attention|reminder)\s?[:–—-]\s?)?"
    r"(?:(?:all|any|user|users|reader|readers|your|our)['’]?\s)?"
)
_RULED = re.compile(
    rf"{_OPENS}comments\s(?:(?:are|will|must|should|may|do|that|left|posted)\b.{{0,400}}"
    r"|(?:represent|reflect|express)\b.{0,120}\b(?:commenters?|authors?|readers?|users?|necessarily)"
    r"\b.{0,300})"
    r"|we\s(?:moderate|review|screen|pre-moderate)\b.{0,20}\bcomments\b.{0,300}"
    r"|by\scommenting\b.{0,300}"
    r"|this\sis\sa\scivili[sz]ed\splace\b.{0,300}"
    r"|(?:please\s)?be\s(?:respectful|civil|agreeable|kind|polite|courteous)\b.{0,300}"
)
_OPINING = re.compile(
    r"(?:(?:die|les|los|i|os|de|jmenuje|جميع|كل)\s)?(?:kommentare?n?|leserkommentare|commentaires"
    r"|comentarios|commenti|comentários|reacties|komentarze|kommentarer|yorumlar|комментарии"
    r"|коментарі|التعليقات|تعليقات|نظرات|دیدگاه‌ها|σχόλια|τα\sσχόλια|תגובות|コメント|评论|評論|댓글)"
)
_RULING = re.compile(
    r"moder|modér|модер|премодер|meinung|opini|opinión|avis\b|respons|verantwort|мнени|думк"
    r"|approv|onay|رأي|آراء|تعبر|مراجعة|承認|観|观点|觀點|立场|立場|의견|απόψ|εγκρ|דעת|נטיקט|netiquette"
    r"|geprüft|freigeschaltet|gelöscht|supprim|eliminad|rimoss|удаля|видаля"
)
_OPENING = 60
"""Letters in which such a line names what it is about."""


def is_counter(line: str, above: str) -> bool:
    """Whether a line holds nothing but what buttons for sharing say, and their figures.

    One word alone may be a heading; two of them, or one with a figure, which may be the line
    `above`, are none.
    """
    least = 1 if is_figure(above) else 2
    tokens = _TOKEN.findall(line.lower()[: 20 * _MOST_TOKENS])
    words = [token for token in tokens if not token[0].isdecimal()]
    return least <= len(tokens) <= _MOST_TOKENS and bool(words) and _COUNTED.issuperset(words)


def is_figure(line: str) -> bool:
    """Whether a line is a figure alone: what is counted stands on the line beside it."""
    return _TOKEN.fullmatch(line.lower()) is not None and line[:1].isdecimal()


def is_comment_policy(line: str) -> bool:
    """Whether a line in an article's second half tells how readers may comment on it."""
    low = line.lower().strip(" *•–—-")
    if _RULED.fullmatch(low) is not None:
        return not is_reported(low)
    about = _OPINING.match(low[:_OPENING])
    return about is not None and _RULING.search(low, about.end()) is not None
