"""What a run brought, for a person: the second half of `dateline show RUN`."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from archive import RunReportView
from crawler.cli.screen.drawing import draw_facts, first
from crawler.cli.screen.terminal import Screen, styled

_LISTED = 20
"""More hosts are left to `--json`."""


def draw_report(screen: Screen, report: RunReportView) -> None:
    """Counts, then what failed and why, what was left out and why, and each host's yield."""
    rate = report["captures_a_second"]
    screen.blank()
    draw_facts(
        screen,
        ("captures", report["captures"]),
        ("a second", rate),
        ("took", f"{report['seconds']:.1f} s" if report["seconds"] is not None else None),
        ("disk used", f"{report['disk_bytes']:,} bytes"),
        ("new articles", report["new_articles"]),
        ("edits", report["edits"]),
        ("moved", report["moved"]),
        ("gone", report["gone"]),
    )
    for title, counts in (
        ("kinds", report["by_kind"]),
        ("verdicts", report["verdicts"]),
        ("failures", report["failures"]),
        ("discards", report["discards"]),
    ):
        if counts:
            screen.blank()
            screen.line(Text(title, "dim"), indent=2)
            draw_facts(screen, *first(list(counts.items())))
    screen.blank()
    for host in report["hosts"][:_LISTED]:
        parts = [f"{host['captures']} captures", f"{host['articles']} articles"]
        parts += [f"{host['failures']} failed"] if host["failures"] else []
        parts += [f"{host['refused']} not asked for"] if host["refused"] else []
        parts.append(f"{host['bytes']:,} bytes")
        screen.line(styled(host["host"], "bold"), styled(", ".join(parts)), indent=2)
    if len(report["hosts"]) > _LISTED:
        screen.line(styled(f"… and {len(report['hosts']) - _LISTED} more", "dim"), indent=2)


def draw_sources(screen: Screen, sources: Sequence[Mapping[str, Any]]) -> None:
    """What each source of a watched archive brought, those in trouble first."""
    screen.blank()
    screen.line(Text("sources", "dim"), indent=2)
    for told in sorted(sources, key=lambda told: not told.get("failures"))[:_LISTED]:
        parts = [f"{told.get('new', 0)} new of {told.get('links', 0)} links"]
        parts.append(f"{told.get('pages', 0)} pages seen")
        parts += [f"{n} left out: {why}" for why, n in told.get("left_out", {}).items()]
        parts += told.get("failures", [])[:1]
        screen.line(styled(told["source"], "bold"), styled(", ".join(parts)), indent=2)
    if len(sources) > _LISTED:
        screen.line(styled(f"… and {len(sources) - _LISTED} more", "dim"), indent=2)
