"""What the capture of a platform's answer holds: its verdict, from state and structure."""

from archive import PostAnswer, PostState, Verdict
from crawler.platforms.page import PlatformPage, text_of
from crawler.platforms.place import is_consent_form
from crawler.platforms.rung import Answered

_SHELL_LETTERS = 300
"""A page that shows fewer, and runs scripts, waits for them to bring its text."""

_VERDICTS = {
    PostState.OK: Verdict.CONTENT,
    PostState.OK_PARTIAL: Verdict.CONTENT,
    PostState.DELETED: Verdict.GONE,
    PostState.NOT_FOUND: Verdict.GONE,
    PostState.SUSPENDED: Verdict.GONE,
    PostState.PROTECTED: Verdict.LOGIN_WALL,
    PostState.WITHHELD_LOGIN: Verdict.LOGIN_WALL,
    PostState.LOGIN_WALL: Verdict.LOGIN_WALL,
    PostState.BLOCKED_BOT: Verdict.CHALLENGE,
    # What was asked for, an author's profile, did come.
    PostState.NOT_ASKED: Verdict.CONTENT,
    PostState.EMBEDDING_DISABLED: Verdict.ERROR_PAGE,
    PostState.GEO_BLOCKED: Verdict.ERROR_PAGE,
    PostState.UNAVAILABLE: Verdict.ERROR_PAGE,
    PostState.RATE_LIMITED: Verdict.ERROR_PAGE,
    PostState.TRANSIENT: Verdict.ERROR_PAGE,
    PostState.PARSE_ERROR: Verdict.UNREADABLE,
}


def verdict(answer: PostAnswer, answered: Answered) -> Verdict:
    """What the capture holds that `answer` was read from."""
    if is_consent_form(answered):
        return Verdict.CONSENT_WALL
    if answer.state is PostState.NOT_ASKED and answered.status >= 400:
        return Verdict.ERROR_PAGE
    if answer.state in {PostState.PARSE_ERROR, PostState.UNAVAILABLE} and _is_shell(answered):
        return Verdict.EMPTY_SHELL
    if answer.state is PostState.UNAVAILABLE and answered.status in {404, 410}:
        return Verdict.GONE
    return _VERDICTS[answer.state]


def _is_shell(answered: Answered) -> bool:
    """Nothing, an empty object, or a page without text that waits for its scripts."""
    if answered.status != 200:
        return False
    body = answered.body.strip()
    if body in {b"", b"{}", b"[]"}:
        return True
    if not body.startswith(b"<"):
        return False
    page = PlatformPage.read(answered)
    shown = sum(letter.isalnum() for letter in text_of(page.first("body")) or "")
    return shown < _SHELL_LETTERS and page.first("script") is not None
