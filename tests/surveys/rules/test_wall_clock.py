"""10:00 is 10:00 on the wall, whatever the clocks did in between."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from surveys.rules import wall_clock

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (date(2026, 3, 28), 10),  # the day before the clocks go forward
        (date(2026, 3, 29), 9),
        (date(2026, 10, 24), 9),
        (date(2026, 10, 25), 10),  # the day they go back
    ],
)
def test_ten_in_the_morning(day: date, utc_hour: int) -> None:
    moment = wall_clock.at(day, wall_clock.MORNING, LONDON)
    assert moment.astimezone(UTC).hour == utc_hour
    assert moment.astimezone(LONDON).time() == time(10)


def test_the_days_that_are_offered_and_chosen() -> None:
    assert wall_clock.REMINDER_CHOICES == (2, 4, 6, 8, 12)
    assert wall_clock.REMINDER_DAYS == (4, 8)


def test_an_hour_that_the_clocks_jump_over_is_no_time() -> None:
    assert not wall_clock.is_on_the_clock(wall_clock.at(date(2026, 3, 29), time(1, 30), LONDON))
    assert wall_clock.is_on_the_clock(wall_clock.at(date(2026, 3, 29), time(2), LONDON))
    # Twice on the clock: the first one is meant.
    twice = wall_clock.at(date(2026, 10, 25), time(1, 30), LONDON)
    assert wall_clock.is_on_the_clock(twice)
    assert twice.astimezone(UTC).hour == 0


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        # Ten days in winter.
        ((11, 20), (11, 30), {4: (11, 24, 10), 8: (11, 28, 10)}),
        # Across the change to winter time: the second reminder is an hour later in UTC.
        ((10, 20), (10, 30), {4: (10, 24, 9), 8: (10, 28, 10)}),
        # A reminder on the closing day or later is left out.
        ((11, 20), (11, 28), {4: (11, 24, 10)}),
        ((11, 20), (11, 24), {}),
    ],
)
def test_reminders_go_at_ten_days_after_opening(
    opens: tuple[int, int], closes: tuple[int, int], expected: dict[int, tuple[int, int, int]]
) -> None:
    planned = wall_clock.reminders(
        opens_at=datetime(2026, *opens, 14, 5, tzinfo=LONDON),
        closes_at=datetime(2026, *closes, 10, 0, tzinfo=LONDON),
        days=(8, 4),
        zone=LONDON,
    )
    assert planned == {day: datetime(2026, *moment, tzinfo=UTC) for day, moment in expected.items()}
    assert list(planned) == sorted(planned)


def test_the_opening_day_is_the_one_on_the_wall() -> None:
    # 23:30 UTC on 19 June is already the 20th in London.
    planned = wall_clock.reminders(
        opens_at=datetime(2026, 6, 19, 23, 30, tzinfo=UTC),
        closes_at=datetime(2026, 6, 30, 9, 0, tzinfo=UTC),
        days=(4,),
        zone=LONDON,
    )
    assert planned[4].astimezone(LONDON).date() == date(2026, 6, 24)
