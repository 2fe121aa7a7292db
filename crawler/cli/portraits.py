"""One thing in full, for a person: `dateline show`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.text import Text

from crawler.cli.terminal import Screen, clean, styled
from crawler.cli.words import platform_name

View = Mapping[str, Any]

LONGEST_LIST = 50
"""More settings, claims or citing articles are left to `--json`."""

_TLS = {True: "verified", False: "NOT verified: who answered is not proved", None: None}


_CANNOT_BE = "cannot be right beside the instant of publication"


def _facts(screen: Screen, *pairs: tuple[str, object]) -> None:
    """A name and a value a line; what is not known is left out."""
    known = [(name, value) for name, value in pairs if value not in (None, "", [], {})]
    width = max((len(name) for name, _ in known), default=0)
    for name, value in known:
        screen.whole(styled(name, "dim", width), styled(value), indent=2)


def _article(screen: Screen, view: View) -> None:
    screen.blank()
    screen.paragraphs(styled(view["headline"] or view["canonical_url"], "bold"), indent=2)
    if view["subtitle"]:
        screen.paragraphs(styled(view["subtitle"], "italic"), indent=2)
    screen.blank()
    dateline = view["dateline"]
    seen = [entry["url"] for entry in view["urls"] if entry["url"] != view["canonical_url"]]
    _facts(
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
    screen.blank()
    posts = {f"{post['platform']}:{post['post_id']}": post for post in view["posts"]}
    notices = {notice["block"]: notice["kind"] for notice in view["notices"]}
    for index, block in enumerate(view["body"]):
        if index in notices:
            screen.line(styled(f"({notices[index]})", "dim"), indent=2)
        if block["stated_at"]:
            screen.line(styled(block["stated_at"], "bold"), indent=2)
        if block["type"] == "post" and block["post"] in posts:
            _citation(screen, posts.pop(block["post"]))
        elif block["text"]:
            style = "bold" if block["type"] == "heading" else ""
            screen.paragraphs(Text(clean(block["text"]), style), indent=2)
            screen.blank()
    for post in posts.values():
        _citation(screen, post)
    _bytes(screen, view["capture"], view["reader"])


def _citation(screen: Screen, post: View) -> None:
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
    if post["day_disagrees"]:
        screen.line(styled("the page's day and the id's cannot both be right", "red"), indent=6)
    screen.blank()


def _bytes(screen: Screen, capture: View | None, reader: str | None) -> None:
    if capture is None:
        return
    _facts(
        screen,
        ("captured", capture["captured_at"]),
        ("TLS", _TLS[capture["is_tls_verified"]]),
        ("record", capture["record_id"]),
        ("bytes", f"{capture['warc']} at {capture['offset']}, {capture['length']} long"),
        ("payload", capture["payload_digest"]),
        ("reader", reader),
    )


def _post(screen: Screen, view: View) -> None:
    screen.blank()
    screen.line(styled(view["id"], "bold"), indent=2)
    _facts(screen, ("address", view["url"]), ("state", view["state"].replace("_", " ")))
    screen.blank()
    for claim in _first(view["claims"]):
        shown = {**claim, "platform": view["platform"], "url": view["url"], "relation": "cited"}
        _citation(screen, shown)
    for citing in _first(view["cited_by"]):
        screen.line(
            styled("cited by", "dim"), styled(citing["headline"] or citing["article_id"]), indent=2
        )
        screen.whole(styled(citing["article_url"], "cyan"), indent=4)


def _capture(screen: Screen, view: View) -> None:
    screen.blank()
    screen.whole(styled(f"{view['method']} {view['url']}", "bold"), indent=2)
    failure = view["failure"]
    _facts(
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
            styled(reading["reason"] or reading["article_id"] or ""),
            indent=2,
        )
    _bytes(screen, view, None)


def _run(screen: Screen, view: View) -> None:
    screen.blank()
    screen.line(styled(f"run {view['id']}", "bold"), indent=2)
    plain = [(name, value) for name, value in view.items() if not isinstance(value, dict)]
    _facts(screen, *plain[1:])
    for group in ("settings", "counts"):
        if view[group]:
            screen.line(Text(group, "dim"), indent=2)
            _facts(screen, *_first(list(view[group].items())))


def _first(many: Sequence[Any]) -> Sequence[Any]:
    return many[:LONGEST_LIST]


PORTRAITS: dict[str, Callable[[Screen, Any], None]] = {
    "article": _article,
    "post": _post,
    "capture": _capture,
    "run": _run,
}
"""What draws each kind of finding."""
