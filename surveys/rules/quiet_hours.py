"""When we may write to somebody: outside the quiet hours, and to those who work nights early in
the evening, after their sleep and before their shift.

Both are meant on the wall clock, so they hold across clock changes. No Django here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

NIGHT_STAFF_FROM, NIGHT_STAFF_UNTIL = time(18), time(20)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """An organisation's quiet hours. Two equal times mean none; nights have their own hours.

    They begin and end at whole minutes: so each day has a minute at which a message may go.
    """

    quiet_from: time
    quiet_until: time
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if any(clock.second or clock.microsecond for clock in (self.quiet_from, self.quiet_until)):
            raise ValueError("Quiet hours begin and end at whole minutes.")

    def allow(self, moment: datetime, *, works_nights: bool = False) -> bool:
        """Whether a message may go at this moment."""
        clock = moment.astimezone(self.zone).time()
        if works_nights:
            return NIGHT_STAFF_FROM <= clock < NIGHT_STAFF_UNTIL
        if self.quiet_from <= self.quiet_until:
            return not self.quiet_from <= clock < self.quiet_until
        return self.quiet_until <= clock < self.quiet_from

    def first_from(self, moment: datetime, *, works_nights: bool = False) -> datetime:
        """This moment, or the first whole minute after it at which a message may go.

        It walks the minutes: an hour that the clocks skip or repeat then needs no rule of its own.
        """
        if self.allow(moment, works_nights=works_nights):
            return moment
        minute = moment.astimezone(UTC).replace(second=0, microsecond=0)
        while not self.allow(minute, works_nights=works_nights):
            minute += _MINUTE
        return minute
