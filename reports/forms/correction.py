"""What a manager or lead fills in to correct a result."""

from typing import Any

from django import forms

from organisations.nhs_forms import nhs_helper
from scoring.actions.correct import LONGEST_REASON

NUMBER_WORDS = "Enter the number of staff as one whole number, like 24."


class CorrectionForm(forms.Form):
    """The right number of staff, and why. `snapshot` is what the reader saw and corrects."""

    headcount = forms.IntegerField(
        label="How many staff did the unit have when the survey opened?",
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-4"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), NUMBER_WORDS),
    )
    reason = forms.CharField(
        label="Why is it corrected?",
        help_text="The whole team reads this. Write no names.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Say in a few words why the result is corrected.",
            "max_length": f"Say why in {LONGEST_REASON} letters at most.",
        },
    )
    snapshot = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = nhs_helper("Correct this result")
