"""Nobody is written to in their quiet hours, whatever the clocks do."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveys.quiet_hours import Hours

LONDON = ZoneInfo("Europe/London")
USUAL = Hours(time(20), time(8), LONDON)
SPRING, AUTUMN = datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)

clock_times = st.times().map(lambda one: one.replace(second=0, microsecond=0))
hours = st.builds(Hours, clock_times, clock_times, st.sampled_from([LONDON, ZoneInfo("UTC")]))
moments = st.one_of(
    *(
        st.timedeltas(-reach, reach).map(change.__add__)
        for change in (SPRING, AUTUMN)
        for reach in (timedelta(hours=30), timedelta(days=400))
    ),
)


@pytest.mark.parametrize(
    ("hour", "day_staff", "night_staff"),
    [
        (7, False, False),
        (8, True, False),
        (9, True, False),
        (15, True, False),
        (17, True, False),
        (18, True, True),
        (19, True, True),
        (20, False, False),
        (3, False, False),
    ],
)
def test_usual_hours(hour: int, day_staff: bool, night_staff: bool) -> None:
    moment = datetime(2026, 7, 14, hour, tzinfo=LONDON)
    assert USUAL.allow(moment) is day_staff
    assert USUAL.allow(moment, works_nights=True) is night_staff


@given(hours, moments, st.booleans())
@example(Hours(time(0, 30), time(1, 30), LONDON), SPRING - timedelta(minutes=5), False)
@example(Hours(time(0, 30), time(1, 30), LONDON), AUTUMN - timedelta(minutes=25), False)
@example(Hours(time(1), time(0, 59), LONDON), SPRING, False)
def test_the_next_moment_is_allowed_and_no_earlier_minute_is(
    hours: Hours, moment: datetime, works_nights: bool
) -> None:
    found = hours.first_from(moment, works_nights=works_nights)
    assert hours.allow(found, works_nights=works_nights)
    assert found >= moment
    if found == moment:
        return
    before = found - timedelta(minutes=1)
    while before >= moment:
        assert not hours.allow(before, works_nights=works_nights)
        before -= timedelta(minutes=1)


@given(hours, moments)
def test_night_staff_are_never_woken(hours: Hours, moment: datetime) -> None:
    found = hours.first_from(moment, works_nights=True).astimezone(hours.zone)
    assert time(18) <= found.time() < time(20)
    assert found - moment <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("late", "utc_hour"),
    [
        (datetime(2026, 3, 28, 22, tzinfo=LONDON), 7),  # the clocks go forward in the night
        (datetime(2026, 10, 24, 22, tzinfo=LONDON), 8),  # and back
    ],
)
def test_eight_in_the_morning_is_eight_on_the_wall(late: datetime, utc_hour: int) -> None:
    found = USUAL.first_from(late)
    assert (found.astimezone(UTC).hour, found.astimezone(LONDON).time()) == (utc_hour, time(8))


CLOSING_MORNINGS = [
    # closes at 10:00 on the Sunday of the change, and the evening before as UTC sees it
    (datetime(2026, 3, 29, 10, tzinfo=LONDON), datetime(2026, 3, 28, 18, tzinfo=UTC)),
    (datetime(2026, 10, 25, 10, tzinfo=LONDON), datetime(2026, 10, 24, 17, tzinfo=UTC)),
    # closes the day after, so the evening is that of the Sunday itself
    (datetime(2026, 3, 30, 10, tzinfo=LONDON), datetime(2026, 3, 29, 17, tzinfo=UTC)),
    (datetime(2026, 10, 26, 10, tzinfo=LONDON), datetime(2026, 10, 25, 18, tzinfo=UTC)),
]


@pytest.mark.parametrize(("closes_at", "evening_before"), CLOSING_MORNINGS)
def test_a_step_too_late_for_nights_goes_the_evening_before(
    closes_at: datetime, evening_before: datetime
) -> None:
    due = datetime.combine(closes_at.date(), time(8), tzinfo=LONDON)
    two_days_before = evening_before - timedelta(days=2)
    found = USUAL.planned(due, after=two_days_before, before=closes_at, works_nights=True)
    assert found == evening_before
    assert found.astimezone(LONDON).time() == time(18)
    # Not if the step before goes that very evening: then it stays too late.
    late = USUAL.planned(due, after=evening_before, before=closes_at, works_nights=True)
    assert late == datetime.combine(closes_at.date(), time(18), tzinfo=LONDON) >= closes_at
    # People who work by day are written to on the day itself.
    assert USUAL.planned(due, after=two_days_before, before=closes_at) == due


def test_closing_within_their_hours_is_not_too_late() -> None:
    closes_at = datetime(2026, 3, 29, 18, 30, tzinfo=LONDON)
    due = datetime(2026, 3, 29, 10, tzinfo=LONDON)
    found = USUAL.planned(due, after=due - timedelta(days=2), before=closes_at, works_nights=True)
    assert found == datetime(2026, 3, 29, 17, tzinfo=UTC)


@given(hours, moments, moments, moments, st.booleans())
def test_what_is_planned_is_allowed_in_order_and_before_closing_if_it_can_be(
    hours: Hours, moment: datetime, after: datetime, before: datetime, works_nights: bool
) -> None:
    found = hours.planned(moment, after=after, before=before, works_nights=works_nights)
    assert hours.allow(found, works_nights=works_nights)
    first = hours.first_from(moment, works_nights=works_nights)
    if found != first:
        assert works_nights and first >= before
        assert after < found < before
        # No later evening would still be in time.
        assert hours.first_from(found + timedelta(hours=2), works_nights=True) >= before
    elif first >= before and works_nights:
        evening = hours.first_from(before - timedelta(hours=26), works_nights=True)
        while (later := hours.first_from(evening + timedelta(hours=3), works_nights=True)) < before:
            evening = later
        start = datetime.combine(evening.astimezone(hours.zone).date(), time(18), tzinfo=hours.zone)
        assert start <= after or start >= before


def test_quiet_hours_within_one_day_and_none_at_all() -> None:
    siesta = Hours(time(13), time(15), LONDON)
    assert siesta.allow(datetime(2026, 7, 14, 23, tzinfo=LONDON))
    assert not siesta.allow(datetime(2026, 7, 14, 14, tzinfo=LONDON))
    never_quiet = Hours(time(0), time(0), LONDON)
    assert all(never_quiet.allow(datetime(2026, 7, 14, hour, tzinfo=LONDON)) for hour in range(24))
