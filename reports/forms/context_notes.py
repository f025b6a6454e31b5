"""The fields of a note on a unit."""

from typing import Any

from django import forms

from organisations.nhs_forms import nhs_helper
from reports.forms.debrief import words

DAY_WORDS = "Enter a day, like 12/05/2026."


class ContextNoteForm(forms.Form):
    """When it was, and what happened."""

    submit = "Save"
    day = forms.DateField(
        label="When was it?",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "nhsuk-input--width-10"}),
        error_messages={"required": DAY_WORDS, "invalid": DAY_WORDS},
    )
    text = words(
        "What happened?",
        240,
        "Say what happened.",
        "Such as “Ward 3 moved in with us”. Everyone who reads the result reads this, also on the "
        "ward’s own page. Write no names.",
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.input_type = "date"
        self.helper = nhs_helper(self.submit)

    def clean_text(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["text"].split())


class NewContextNoteForm(ContextNoteForm):
    """The same, and what it is about."""

    submit = "Add the note"
    about = forms.ChoiceField(
        label="What is it about?",
        choices=(
            ("unit", "The unit: it stands beside the audits around its day"),
            ("audit", "This audit alone"),
        ),
        initial="unit",
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose what the note is about."
        ),
    )
