"""House rules: which room may open a door to which."""

import ast
from pathlib import Path

import pytest

import archive

ROOT = Path(__file__).parent.parent

# Ground floor first. A room may import only rooms on lower floors, never one beside it.
FLOORS = {
    "archive": [
        {"errors", "digest", "codec", "instants"},
        {"disk", "model"},
        {"web", "text"},
        {"near", "conclusions"},
        {"views"},
        {"warc", "catalogue"},
        {"custody"},
        {"withdrawal"},
        {"rereading", "store"},
        {"verification", "export"},
        {"imports"},
        {"browse"},
        {"__init__"},
    ],
    "archive/catalogue": [
        {"migrations", "rows", "changes", "search_texts", "tally", "words", "near_texts"},
        {"schema", "copies", "feed"},
        {"connection"},
        {"placement"},
        {"questions"},
        {"reader", "writer"},
        {"__init__"},
    ],
    "crawler": [
        {"errors"},
        {"names", "notes", "json_line"},
        {"bounds"},
        {"state"},
        {"platforms"},
        {"extract", "posts"},
        {"discover", "media"},
        {"workers"},
        {"reading"},
        {"rereading"},
        {"fetch"},
        {"config", "trusted_time"},
        {"settings"},
        {"sources"},
        {"running", "replay", "replay_pywb", "pywb_door"},
        {"pipelines", "frontier", "recording"},
        {"schedule"},
        {"watch"},
        {"spiders"},
        {"demo"},
        {"cli"},
        {"__init__", "__main__"},
    ],
    "crawler/cli": [
        {"exit_code", "options", "screen"},
        {"crawling"},
        {"commands"},
        {"command"},
        {"__init__"},
    ],
    "crawler/bounds": [{"nesting", "joints"}, {"markup"}, {"__init__"}],
    "crawler/reading": [
        {"normalise", "requisites"},
        {"loaders", "rendering"},
        {"gathering"},
        {"page"},
        {"pool"},
        {"batch"},
        {"__init__"},
    ],
    "crawler/extract": [
        {"page", "letters", "agencies", "iranian_calendar", "clock_time"},
        {"written_day"},
        {"document", "dates"},
        {"text", "verdicts"},
        {"datelines"},
        {"witnesses"},
        {"citations"},
        {"flattened"},
        {"__init__"},
    ],
    "crawler/extract/text": [
        {"phrases", "classwords", "sentence_end", "sources", "line_weights"},
        {"amid_sentence"},
        {"outline"},
        {"outlining"},
        {"lines", "pruning", "boxes", "container"},
        {"trimming", "clues", "lead", "notices", "placing", "media", "live_blog", "biography"},
        {"likelihood", "standing"},
        {"body"},
        {"__init__"},
    ],
}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Dotted names imported anywhere in `path`, in functions and type-checking blocks too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the import in full, not relative"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("package", FLOORS)
def test_imports_point_downstairs(package):
    floor = {room: level for level, rooms in enumerate(FLOORS[package]) for room in rooms}
    for path in modules(package):
        room = path.relative_to(ROOT / package).parts[0].removesuffix(".py")
        assert room in floor, f"give {path} a floor"
        for name in imports(path):
            prefix = package.replace("/", ".") + "."
            if not f"{name}.".startswith(prefix):
                continue
            target = name.removeprefix(prefix).split(".")[0]
            if target not in floor:
                target = "__init__"  # a name taken from the package's front door
            if target != room:
                assert floor[target] < floor[room], f"{path} must not import {name}"


def test_archive_knows_neither_crawler_nor_scrapy():
    strangers = {"crawler", "scrapy", "twisted", "parsel", "itemloaders"}
    for path in modules("archive"):
        assert strangers.isdisjoint(name.split(".")[0] for name in imports(path)), path


def test_crawler_enters_the_archive_by_the_front_door():
    for path in modules("crawler"):
        for name in imports(path):
            head, _, rest = name.partition(".")
            if head == "archive" and rest:
                assert rest in archive.__all__, f"{path}: {name} is an inner room"


def test_no_room_of_the_archive_has_a_name_of_its_front_door():
    """Once it is loaded, the room would stand where the name was."""
    assert {path.stem for path in (ROOT / "archive").iterdir()}.isdisjoint(archive.__all__)


@pytest.mark.parametrize(
    "room",
    [
        "discover",
        "extract",
        "media",
        "platforms",
        "posts",
        "reading",
        "rereading",
        "workers",
    ],
)
def test_reading_runs_without_scrapy(room):
    for path in modules(f"crawler/{room}"):
        heads = {name.split(".")[0] for name in imports(path)}
        assert heads.isdisjoint({"scrapy", "twisted"}), path


def test_no_platform_imports_another():
    """A platform is a folder of `crawler.platforms`; `dialects` is what they share."""
    room = ROOT / "crawler" / "platforms"
    platforms = {path.parent.name for path in room.glob("*/naming.py")}
    assert len(platforms) >= 12
    for path in sorted(room.glob("*/*.py")):
        for name in imports(path):
            target = name.removeprefix("crawler.platforms.").partition(".")[0]
            if name.startswith("crawler.platforms.") and target in platforms:
                assert target == path.parent.name, f"{path} must not import {name}"


def test_only_settings_reads_the_environment():
    for package in FLOORS:
        for path in modules(package):
            if path == ROOT / "crawler" / "settings.py":
                continue
            text = path.read_text("utf-8")
            assert "os.environ" not in text, path
            assert "getenv" not in text, path


@pytest.mark.parametrize("package", FLOORS)
def test_no_room_is_called_utils(package):
    for path in modules(package):
        assert path.stem not in {"utils", "util", "helpers", "misc", "common"}, path
