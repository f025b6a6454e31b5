"""Nobody is written to in their quiet hours, whatever the clocks do."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveys.rules import wall_clock
from surveys.rules.quiet_hours import Hours

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


@pytest.mark.parametrize(
    "clock", [time(20, 0, 1), time(20, 0, 0, 1), time(20, 0, 59), time(20, 0, 30, 5)]
)
def test_quiet_hours_are_whole_minutes(clock: time) -> None:
    for quiet_from, quiet_until in ((clock, time(8)), (time(8), clock)):
        with pytest.raises(ValueError, match="whole minutes"):
            Hours(quiet_from, quiet_until, LONDON)


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


openings = st.one_of(
    *(
        st.timedeltas(-reach, reach).map(change.__add__)
        for change in (SPRING, AUTUMN)
        for reach in (timedelta(days=2), timedelta(days=20))
    )
)
lengths = st.timedeltas(timedelta(minutes=1), timedelta(days=30))
days = st.sets(st.integers(1, 30), max_size=3)


@given(openings, lengths, days)
@example(datetime(2026, 3, 28, 21, tzinfo=LONDON), timedelta(hours=36), {1})
@example(datetime(2026, 10, 24, 21, tzinfo=LONDON), timedelta(hours=38), {1})
@example(datetime(2026, 3, 24, 9, tzinfo=LONDON), timedelta(days=6), {5})
@example(datetime(2026, 10, 20, 9, tzinfo=LONDON), timedelta(days=6), {5})
def test_no_reminder_comes_too_late_for_nights(
    opens_at: datetime, length: timedelta, days: set[int]
) -> None:
    """It is planned for a day before the closing day, and their evening is of that same day."""
    closes_at = opens_at + length
    planned = wall_clock.reminders(opens_at=opens_at, closes_at=closes_at, days=days, zone=LONDON)
    for when in planned.values():
        evening = USUAL.first_from(when, works_nights=True)
        assert evening < closes_at
        assert evening.astimezone(LONDON).replace(tzinfo=None) == datetime.combine(
            when.astimezone(LONDON).date(), time(18)
        )


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "is_too_late"),
    [
        # Opens after their evening and closes on the morning of each change of the clocks …
        ("2026-03-28T20:00", "2026-03-29T10:00", True),
        ("2026-10-24T20:00", "2026-10-25T10:00", True),
        # … or at the very minute at which the next evening begins, or one later.
        ("2026-03-28T20:00", "2026-03-29T18:00", True),
        ("2026-03-28T20:00", "2026-03-29T18:01", False),
        ("2026-10-24T20:00", "2026-10-25T18:00", True),
        ("2026-10-24T20:00", "2026-10-25T18:01", False),
        # In its last minute they are written to at once.
        ("2026-03-28T19:59", "2026-03-29T10:00", False),
        ("2026-10-24T19:59", "2026-10-25T10:00", False),
    ],
)
def test_an_invitation_can_be_too_late_for_nights(
    opens_at: str, closes_at: str, is_too_late: bool
) -> None:
    opening, closing = (
        datetime.fromisoformat(one).replace(tzinfo=LONDON) for one in (opens_at, closes_at)
    )
    assert (USUAL.first_from(opening, works_nights=True) >= closing) is is_too_late


def test_quiet_hours_within_one_day_and_none_at_all() -> None:
    siesta = Hours(time(13), time(15), LONDON)
    assert siesta.allow(datetime(2026, 7, 14, 23, tzinfo=LONDON))
    day = datetime(2026, 7, 14, tzinfo=LONDON)
    for clock, allowed in ((time(12, 59), True), (time(13), False), (time(13, 1), False),
                           (time(14, 59), False), (time(15), True)):  # fmt: skip
        assert siesta.allow(datetime.combine(day, clock, LONDON)) is allowed
    never_quiet = Hours(time(0), time(0), LONDON)
    assert all(never_quiet.allow(datetime(2026, 7, 14, hour, tzinfo=LONDON)) for hour in range(24))
