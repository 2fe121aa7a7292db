"""`dateline platforms`: where each platform is asked for a post, and what is off, and why."""

import argparse
from collections.abc import Iterator, Mapping

from rich.text import Text

from archive import platform_name
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_json, examples
from crawler.cli.screen.terminal import Screen, print_json, styled
from crawler.platforms import memento
from crawler.platforms.registry import everyone
from crawler.platforms.rung import Grade
from crawler.posts.choice import RungChoice
from crawler.settings import environment

ANY = "*"
"""Stands for every platform, where web archives are listed."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "platforms",
        help="the social platforms, and where each is asked for a post",
        description="List every platform with its rungs, best first: the public places that are "
        "asked for a post one after the other, how good each is as evidence, and why one is off.",
        epilog=examples(
            "dateline platforms",
            "dateline platforms --json",
        ),
    )
    add_json(parser)
    parser.set_defaults(run=_run)


def rows(choice: RungChoice) -> Iterator[Mapping[str, object]]:
    """A line for every rung; one without a rung for a platform that has none."""
    registry = choice.registry
    for platform in registry.names:
        rungs = registry.rungs(platform)
        for rung in rungs:
            off = None if choice.is_on(platform, rung) else rung.why_off or "DATELINE_RUNGS"
            yield _row(platform, rung.name, rung.grade, off)
        if not rungs:
            yield _row(platform, None, None, "no public place to ask is known")
    for archive in choice.archives:
        yield _row(ANY, f"web archive {archive.name}", Grade.THIRD_PARTY_CAPTURE, None)
    if not choice.archives:
        yield _row(ANY, "web archive", Grade.THIRD_PARTY_CAPTURE, memento.WHY_OFF)


def _row(
    platform: str, rung: str | None, grade: Grade | None, why_off: str | None
) -> Mapping[str, object]:
    return {
        "platform": platform,
        "rung": rung,
        "grade": grade,
        "is_on": why_off is None,
        "why_off": why_off,
    }


def _run(options: argparse.Namespace) -> int:
    screen = Screen()
    shown: object = None
    choice = RungChoice.parse(
        environment.get("DATELINE_RUNGS", "").split(","),
        everyone(),
        environment.get("DATELINE_WEB_ARCHIVES", "").split(","),
    )
    for row in rows(choice):
        if options.json:
            print_json(row)
            continue
        if row["platform"] != shown:
            shown = row["platform"]
            screen.line(styled("any" if shown == ANY else platform_name(str(shown)), "bold"))
        mark = Text("on ", "green") if row["is_on"] else Text("off", "yellow")
        screen.line(
            mark,
            styled(row["rung"] or "–", pad=14),
            styled(row["grade"] or "–", "dim", pad=20),
            styled(row["why_off"] or "", "yellow"),
            indent=4,
        )
    return ExitCode.OK
