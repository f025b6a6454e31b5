"""The fields of a plan."""

from datetime import date

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from initiatives.models import Action
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words
from organisations.forms.typed_fields import DateField
from organisations.words.dates import day as in_words


class EarlyForm(NhsForm):
    """Why the plan cannot wait for the debrief."""

    submit = "Start the plan now"
    reason = words(
        "Why do you need the plan before the team debrief?",
        240,
        "Say why the plan cannot wait",
        "The team can see this reason with the plan.",
        rows=2,
    )

    @cached_property
    def helper(self) -> FormHelper:
        """The button is the lesser one: waiting for the talk is the usual way."""
        helper = super().helper
        helper.inputs[0].field_classes = "secondary"
        return helper


class NewActionForm(NhsForm):
    """What, who, by when."""

    submit = "Add the action"
    what = words(
        "What is the action?",
        160,
        "Enter the action",
        "Describe 1 thing that people will be able to see when it is done.",
    )
    owner = words(
        "Who is the owner?",
        80,
        "Enter the owner’s role",
        "Enter a role, for example “night sister”. Do not enter a name.",
    )
    due_on = DateField(wanted="Enter a date, like 30/11/2026", label="When is it due?")
    is_past = forms.BooleanField(label="Yes, that day has passed", required=False)

    def __init__(
        self, data: QueryDict | None = None, *, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        if not self.is_bound:
            del self.fields["is_past"]

    def clean(self) -> dict[str, object]:
        """A day that has passed is asked about; one that stays as it was is not."""
        cleaned = super().clean() or self.cleaned_data
        day: date | None = cleaned.get("due_on")
        means_it = cleaned.pop("is_past", False)
        if day is None or day >= timezone.localdate() or day == self.initial.get("due_on"):
            del self.fields["is_past"]
        elif not means_it:
            self.add_error("due_on", f"{in_words(day)} has passed. Change it, or tick that it has")
        return cleaned


class MoveActionForm(NhsForm):
    """Another day: nothing else is asked."""

    submit = "Move the date"
    due_on = DateField(wanted="Enter a date, like 30/11/2026", label="When is it due now?")

    def clean_due_on(self) -> date:
        """Not a day that has passed."""
        day: date = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(f"{in_words(day)} has passed. Enter today or a later date")
        return day


CLOSED = [choice for choice in Action.State.choices if choice[0] in ("done", "dropped")]


class CloseActionForm(NhsForm):
    """It is done or dropped, and what came of it."""

    submit = "Save"
    state = forms.ChoiceField(
        label="Is it done?",
        choices=CLOSED,
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose done or dropped"),
    )
    outcome = words(
        "What was the outcome?",
        240,
        "Enter the outcome. The team can read this.",
        "Use 1 sentence. If the action is dropped, say why.",
        rows=2,
    )


class ActionForm(NewActionForm):
    """The same with its state and what came of it."""

    submit = "Save"
    state = forms.ChoiceField(
        label="What is the status?",
        choices=Action.State.choices,
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages={
            "required": "Choose a status",
            "invalid_choice": "Choose a status",
        },
    )
    outcome = words(
        "What was the outcome?",
        240,
        "",
        "Use 1 sentence. If the action is dropped, say why.",
        rows=2,
        required=False,
    )

    def clean(self) -> dict[str, object]:
        """Dropping without a word would answer nobody."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("state") == Action.State.DROPPED and cleaned.get("outcome") == "":
            self.add_error("outcome", "Enter why it was dropped. The team can read this.")
        return cleaned
