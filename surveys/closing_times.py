"""When a unit closes after its one extension. No Django here."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

EXTENSION = timedelta(days=7)


def extended(closes_at: datetime, *, zone: ZoneInfo, now: datetime) -> datetime:
    """Seven days on, at the same time on the wall clock, also across a clock change.

    Counted from today where closing comes days late (the worker was down): staff get their week.
    """
    local = closes_at.astimezone(zone)
    start = max(local.date(), now.astimezone(zone).date())
    return datetime.combine(start + EXTENSION, local.time(), tzinfo=zone)
