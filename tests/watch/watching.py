"""`dateline run` in a process of its own, at an instant that the test names."""

import json
import sqlite3

from tests.prepared import Program


def sources_file(path, press, *, kind="feed", further=""):
    """A `sources.toml` with one source a site."""
    place = {"feed": "/feed.xml", "sitemap": "/sitemap.xml", "site": "/", "section": "/"}[kind]
    path.write_text(
        "\n".join(
            f'[[source]]\nname = "s-{host}"\nkind = "{kind}"\nurl = "http://{host}{place}"\n'
            f"{further}\n"
            for host in press.hosts
        )
    )
    return path


def options(root, server, sources, at, *further):
    given = ["--archive", root, "--sources", sources]
    given += ["--at", at.isoformat()] if at is not None else []
    for rule in server.connect_to():
        given += ["--connect-to", rule]
    settings = {
        "DOWNLOAD_DELAY": 0,
        "DATELINE_READERS": 0,
        "DATELINE_REQUISITES": "none",
        "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
        "RETRY_TIMES": 0,
        "DATELINE_BACKOFF_S": 0.01,
    }
    for name, value in settings.items():
        given += ["-s", f"{name}={value}"]
    return list(map(str, [*given, *further]))


def start(root, server, sources, at, *further, command="run", last=(), largest_file=None):
    """Begin a run."""
    given = options(root, server, sources, at, *further)
    return Program(command, *given, *last, largest_file=largest_file)


def run(root, server, sources, at, *further, command="run", last=(), timeout_s=300):
    """A whole run; its report."""
    process = start(root, server, sources, at, "--json", *further, command=command, last=last)
    out, err = process.communicate(timeout=timeout_s)
    assert "Traceback" not in err, err
    assert process.returncode == 0, err
    (line,) = out.splitlines()
    return json.loads(line)


def kill(process):
    process.kill()
    process.communicate()


def rows(root, statement, database="state.sqlite"):
    """What a database of the archive answers."""
    connection = sqlite3.connect(f"file:{root / database}?mode=ro", uri=True)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def turned(root, state):
    """The URLs that were ever found to be in `state`."""
    statement = (
        f"SELECT url FROM watch_turns JOIN watch_pages USING (page_id) WHERE after = '{state}'"
    )
    return sorted(url for (url,) in rows(root, statement))


def in_flight(root):
    """The URLs that were in flight when the process died."""
    if not (root / "state.sqlite").exists():
        return []
    tables = {name for (name,) in rows(root, "SELECT name FROM sqlite_schema")}
    if "frontier_urls" not in tables:
        return []
    requests = rows(root, "SELECT request FROM frontier_urls WHERE state = 1")
    return [json.loads(request)["url"] for (request,) in requests]
