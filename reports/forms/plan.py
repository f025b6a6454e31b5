"""The fields of a plan."""

from typing import Any

from django import forms

from initiatives.models import Action
from organisations.nhs_forms import nhs_helper
from reports.forms.debrief import words


class EarlyForm(forms.Form):
    """Why the plan cannot wait for the debrief."""

    reason = words(
        "Why can the plan not wait for the team’s talk?",
        240,
        "Say why the plan cannot wait.",
        "It is kept with the plan, and the ward reads it.",
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = nhs_helper("Open the plan before the talk")
        self.helper.inputs[0].field_classes = "secondary"


class NewActionForm(forms.Form):
    """What, who, by when."""

    submit = "Add the action"
    what = words(
        "What will be done?",
        160,
        "Say what will be done.",
        "One thing that can be seen when it is done.",
    )
    who = words(
        "Who does it?",
        80,
        "Say who does it, by role.",
        "A role is enough, such as “night sister”. No name is needed.",
    )
    due_on = forms.DateField(
        label="By when?",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "nhsuk-input--width-10"}),
        error_messages={
            "required": "Enter a date, like 30/11/2026.",
            "invalid": "Enter a date, like 30/11/2026.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].widget.input_type = "date"
        self.helper = nhs_helper(self.submit)


class ActionForm(NewActionForm):
    """The same with its state and what came of it."""

    submit = "Save"
    state = forms.ChoiceField(
        label="How far is it?",
        choices=Action.State.choices,
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages={
            "required": "Choose how far it is.",
            "invalid_choice": "Choose how far it is.",
        },
    )
    outcome = words(
        "What came of it?",
        240,
        "",
        "One sentence. For an action that is dropped: why.",
        rows=2,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Dropping without a word would answer nobody."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("state") == Action.State.DROPPED and not cleaned.get("outcome"):
            self.add_error("outcome", "Say why it is dropped. The ward reads it.")
        return cleaned
