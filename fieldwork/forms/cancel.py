"""The form that asks twice: cancelling needs the unit's name or number typed."""

import re
from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError

from organisations.forms.nhs_forms import NhsForm
from surveys.models import SurveyUnit


class CancelForm(NhsForm):
    """Takes the name of any unit of the survey, or the number in it."""

    submit = "Cancel survey and delete all answers"
    unit = forms.CharField(max_length=200, required=False)

    def __init__(
        self, data: Mapping[str, object] | None = None, *, units: list[SurveyUnit]
    ) -> None:
        super().__init__(data)
        self._accepted = {word for one in units for word in _words(one.unit_name)}
        first = units[0].unit_name
        number = re.search(r"\d+", first)
        self.wanted = f"“{first}”" + (f" or “{number.group()}”" if number else "")
        self.fields["unit"].label = f"To cancel, type {self.wanted}"

    def clean_unit(self) -> str:
        """What was typed, if it names the unit."""
        typed: str = " ".join(self.cleaned_data["unit"].split()).casefold()
        if typed not in self._accepted:
            raise ValidationError(f"Type {self.wanted} to cancel")
        return typed


def _words(name: str) -> set[str]:
    words = {" ".join(name.split()).casefold()}
    number = re.search(r"\d+", name)
    if number:
        words.add(number.group())
    head = re.split(r"\s[–-]\s", name)[0]
    words.add(" ".join(head.split()).casefold())
    return words
