"""Numbers as they are released: half up."""

from fractions import Fraction

import pytest

from scoring.rules.rounding import (
    anchors_of_hidden,
    anchors_of_shown,
    average,
    level_of,
    percent,
    tenths,
    tenths_up,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        *((Fraction(0), 0), (Fraction(49, 1000), 0), (Fraction(1, 20), 1), (Fraction(51, 1000), 1)),
        *((Fraction(149, 1000), 1), (Fraction(3, 20), 2), (Fraction(5), 50)),
    ],
)
def test_tenths_are_rounded_half_up(value: Fraction, shown: int) -> None:
    assert tenths(value) == shown


@pytest.mark.parametrize(
    ("shares", "mean"),
    [
        ([(1, 3)], Fraction(1, 3)),
        ([(1, 3), (2, 3), (2, 3)], Fraction(5, 9)),
        ([(1, 2), (1, 3), (1, 2)], Fraction(4, 9)),
        ([(0, 4), (4, 4)], Fraction(1, 2)),
    ],
)
def test_an_average_of_shares_is_exact(shares: list[tuple[int, int]], mean: Fraction) -> None:
    assert average(iter(shares)) == mean


@pytest.mark.parametrize(
    ("count", "n", "shown"),
    [(0, 7, 0), (1, 8, 13), (1, 200, 1), (1, 201, 0), (2, 3, 67), (3, 200, 2), (7, 7, 100)],
)
def test_percents_are_rounded_half_up(count: int, n: int, shown: int) -> None:
    assert percent(count, n) == shown


@pytest.mark.parametrize(
    ("width", "shown"), [(0.0, 0), (0.3, 3), (0.1 + 0.2, 3), (0.3001, 4), (0.39, 4), (0.31, 4)]
)
def test_a_width_is_rounded_up_but_for_what_binary_fractions_add(width: float, shown: int) -> None:
    assert tenths_up(width) == shown


@pytest.mark.parametrize(
    ("total", "n", "options", "level"),
    [
        # Two fifths of ten people's 50 points are 20, three fifths 30.
        *((19, 10, 6, "low"), (20, 10, 6, "middle"), (21, 10, 6, "middle")),
        *((29, 10, 6, "middle"), (30, 10, 6, "middle"), (31, 10, 6, "high")),
        *((7, 5, 5, "low"), (8, 5, 5, "middle"), (12, 5, 5, "middle"), (13, 5, 5, "high")),
    ],
)
def test_levels_end_at_two_and_three_fifths(total: int, n: int, options: int, level: str) -> None:
    assert level_of(total, n, options) == level


@pytest.mark.parametrize(
    ("mean", "anchors"),
    [(0, [0, 0]), (1, [0, 1]), (9, [0, 1]), (10, [1, 1]), (11, [1, 2]), (39, [3, 4]), (40, [4, 4])],
)
def test_a_shown_mean_lies_on_an_option_or_between_two(mean: int, anchors: list[int]) -> None:
    assert anchors_of_shown(mean) == anchors


@pytest.mark.parametrize(
    ("mean", "anchors"),
    [
        *((Fraction(0), [0, 1]), (Fraction(99, 100), [0, 1]), (Fraction(1), [1, 2])),
        *((Fraction(3), [3, 4]), (Fraction(399, 100), [3, 4]), (Fraction(4), [3, 4])),
    ],
)
def test_a_hidden_mean_always_lies_between_two_options(mean: Fraction, anchors: list[int]) -> None:
    assert anchors_of_hidden(mean, 5) == anchors
