"""When a chart of numbers may say that something changed, and how often it is wrong."""

import math
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.individuals_chart import (
    BEFORE,
    Counted,
    Reading,
    Usual,
    read_chart,
    signal_in,
    usual_of,
)

MONDAY = date(2026, 7, 13)
BEGAN = MONDAY + timedelta(weeks=12)
USUAL = Usual(10.0, 5.0, 15.0)
# A mean of 10 and differences of 2: 10 +- 5.32.
BEFORE_IT = [9.0, 11.0] * 6


def weekly(values: Sequence[float], start: date = MONDAY) -> list[Counted]:
    return [
        Counted(start + timedelta(weeks=place), float(value)) for place, value in enumerate(values)
    ]


def read(*after: float, before: Sequence[float] = BEFORE_IT, **said: object) -> Reading:
    return read_chart(weekly([*before, *after]), began_on=BEGAN, **said)  # type: ignore[arg-type]


def test_usual_by_hand() -> None:
    usual = usual_of([9.0, 11.0, 10.0])
    assert usual.mean == 10
    assert usual.low == pytest.approx(10 - 2.66 * 1.5)
    assert usual.high == pytest.approx(10 + 2.66 * 1.5)


def test_no_count_is_below_nothing_and_no_share_above_all() -> None:
    assert usual_of([1.0, 5.0, 1.0]).low == 0
    assert usual_of([95.0, 100.0, 90.0]).high > 100
    assert usual_of([95.0, 100.0, 90.0], most=100).high == 100


@pytest.mark.parametrize(("before", "says"), [(11, False), (12, True), (13, True)])
def test_twelve_from_before_are_needed(before: int, says: bool) -> None:
    values = [9.0, 11.0] * 7
    numbers = weekly([*values[:before], *[1.0] * 9], start=BEGAN - timedelta(weeks=before))
    reading = read_chart(numbers, began_on=BEGAN)
    assert reading.before == before
    assert (reading.usual is not None) == (reading.signal is not None) == says
    assert not reading.is_from_first


@pytest.mark.parametrize(("weeks", "is_signal"), [(7, False), (8, True), (9, True)])
@pytest.mark.parametrize(("value", "is_above"), [(9.5, False), (10.5, True)])
def test_eight_in_a_row(weeks: int, is_signal: bool, value: float, is_above: bool) -> None:
    signal = read(*[value] * weeks).signal
    assert (signal is not None) == is_signal
    if signal is not None:
        assert (signal.since, signal.is_above, signal.in_a_row) == (BEGAN, is_above, weeks)
        assert len(signal.days) == weeks


def test_a_number_on_the_mean_neither_counts_nor_breaks() -> None:
    assert read(*[9.5] * 4, 10.0, *[9.5] * 3).signal is None
    signal = read(*[9.5] * 4, 10.0, *[9.5] * 4).signal
    assert signal is not None
    assert signal.in_a_row == 8
    assert read(*[9.5] * 4, 10.5, *[9.5] * 4).signal is None


def test_missing_weeks_break_no_row() -> None:
    numbers = weekly([*BEFORE_IT, *[9.5] * 9])
    del numbers[15]
    signal = read_chart(numbers, began_on=BEGAN).signal
    assert signal is not None
    assert signal.in_a_row == 8


@pytest.mark.parametrize(("far", "is_signal"), [(15.0, False), (15.01, True)])
def test_two_outside_the_usual_range(far: float, is_signal: bool) -> None:
    after = weekly([far, 9.5, 10.5, 4.0, 9.5], start=BEGAN)
    signal = signal_in(after, USUAL)
    assert (signal is not None) == is_signal
    if signal is not None:
        # One lies above it, one below: no way is said.
        assert (signal.outside, signal.in_a_row, signal.is_above) == (2, 0, None)
        assert signal.days == {BEGAN, BEGAN + timedelta(weeks=3)}


@pytest.mark.parametrize(("values", "is_above"), [((16.0, 17.0), True), ((4.0, 3.0), False)])
def test_two_outside_on_one_side(values: tuple[float, float], is_above: bool) -> None:
    signal = signal_in(weekly(list(values), start=BEGAN), USUAL)
    assert signal is not None
    assert signal.is_above is is_above


@pytest.mark.parametrize(("between", "is_signal"), [(9, True), (10, True), (11, False)])
def test_only_the_last_twelve_are_looked_at_for_those_outside(
    between: int, is_signal: bool
) -> None:
    after = weekly([20.0, *([9.0, 11.0] * 6)[:between], 20.0], start=BEGAN)
    assert (signal_in(after, USUAL) is not None) == is_signal


def test_the_last_row_counts() -> None:
    signal = read(*[9.0] * 8, *[11.0] * 8).signal
    assert signal is not None
    assert signal.is_above
    assert signal.since == BEGAN + timedelta(weeks=8)


def test_what_was_begun_later_uses_its_first_twelve() -> None:
    numbers = weekly([*BEFORE_IT, *[1.0] * 8])
    reading = read_chart(numbers, began_on=MONDAY)
    assert (reading.is_from_first, reading.before) == (True, BEFORE)
    assert reading.signal is not None
    assert reading.signal.since == BEGAN


def test_before_it_begins_all_is_from_before() -> None:
    reading = read_chart(weekly([*BEFORE_IT, *[1.0] * 8]), began_on=None)
    assert (reading.before, reading.signal) == (20, None)


def test_a_restarted_chart_begins_anew() -> None:
    numbers = weekly([*BEFORE_IT, *[1.0] * 12])
    reading = read_chart(numbers, began_on=BEGAN, restarted_on=BEGAN)
    assert reading.usual is not None
    assert (reading.usual.mean, reading.is_from_first, reading.signal) == (1, True, None)


def test_nothing_counted_says_nothing() -> None:
    assert read_chart([], began_on=None) == Reading(None, 0, True)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=40))
def test_usual_lies_around_the_mean(values: list[int]) -> None:
    usual = usual_of(values)
    assert 0 <= usual.low <= usual.mean <= usual.high
    moved = sum(abs(one - other) for one, other in pairwise(values)) / (len(values) - 1)
    assert usual.high - usual.mean == pytest.approx(2.66 * moved)


def _normal(draw: random.Random, mean: float) -> float:
    return draw.gauss(mean, math.sqrt(mean))


def _poisson(draw: random.Random, mean: float) -> float:
    left, count, over = math.exp(-mean), 0, 1.0
    while (over := over * draw.random()) > left:
        count += 1
    return float(count)


@pytest.mark.parametrize("draws", [_normal, _poisson])
@pytest.mark.parametrize(("falls", "quarter", "half_year"), [(0, 10, 24), (1 / 3, 67, 92)])
def test_the_trial_of_forty_thousand_charts(
    draws: Callable[[random.Random, float], float], falls: float, quarter: int, half_year: int
) -> None:
    """10,000 charts each: how many show a signal, looked at after each of 12 and 26 weeks."""
    draw = random.Random(12)
    weeks = [MONDAY + timedelta(weeks=place) for place in range(26)]
    shown = [0, 0]
    for _ in range(10_000):
        usual = usual_of([draws(draw, 12) for _ in range(BEFORE)])
        after = [Counted(week, draws(draw, 12 * (1 - falls))) for week in weeks]
        first = next(
            (length for length in range(2, 27) if signal_in(after[:length], usual)), math.inf
        )
        shown[0] += first <= 12
        shown[1] += first <= 26
    assert [number / 100 for number in shown] == [
        pytest.approx(quarter, abs=2),
        pytest.approx(half_year, abs=2),
    ]
