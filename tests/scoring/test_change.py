"""Words for change, Holm's adjustment, and what a run chart may say."""

import pytest

from scoring.change import changes, run_chart
from scoring.comparison import holm, welch
from scoring.counts import count_answers
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


def test_holm_steps_down_never_falls_and_skips_what_is_undefined() -> None:
    assert holm([0.01, None, 0.04, 0.03]) == [0.03, None, 0.06, 0.06]
    assert holm([0.6, 0.5]) == [1.0, 1.0]
    assert holm([]) == []


def test_welch_without_spread_has_a_difference_and_no_test() -> None:
    layout = layout_of([1])
    three, four = (count_answers(layout, [digit] * 4).scores[0] for digit in "34")
    found = welch(four, three, layout.unit_of_score)
    assert found.difference == 1
    assert (found.t, found.df, found.p, found.ci95) == (None, None, None, None)


def test_a_run_chart_needs_five_rounds_and_signals_from_ten_useful_points() -> None:
    assert run_chart([1, 2, 3, 4]) is None
    trial = run_chart([1, 2, 3, 4, 5])
    assert trial is not None
    assert (trial.median, trial.trial, trial.useful, trial.signal) == (3, True, 4, None)
    shifted = run_chart([1.0, 1.1, 1.2, 1.1, 1.0, 1.3, 3.0, 3.1, 3.2, 3.1, 3.0, 3.3])
    assert shifted is not None
    assert (shifted.trial, shifted.longest_run, shifted.crossings) == (False, 6, 1)
    assert shifted.signal is True
    mixed = run_chart([1, 3, 1, 3, 3, 1, 1, 3, 1, 3])
    assert mixed is not None
    assert mixed.signal is False


@pytest.mark.parametrize(("points", "fewest"), [(10, 2), (12, 3), (20, 6)])
def test_the_fewest_crossings_without_a_signal_are_the_published_ones(
    points: int, fewest: int
) -> None:
    # Anhøj and Olesen 2014, table 1: lower limit of crossings for 10, 12 and 20 useful points
    def crossing(times: int) -> bool | None:
        half = points // 2
        runs = [1] * (times + 1)
        while sum(runs[0::2]) < half:
            runs[2 * ((sum(runs[0::2])) % len(runs[0::2]))] += 1
        while sum(runs[1::2]) < points - half:
            runs[2 * ((sum(runs[1::2])) % len(runs[1::2])) + 1] += 1
        values = [float(index % 2) for index, run in enumerate(runs) for _ in range(run)]
        found = run_chart(values)
        assert found is not None
        assert found.crossings == times
        return found.signal

    assert crossing(fewest - 1) is True
    if points == 20:
        assert crossing(fewest) is False
