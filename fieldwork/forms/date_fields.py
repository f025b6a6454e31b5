"""A field that asks for a day in three boxes."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from organisations.forms.typed_fields import FIRST_YEAR
from organisations.rules import typed
from organisations.words.dates import day as day_words


class DayWidget(forms.MultiWidget):
    """Day, month and year, each its own box."""

    def __init__(self) -> None:
        super().__init__({name: forms.TextInput() for name in ("day", "month", "year")})

    def decompress(self, value: date | None) -> list[str]:
        """The boxes of a date."""
        return boxes_of(value)

    def boxes(self, value: date | list[str] | None) -> list[str]:
        """What stands in the boxes, typed or given."""
        return boxes_of(value)


def boxes_of(value: date | list[str] | None) -> list[str]:
    """What stands in the boxes of a day, typed or given."""
    if isinstance(value, list):
        return [box or "" for box in value]
    return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DayField(forms.MultiValueField):
    """A date typed in three boxes. `name` begins the sentences: "Closing date must be …"."""

    def __init__(self, *, name: str, required: bool = True, label: str = "") -> None:
        self.name = name
        super().__init__(
            [forms.CharField(required=False, max_length=10) for _ in range(3)],
            widget=DayWidget(),
            required=required,
            require_all_fields=False,
            label=label or name,
            error_messages={"required": f"Enter the {name.lower()}, with day, month and year"},
        )

    def compress(self, data_list: list[str]) -> date | None:
        """The date; a sentence says what is missing or not a date."""
        boxes = [box.strip() for box in data_list]
        if not any(boxes):
            return None
        missing = [
            name for name, box in zip(("day", "month", "year"), boxes, strict=True) if not box
        ]
        if missing:
            raise ValidationError(f"{self.name} must include a {' and a '.join(missing)}")
        found = typed.day_of(*boxes)
        if found is None or found.year < FIRST_YEAR:
            raise ValidationError(f"{self.name} must be a real date, like 30 11 2026")
        latest = timezone.localdate() + typed.FURTHEST_AHEAD
        if found > latest:
            raise ValidationError(f"{self.name} must be no later than {day_words(latest)}")
        return found
