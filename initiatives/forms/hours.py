"""The form that says how many hours an improvement takes."""

from decimal import Decimal

from django import forms
from django.http import QueryDict

from organisations.nhs_forms import nhs_helper

MOST = 200
WANTED = "Enter the hours as a number, like 3 or 2.5"


class HoursForm(forms.Form):
    """One number; halves are fine."""

    hours = forms.DecimalField(
        label="Staff hours a week",
        help_text="Of all staff of the unit together. A guess is fine.",
        min_value=0,
        max_value=MOST,
        max_digits=4,
        decimal_places=1,
        widget=forms.TextInput(
            attrs={"class": "nhsuk-input--width-3", "suffix": "hours", "inputmode": "decimal"}
        ),
        error_messages={
            "required": WANTED,
            "invalid": WANTED,
            "max_digits": WANTED,
            "max_decimal_places": WANTED,
            "max_whole_digits": WANTED,
            "min_value": "Enter 0 hours or more",
            "max_value": f"Enter {MOST} hours or fewer",
        },
    )

    def __init__(self, data: QueryDict | None = None, *, before: Decimal) -> None:
        super().__init__(data, initial={"hours": f"{float(before):g}"})
        self.helper = nhs_helper("Save")
