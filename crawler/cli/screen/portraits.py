"""One thing in full, for a person: `dateline show`."""

from collections.abc import Callable, Mapping
from typing import Any

from rich.text import Text

from crawler.cli.screen.drawing import draw_bytes, draw_citation, draw_facts, draw_pictures, first
from crawler.cli.screen.post_portrait import draw_post
from crawler.cli.screen.terminal import Screen, styled
from crawler.json_line import clean

View = Mapping[str, Any]

NEAR_COPIES_DRAWN = 10
_CANNOT_BE = "cannot be right beside the instant of publication"


def _article(screen: Screen, view: View) -> None:
    screen.blank()
    screen.paragraphs(styled(view["headline"] or view["canonical_url"], "bold"), indent=2)
    if view["subtitle"]:
        screen.paragraphs(styled(view["subtitle"], "italic"), indent=2)
    screen.blank()
    dateline = view["dateline"]
    seen = [entry["url"] for entry in view["urls"] if entry["url"] != view["canonical_url"]]
    draw_facts(
        screen,
        ("address", view["canonical_url"]),
        ("claims to be", view["claimed_canonical_url"]),
        ("seen under", ", ".join(seen)),
        ("by", ", ".join(author["name"] for author in view["authors"])),
        ("agencies", ", ".join(view["agencies"])),
        ("published", view["published_at"]),
        ("modified", view["modified_at"]),
        ("dateline", dateline and dateline["raw"]),
        ("its time", _CANNOT_BE if dateline and dateline["time_disagrees"] else None),
        ("language", view["language"]),
        ("section", view["section"]),
        ("tags", ", ".join(view["tags"])),
        ("picture", view["image_credit"] and f"by {view['image_credit']}"),
        ("verdict", view["verdict"]),
        ("only a part", view["partial"]),
        ("same story", f"in {view['copies']} other articles" if view["copies"] else None),
        ("id", view["id"]),
    )
    _near_copies(screen, view)
    screen.blank()
    posts = {f"{post['platform']}:{post['post_id']}": post for post in view["posts"]}
    notices = {notice["block"]: notice["kind"] for notice in view["notices"]}
    for index, block in enumerate(view["body"]):
        if index in notices:
            screen.line(styled(f"({notices[index]})", "dim"), indent=2)
        if block["stated_at"]:
            screen.line(styled(block["stated_at"], "bold"), indent=2)
        if block["type"] == "post" and block["post"] in posts:
            draw_citation(screen, posts.pop(block["post"]))
        elif block["text"]:
            style = "bold" if block["type"] == "heading" else ""
            screen.paragraphs(Text(clean(block["text"]), style), indent=2)
            screen.blank()
    for post in posts.values():
        draw_citation(screen, post)
    draw_pictures(screen, view["pictures"])
    draw_bytes(screen, view["capture"], view["reader"])


def _media(screen: Screen, view: View) -> None:
    screen.blank()
    screen.whole(styled(view["id"], "bold"), indent=2)
    draw_facts(
        screen,
        ("type", view["type"]),
        ("pixels", view["width"] and f"{view['width']} × {view['height']}"),
        ("bytes", view["size_bytes"]),
        ("PDQ", view["pdq"] and f"{view['pdq']} (quality {view['pdq_quality']})"),
        ("sensitive", "yes" if view["is_sensitive"] else None),
        ("first seen", view["first_seen_at"]),
        *(("looks like", other) for other in first(view["looks_like"])),
        *(
            (f"{name['role']} of", f"{name['kind']} {name['id']}")
            for name in first(view["named_by"])
        ),
    )
    for seen in first(view["seen"]):
        screen.line(
            styled(seen["captured_at"][:19].replace("T", " "), "green"),
            styled(seen["url"], "cyan"),
            styled(seen["record_id"], "dim"),
            indent=2,
        )


def _near_copies(screen: Screen, view: View) -> None:
    copies = view["near_copies"]
    if not copies:
        return
    cluster = view["cluster"]
    is_first = cluster and cluster["head"] == view["id"]
    screen.blank()
    screen.line(
        styled("nearly the same text" + (", here first of all" if is_first else ""), "bold"),
        indent=2,
    )
    for copy in copies[:NEAR_COPIES_DRAWN]:
        is_head = cluster and cluster["head"] == copy["article_id"]
        alike = f"{copy['similarity']:.0%} alike, {copy['containment']:.0%} contained"
        screen.line(styled(alike + (", the first" if is_head else ""), "dim"), indent=4)
        screen.whole(styled(copy["url"], ""), indent=6)
    if len(copies) > NEAR_COPIES_DRAWN:
        more = f"and {len(copies) - NEAR_COPIES_DRAWN} more: see --json"
        screen.line(styled(more, "dim"), indent=4)


def _copies(screen: Screen, view: View) -> None:
    for copy in first(view["copies"]):
        screen.blank()
        screen.whole(styled(f"{copy['archive']}'s copy of {copy['url']}", "bold"), indent=2)
        draw_facts(
            screen,
            ("grade", f"{copy['grade']}: its word, not ours"),
            ("copied", copy["memento_at"]),
            ("asked for", copy["captured_at"]),
            ("verdict", copy["verdict"]),
            ("record", copy["record_id"]),
        )
        if copy["article"] is not None:
            screen.blank()
            screen.paragraphs(styled(copy["article"]["headline"] or "", "bold"), indent=2)
            for block in copy["article"]["body"]:
                screen.paragraphs(Text(clean(block["text"])), indent=2)


def _capture(screen: Screen, view: View) -> None:
    screen.blank()
    screen.whole(styled(f"{view['method']} {view['url']}", "bold"), indent=2)
    failure = view["failure"]
    draw_facts(
        screen,
        ("kind", view["kind"]),
        ("status", view["status"]),
        ("type", view["content_type"]),
        ("failure", failure and f"{failure['kind']}: {failure['detail']}"),
        ("truncated", view["truncated"]),
        ("payload at", view["refers_to"]),
        ("found by", view["found_by"]),
        ("from", view["via"]),
        ("asked for", view["requested_url"]),
        ("leads to", view["redirect_to"]),
        ("run", view["run_id"]),
    )
    for reading in view["readings"]:
        screen.line(
            styled(f"read by {reading['reader']}: {reading['verdict']}", "yellow"),
            styled(reading["reason"] or reading["article_id"] or reading["media"] or ""),
            indent=2,
        )
    draw_bytes(screen, view, None)


def _run(screen: Screen, view: View) -> None:
    screen.blank()
    screen.line(styled(f"run {view['id']}", "bold"), indent=2)
    plain = [(name, value) for name, value in view.items() if not isinstance(value, dict)]
    draw_facts(screen, *plain[1:])
    for group in ("settings", "counts"):
        if view[group]:
            screen.line(Text(group, "dim"), indent=2)
            draw_facts(screen, *first(list(view[group].items())))


PORTRAITS: dict[str, Callable[[Screen, Any], None]] = {
    "article": _article,
    "post": draw_post,
    "media": _media,
    "copies": _copies,
    "capture": _capture,
    "run": _run,
}
"""What draws each kind of finding."""
