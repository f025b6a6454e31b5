"""An analyst's words for change by Welch's test, and Holm's adjustment."""

import pytest

from scoring.rules.comparison import holm, welch
from scoring.rules.counts import count_answers
from scoring.rules.distributions import t_quantile
from scoring.rules.welch_change import changes, word_of
from tests.scoring.worlds import layout_of

LAYOUT = layout_of([2, 2])


def words(before: list[str], after: list[str]) -> list[str]:
    found = changes(LAYOUT, count_answers(LAYOUT, before), count_answers(LAYOUT, after))
    return [change.word for change in found]


def test_a_large_difference_is_a_clear_rise_and_its_reverse_a_clear_fall() -> None:
    low = ["1122", "2122", "1222", "2222", "1122", "2233", "1132", "2223"] * 2
    high = ["4422", "4522", "5422", "4422", "5522", "4433", "4432", "5423"] * 2
    assert words(low, high) == ["clear rise", "no clear change", "clear rise"]
    assert words(high, low) == ["clear fall", "no clear change", "clear fall"]


def test_a_sure_but_small_difference_is_no_clear_change() -> None:
    before = ["2222", "3333"] * 200
    after = ["2222", "3333", "3333"] * 140
    test = changes(LAYOUT, count_answers(LAYOUT, before), count_answers(LAYOUT, after))[0]
    assert test.p_holm is not None
    assert test.p_holm < 0.05
    assert test.word == "no clear change"


def test_a_difference_of_exactly_three_tenths_counts() -> None:
    before = (["0000"] * 13 + ["1111"] * 7) * 20
    after = (["0000"] * 7 + ["1111"] * 13) * 20
    assert words(before, after)[0] == "clear rise"
    assert words(after, before)[0] == "clear fall"


def test_too_few_answers_where_a_difference_of_one_could_not_be_seen() -> None:
    assert words(["0055", "5500", "2233"], ["1155", "5511", "3333"])[0] == "too few answers to tell"
    assert words(["2222"], ["5555"])[0] == "too few answers to tell"
    assert words([], ["5555"])[0] == "too few answers to tell"


def test_the_total_stays_outside_holms_family() -> None:
    before = count_answers(LAYOUT, ["1122", "2132", "1223", "2222", "0122"])
    after = count_answers(LAYOUT, ["2222", "2232", "1333", "2332", "1122"])
    first, second, total = changes(LAYOUT, before, after)
    assert total.p_holm == total.test.p
    assert [first.p_holm, second.p_holm] == holm([first.test.p, second.test.p])


def test_welch_without_spread_has_a_difference_and_no_test() -> None:
    layout = layout_of([1])
    three, four = (count_answers(layout, [digit] * 4).scores[0] for digit in "34")
    found = welch(four, three, layout.unit_of_score)
    assert found.difference == 1
    assert (found.t, found.df, found.p, found.ci95) == (None, None, None, None)


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [("1122", "1212", "no clear change"), ("0000122", "1212123", "too few answers to tell")],
)
def test_a_change_of_one_point_must_have_been_seen(before: str, after: str, word: str) -> None:
    """The first could have shown a difference of 0.999 points as clear, the second of 1.006."""
    layout = layout_of([1])
    found = changes(layout, count_answers(layout, before), count_answers(layout, after))[0]
    assert found.detectable == pytest.approx(1.0, abs=0.01)
    assert found.word == word


def test_what_could_have_been_seen_is_that_of_the_first_of_holms_family() -> None:
    before = count_answers(LAYOUT, ["1122", "2132", "1223", "2222", "0122"])
    after = count_answers(LAYOUT, ["2222", "2232", "1333", "2332", "1122"])
    first, second, total = changes(LAYOUT, before, after)
    for change, tests in ((first, 2), (second, 2), (total, 1)):
        test = change.test
        assert test.df is not None and test.standard_error is not None
        reach = t_quantile(1 - 0.05 / 2 / tests, test.df) * test.standard_error
        assert change.detectable == pytest.approx(reach)
    # Where one section has no test the other is alone in its family.
    alone = changes(LAYOUT, before, count_answers(LAYOUT, ["22??", "23??", "1333"]))[0]
    assert alone.test.df is not None and alone.test.standard_error is not None
    reach = t_quantile(0.975, alone.test.df) * alone.test.standard_error
    assert alone.detectable == pytest.approx(reach)


def test_a_difference_just_under_three_tenths_does_not_count() -> None:
    layout = layout_of([1])
    before, after = "0" * 1000, "0" * 705 + "1" * 295
    found = changes(layout, count_answers(layout, before), count_answers(layout, after))[0]
    assert found.p_holm is not None and found.p_holm < 0.05
    assert found.word == "no clear change"


def test_chance_at_more_than_five_percent_is_not_clear() -> None:
    layout = layout_of([1])
    before, after = "11122233", "2222333333"
    found = changes(layout, count_answers(layout, before), count_answers(layout, after))[0]
    assert found.p_holm is not None and 0.05 < found.p_holm < 0.06
    assert found.test.difference is not None and found.test.difference > 0.3
    assert found.word not in ("clear rise", "clear fall")


@pytest.mark.parametrize(
    ("difference", "p_holm", "detectable", "word"),
    [
        (0.3, 0.049, 0.5, "clear rise"),
        (0.3, 0.05, 0.5, "no clear change"),
        (0.3 - 4e-10, 0.049, 0.5, "clear rise"),
        (0.3 - 6e-10, 0.049, 0.5, "no clear change"),
        (-0.3 + 4e-10, 0.049, 0.5, "clear fall"),
        (-0.3 + 6e-10, 0.049, 0.5, "no clear change"),
        (0.3, 0.049, None, "clear rise"),
        (0.3, 0.05, 1.0, "no clear change"),
        (0.3, 0.05, 1.000001, "too few answers to tell"),
        (2.0, None, None, "too few answers to tell"),
        (None, None, None, "too few answers to tell"),
    ],
)
def test_a_word_changes_at_its_thresholds(
    difference: float | None, p_holm: float | None, detectable: float | None, word: str
) -> None:
    assert word_of(difference, p_holm, detectable) == word
