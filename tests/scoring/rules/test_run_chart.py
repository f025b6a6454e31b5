"""What a run chart may say."""

from fractions import Fraction
from math import comb

import pytest

from scoring.rules.run_chart import RunChart, run_chart


def chart(*runs: int) -> RunChart:
    """Points above and below the median in turn, in runs of these lengths; half are above."""
    values = [float(place % 2) for place, run in enumerate(runs) for _ in range(run)]
    found = run_chart(values)
    assert found is not None
    assert (found.median, found.useful) == (0.5, sum(runs))
    assert (found.longest_run, found.crossings) == (max(runs), len(runs) - 1)
    return found


def even_runs(points: int, crossings: int) -> list[int]:
    """Runs as even as may be, with so many crossings and half of the points on either side."""
    runs = [0] * (crossings + 1)
    for side in (0, 1):
        own = range(side, crossings + 1, 2)
        for point in range(points // 2):
            runs[own[point % len(own)]] += 1
    return runs


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


def test_points_on_the_median_are_not_useful() -> None:
    assert run_chart([2] * 12) == RunChart(2, True, 0, 0, 0, None)
    found = run_chart([1, 2, 1, 2, 2, 3, 3])
    assert found is not None
    assert (found.useful, found.longest_run, found.crossings) == (4, 2, 1)


@pytest.mark.parametrize(
    ("runs", "signal"),
    [
        # Of 24 useful points a run of 8 may be chance; crossings from 8 on may be, too.
        ((1, 8, 1, 1, 1, 1, 1, 1, 1, 1, 7), False),
        ((2, 9, 3, 1, 3, 1, 2, 1, 2), True),
    ],
)
def test_a_run_is_a_signal_beyond_what_its_points_allow(
    runs: tuple[int, ...], signal: bool
) -> None:
    assert chart(*runs).signal is signal


@pytest.mark.parametrize(("points", "fewest"), [(10, 2), (12, 3), (20, 6), (24, 8)])
def test_the_fewest_crossings_without_a_signal_are_the_published_ones(
    points: int, fewest: int
) -> None:
    # Anhøj and Olesen 2014, table 1: lower limit of crossings for so many useful points
    assert chart(*even_runs(points, fewest - 1)).signal is True
    assert chart(*even_runs(points, fewest)).signal is False


@pytest.mark.parametrize("points", range(10, 80, 2))
def test_crossings_are_too_few_below_the_five_percent_quantile_of_tosses(points: int) -> None:
    tosses = points - 1
    below = [
        sum(Fraction(comb(tosses, heads), 2**tosses) for heads in range(crossings + 1))
        for crossings in range(points)
    ]
    fewest = next(place for place, chance in enumerate(below) if chance >= Fraction(1, 20))
    assert chart(*even_runs(points, fewest)).signal is False
    assert chart(*even_runs(points, fewest - 1)).signal is True
