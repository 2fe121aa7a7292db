import json

import pytest

from bench.scoring.floors import falls, raised, read_floors
from bench.scoring.table import PACE


def test_floors_lie_a_little_below_the_figures():
    found = raised({}, {"all": {"aeb": 0.9629, "leaks": 0.309, PACE: 31.0, "title": None}})
    assert found == {"all": {"aeb": 0.96, "leaks": 0.31, PACE: 18}}


def test_no_floor_lies_beyond_the_aim_and_guards_have_none():
    found = raised({}, {"all": {"dateline_precision": 1.0, "leaks": 0.0, "readability_title": 1.0}})
    assert found == {"all": {"dateline_precision": 0.99, "leaks": 0.03}}


def test_floors_only_rise_and_ceilings_only_sink():
    before = {"all": {"aeb": 0.97, "leaks": 0.05}}
    assert raised(before, {"all": {"aeb": 0.9, "leaks": 0.2}}) == before
    assert raised(before, {"all": {"aeb": 0.98, "leaks": 0.04}}) == {
        "all": {"aeb": 0.98, "leaks": 0.04}
    }


@pytest.mark.parametrize("figure", [0.969, None])
def test_a_figure_below_its_floor_or_gone_is_a_fall(figure):
    (line,) = falls({"unread": {"aeb": 0.97}}, {"unread": {"aeb": figure}})
    assert "aeb body F1 (unread)" in line


def test_less_leaks_are_no_fall_and_parts_not_measured_are_not_judged():
    floors = {"all": {"leaks": 0.06, "aeb": 0.97}, "unread": {"aeb": 0.97}}
    assert falls(floors, {"all": {"leaks": 0.05, "aeb": 0.97}}) == []
    assert len(falls(floors, {"all": {"leaks": 0.07, "aeb": 0.97}})) == 1


def test_no_floors_are_recorded_at_first(tmp_path):
    path = tmp_path / "floors.json"
    assert read_floors(path) == {}
    path.write_text(json.dumps({"all": {"aeb": 0.5}}), "utf-8")
    assert read_floors(path) == {"all": {"aeb": 0.5}}
