"""The `dateline` command."""

from crawler.cli.command import main

__all__ = ["main"]
