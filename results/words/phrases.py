"""Small phrases that several parts of a result share."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from scoring.rules.payload import Reason, SnapshotPayload

# What stands in a narrow cell; the full sentence stands once beneath the table.
SHORT: dict[Reason, str] = {
    "below_k": "not shown: too few answered",
    "not_sent": "not shown: joint form not sent",
    "corrected": "not shown in this correction",
    "words_only": "in words only",
    "small_ward": "not shown: fewer than 11 answered",
    "too_soon": "not shown: less than 6 weeks between surveys",
    "below_11": "not shown: fewer than 11 scored it",
    "few_answers": "not shown: fewer than 5 scored it",
    "no_answer": "nobody scored it",
    "too_few_statements": "not shown: too many left statements out",
    "short_section": "not shown: fewer than 11 answered",
    "everybody": "no range: everybody answered",
    "few_bars": "not shown: too few statements have bars",
    "no_headcount": "no range: number of staff not known",
    "one_unit": "no combined result",
    "units_only": "shown for single units only",
    "other_wording": "not compared: other questions",
}


def capital(words: str) -> str:
    """The words as a sentence begins them."""
    return words[:1].upper() + words[1:]


def within(title: str) -> str:
    """A title inside a sentence: small first letter, unless the word is all capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def plural(count: int, one: str, many: str = "") -> str:
    """`1 leader`, `4 leaders`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def in_sum(people: int | None, units: int | None, payload: SnapshotPayload) -> str:
    """`77 of 94 people, 4 of 6 units`: who is in a figure of a sum."""
    of = payload["units"]
    if people is None or units is None or of is None:
        return ""
    return f"{people} of {payload['answered']} people, {units} of {of['asked']} units"


def percent(share: float) -> str:
    """A share from 0 to 1 as whole percents, half up."""
    return f"{int(share * 100 + 0.5)}%"


def full_date(value: date | datetime) -> str:
    """`3 December 2026`: what is printed and kept names its year."""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return f"{local.day} {local:%B %Y}"
