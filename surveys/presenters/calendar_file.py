"""A calendar file (RFC 5545) with one event. No Django here."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST_LINE = 75


@dataclass(frozen=True)
class Event:
    """What goes into the diary; a `date` is a whole day."""

    uid: str
    start: datetime | date
    minutes: int
    summary: str
    place: str
    description: str
    address: str


def _text(value: str) -> str:
    for character, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(character, escaped)
    return value.replace("\r", "")


def _folded(line: str) -> str:
    lines, current = [], ""
    for character in line:
        if len((current + character).encode()) > _LONGEST_LINE:
            lines.append(current)
            current = " "
        current += character
    return "\r\n".join([*lines, current])


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _span(event: Event) -> list[str]:
    if isinstance(event.start, datetime):
        end = event.start + timedelta(minutes=event.minutes)
        return [f"DTSTART:{_utc(event.start)}", f"DTEND:{_utc(end)}"]
    return [f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"]


def calendar_file(event: Event, *, made_at: datetime) -> str:
    """The file's text; every calendar program opens it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Fitness for Improvement//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_utc(made_at)}",
        *_span(event),
        f"SUMMARY:{_text(event.summary)}",
        f"LOCATION:{_text(event.place)}",
        f"DESCRIPTION:{_text(event.description)}",
        f"URL:{event.address}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(_folded(line) for line in lines)
