"""How many slips, and the random word from which their codes come."""

import re
import secrets

from django import forms
from django.core.exceptions import ValidationError

from organisations.nhs_forms import nhs_helper
from surveys.actions.slips import MOST_AT_ONCE

_BATCH = re.compile(r"[\w-]{22}", re.ASCII)
WANTED = f"Enter how many slips, from 1 to {MOST_AT_ONCE}"


def _new_batch() -> str:
    return secrets.token_urlsafe(16)


class SlipsForm(forms.Form):
    """`batch` is made with the page and kept nowhere else."""

    batch = forms.CharField(
        widget=forms.HiddenInput,
        initial=_new_batch,
        error_messages={"required": "Load this page again"},
    )
    number = forms.IntegerField(
        label="How many slips?",
        help_text="One for each post, and some for bank and agency staff.",
        min_value=1,
        max_value=MOST_AT_ONCE,
        widget=forms.TextInput(
            attrs={"class": "nhsuk-input--width-3", "suffix": "slips", "inputmode": "numeric"}
        ),
        error_messages={name: WANTED for name in ("required", "invalid", "min_value", "max_value")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = nhs_helper("Make the slips")

    def clean_batch(self) -> str:
        """As this page made it."""
        batch: str = self.cleaned_data["batch"]
        if not _BATCH.fullmatch(batch):
            raise ValidationError("Load this page again")
        return batch
