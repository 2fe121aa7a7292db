"""An article's versions and how it stands, for a person: `dateline show --versions`."""

from archive import VersionHistoryView
from crawler.cli.screen.drawing import draw_facts
from crawler.cli.screen.terminal import Screen, styled


def draw_history(screen: Screen, view: VersionHistoryView) -> None:
    """Versions and turns, oldest first."""
    standing = view["standing"]
    screen.blank()
    screen.whole(styled(view["url"], "bold"), indent=2)
    draw_facts(
        screen,
        ("id", view["article_id"]),
        ("stands", standing["state"]),
        ("since", standing["since"]),
        ("leads to", standing["target"]),
        ("last look", standing["last_at"]),
    )
    screen.blank()
    for version in view["versions"]:
        part = "only a part" if version["is_partial"] else ""
        screen.line(
            styled(version["first_seen_at"][:16].replace("T", " "), "green"),
            styled(version["headline"] or "", "bold"),
            indent=2,
        )
        seen = f"seen {version['sightings']} times, until {version['last_seen_at'][:19]}Z"
        screen.whole(
            styled(version["id"], "cyan"),
            styled(seen, "dim"),
            styled(f"reader {version['reader']}", "dim"),
            styled(part, "yellow"),
            indent=4,
        )
    screen.blank()
    for turn in view["turns"]:
        is_edit = turn["version_id"] is not None
        what = f"{turn['before'] or 'first seen'} → {turn['state']}" if not is_edit else "edited"
        detail = turn["target"] or turn["version_id"] or ""
        screen.whole(
            styled(turn["at"][:16].replace("T", " "), "green"),
            styled(what, "yellow"),
            styled(detail, "cyan"),
            indent=2,
        )
