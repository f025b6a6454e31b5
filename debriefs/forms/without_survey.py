"""The form that decides about an improvement without a survey."""

from django import forms

from initiatives.models import Decision
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.text_fields import LineField, no_links

MEANINGS = {
    Decision.Choice.GO_AHEAD: "Go ahead: start the improvement",
    Decision.Choice.STRENGTHEN: "Strengthen first: something needs to get better before we start",
    Decision.Choice.HOLD: "Put on hold: not now",
}
LONGEST = 240


class DecisionForm(NhsForm):
    """One of three words, and the reason."""

    submit = "Save decision"
    choice = forms.ChoiceField(
        label="What have you decided?",
        choices=[(choice.value, meaning) for choice, meaning in MEANINGS.items()],
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages={
            "required": "Choose what you decide",
            "invalid_choice": "Choose what you decide from the list",
        },
    )
    reason = LineField(
        label="Why are you deciding without a survey?",
        help_text="Use 1 or 2 sentences. Do not name anyone or guess who answered.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why you decide without a survey",
            "max_length": f"The reason must be {LONGEST} characters or fewer",
        },
        validators=[no_links],
    )
