"""`dateline demo`: the main job on a small web of our own, without a network."""

import argparse
from pathlib import Path

from crawler.cli.crawling.task import Task
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_json, examples, folder
from crawler.cli.screen.summary import print_further, print_summary, summarise
from crawler.cli.screen.terminal import Screen, print_json


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "demo",
        help="crawl a small local news web, and show what was kept",
        description="Serve a small news web on loopback, crawl it with the real crawler, and show "
        "what was kept. Needs no network. Run it twice: nothing is stored twice.",
        epilog=examples(
            "dateline demo",
            "dateline demo --archive /tmp/demo --json",
        ),
    )
    parser.add_argument(
        "--archive",
        type=folder,
        default=Path("dateline-demo"),
        metavar="DIR",
        help="where to keep it (default: ./dateline-demo)",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """The command."""
    # Much that no other command needs.
    from crawler.cli.crawling.process import crawl  # noqa: PLC0415
    from crawler.demo import world  # noqa: PLC0415
    from crawler.demo.server import WorldServer  # noqa: PLC0415

    with WorldServer(world.answer, hosts=world.HOSTS) as server:
        outcome = crawl(
            Task(
                urls=world.START_URLS,
                settings={
                    "DATELINE_ARCHIVE": str(options.archive),
                    "DATELINE_CONNECT_TO": server.connect_to(),
                    "DATELINE_CACERT": str(server.ca_file),
                    "DATELINE_CASE": "demo",
                    "DATELINE_NOTE": "the world of crawler/demo, on loopback",
                    "DATELINE_REQUISITES_DELAY": 0.02,
                    "DOWNLOAD_DELAY": 0.1,
                    "DATELINE_PACES": {"*": 0},
                    "DOWNLOAD_DELAY_JITTER": 0,
                },
                log_level="CRITICAL",
            )
        )
    summary = summarise(outcome.archive, outcome.run_id, outcome.stats)
    if options.json:
        print_json(summary.as_json())
    else:
        screen = Screen()
        print_summary(screen, summary)
        print_further(screen, summary)
    return ExitCode.INTERRUPTED if outcome.reason == "shutdown" else ExitCode.OK
