"""What an idea may not hold: links, addresses, pieces of HTML."""

from datetime import date, timedelta

import pytest

from initiatives.rules.ideas import ANSWERED_WITHIN, MOST_WAITING, has_marks, late_since


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Quieter bins", False),
        ("Doors: 2 at a time, 50% less noise", False),
        ("Tea @ 3pm", False),
        ("bins < 5", True),
        ("a > b", True),
        ("http://example.org", True),
        ("HTTPS://example.org", True),
        ("see WWW.example.org", True),
        ("ann@ward.example", True),
    ],
)
def test_links_addresses_and_html_are_seen(words: str, expected: bool) -> None:
    assert has_marks(words) is expected


def test_the_limits_are_those_that_pages_name() -> None:
    assert (MOST_WAITING, timedelta(days=7)) == (20, ANSWERED_WITHIN)


@pytest.mark.parametrize(("days", "late"), [(13, False), (14, True), (15, True)])
def test_an_idea_is_late_after_14_days(days: int, late: bool) -> None:
    today = date(2026, 11, 30)
    assert (today - timedelta(days=days) <= late_since(today)) is late
