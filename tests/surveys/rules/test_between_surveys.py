"""Two surveys of a unit that both show bars close 42 days apart, whichever comes first."""

from datetime import date, timedelta

import pytest

from surveys.rules.between_surveys import FEWEST_FOR_BARS, is_too_soon

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("days", "too_soon"), [(0, True), (1, True), (41, True), (42, False), (43, False)]
)
def test_42_days_are_enough(days: int, too_soon: bool) -> None:
    later = DAY + timedelta(days=days)
    assert is_too_soon(DAY, later) is is_too_soon(later, DAY) is too_soon


def test_bars_begin_at_eleven_answers() -> None:
    assert FEWEST_FOR_BARS == 11
