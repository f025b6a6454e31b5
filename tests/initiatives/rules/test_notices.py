"""On which days somebody is told about an improvement: the day before, the day, the day after."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from initiatives.rules.notices import (
    asks_if_still_done,
    last_for_due,
    month_before,
    month_of,
    number_due_on,
    tells_of_start,
    week_of,
)

START = date(2027, 2, 1)
ENDED = date(2026, 6, 1)
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("before", "tells"), [(8, False), (7, True), (6, True), (1, True), (0, False), (-1, False)]
)
def test_a_start_is_told_from_seven_days_before_until_it_begins(before: int, tells: bool) -> None:
    today = START - timedelta(days=before)
    planned = START - timedelta(days=30)
    assert tells_of_start(begins_on=START, planned_on=planned, today=today) is tells


@pytest.mark.parametrize(("before", "tells"), [(8, True), (7, False), (6, False)])
def test_a_day_that_was_chosen_within_those_seven_is_not_asked_about(
    before: int, tells: bool
) -> None:
    planned, today = START - timedelta(days=before), START - timedelta(days=5)
    assert tells_of_start(begins_on=START, planned_on=planned, today=today) is tells


@pytest.mark.parametrize(
    ("days", "asks"), [(181, False), (182, True), (183, True), (209, True), (210, False)]
)
def test_what_was_finished_is_looked_at_after_26_weeks(days: int, asks: bool) -> None:
    assert asks_if_still_done(ended_on=ENDED, today=ENDED + timedelta(days=days)) is asks


@pytest.mark.parametrize(
    ("local", "month"),
    [
        ("2027-02-01T07:29", None),
        ("2027-02-01T07:30", date(2027, 2, 1)),
        ("2027-02-03T07:29", date(2027, 2, 1)),
        ("2027-02-03T07:30", None),
        ("2027-01-31T12:00", None),
        ("2027-03-01T12:00", date(2027, 3, 1)),
        ("2026-11-01T12:00", None),
        ("2026-11-02T12:00", date(2026, 11, 2)),
        ("2026-12-07T12:00", date(2026, 12, 7)),
        ("2026-12-14T12:00", None),
    ],
)
def test_reviewers_hear_on_the_first_monday_of_a_month(local: str, month: date | None) -> None:
    assert month_of(datetime.fromisoformat(local).replace(tzinfo=LONDON)) == month


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [
        (date(2027, 2, 1), "2027-01-01T00:00:00+00:00", "2027-02-01T00:00:00+00:00"),
        (date(2027, 1, 4), "2026-12-01T00:00:00+00:00", "2027-01-01T00:00:00+00:00"),
        (date(2027, 4, 5), "2027-03-01T00:00:00+00:00", "2027-04-01T00:00:00+01:00"),
    ],
)
def test_the_month_before_is_that_of_the_calendar_in_local_time(
    day: date, begins: str, ends: str
) -> None:
    assert [one.isoformat() for one in month_before(day, LONDON)] == [begins, ends]


@pytest.mark.parametrize(
    ("local", "monday"),
    [
        ("2027-03-29T07:29", None),
        ("2027-03-29T07:30", date(2027, 3, 29)),
        ("2027-03-31T07:29", date(2027, 3, 29)),
        ("2027-03-31T07:30", None),
        ("2027-04-04T23:59", None),
    ],
)
def test_a_week_is_told_from_monday_half_past_seven_for_two_days(
    local: str, monday: date | None
) -> None:
    assert week_of(datetime.fromisoformat(local).replace(tzinfo=LONDON)) == monday


@pytest.mark.parametrize(
    ("every", "days", "due"),
    [
        ("week", 6, False),
        ("week", 7, True),
        ("week", 8, True),
        ("month", 30, False),
        ("month", 31, True),
        ("month", 32, True),
    ],
)
def test_a_number_is_due_so_long_after_the_last(every: str, days: int, due: bool) -> None:
    last = START - timedelta(days=days)
    assert (last <= last_for_due(every=every, today=START)) is due
    assert (number_due_on(every=every, last=last) <= START) is due
