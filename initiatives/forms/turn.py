"""The reason for starting, finishing or stopping an improvement."""

from django import forms
from django.http import QueryDict

from organisations.nhs_forms import nhs_helper

LONGEST = 240


class TurnForm(forms.Form):
    """Why; the units read it."""

    why = forms.CharField(
        label="Why?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why. The units read it.",
            "max_length": f"Say why in {LONGEST} letters at most.",
            "null_characters_not_allowed": "Type this again without invisible characters.",
        },
    )

    def __init__(self, data: QueryDict | None = None, *, submit: str, help_text: str) -> None:
        super().__init__(data)
        self.fields["why"].help_text = help_text
        self.helper = nhs_helper(submit)

    def clean_why(self) -> str:
        """On one line."""
        return " ".join(str(self.cleaned_data["why"]).split())
