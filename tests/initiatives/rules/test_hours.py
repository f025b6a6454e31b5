"""Staff hours a week: what counts in which week, and when a limit is reached."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from initiatives.rules.hours import Asking, Work, load_in, monday_of
from organisations.rules.limits import Limits

MONDAY = date(2026, 11, 30)
GUESS = 2


@pytest.mark.parametrize(
    ("posts", "days", "hours"),
    [
        (12, 10, "1.5"),
        (12, 14, "1"),
        (12, 7, "2"),
        (12, 3, "2"),
        (1, 14, "0.5"),
        (200, 28, "8.5"),
        (600, 7, "100"),
    ],
)
def test_an_open_survey_takes_ten_minutes_a_post_over_its_weeks(
    posts: int, days: int, hours: str
) -> None:
    assert Asking(posts, MONDAY, MONDAY + timedelta(days=days)).hours == Decimal(hours)


def test_a_joint_form_takes_45_minutes_a_post_in_the_week_it_closes() -> None:
    one = Asking(6, MONDAY, MONDAY + timedelta(days=10), is_joint=True)
    assert one.hours == Decimal("4.5")
    assert Asking(80, MONDAY, MONDAY, is_joint=True).hours == 60
    assert not one.runs_in(MONDAY)
    assert one.runs_in(MONDAY + timedelta(days=7))
    assert not replace(one, closes_on=MONDAY + timedelta(days=7)).runs_in(MONDAY)


@pytest.mark.parametrize(("weeks", "runs"), [(-1, False), (0, True), (1, True), (2, False)])
def test_a_survey_counts_in_each_week_that_it_touches(weeks: int, runs: bool) -> None:
    """From this Sunday to the next: two weeks."""
    one = Asking(12, MONDAY + timedelta(days=6), MONDAY + timedelta(days=13))
    assert one.runs_in(MONDAY + timedelta(weeks=weeks)) is runs


@pytest.mark.parametrize(
    ("work", "now", "planned", "number"),
    [
        (Work("active", Decimal(3)), 3, 0, 1),
        (Work("active", None), 2, 0, 1),
        (Work("planned", Decimal(3), MONDAY + timedelta(days=6)), 0, 3, 1),
        (Work("planned", Decimal(3), MONDAY + timedelta(days=7)), 0, 0, 1),
        (Work("proposed", None, MONDAY), 0, 2, 1),
        (Work("proposed", Decimal(3)), 0, 0, 1),
        (Work("on_hold", Decimal(3), MONDAY), 0, 0, 0),
        (Work("finished", Decimal(3), MONDAY), 0, 0, 0),
        (Work("stopped", Decimal(3), MONDAY), 0, 0, 0),
        (Work("merged", Decimal(3), MONDAY), 0, 0, 0),
    ],
)
def test_what_counts_as_load(work: Work, now: int, planned: int, number: int) -> None:
    load = load_in(MONDAY, work=[work], guess=GUESS)
    assert [load.now, load.planned, load.improvements] == [now, planned, number]
    assert load.has_guess == (work.hours is None)


@pytest.mark.parametrize(
    ("hours", "number", "reached"),
    [("7.5", 2, False), ("8", 2, True), ("8.5", 2, True), ("7.5", 3, False), ("7.5", 4, True)],
)
def test_a_limit_is_reached_by_hours_or_by_number(hours: str, number: int, reached: bool) -> None:
    work = [Work("active", Decimal(hours))]
    work += [Work("proposed", Decimal(3))] * (number - 1)
    load = load_in(MONDAY, work=work, guess=GUESS)
    assert load.reaches(Limits(hours=8, improvements=3)) is reached


def test_one_guess_makes_the_week_a_guess() -> None:
    known, guessed = Work("active", Decimal(2)), Work("active", None)
    for work in ([guessed, known], [known, guessed], [guessed]):
        assert load_in(MONDAY, work=work, guess=GUESS).has_guess
    assert not load_in(MONDAY, work=[known, Work("on_hold", None)], guess=GUESS).has_guess


def test_one_more_comes_on_top() -> None:
    load = load_in(MONDAY, work=[Work("active", Decimal(2))], guess=GUESS)
    more = load.with_one_more(Decimal(3))
    assert [more.now, more.planned, more.all, more.improvements] == [2, 3, 5, 2]
    assert [load.planned, load.all, load.improvements] == [0, 2, 1]


@pytest.mark.parametrize("days", range(7))
def test_a_week_begins_on_monday(days: int) -> None:
    assert monday_of(MONDAY + timedelta(days=days)) == MONDAY


@pytest.mark.parametrize("zone", ["Europe/London", "Australia/Lord_Howe"])
@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 4)])
def test_the_load_equals_a_recount_by_days_across_the_clock_changes(
    zone: str, change: date
) -> None:
    """Weeks are counted in local days; an hour more or less moves nothing."""
    place = ZoneInfo(zone)
    for hour in (0, 1, 2, 3, 12, 23):
        for length in (1, 6, 7, 8, 14):
            opens = datetime(change.year, change.month, change.day, hour, 30, tzinfo=place)
            opens = opens.astimezone(UTC)
            first = opens.astimezone(place).date()
            last = (opens + timedelta(days=length)).astimezone(place).date()
            one = Asking(12, first, last)
            days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
            for weeks in range(-2, 4):
                monday = monday_of(change) + timedelta(weeks=weeks)
                week = {monday + timedelta(days=n) for n in range(7)}
                expected = one.hours if days & week else Decimal()
                assert load_in(monday, work=(), asking=[one], guess=GUESS).now == expected
