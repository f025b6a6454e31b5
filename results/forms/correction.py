"""What a manager or lead fills in to correct a result."""

from django import forms

from fieldwork.actions.launch import MOST_STAFF
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.text_fields import LineField
from organisations.forms.typed_fields import WholeNumberField
from scoring.actions.correct import LONGEST_REASON

NUMBER_WORDS = "Enter the number of staff as one whole number, like 24."


class CorrectionForm(NhsForm):
    """The right number of staff, and why. `snapshot` is what the reader saw and corrects."""

    submit = "Correct this result"
    headcount = WholeNumberField(
        wanted=NUMBER_WORDS,
        label="How many staff did the unit have when the survey opened?",
        least=1,
        most=MOST_STAFF,
        too_large=f"Enter a whole number from 1 to {MOST_STAFF}.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-4"}),
    )
    reason = LineField(
        label="Why are you correcting it?",
        help_text="The whole team can read this. Do not name anyone.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Say in a few words why the result is corrected.",
            "max_length": f"Reason must be {LONGEST_REASON} characters or fewer",
        },
    )
    snapshot = forms.IntegerField(widget=forms.HiddenInput)
