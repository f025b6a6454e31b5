"""The question how many hours an improvement takes from a unit."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from organisations.forms.nhs_forms import NhsForm
from organisations.forms.typed_fields import DecimalNumberField

MOST = 80
HALVES = Decimal("0.5")
WANTED = "Enter the hours as a number, like 3 or 2.5"
OTHER, UNKNOWN = "other", "unknown"
BANDS = {
    "1": "1 hour: a notice, a word at handover",
    "3": "3 hours: one routine changes, someone counts",
    "6": "6 hours: training, and something to count every day",
    OTHER: "Another number",
    UNKNOWN: "We cannot say yet",
}
LABEL = "How many staff hours a week will it take from each unit?"
HINT = "Everyone’s time together, not each person’s"


def hours_field(*, required: bool = True) -> forms.ChoiceField:
    """The bands; none is chosen for anybody."""
    return forms.ChoiceField(
        label=LABEL,
        help_text=HINT,
        choices=list(BANDS.items()),
        required=required,
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages={
            "required": "Choose how many hours it takes, or “We cannot say yet”",
            "invalid_choice": "Choose the hours from the list",
        },
    )


def other_field() -> DecimalNumberField:
    """The number behind “Another number”."""
    return DecimalNumberField(
        wanted=WANTED,
        label="Hours, if another number",
        most=MOST,
        too_large=f"Enter {MOST} hours or fewer",
        required=False,
        widget=forms.TextInput(
            attrs={
                "class": "nhsuk-input--width-3",
                "suffix": "hours",
                "inputmode": "decimal",
                "label_class": "nhsuk-label--s",
            }
        ),
    )


def hours_of(band: str, other: Decimal | None) -> Decimal | None:
    """What is said; None for “We cannot say yet”. Raises `ValidationError`."""
    if band in ("", UNKNOWN):
        return None
    if band != OTHER:
        return Decimal(band)
    if other is None:
        raise ValidationError(WANTED)
    if other % HALVES:
        raise ValidationError("Enter whole or half hours, like 3 or 2.5")
    return other


def band_of(hours: Decimal | None) -> dict[str, str]:
    """The two fields filled in."""
    if hours is None:
        return {"hours": UNKNOWN}
    shown = f"{float(hours):g}"
    return {"hours": shown} if shown in BANDS else {"hours": OTHER, "hours_other": shown}


class HoursForm(NhsForm):
    """The hours of one improvement on one unit."""

    hours = hours_field()
    hours_other = other_field()

    def __init__(
        self, data: QueryDict | None = None, *, before: Decimal | None, is_said: bool
    ) -> None:
        super().__init__(data, initial=band_of(before) if is_said else {})

    def clean(self) -> dict[str, object]:
        """The number chosen or typed, as `said`."""
        clean_hours(self)
        return self.cleaned_data


def clean_hours(form: forms.Form) -> None:
    """Puts `said` among the form's clean values, or the problem at its field."""
    data = form.cleaned_data
    if form.errors.get("hours") or form.errors.get("hours_other"):
        return
    try:
        data["said"] = hours_of(data.get("hours", ""), data.get("hours_other"))
    except ValidationError as problem:
        form.add_error("hours_other", problem)
