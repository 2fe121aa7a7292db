"""One post in full, for a person: claims, facts and states, each under its own heading."""

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from archive import platform_name
from crawler.cli.screen.drawing import draw_bytes, draw_citation, draw_facts, draw_pictures, first
from crawler.cli.screen.terminal import Screen, styled
from crawler.json_line import clean

View = Mapping[str, Any]


def draw_post(screen: Screen, view: View) -> None:
    """A post: what its platform said, what articles claim, how the two compare."""
    screen.blank()
    screen.line(styled(view["id"], "bold"), indent=2)
    draw_facts(
        screen,
        ("address", view["url"]),
        ("also known as", ", ".join(view["same_as"])),
        ("state", _plain(view["state"])),
        ("last seen", view["seen_at"]),
        ("newest word", _newest(view)),
    )
    screen.blank()
    if view["capture"] is not None:
        _draw_facts_of_platform(screen, view)
    draw_pictures(screen, view["pictures"])
    for claim in first(view["claims"]):
        shown = {**claim, "platform": view["platform"], "url": view["url"], "relation": "cited"}
        draw_citation(screen, shown)
    _draw_checks(screen, view)
    _draw_same_words(screen, view)
    _draw_history(screen, view)
    for citing in first(view["cited_by"]):
        screen.line(
            styled("cited by", "dim"), styled(citing["headline"] or citing["article_id"]), indent=2
        )
        screen.whole(styled(citing["article_url"], "cyan"), indent=4)


def _draw_facts_of_platform(screen: Screen, view: View) -> None:
    author = view["author"] or {}
    handle = f"@{author['handle']}" if author.get("handle") else None
    named = [part for part in (author.get("name"), handle) if part]
    source = f"({platform_name(view['platform'])}'s own word: {view['rung']}, {view['grade']})"
    if view["grade"].startswith("third-party"):
        source = f"(a third party's word: {view['rung']}, {view['grade']})"
    screen.line(
        Text("As answered", "bold green"),
        styled(" ".join(named), "green"),
        styled(source, "dim"),
        indent=2,
    )
    for text in (view["title"], view["content_warning"], view["text"]):
        if text:
            screen.paragraphs(Text(clean(text)), indent=4)
    if view["poll"] is not None:
        _draw_poll(screen, view["poll"])
    if view["is_text_truncated"]:
        screen.line(styled("the source cuts this text", "yellow"), indent=4)
    screen.blank()
    draw_facts(
        screen,
        ("author id", author.get("id")),
        ("posted", view["posted_at"]),
        ("edited", view["edited_at"] or ("yes" if view["is_edited"] else None)),
        ("language", view["language"]),
        ("hashtags", " ".join(f"#{tag}" for tag in view["hashtags"])),
        ("mentions", " ".join(f"@{name}" for name in view["mentions"])),
        ("links", " ".join(view["links"])),
        ("sensitive", "yes" if view["is_sensitive"] else None),
        ("labels", ", ".join(view["labels"])),
        ("counted", ", ".join(f"{n} {name}" for name, n in view["metrics"].items())),
        *((each["type"], each["url"] or each["preview_url"]) for each in first(view["media"])),
        *((_plain(to["relation"]), to["post"]) for to in first(view["pointers"])),
    )
    draw_bytes(screen, view["capture"], view["reader"])
    screen.blank()


def _draw_poll(screen: Screen, poll: View) -> None:
    for option in first(poll["options"]):
        screen.line(styled("-", "dim"), clean(option["text"]), styled(_chosen(option)), indent=4)
    counted = [f"{poll[name]:,} {name}" for name in ("votes", "voters") if poll[name] is not None]
    ends = [f"ends {poll['ends_at']}"] if poll["ends_at"] else []
    closed = ["closed"] if poll["is_closed"] else []
    screen.line(styled(f"a poll: {', '.join([*counted, *ends, *closed])}", "dim"), indent=4)


def _chosen(option: View) -> str:
    if option["votes"] is not None:
        return f"{option['votes']:,}"
    return f"{option['percent']} %" if option["percent"] is not None else ""


def _draw_same_words(screen: Screen, view: View) -> None:
    for other in first(view.get("same_words") or ()):
        told = f"the same words: {other['post']}"
        screen.line(styled(told, "dim"), clean(other["posted_at"] or ""), indent=2)


def _draw_checks(screen: Screen, view: View) -> None:
    """Claims against the answer, and the three dates side by side."""
    for check in first(view["checks"]):
        screen.line(Text("Claimed against answered", "bold"), indent=2)
        draw_facts(
            screen,
            ("text", _plain(check["text"])),
            ("handle", _plain(check["handle"])),
            ("day claimed", check["claimed_on"]),
            ("id says", check["id_at"]),
            ("platform says", check["posted_at"]),
            ("look at", ", ".join(map(_plain, check["flags"]))),
            ("claimed by", check["claimed_by"]),
        )
        screen.blank()


def _draw_history(screen: Screen, view: View) -> None:
    if not view["sightings"]:
        return
    screen.line(Text("Asked", "bold"), indent=2)
    for seen in first(view["sightings"]):
        screen.line(
            styled(seen["captured_at"][:19].replace("T", " "), "green"),
            styled(f"{seen['rung']} ({seen['grade']})", "dim"),
            styled(_plain(seen["state"]), "yellow"),
            styled(seen["reason"] or ""),
            indent=4,
        )
    screen.blank()
    if len(view["versions"]) > 1:
        screen.line(Text("Texts seen", "bold"), indent=2)
        for version in first(view["versions"]):
            screen.line(
                styled(_span(version), "dim"),
                styled("cut by the source" if version["is_text_truncated"] else "", "yellow"),
                indent=4,
            )
            screen.paragraphs(Text(clean(version["text"] or version["title"] or "")), indent=6)
        screen.blank()


def _span(version: View) -> str:
    """When a text was seen; of one that the post's history alone tells, when it was made."""
    if version["first_seen_at"] is not None:
        return f"{version['first_seen_at'][:19]} to {version['last_seen_at'][:19]}"
    made = f", made at {version['edited_at'][:19]}" if version["edited_at"] else ", the first"
    return f"told by its history{made}"


def _newest(view: View) -> str | None:
    if view["latest_state"] is None:
        return None
    return f"{_plain(view['latest_state'])}, {view['latest_at']}"


def _plain(word: str) -> str:
    return word.replace("_", " ").replace("-", " ")
