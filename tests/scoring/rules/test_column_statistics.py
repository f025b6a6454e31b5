"""An analyst's figures from columns: the formulas of release, with nothing withheld."""

from math import sqrt

import pytest

from scoring.rules.column_statistics import column_change, column_statistics
from scoring.rules.columns import Column, count_columns
from scoring.rules.distributions import t_quantile
from tests.scoring.rules.r_case import near
from tests.scoring.worlds import layout_of

LAYOUT = layout_of([2], 1, 6)


def columns(*sheets: str) -> tuple[Column, ...]:
    return count_columns(LAYOUT, sheets).items


def test_mean_error_and_agreement_are_of_the_statements() -> None:
    found = column_statistics(LAYOUT, columns("13", "1?", "25", "21"), None)
    assert (found.n_least, found.n_most) == (3, 4)
    assert found.mean == near(1 + (1.5 + 3) / 2)
    assert found.standard_error == near((sqrt(1 / 3 / 4) + sqrt(4 / 3)) / 2)
    # Six options: answers spread evenly over them have a variance of 35/12.
    assert found.agreement == near(1 - (1 / 3 + 4) / 2 / (35 / 12))
    assert found.interval_fpc is None


@pytest.mark.parametrize(
    ("headcount", "has_range"), [(None, False), (3, False), (4, True), (9, True)]
)
def test_a_range_needs_as_many_staff_as_answers(headcount: int | None, has_range: bool) -> None:
    found = column_statistics(LAYOUT, columns("13", "1?", "25", "21"), headcount)
    if not has_range or headcount is None or found.mean is None:
        assert found.interval_fpc is None
        return
    error = (sqrt(1 / 3 / 4 * (1 - 4 / headcount)) + sqrt(4 / 3 * (1 - 3 / headcount))) / 2
    half = t_quantile(0.95, 2) * error
    assert found.interval_fpc == near((found.mean - half, found.mean + half))


def test_one_answer_has_a_mean_and_none_has_nothing() -> None:
    one = column_statistics(LAYOUT, columns("4?", "??"), 9)
    assert (one.n_least, one.n_most, one.mean) == (0, 1, 5)
    assert (one.agreement, one.standard_error, one.interval_fpc) == (None, None, None)
    none = column_statistics(LAYOUT, columns("??", "--"), 9)
    assert (none.n_most, none.mean, none.agreement) == (0, None, None)
    mixed = column_statistics(LAYOUT, columns("42", "?2"), 9)
    assert (mixed.mean, mixed.agreement, mixed.standard_error) == (4, 1, 0)


def test_change_is_over_what_two_scored_both_times() -> None:
    before, now = columns("02", "02", "0?"), columns("42", "4?", "4-")
    found = column_change(before, now)
    assert found is not None
    assert (found.difference, found.word) == (40, "clear rise")
    assert column_change(columns("0?", "?2"), now) is None
    assert column_change(now, columns("0?", "?2")) is None
