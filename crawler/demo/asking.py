"""What platforms look at in a request: its path and its query."""

from urllib.parse import parse_qsl, unquote

from crawler.demo.server import Asked


def path_of(asked: Asked) -> str:
    """The path without its query, unquoted."""
    return unquote(asked.path.partition("?")[0])


def query_of(asked: Asked) -> dict[str, str]:
    """The query's parameters; the last of several wins."""
    return dict(parse_qsl(asked.path.partition("?")[2], keep_blank_values=True))
