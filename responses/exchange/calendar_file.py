"""A calendar file (RFC 5545) with one event. No Django here."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import icalendar


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


def calendar_file(event: Event, *, made_at: datetime) -> bytes:
    """The file; every calendar program opens it."""
    entry = icalendar.Event()
    entry.add("uid", event.uid)
    entry.add("dtstamp", made_at)
    if isinstance(event.start, datetime):
        start = event.start.astimezone(UTC)
        entry.add("dtstart", start)
        entry.add("dtend", start + timedelta(minutes=event.minutes))
    else:
        entry.add("dtstart", event.start)
    entry.add("summary", event.summary)
    entry.add("location", event.place)
    entry.add("description", event.description)
    entry.add("url", event.address)
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Fitness for Improvement//EN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content
