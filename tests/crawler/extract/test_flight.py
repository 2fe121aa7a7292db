"""Rows that a React server streams. All content is invented."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.citations.state.flight import flight_of


def pushed(text):
    return f"self.__next_f.push({json.dumps([1, text])})"


VALUES = [["$", "p", None, {"children": "Ä pier"}], "<p>ä", {"a": 1}]


def test_rows_are_json_or_text_of_a_length_in_bytes():
    rows = '1:["$","p",null,{"children":"Ä pier"}]\n2:T5,<p>ä3:{"a":1}\n4:I["x",[]]\n'
    assert flight_of([pushed(rows)]) == VALUES


@given(st.integers(0, 70))
def test_a_row_may_be_cut_anywhere(at):
    rows = '1:["$","p",null,{"children":"Ä pier"}]\n2:T5,<p>ä3:{"a":1}\n4:I["x",[]]\n'
    assert flight_of([pushed(rows[:at]), "var a = 1;", pushed(rows[at:])]) == VALUES


@pytest.mark.parametrize(
    "script",
    [
        "self.__next_f.push([1,",
        "self.__next_f.push([0])",
        "self.__next_f.push(" + "[" * 100_000,
        pushed("1:{broken"),
        pushed("1:Tffffff,short"),
        pushed("1:[" * 200_000),
        pushed("\n" * 1_000_000),
    ],
    ids=range(7),
)
def test_broken_streams_give_what_can_be_read(script):
    started = time.process_time()
    flight_of([script])
    assert time.process_time() - started < 2
