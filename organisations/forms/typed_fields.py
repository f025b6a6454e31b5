"""Fields for a number, a day or a time that a person types, read by `organisations.rules.typed`.

Each has one sentence, `wanted`, for whatever cannot be read.
"""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Generic, TypedDict, TypeVar, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from organisations.forms.nhs_forms import day_input
from organisations.rules import typed
from organisations.words.dates import day as day_words

# Dates outside are slips of the finger; databases and calendars need not cope with them.
FIRST_YEAR = 2000
T = TypeVar("T")


class Options(TypedDict, total=False):
    """What every field may be told besides."""

    label: str
    help_text: str
    required: bool
    initial: object
    widget: forms.Widget


class TypedField(forms.CharField, Generic[T]):
    """Text that one of the readers of `typed` reads."""

    reader: Callable[[str], T | None]

    def __init__(self, *, wanted: str, **options: Unpack[Options]) -> None:
        self.wanted = wanted
        told = dict.fromkeys(("required", "null_characters_not_allowed"), wanted)
        super().__init__(empty_value=None, error_messages=told, **options)

    def clean(self, value: object) -> T | None:
        """The value read; the sentence where it is none."""
        text: str | None = super().clean(value)
        return None if text is None else self.read(text)

    def read(self, text: str) -> T:
        """The value of text that is there."""
        found = type(self).reader(text)
        if found is None:
            raise ValidationError(self.wanted)
        return found


class WholeNumberField(TypedField[int]):
    """From `least` to `most`; `too_small` and `too_large` have their own sentences if given."""

    reader = staticmethod(typed.whole_number)

    def __init__(
        self,
        *,
        wanted: str,
        least: int,
        most: int,
        too_small: str = "",
        too_large: str = "",
        **options: Unpack[Options],
    ) -> None:
        self.least, self.most = least, most
        super().__init__(wanted=wanted, **options)
        self.too_small, self.too_large = too_small or self.wanted, too_large or self.wanted

    def read(self, text: str) -> int:
        """Within the bounds."""
        number = super().read(text)
        if number < self.least:
            raise ValidationError(self.too_small)
        if number > self.most:
            raise ValidationError(self.too_large)
        return number


class SignedNumberField(WholeNumberField):
    """The same, also below zero."""

    reader = staticmethod(typed.signed_number)


class DecimalNumberField(TypedField[Decimal]):
    """At most `most`, with one place behind the point."""

    reader = staticmethod(typed.decimal_number)

    def __init__(
        self, *, wanted: str, most: int, too_large: str, **options: Unpack[Options]
    ) -> None:
        self.most, self.too_large = most, too_large
        super().__init__(wanted=wanted, **options)

    def read(self, text: str) -> Decimal:
        """Within the bounds."""
        number = super().read(text)
        if number > self.most:
            raise ValidationError(self.too_large)
        if number != round(number, 1):
            raise ValidationError(self.wanted)
        return number


class DateField(TypedField[date]):
    """A date in one box, by default with the browser's calendar; up to 2 years ahead."""

    reader = staticmethod(typed.day)

    def __init__(self, *, wanted: str, **options: Unpack[Options]) -> None:
        options.setdefault("widget", day_input())
        super().__init__(wanted=wanted, **options)

    def read(self, text: str) -> date:
        """A day that can be meant."""
        found = super().read(text)
        if found.year < FIRST_YEAR:
            raise ValidationError(self.wanted)
        latest = timezone.localdate() + typed.FURTHEST_AHEAD
        if found > latest:
            raise ValidationError(f"Enter a date no later than {day_words(latest)}")
        return found


class ClockField(TypedField[time]):
    """A time of day such as 10:00."""

    reader = staticmethod(typed.clock)

    def __init__(self, *, wanted: str, **options: Unpack[Options]) -> None:
        options.setdefault(
            "widget", forms.TimeInput(format="%H:%M", attrs={"class": "nhsuk-input--width-5"})
        )
        super().__init__(wanted=wanted, **options)
