"""Dates in people's words, always in the organisation's time zone (the active one)."""

from datetime import date, datetime

from django.utils import timezone


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime) -> str:
    """`Monday 30 November`, with the year only where it is not this one."""
    local = _local_day(value)
    year = "" if local.year == timezone.localdate().year else f" {local.year}"
    return f"{local:%A} {local.day} {local:%B}{year}"


def short_day(value: date | datetime) -> str:
    """`Mon 30 Nov`, with the year only where it is not this one."""
    local = _local_day(value)
    year = "" if local.year == timezone.localdate().year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year}"


def clock(value: datetime) -> str:
    """`10:00`."""
    return f"{timezone.localtime(value):%H:%M}"


def moment(value: datetime) -> str:
    """`Monday 30 November at 10:00`."""
    return f"{day(value)} at {clock(value)}"


def in_days(value: date | datetime) -> str:
    """`today`, `tomorrow`, `in 4 days`, `yesterday`, `3 days ago`."""
    days = (_local_day(value) - timezone.localdate()).days
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days > 0 else "yesterday"
    return f"in {days} days" if days > 0 else f"{-days} days ago"
