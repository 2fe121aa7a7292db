"""What portraits are drawn with: facts, claims, the place of the bytes."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from archive import platform_name
from crawler.cli.screen.terminal import Screen, styled
from crawler.json_line import clean

View = Mapping[str, Any]

LONGEST_LIST = 50
"""More settings, claims or citing articles are left to `--json`."""

_TLS = {True: "verified", False: "NOT verified: who answered is not proved", None: None}


def draw_facts(screen: Screen, *pairs: tuple[str, object]) -> None:
    """A name and a value a line; what is not known is left out."""
    known = [(name, value) for name, value in pairs if value not in (None, "", [], {})]
    width = max((len(name) for name, _ in known), default=0)
    for name, value in known:
        screen.whole(styled(name, "dim", width), styled(value), indent=2)


def draw_citation(screen: Screen, post: View) -> None:
    """What the page says of a post, marked as the page's word."""
    handle = f"@{post['claimed_handle'].lstrip('@')}" if post["claimed_handle"] else None
    said = (post["claimed_name"], handle, post["claimed_on"])
    screen.line(
        styled(platform_name(post["platform"]), "bold magenta"),
        styled(" ".join(part for part in said if part), "magenta"),
        styled(f"({post['relation']}; the page's own claim)", "dim"),
        indent=6,
    )
    if post["claimed_text"]:
        screen.paragraphs(Text(clean(post["claimed_text"])), indent=6)
    screen.whole(styled(post["url"], "cyan"), indent=6)
    if post["id_at"]:
        screen.line(styled(f"posted {post['id_at'][:19]}Z, as its id says", "dim"), indent=6)
    if post.get("id_in_future"):
        screen.line(styled("an id of the future: mistyped, or made up", "red"), indent=6)
    if post["day_disagrees"]:
        screen.line(styled("the page's day and the id's cannot both be right", "red"), indent=6)
    screen.blank()


def draw_pictures(screen: Screen, pictures: Sequence[View]) -> None:
    """Pictures as kept: what they are named as, where, and the digest of their bytes."""
    for picture in first(pictures):
        screen.line(
            Text(picture["role"], "bold"),
            styled(f"{picture['type']} {picture['width'] or '?'} × {picture['height'] or '?'}"),
            styled("sensitive" if picture["is_sensitive"] else "", "yellow"),
            styled(f"kept {picture['captured_at'][:19].replace('T', ' ')}", "dim"),
            indent=2,
        )
        screen.whole(styled(picture["url"], "cyan"), indent=4)
        screen.whole(styled(picture["media"], "dim"), indent=4)
    if pictures:
        screen.blank()


def draw_bytes(screen: Screen, capture: View | None, reader: str | None) -> None:
    """Where the bytes behind something lie."""
    if capture is None:
        return
    is_import = capture["found_by"] == "import"
    draw_facts(
        screen,
        ("captured", capture["captured_at"]),
        ("imported", "yes: another archive captured it" if is_import else None),
        ("TLS", _TLS[capture["is_tls_verified"]]),
        ("record", capture["record_id"]),
        ("bytes", f"{capture['warc']} at {capture['offset']}, {capture['length']} long"),
        ("payload", capture["payload_digest"]),
        ("reader", reader),
    )


def first(many: Sequence[Any]) -> Sequence[Any]:
    """As many as a person is shown."""
    return many[:LONGEST_LIST]
