"""Which actions count as closed on time: the day before, the day, the day after."""

from datetime import date, timedelta

import pytest

from initiatives.rules.on_time import Missed, counted_days, missed

TODAY = date(2026, 11, 30)
DUE = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "moved", "outcome", "why"),
    [
        (-1, 0, "It hangs.", None),
        (0, 0, "It hangs.", None),
        (1, 0, "It hangs.", Missed.LATE),
        (0, 1, "It hangs.", None),
        (0, 2, "It hangs.", Missed.MOVED),
        (0, 0, "", Missed.NO_OUTCOME),
        (None, 0, "It hangs.", Missed.OPEN),
        (1, 2, "", Missed.LATE),
        (0, 2, "", Missed.MOVED),
    ],
)
def test_on_time_is_by_its_day_with_an_outcome_and_moved_once_at_most(
    days: int | None, moved: int, outcome: str, why: Missed | None
) -> None:
    closed_on = None if days is None else DUE + timedelta(days=days)
    assert missed(due_on=DUE, closed_on=closed_on, moved=moved, outcome=outcome) is why


def test_twelve_weeks_that_ended_yesterday_count() -> None:
    first, last = counted_days(TODAY)
    assert (first, last) == (date(2026, 9, 7), date(2026, 11, 29))
    assert (last - first).days + 1 == 12 * 7
