"""Which rungs answer today: the first thing to run on a new installation that has the internet.

    python bench/live_probe.py posts.txt [--all] [--json] [--contact YOU]
    python bench/live_probe.py --demo [--all] [--json]

`posts.txt` has one post's URL a line, best about ten of each platform: posts that are there, and
some that are known to be deleted, protected or age-restricted. Behind a URL may stand the state
that it should come to. Every rung is asked for every post, whatever the rungs above it said, so
that each row is one rung's own word; but for an author who wishes not to be shown to strangers.
`--all` asks those that are off too. Platforms change without a word: what the table says, and not
our comments, is what holds today.

It is polite: robots.txt is obeyed, the paces of `crawler.platforms.paces` are kept, nothing is
asked twice, and redirects are followed only where the rung has no word for them. Nothing is kept.
`--demo` asks the demo's small web instead, without a network. The exit code is 1 where a post did
not come to the state that its line names.
"""

import argparse
import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent))

from archive import Failure, FailureKind, PostAnswer, PostState
from crawler.demo.server import Asked
from crawler.demo.world import answer as demo_answer
from crawler.fetch.rules import RobotsRules
from crawler.platforms.json_tree import MAX_BYTES
from crawler.platforms.ladder import best, unanswered
from crawler.platforms.paces import pace_s
from crawler.platforms.place import location
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import everyone, recognise
from crawler.platforms.rung import AUTHOR_WISH, Answered, Ask, Rung
from crawler.posts.choice import RungChoice
from crawler.settings import user_agent

TIMEOUT_S = 20.0
MOST_HOPS = 3
LEAST_PACE_S = 1.0

Get = Callable[[Ask], Answered]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one rung said of one post."""

    post: str
    rung: str
    grade: str
    status: int | None
    state: str
    reason: str | None
    size_bytes: int
    seconds: float


class Wire:
    """Asks for real, one host at its pace, robots.txt first."""

    def __init__(self, contact: str) -> None:
        self._agent = user_agent(contact)
        self._robots: dict[str, RobotsRules | None] = {}
        self._asked_at: dict[str, float] = {}

    def get(self, ask: Ask) -> Answered:
        """The answer to one request.

        Raises: PermissionError where robots.txt forbids it; OSError where nothing came back.
        """
        if not self._may_ask(ask.url):
            raise PermissionError("robots.txt forbids it")
        return self._get(ask)

    def _may_ask(self, url: str) -> bool:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            given = self._get(Ask(url=f"{site}/robots.txt"))
            body = given.body if given.status == 200 else b""
            is_out_of_reach = given.status >= 500
            self._robots[site] = None if is_out_of_reach else RobotsRules.parse(body, "dateline")
        rules = self._robots[site]
        return rules is not None and rules.allows(url)

    def _get(self, ask: Ask) -> Answered:
        self._wait(ask.url)
        headers = {"User-Agent": self._agent, "Accept": "*/*", **ask.headers}
        request = urllib.request.Request(ask.url, headers=headers, method=ask.method)
        opener = urllib.request.build_opener(_NoRedirects)
        try:
            with opener.open(request, timeout=TIMEOUT_S) as response:
                return _answered(ask.url, response.status, response.headers, response.read)
        except urllib.error.HTTPError as error:
            with error:
                return _answered(ask.url, error.code, error.headers, error.read)

    def _wait(self, url: str) -> None:
        host = urlsplit(url).netloc
        pace = max(pace_s(url) or 0.0, LEAST_PACE_S)
        time.sleep(max(0.0, self._asked_at.get(host, 0.0) + pace - time.monotonic()))
        self._asked_at[host] = time.monotonic()


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect as the answer that it is."""

    def redirect_request(self, *_given: object, **_named: object) -> None:
        return None


def _answered(
    url: str, status: int, headers: Mapping[str, str], read: Callable[[int], bytes]
) -> Answered:
    body = read(MAX_BYTES + 1)
    named = {name.lower(): value for name, value in headers.items()}
    return Answered(url=url, status=status, headers=named, body=body)


def demo_get(ask: Ask) -> Answered:
    """The demo's answer; a place that is busy at first is asked for a second time."""
    parts = urlsplit(ask.url)
    given = demo_answer(
        Asked(
            method=ask.method,
            host=parts.netloc,
            path=ask.url.partition(parts.netloc)[2] or "/",
            headers={name.lower(): value for name, value in ask.headers.items()},
            body=b"",
            is_tls=True,
            count=2,
        )
    )
    head, _, body = b"".join(part.data for part in given.parts).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return _answered(ask.url, int(first.split()[1]), headers, lambda _size: body)


def probe(ref: PostRef, rungs: Sequence[Rung], get: Get) -> Iterator[tuple[Row, PostAnswer]]:
    """Ask every rung for one post; later ones know what the earlier taught."""
    before: list[PostAnswer] = []
    for rung in rungs:
        ask = rung.ask(ref, [replace(told, state=PostState.UNAVAILABLE) for told in before])
        if ask is None:
            continue
        began = time.monotonic()
        given, told = _one(ref, rung, ask, get)
        row = Row(
            post=ref.key,
            rung=rung.name,
            grade=rung.grade,
            status=given.status if given else None,
            state=told.state,
            reason=told.reason,
            size_bytes=len(given.body) if given else 0,
            seconds=round(time.monotonic() - began, 2),
        )
        before.append(told)
        yield row, told
        if AUTHOR_WISH in told.learnt:
            return


def _one(ref: PostRef, rung: Rung, ask: Ask, get: Get) -> tuple[Answered | None, PostAnswer]:
    for _ in range(MOST_HOPS):
        try:
            given = get(ask)
        except PermissionError as error:
            denied = Failure(kind=FailureKind.ROBOTS_DENIED, detail=str(error))
            return None, unanswered(ref, rung, denied)
        except OSError as error:
            broken = Failure(kind=FailureKind.CONNECT, detail=str(error)[:200])
            return None, unanswered(ref, rung, broken)
        told = rung.read(ref, given)
        target = location(given) if 300 <= given.status < 400 else None
        if target is None or told.state is not PostState.PARSE_ERROR:
            break
        ask = replace(ask, url=target)
    return given, told


def lines_of(path: str) -> Iterator[tuple[str, str | None]]:
    """URL and wished state of each line; blank lines and comments are left out."""
    for line in Path(path).read_text("utf-8").splitlines():
        url, _, state = line.partition("#")[0].strip().partition(" ")
        if url:
            yield url, state.strip() or None


def demo_lines() -> Iterator[tuple[str, str | None]]:
    """The posts of the demo's table, by the addresses of their platforms."""
    for url in (
        "https://x.com/orontes_watch/status/2120861186107183105",
        "https://x.com/hama_minute/status/2121485784157597697",
        "https://t.me/calder_river/412",
        "https://bsky.app/profile/marlow.calder.example/post/3mztfskqm7c2l",
        "https://saltmarsh.social.example/@tidegauge/117583121449751143",
        "https://youtu.be/cR4d9SmBq_w",
        "https://www.instagram.com/p/DfgtZa4wBbF/",
        "https://www.facebook.com/CalderFireService/posts/1029384756102938",
        "https://www.tiktok.com/@ferrykid/video/7705932033359976706",
    ):
        yield url, None


def main(argv: Sequence[str] | None = None) -> int:
    """Probe, print the table, and say by the exit code whether every wish came true."""
    top = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("posts", nargs="?", help="a file of URLs")
    top.add_argument("--demo", action="store_true", help="ask the demo's small web")
    top.add_argument("--all", action="store_true", help="ask the rungs that are off too")
    top.add_argument("--json", action="store_true", help="one JSON object a row")
    top.add_argument("--contact", default="", help="an address or a URL, for the user agent")
    options = top.parse_args(argv)
    if options.demo == bool(options.posts):
        top.error("name a file of posts, or --demo")
    lines = demo_lines() if options.demo else lines_of(options.posts)
    get = demo_get if options.demo else Wire(options.contact).get
    failures = 0
    for url, wished in lines:
        ref = recognise(url)
        if ref is None:
            print(f"no post: {url}", file=sys.stderr)
            failures += 1
            continue
        known = everyone() if options.all else RungChoice(registry=everyone())
        told = []
        for row, one in probe(ref, known.rungs(ref.platform), get):
            told.append(one)
            show(row, is_json=options.json)
        end = best(told)
        state = end.state if end else PostState.NOT_ASKED
        if wished is not None and wished != state:
            print(f"{ref.key}: {state}, where {wished} was wished for", file=sys.stderr)
            failures += 1
    return 1 if failures else 0


def show(row: Row, *, is_json: bool) -> None:
    """One row on standard output."""
    values = {name: getattr(row, name) for name in Row.__slots__}
    if is_json:
        print(json.dumps(values))
        return
    print(
        f"{row.post[:44]:44}  {row.rung:14} {row.status or '–':>4} {row.state:19}"
        f"{row.size_bytes:>8} B {row.seconds:>6} s  {ascii(row.reason or '')[1:-1][:60]}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
