"""The extension: the same time on the wall clock, a week on."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from surveys.rules import closing_times

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("closes", "now", "expected"),
    [
        # Summer time ends, and begins, within the week.
        ("2026-10-20T09:00+00:00", "2026-10-20T09:00+00:00", "2026-10-27T10:00+00:00"),
        ("2026-03-25T10:00+00:00", "2026-03-25T10:00+00:00", "2026-04-01T09:00+00:00"),
        # The sweep comes a minute late; still a week from the closing day.
        ("2026-11-30T10:00+00:00", "2026-11-30T10:01+00:00", "2026-12-07T10:00+00:00"),
        # The worker was down for nine days; staff still get their week.
        ("2026-11-30T10:00+00:00", "2026-12-09T08:00+00:00", "2026-12-16T10:00+00:00"),
    ],
)
def test_extension(closes: str, now: str, expected: str) -> None:
    moment = closing_times.extended(
        datetime.fromisoformat(closes), zone=LONDON, now=datetime.fromisoformat(now)
    )
    assert moment.astimezone(UTC) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        # The clocks change between the reminder and the new close, and just before both.
        ("2026-10-27T10:00+00:00", "2026-10-23T09:00+00:00"),
        ("2026-04-01T09:00+00:00", "2026-03-28T10:00+00:00"),
        ("2026-10-29T10:00+00:00", "2026-10-25T10:00+00:00"),
        ("2026-04-02T09:00+00:00", "2026-03-29T09:00+00:00"),
    ],
)
def test_the_reminder_of_the_added_week(closes: str, expected: str) -> None:
    when = closing_times.added_reminder(datetime.fromisoformat(closes), zone=LONDON)
    assert when.astimezone(UTC) == datetime.fromisoformat(expected)
