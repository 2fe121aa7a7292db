"""The command that hears of what came to be wrong: once, but until it has heard."""

import json
import sys

import pytest

from crawler.cli.commands.health_hook import HealthHook
from crawler.watch.report import keep_report, last_report

WELL, DEAD = [], [{"kind": "dead", "source": "the-news"}]


@pytest.fixture
def desk(tmp_path):
    """A hook that writes down what it hears, and fails as long as the file `away` is there."""
    program = tmp_path / "hook.py"
    program.write_text(
        "import pathlib, sys\n"
        f"here = pathlib.Path({str(tmp_path)!r})\n"
        "with (here / 'heard').open('a') as file:\n"
        "    print(sys.stdin.read(), file=file)\n"
        "sys.exit((here / 'away').exists())\n"
    )
    return HealthHook.parse(f"{sys.executable} {program}")


def runs(hook, root, *healths):
    """Runs with these concerns, one after the other; what the hook heard, run by run."""
    for number, health in enumerate(healths, start=len(list(root.glob("reports/*.json")))):
        report = {"run": f"run-{number}", "ended_at_s": number, "health": health}
        hook.hear(root, report, before=last_report(root) or {})
    heard = root / "heard"
    lines = heard.read_text().splitlines() if heard.exists() else []
    return [json.loads(line)["run"] for line in lines]


def test_what_came_and_what_went_is_told_once(desk, tmp_path):
    assert runs(desk, tmp_path, WELL, DEAD, DEAD, WELL, WELL) == ["run-1", "run-3"]


def test_what_a_hook_that_failed_did_not_hear_is_told_after_the_next_runs(desk, tmp_path, capsys):
    (tmp_path / "away").touch()
    assert runs(desk, tmp_path, DEAD, DEAD) == ["run-0", "run-1"]
    assert capsys.readouterr().err.count("is called again after the next run: exit code 1\n") == 2
    (tmp_path / "away").unlink()
    assert runs(desk, tmp_path, DEAD, DEAD) == ["run-0", "run-1", "run-2"]


def test_what_a_killed_run_did_not_tell_is_told_by_the_next(desk, tmp_path, monkeypatch):
    def killed(_hook, _report):
        raise SystemExit(137)

    with monkeypatch.context() as patch:
        patch.setattr(HealthHook, "_called", killed)
        with pytest.raises(SystemExit):
            runs(desk, tmp_path, DEAD)
    assert runs(desk, tmp_path, DEAD) == ["run-1"]


def test_a_report_says_nothing_of_a_hook_that_heard_it(desk, tmp_path):
    runs(desk, tmp_path, DEAD)
    assert last_report(tmp_path) == {"run": "run-0", "ended_at_s": 0, "health": DEAD}


def test_a_hook_that_is_not_there_costs_the_run_one_line(tmp_path, capsys):
    keep_report(tmp_path, {"run": "run-0", "ended_at_s": 0, "health": WELL})
    HealthHook.parse("nowhere/hook").hear(
        tmp_path, {"run": "run-1", "ended_at_s": 1, "health": DEAD}, before={}
    )
    assert capsys.readouterr().err.count("\n") == 1
    assert last_report(tmp_path)["run"] == "run-1"
