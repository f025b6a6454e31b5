"""When a unit closes after its one extension, and the reminder in between. No Django here."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from surveys.rules.wall_clock import MORNING

EXTENSION = timedelta(days=7)
# Where there is a staff list: addresses are erased after 30 days, and staff hear before that.
RESULT_WITHIN = timedelta(days=21)
REMINDED_BEFORE = timedelta(days=4)


def extended(closes_at: datetime, *, zone: ZoneInfo, now: datetime) -> datetime:
    """Seven days on, at the same time on the wall clock, also across a clock change.

    Counted from today where closing comes days late (the worker was down): staff get their week.
    """
    local = closes_at.astimezone(zone)
    start = max(local.date(), now.astimezone(zone).date())
    return datetime.combine(start + EXTENSION, local.time(), tzinfo=zone)


def is_result_too_late(closes_at: datetime, result_at: datetime | None) -> bool:
    """Whether a staff list would hear of the result too late."""
    return result_at is not None and result_at > closes_at + RESULT_WITHIN


def added_reminder(closes_at: datetime, *, zone: ZoneInfo) -> datetime:
    """In the added week: at 10:00, four days before the new closing day."""
    day = closes_at.astimezone(zone).date() - REMINDED_BEFORE
    return datetime.combine(day, MORNING, tzinfo=zone)
