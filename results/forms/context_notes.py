"""The fields of a note on a unit."""

from django import forms

from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words
from organisations.forms.typed_fields import DateField
from organisations.rules.plain_text import one_line

DAY_WORDS = "Enter a day, like 12/05/2026."


class ContextNoteForm(NhsForm):
    """When it was, and what happened."""

    day = DateField(wanted=DAY_WORDS, label="When was it?")
    text = words(
        "What happened?",
        240,
        "Say what happened.",
        "For example, “Ward 3 moved in with us”. Everyone who can see the result can read "
        "this, including on the team page. Do not name anyone.",
        rows=2,
    )

    def clean_text(self) -> str:
        """One line."""
        return one_line(self.cleaned_data["text"])


class NewContextNoteForm(ContextNoteForm):
    """The same, and what it is about."""

    submit = "Add the note"
    about = forms.ChoiceField(
        label="What is the note about?",
        choices=(
            ("unit", "The unit: show it on the surveys before and after this date"),
            ("audit", "This survey only"),
        ),
        initial="unit",
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose what the note is about."
        ),
    )
