"""Times as people set them: on the wall clock of the organisation, exact across clock changes.

No Django here.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(10)
REMINDER_DAYS = (4, 8)
REMINDER_CHOICES = (2, 4, 6, 8, 12)


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant at which that clock shows that time; the first one where it shows it twice."""
    return datetime.combine(day, clock, tzinfo=zone)


def is_on_the_clock(moment: datetime) -> bool:
    """False for an hour that the clocks jump over in spring."""
    round_trip = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return round_trip.replace(tzinfo=None) == moment.replace(tzinfo=None)


def reminders(
    *, opens_at: datetime, closes_at: datetime, days: Iterable[int], zone: ZoneInfo
) -> dict[int, datetime]:
    """When each reminder goes: at 10:00, that many days after the opening day, before the last day.

    One that would fall on the closing day or later is left out.
    """
    opening, closing = opens_at.astimezone(zone).date(), closes_at.astimezone(zone).date()
    planned = {day: opening + timedelta(days=day) for day in sorted(days)}
    return {day: at(on, MORNING, zone) for day, on in planned.items() if on < closing}
