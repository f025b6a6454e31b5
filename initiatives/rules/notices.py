"""On which days somebody is told or asked about an improvement. No Django here."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEFORE_START = timedelta(days=7)
LOOK_AFTER = timedelta(weeks=26)
# So long after its day a worker that was away still sends it.
LOOK_AT_LATEST = timedelta(weeks=4)
MONDAY_AT = time(7, 30)
AT_LATEST = timedelta(days=2)
# With the Monday a week has these days to come; a number is due after so many without one.
WEEK_TO_COME = timedelta(days=6)
COUNTED_WITHIN = {"week": timedelta(days=7), "month": timedelta(days=31)}
_DAY = timedelta(days=1)


def tells_of_start(*, begins_on: date, planned_on: date, today: date) -> bool:
    """From 7 days before the start; not where it was planned in those days, for that is fresh."""
    tell_from = begins_on - BEFORE_START
    return planned_on < tell_from <= today < begins_on


def asks_if_still_done(*, ended_on: date, today: date) -> bool:
    """26 weeks after it was finished, once."""
    ask_from = ended_on + LOOK_AFTER
    return ask_from <= today < ask_from + LOOK_AT_LATEST


def month_of(local: datetime) -> date | None:
    """The first Monday of the month, from 7:30am on it and for two days; else None."""
    first = local.date().replace(day=1)
    monday = first + _DAY * (-first.weekday() % 7)
    begins = datetime.combine(monday, MONDAY_AT, local.tzinfo)
    return monday if begins <= local < begins + AT_LATEST else None


def month_before(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments at which the calendar month before this day's begins and ends."""
    ends = day.replace(day=1)
    begins = (ends - _DAY).replace(day=1)
    return datetime.combine(begins, time(), zone), datetime.combine(ends, time(), zone)


def week_of(local: datetime) -> date | None:
    """The Monday of the week, from 7:30am on it and for two days; else None."""
    monday = local.date() - _DAY * local.weekday()
    begins = datetime.combine(monday, MONDAY_AT, local.tzinfo)
    return monday if begins <= local < begins + AT_LATEST else None


def last_for_due(*, every: str, today: date) -> date:
    """A number is due if the last one, or without one the start, is of this day or earlier."""
    return today - COUNTED_WITHIN[every]


def number_due_on(*, every: str, last: date) -> date:
    """The day from which the next number is due."""
    return last + COUNTED_WITHIN[every]
