"""How long a session lasts: without use, and at most."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limits:
    """A session ends `idle` after it was last used and `at_most` after it began."""

    idle: timedelta
    at_most: timedelta

    def ends_at(self, *, started_at: datetime, seen_at: datetime) -> datetime:
        """The earlier of the two ends."""
        return min(started_at + self.at_most, seen_at + self.idle)


ORDINARY = Limits(timedelta(hours=2), timedelta(hours=12))
REMEMBERED = Limits(timedelta(days=7), timedelta(days=30))
# Who administers an organisation or runs the site.
PRIVILEGED = Limits(timedelta(minutes=30), timedelta(hours=12))
# Nobody yet: an address that waits for its code, since it last asked or tried one.
WAITING = timedelta(minutes=15)
# A browser that is known for a year since it was last used to sign in.
DEVICE_KEPT = timedelta(days=365)


def limits_of(*, remembered: bool, privileged: bool) -> Limits:
    """Who may change other people's rights is never remembered."""
    if privileged:
        return PRIVILEGED
    return REMEMBERED if remembered else ORDINARY
