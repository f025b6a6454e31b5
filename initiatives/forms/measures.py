"""What is counted, and the numbers."""

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from initiatives.actions.measures import Typed
from initiatives.models import Measure
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words
from organisations.forms.typed_fields import FIRST_YEAR, DateField, TypedField
from organisations.rules import typed

WANTED = "Enter a number, like 9, or how many of how many, like 9 of 12"
A_DAY = "Enter a date, like 30 11 2026"
MOST = Decimal(99_999_999)
MOST_OF = 999_999_999


def number_of(text: str) -> tuple[Decimal, int | None] | None:
    """`9`, `2.5` or `9 of 12`; None for what is neither."""
    value, is_share, whole = text.partition(" of ")
    number = typed.decimal_number(value)
    of = typed.whole_number(whole) if is_share else None
    if number is None or number > MOST or number != round(number, 2):
        return None
    if is_share and (of is None or not 0 < of <= MOST_OF or number > of):
        return None
    return number, of


class NumberField(TypedField[tuple[Decimal, int | None]]):
    """How many, or how many of how many."""

    reader = staticmethod(number_of)


class MeasureForm(NhsForm):
    """What to count, how often, and which way is better."""

    submit = "Start counting"
    name = words(
        "What will you count?", 80, "Enter what you will count", "For example, falls at night"
    )
    every = forms.ChoiceField(
        label="How often?",
        choices=Measure.Every.choices,
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose how often"),
    )
    better = forms.ChoiceField(
        label="It is better when",
        choices=Measure.Better.choices,
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose which way is better"),
    )


class PointForm(NhsForm):
    """One number."""

    submit = "Save the number"
    value = NumberField(
        wanted=WANTED,
        label="How many?",
        help_text="A number, like 9, or how many of how many, like 9 of 12. "
        "Counts only: no names of patients or staff.",
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-10"}),
    )
    day = DateField(wanted=A_DAY)
    note = words("Note", 120, "", "Optional. For example, a change of shifts", required=False)

    def __init__(self, data: QueryDict | None = None, *, every: str) -> None:
        super().__init__(data, initial={"day": timezone.localdate()})
        self.fields["day"].label = f"For the {every} that ended on"

    @property
    def typed(self) -> Typed:
        """The valid form."""
        said = self.cleaned_data
        value, of = said["value"]
        return Typed(said["day"], value, of, said["note"])


class PastedForm(NhsForm):
    """Several numbers: on each line a day and a number."""

    submit = "Check the numbers"
    numbers = forms.CharField(
        label="Paste 2 columns: the date and the number",
        help_text="For example 30/11/2026 and 9, from a spreadsheet. Up to 520 lines.",
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        error_messages={
            "required": "Paste at least one line",
            "max_length": "Paste 520 lines or fewer",
        },
    )

    def clean_numbers(self) -> str:
        """The text, once every line can be read; `typed` is what it says."""
        text: str = self.cleaned_data["numbers"]
        self.typed, wrong = read_lines(text, today=timezone.localdate())
        if wrong:
            raise ValidationError(wrong)
        if not self.typed:
            raise ValidationError("Paste at least one line")
        return text


class RestartForm(NhsForm):
    """From when, and why."""

    submit = "Restart the chart"
    day = DateField(wanted=A_DAY, label="From which day?")
    why = words("Why?", 120, "Enter why the chart starts again")


def read_lines(text: str, *, today: date) -> tuple[list[Typed], list[str]]:
    """The numbers of pasted lines, and a sentence for each of the first lines that has none."""
    found: dict[date, Typed] = {}
    wrong = []
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in _cells(line)]
        day = typed.day(cells[0]) if len(cells) == 2 else None
        number = number_of(cells[1]) if len(cells) == 2 else None
        if day is None or number is None or day.year < FIRST_YEAR:
            wrong.append(f"Line {place}: “{line.strip()[:40]}”. Enter a date and a number.")
        elif day > today:
            wrong.append(f"Line {place}: “{line.strip()[:40]}”. Enter today or an earlier day.")
        elif day in found:
            wrong.append(f"Line {place}: this date is there twice.")
        else:
            found[day] = Typed(day, *number)
    return sorted(found.values(), key=lambda one: one.day), wrong[:10]


def _cells(line: str) -> list[str]:
    """Split at a tab, a semicolon or a comma, whichever comes first in this order."""
    mark = next((one for one in ("\t", ";", ",") if one in line), "\t")
    return line.split(mark, 1)
