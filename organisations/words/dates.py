"""Dates in people's words, always in the organisation's time zone (the active one)."""

from datetime import date, datetime, time

from django.utils import timezone


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime) -> str:
    """`Monday 30 November`, with the year only where it is not this one."""
    local = _local_day(value)
    year = "" if local.year == timezone.localdate().year else f" {local.year}"
    return f"{local:%A} {local.day} {local:%B}{year}"


def short_day(value: date) -> str:
    """`30 Nov`, for a chart, with the year only where it is not this one."""
    year = "" if value.year == timezone.localdate().year else f" {value.year}"
    return f"{value.day} {value:%b}{year}"


def clock(value: datetime | time) -> str:
    """`10am`, `2:30pm`, `midday`, `midnight`; a time of day is taken as it is."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(value: datetime) -> str:
    """`Monday 30 November at 10am`."""
    return f"{day(value)} at {clock(value)}"


def in_days(value: date | datetime) -> str:
    """`today`, `tomorrow`, `in 4 days`, `yesterday`, `3 days ago`."""
    days = (_local_day(value) - timezone.localdate()).days
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days > 0 else "yesterday"
    return f"in {days} days" if days > 0 else f"{-days} days ago"
