"""Small phrases that several parts of a result share."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from scoring.payload import Reason

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# What stands in a narrow cell; the full sentence stands once beneath the table.
SHORT: dict[Reason, str] = {
    "below_k": "not shown: too few answered",
    "corrected": "not shown in this correction",
    "few_answers": "not shown: fewer than 5 scored it",
    "small_group": "in words only: fewer than 7 scored it",
    "words_only": "in words only",
    "small_tier": "in words only",
    "below_11": "not shown: fewer than 11 scored it",
    "few_full_sheets": "too few full sheets to tell",
    "subtraction": "not shown: an answer could be worked out",
    "no_answer": "nobody scored it",
    "other_headcount": "not shown in this correction",
    "no_headcount": "not available",
    "units_only": "shown for single units only",
    "other_wording": "not compared: other wording",
}


def number(count: int) -> str:
    """`seven`, from eleven on in digits."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


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


def percent(share: float) -> str:
    """A share from 0 to 1 as whole percents, half up."""
    return f"{int(share * 100 + 0.5)}%"


def full_date(value: date | datetime) -> str:
    """`3 December 2026`: what is printed and kept names its year."""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return f"{local.day} {local:%B %Y}"
