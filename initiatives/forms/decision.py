"""The form that decides about an improvement without a result."""

from django import forms
from django.http import QueryDict

from initiatives.models import Decision
from organisations.nhs_forms import nhs_helper

MEANINGS = {
    Decision.Word.GO_AHEAD: "Go ahead: begin with the change",
    Decision.Word.STRENGTHEN: "Strengthen first: something must get better before",
    Decision.Word.HOLD: "Hold: not now",
}
LONGEST = 240


class DecisionForm(forms.Form):
    """One of three words, and the reason."""

    word = forms.ChoiceField(
        label="What do you decide?",
        choices=[(word.value, meaning) for word, meaning in MEANINGS.items()],
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages={
            "required": "Choose what you decide",
            "invalid_choice": "Choose what you decide from the list",
        },
    )
    reason = forms.CharField(
        label="Why without a survey?",
        help_text="One or two sentences. Name nobody, and do not guess who answered.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why you decide without a survey",
            "max_length": f"The reason must be {LONGEST} characters or fewer",
        },
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = nhs_helper("Decide and keep the reason")

    def clean_reason(self) -> str:
        """On one line."""
        return " ".join(str(self.cleaned_data["reason"]).split())
