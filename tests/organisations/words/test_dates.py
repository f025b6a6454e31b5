"""Dates and times as people say them, in the organisation's time zone."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from organisations.words.dates import clock, day, moment


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(0), "midnight"),
        (time(0, 1), "12:01am"),
        (time(9), "9am"),
        (time(9, 5), "9:05am"),
        (time(11, 59), "11:59am"),
        (time(12), "midday"),
        (time(12, 1), "12:01pm"),
        (time(14, 30), "2:30pm"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_a_time_of_day_is_said_as_people_say_it(at: time, said: str) -> None:
    assert clock(at) == said


def test_an_instant_is_said_in_the_active_zone() -> None:
    at = datetime(2030, 7, 1, 9, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Europe/London")):
        assert moment(at) == "Monday 1 July 2030 at 10:30am"


def test_the_year_is_said_only_where_it_is_not_this_one() -> None:
    today = timezone.localdate()
    assert str(today.year) not in day(today)
    assert day(date(2030, 12, 2)) == "Monday 2 December 2030"
