"""One thing in full, for a person: `dateline show`."""

from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from crawler.cli.terminal import clean, one_line, styled

View = Mapping[str, Any]


def _facts(pairs: list[tuple[str, object]]) -> Padding:
    """Two columns; what is not known is left out."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for name, value in pairs:
        if value not in (None, "", [], {}):
            table.add_row(name, Text(one_line(value)))
    return Padding(table, (0, 2))


def _article(screen: Console, view: View) -> None:
    screen.print()
    screen.print(styled(f"  {view['headline'] or view['canonical_url']}", "bold"))
    if view["subtitle"]:
        screen.print(styled(f"  {view['subtitle']}", "italic"))
    screen.print()
    dateline = view["dateline"]
    seen = [entry["url"] for entry in view["urls"] if entry["url"] != view["canonical_url"]]
    screen.print(
        _facts(
            [
                ("address", view["canonical_url"]),
                ("claims to be", view["claimed_canonical_url"]),
                ("seen under", ", ".join(seen)),
                ("by", ", ".join(author["name"] for author in view["authors"])),
                ("published", view["published_at"]),
                ("modified", view["modified_at"]),
                ("dateline", dateline and dateline["raw"]),
                ("language", view["language"]),
                ("section", view["section"]),
                ("tags", ", ".join(view["tags"])),
                ("verdict", view["verdict"]),
                ("same story", view["copies"] and f"in {view['copies']} other articles"),
            ]
        )
    )
    screen.print()
    posts = {f"{post['platform']}:{post['post_id']}": post for post in view["posts"]}
    for block in view["body"]:
        if block["type"] == "post" and block["post"] in posts:
            screen.print(_citation(posts.pop(block["post"])))
        elif block["text"]:
            style = "bold" if block["type"] == "heading" else ""
            screen.print(Padding(Text(clean(block["text"]), style=style), (0, 2, 1, 2)))
    for post in posts.values():
        screen.print(_citation(post))
    _bytes(screen, view["capture"], view["reader"])


def _citation(post: View) -> Padding:
    """What the page says of a post, marked as the page's word."""
    author = " ".join(
        part
        for part in (
            post["claimed_name"] or "",
            f"@{post['claimed_handle'].lstrip('@')}" if post["claimed_handle"] else "",
        )
        if part
    )
    text = Text()
    text.append(f"{one_line(post['platform'])} ", style="bold magenta")
    text.append(one_line(f"{author} {post['claimed_on'] or ''}".strip()), style="magenta")
    text.append(f"  ({post['relation']}; the page's own claim)\n", style="dim")
    if post["claimed_text"]:
        text.append(clean(post["claimed_text"]) + "\n")
    text.append(one_line(post["url"]), style="cyan")
    if post["id_at"]:
        text.append(f"  id from {one_line(post['id_at'])[:19]}Z", style="dim")
    return Padding(text, (0, 2, 1, 6))


def _bytes(screen: Console, capture: View | None, reader: str | None) -> None:
    if capture is None:
        return
    screen.print(
        _facts(
            [
                ("captured", capture["captured_at"]),
                ("record", capture["record_id"]),
                ("bytes", f"{capture['warc']} at {capture['offset']}, {capture['length']} long"),
                ("payload", capture["payload_digest"]),
                ("reader", reader),
            ]
        )
    )


def _post(screen: Console, view: View) -> None:
    screen.print()
    screen.print(styled(f"  {view['id']}", "bold"))
    screen.print(_facts([("address", view["url"]), ("state", view["state"])]))
    screen.print()
    for claim in view["claims"]:
        shown = {**claim, "platform": view["platform"], "url": view["url"], "relation": "cited"}
        screen.print(_citation(shown))
    for citing in view["cited_by"]:
        screen.print(
            styled("  cited by", "dim"),
            styled(citing["headline"] or citing["article_id"]),
            styled(citing["article_url"], "cyan"),
        )


def _capture(screen: Console, view: View) -> None:
    screen.print()
    screen.print(styled(f"  {view['method']} {view['url']}", "bold"))
    failure = view["failure"]
    verified = {True: "yes", False: "no", None: None}[view["is_tls_verified"]]
    screen.print(
        _facts(
            [
                ("kind", view["kind"]),
                ("status", view["status"]),
                ("type", view["content_type"]),
                ("failure", failure and f"{failure['kind']}: {failure['detail']}"),
                ("truncated", view["truncated"]),
                ("payload at", view["refers_to"]),
                ("TLS verified", verified),
                ("found by", view["found_by"]),
                ("from", view["via"]),
                ("asked for", view["requested_url"]),
                ("leads to", view["redirect_to"]),
                ("run", view["run_id"]),
            ]
        )
    )
    for reading in view["readings"]:
        screen.print(
            styled(f"  read by {reading['reader']}: {reading['verdict']}", "yellow"),
            styled(reading["reason"] or reading["article_id"] or ""),
        )
    _bytes(screen, view, None)


def _run(screen: Console, view: View) -> None:
    screen.print()
    screen.print(styled(f"  run {view['id']}", "bold"))
    plain = [(name, value) for name, value in view.items() if not isinstance(value, dict)]
    screen.print(_facts(plain[1:]))
    for group in ("settings", "counts"):
        screen.print(styled(f"  {group}", "dim"))
        screen.print(_facts([(name, str(value)) for name, value in view[group].items()]))


PORTRAITS: dict[str, Callable[[Console, Any], None]] = {
    "article": _article,
    "post": _post,
    "capture": _capture,
    "run": _run,
}
"""What draws each kind of finding."""
