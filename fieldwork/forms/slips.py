"""How many slips, and the random word from which their codes come."""

import re
import secrets

from django import forms
from django.core.exceptions import ValidationError

from fieldwork.actions.slips import MOST_AT_ONCE
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.typed_fields import WholeNumberField

_BATCH = re.compile(r"[\w-]{22}", re.ASCII)
WANTED = f"Enter how many slips, from 1 to {MOST_AT_ONCE}"


def _new_batch() -> str:
    return secrets.token_urlsafe(16)


class SlipsForm(NhsForm):
    """`batch` is made with the page and kept nowhere else."""

    submit = "Create the slips"
    batch = forms.CharField(
        widget=forms.HiddenInput,
        initial=_new_batch,
        error_messages={"required": "Load this page again"},
    )
    number = WholeNumberField(
        wanted=WANTED,
        label="How many slips?",
        help_text="Print one for each member of staff, plus some for bank and agency staff",
        least=1,
        most=MOST_AT_ONCE,
        widget=forms.TextInput(
            attrs={"class": "nhsuk-input--width-3", "suffix": "slips", "inputmode": "numeric"}
        ),
    )

    def clean_batch(self) -> str:
        """As this page made it."""
        batch: str = self.cleaned_data["batch"]
        if not _BATCH.fullmatch(batch):
            raise ValidationError("Load this page again")
        return batch
