import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.scoring.bodies import Overlap, Tally, macro_f1, overlap, segments
from bench.scoring.boilerplate import kind_of, leaked_lines
from bench.scoring.corpus import Case, CitedPost, Opening, is_unread, post_key
from bench.scoring.facts import author_names, bare, instant, is_same_day, is_same_instant
from bench.scoring.losses import losses
from bench.scoring.scores import Dateline, Prediction, score
from bench.scoring.table import PACE, ROWS, figures, gaps, lines

TEXT = "The river rose again on Monday and the old bridge was closed to carts."


def case(origin="aeb", file="one.html", publisher="paper.example", **kwargs):
    truth = kwargs.pop("truth", {"body": TEXT})
    return Case(
        origin=origin,
        file=file,
        url="https://paper.example/one",
        publisher=publisher,
        path=Path(file),
        truth=truth,
        **kwargs,
    )


def fundus(**changes):
    truth = {
        "body": TEXT,
        "title": "River Rises",
        "authors": ["Ada Blank"],
        "date": "2026-10-01 08:30:00+02:00",
    }
    return case("fundus", truth=truth | changes)


@given(st.text(), st.text())
def test_shares_of_two_texts_make_one_whole(truth, reading):
    found = overlap(truth, reading)
    assert sum(found) == pytest.approx(1) or sum(found) == 0
    mirrored = overlap(reading, truth)
    assert (found.shared, found.surplus) == (mirrored.shared, mirrored.missing)


@given(st.text())
def test_a_text_is_wholly_found_in_itself(text):
    assert overlap(text, text).f1 == 1


def test_groups_of_four_words_are_compared_with_their_counts():
    assert overlap("a b c d e", "a b c d") == Overlap(1 / 2, 0, 1 / 2)
    assert overlap("a b c d a b c d", "a b c d") == Overlap(1 / 5, 0, 4 / 5)
    assert overlap("two words", "two words more") == Overlap(0, 1 / 2, 1 / 2)


def test_body_f1_is_of_mean_precision_and_mean_recall():
    pages = [Overlap(1, 0, 0), Overlap(0.5, 0.5, 0)]
    assert macro_f1(pages) == pytest.approx(2 * 0.75 * 1 / 1.75)


def test_a_page_without_reading_costs_recall_alone():
    pages = [Overlap(1, 0, 0), overlap(TEXT, "")]
    assert macro_f1(pages) == pytest.approx(2 * 1 * 0.5 / 1.5)
    assert macro_f1([]) is None


def test_segments_are_looked_for_whatever_the_white_space():
    assert segments(["the old\nbridge", "gone"], ["carts", "ads"], "the  old bridge, carts") == (
        Tally(right=1, false=1, missed=1)
    )


def test_titles_are_compared_by_their_words():
    assert bare("“River” Rises &amp; Falls!") == bare("river rises falls")
    assert bare("River Rises | The Paper") != bare("River Rises")


@pytest.mark.parametrize(
    ("said", "same_instant", "same_day"),
    [
        ("2026-10-01T06:30:00+00:00", True, True),
        ("2026-10-01T08:30:00", True, True),
        ("2026-10-01", False, True),
        ("2026-09-30T23:00:00+00:00", False, True),
        ("2026-10-02T08:30:00+02:00", False, False),
        ("yesterday", False, False),
        (None, False, False),
    ],
)
def test_dates_are_compared_as_instants_and_as_days(said, same_instant, same_day):
    truth = dt.datetime.fromisoformat("2026-10-01 08:30:00+02:00")
    assert is_same_instant(instant(said), truth) is same_instant
    assert is_same_day(instant(said), truth) is same_day


def test_authors_are_a_set_without_by():
    assert author_names(["By Ada Blank", "ada  blank", ""]) == {"ada blank"}


def test_leaks_are_short_strange_lines_of_a_known_kind():
    body = "\n".join(
        (
            TEXT,
            "Sign up for our newsletter",
            "12 Shares",
            "A line that nobody knows.",
            "Comments on the bridge " * 30,
        )
    )
    kinds = [kind for kind, _ in leaked_lines(body, TEXT)]
    assert kinds == ["newsletter, login, app", "sharing"]
    assert leaked_lines(body, body) == []


def test_kinds_that_open_a_line_are_none_in_its_middle():
    assert kind_of("Read more about the river") == "related"
    assert kind_of("Those who read more know less") is None


def test_every_publisher_is_on_one_side_with_all_its_domains():
    assert is_unread("paper.example") == is_unread("paper.test") == is_unread("paper")
    share = sum(is_unread(f"paper{number}.example") for number in range(3000)) / 3000
    assert share == pytest.approx(1 / 3, abs=0.03)


def test_ids_that_name_their_account_are_compared_by_their_end():
    assert post_key("facebook", "ada/posts/12") == ("facebook", "12")
    assert post_key("telegram", "channel/12") == ("telegram", "channel/12")


def test_a_right_reading_scores_everything():
    said = Prediction(
        body=TEXT,
        title="River rises",
        authors=("Ada Blank",),
        date="2026-10-01T06:30:00Z",
    )
    found = figures([score(fundus(), said)])
    for key in ("fundus", "title", "title_any", "instant", "day", "authors"):
        assert found[key] == 1, key
    assert found["leaks"] == 0


def test_a_kept_alternative_counts_in_its_own_row_only():
    said = Prediction(title="Paper: River", other_titles=("River Rises",))
    ratios = score(fundus(), said).ratios
    assert (ratios["title"], ratios["title_any"]) == ((False, 1), (True, 1))


def test_posts_are_asked_by_form_and_false_ones_cost_precision():
    post = {"is_link": False, "is_in_body": True, "is_ambiguous": False}
    posts = (
        CitedPost(key=("x", "1"), **post),
        CitedPost(key=("x", "2"), **post | {"is_link": True}),
        CitedPost(key=("x", "3"), **post | {"is_in_body": False}),
        CitedPost(key=("x", "4"), **post | {"is_in_body": False, "is_ambiguous": True}),
    )
    said = Prediction(posts=frozenset((("x", "1"), ("x", "3"), ("x", "4"))))
    ratios = score(case(posts=posts), said).ratios
    assert ratios["embeds"] == (1, 1)
    assert ratios["linked"] == (0, 1)
    assert ratios["posts_precision"] == (1, 2)


def test_posts_are_not_judged_where_nobody_looked_for_them():
    said = Prediction(posts=frozenset((("x", "1"),)))
    assert "posts_precision" not in score(case(posts=None), said).ratios
    assert score(case(posts=()), said).ratios["posts_precision"] == (0, 1)


def test_datelines_are_asked_where_the_opening_was_judged():
    said = Prediction(dateline=Dateline(place="Beirut"))
    real = case(opening=Opening(exists=True, place="BEIRUT", agency="AP"))
    ratios = score(real, said).ratios
    assert ratios["dateline_recall"] == ratios["dateline_place"] == (True, 1)
    assert ratios["dateline_agency"] == (False, 1)
    alarm = score(case(opening=Opening(exists=False)), said).ratios
    assert alarm["dateline_precision"] == (False, 1)
    assert "dateline_recall" not in alarm
    assert "dateline_precision" not in score(case(), said).ratios


def test_pace_is_pages_by_processor_time():
    pages = [score(case(), Prediction(seconds=seconds)) for seconds in (0.01, 0.03)]
    assert figures(pages)[PACE] == pytest.approx(50)


def test_gap_is_what_the_unread_third_is_worse_by():
    found = gaps({"aeb": 0.97, "leaks": 0.1, PACE: 9}, {"aeb": 0.95, "leaks": 0.15, PACE: 5})
    assert found == {"aeb": pytest.approx(0.02), "leaks": pytest.approx(0.05)}


def test_table_has_a_line_a_row_and_a_dash_for_no_figure():
    shown = lines([("dateline all", {"aeb": 0.5, PACE: 31.4})])
    assert len(shown) == len(ROWS) + 2
    assert shown[2].split() == ["aeb", "body", "F1", "0.975", "0.985", "0.500"]
    assert shown[3].endswith("–")


def test_losses_never_show_a_page_of_the_unread_third():
    names = [f"paper{number}.example" for number in range(30)]
    cases = [case(file=name, publisher=name) for name in names]
    wrong = Prediction(body="Something else altogether, and long enough.")
    found = losses("aeb", [(one, wrong, score(one, wrong)) for one in cases])
    assert {loss.case.file for loss in found} == {name for name in names if not is_unread(name)}
    assert found[0].expected == TEXT
    assert found[0].got == wrong.body
