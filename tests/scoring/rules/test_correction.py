"""New figures beside old ones: only where those who came or went are themselves a group."""

import pytest

from scoring.rules.columns import count_columns
from scoring.rules.correction import may_replace
from tests.scoring.rules.wards import LAYOUT, ward, without


def allowed(before: list[str], now: list[str]) -> bool:
    return may_replace(count_columns(LAYOUT, before), count_columns(LAYOUT, now))


def test_the_same_columns_may_be_shown_again() -> None:
    assert allowed(ward(14), ward(14))
    swapped = ward(14)
    swapped[0], swapped[1] = swapped[1][0] + swapped[0][1:], swapped[0][0] + swapped[1][1:]
    assert allowed(ward(14), swapped), "who said what is in no column"


@pytest.mark.parametrize(("moved", "is_shown"), [(1, False), (10, False), (11, True), (12, True)])
def test_eleven_sheets_must_come_or_go(moved: int, is_shown: bool) -> None:
    first, more = ward(14), ward(moved, 2)
    assert allowed(first, first + more) is is_shown
    assert allowed(first + more, first) is is_shown


@pytest.mark.parametrize(("scored", "is_shown"), [(0, True), (1, False), (10, False), (11, True)])
def test_of_those_who_moved_none_or_eleven_scored_each_statement(
    scored: int, is_shown: bool
) -> None:
    first = ward(14)
    assert allowed(first, first + without(ward(12, 2), 0, scored)) is is_shown


@pytest.mark.parametrize(("moved", "is_shown"), [(1, False), (10, False), (11, True)])
def test_eleven_must_come_even_where_they_answered_nothing(moved: int, is_shown: bool) -> None:
    assert allowed(ward(14), ward(14) + ["-" * 9] * moved) is is_shown


def test_nothing_may_come_while_something_goes() -> None:
    first = ["0" * 9] * 14
    assert not allowed(first, ["0" * 9] * 13 + ["1" * 9] * 13)
    assert allowed(first, first + ["1" * 9] * 12)
    assert not allowed(first, ["1" * 9] * 14)
