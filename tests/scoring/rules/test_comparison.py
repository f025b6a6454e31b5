"""Differences between units and between two sets of sheets: as R finds them, and at their edges."""

from fractions import Fraction

import pytest

from scoring.rules.comparison import Difference, holm, unit_spread, welch
from scoring.rules.counts import ScoreSums
from scoring.rules.distributions import t_quantile
from tests.scoring import reference
from tests.scoring.rules.r_case import LAYOUT, SECTIONS, by_r, counted, near, sheets

NO_SPREAD = (None, None, None, None)


def sums(*scores: int) -> ScoreSums:
    return ScoreSums(len(scores), sum(scores), sum(score**2 for score in scores))


@pytest.mark.parametrize("section", SECTIONS)
def test_units_differ_as_r_finds(section: str) -> None:
    place = SECTIONS.index(section)
    found = unit_spread(counted("unit", unit).scores[place] for unit in sheets("unit"))
    theirs = by_r()["icc"][section]
    assert (found.n, found.groups) == (theirs["n"], theirs["groups"])
    assert found.icc1 == near(theirs["icc1_anova_meank"])
    assert found.icc2 == near(theirs["icc2_anova"])
    assert found.icc1_ci95 == near(theirs["icc1_ci95"])
    assert found.icc2_ci95 == near(theirs["icc2_ci95"])


@pytest.mark.parametrize("place", range(8))
def test_two_roles_differ_as_r_finds(place: int) -> None:
    name, size = [*((section, 1) for section in SECTIONS), ("total", 45)][place]
    managers, front = (counted("role", role).scores[place] for role in ("manager", "frontline"))
    found = welch(managers, front, LAYOUT.unit_of_score * size)
    theirs = by_r()["roles_overall"][name]
    assert found.difference == near(theirs["diff_manager_minus_frontline"])
    assert found.t == near(theirs["welch_t"])
    assert found.df == near(theirs["welch_df"])
    assert found.p == near(theirs["welch_p"])
    assert found.ci95 == near(theirs["welch_ci95"])
    assert found.standard_error is not None and found.difference is not None
    assert found.standard_error == near(found.difference / theirs["welch_t"])


@pytest.mark.parametrize(
    "groups", [[], [[1, 2, 3]], [[1], [2], [3]], [[1, 2], []], [[2, 2], [2, 2, 2]]]
)
def test_without_two_groups_or_any_spread_nothing_is_said(groups: list[list[int]]) -> None:
    found = unit_spread(sums(*group) for group in groups)
    assert (found.icc1, found.icc2, found.icc1_ci95, found.icc2_ci95) == NO_SPREAD
    assert found.groups == sum(map(bool, groups))
    assert found.n == sum(map(len, groups))


@pytest.mark.parametrize(
    "groups", [[[1, 2], [4]], [[1, 3], [2, 2]], [[1, 2, 3], [3, 4], [5, 5, 4]], [[1, 1], [3, 3]]]
)
def test_few_groups_are_worked_out_once_more_from_the_formulas(groups: list[list[int]]) -> None:
    found = unit_spread(sums(*group) for group in groups)
    one, two = reference.icc([[Fraction(score) for score in group] for group in groups])
    assert found.icc1 == near(None if one is None else float(one))
    assert found.icc2 == near(None if two is None else float(two))


def test_units_with_one_mean_have_a_spread_between_them_that_is_certain() -> None:
    found = unit_spread([sums(1, 3), sums(2, 2)])
    assert found.icc1 is not None and found.icc1 < 0
    assert (found.icc2, found.icc1_ci95, found.icc2_ci95) == (None, (found.icc1,) * 2, None)


def test_a_difference_needs_a_score_on_each_side_and_a_test_two() -> None:
    nothing = Difference(None, None, None, None, None, None)
    assert welch(sums(), sums(1, 2), 1) == welch(sums(1, 2), sums(), 1) == nothing
    for of, less, difference in (((3,), (1, 2), 1.5), ((1, 2), (3,), -1.5), ((3, 3), (1, 1), 2)):
        found = welch(sums(*of), sums(*less), 1)
        assert found == Difference(difference, None, None, None, None, None)


def test_spread_on_one_side_is_enough_for_a_test() -> None:
    # Variance 1 of three people on one side: an error of the root of 1/3 with two degrees.
    found = welch(sums(4, 5, 6), sums(2, 2), 1)
    assert (found.difference, found.df) == (3, near(2))
    assert found.standard_error == near((1 / 3) ** 0.5)
    assert found.ci95 is not None
    assert found.ci95[1] - 3 == near(t_quantile(0.975, 2) * (1 / 3) ** 0.5)
    assert found.as_json().keys() == {"difference", "t", "df", "p", "ci95"}


def test_holm_steps_down_never_falls_and_skips_what_is_undefined() -> None:
    assert holm([0.01, None, 0.04, 0.03]) == [0.03, None, 0.06, 0.06]
    assert holm([0.001]) == [0.001]
    assert holm([0.6, 0.9]) == [1.0, 1.0]
    assert holm([]) == []
