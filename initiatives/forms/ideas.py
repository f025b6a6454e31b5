"""Sending an idea, and answering one."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from initiatives.models import Idea
from initiatives.rules.ideas import has_marks
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words
from organisations.forms.typed_fields import DateField
from organisations.models import Unit
from organisations.rules.plain_text import one_line


class SendIdeaForm(NhsForm):
    """One box, and a tick where there is a lead who is not the manager.

    `more` is hidden: who fills it in is a robot.
    """

    submit = "Send the idea"
    idea = words(
        "Your idea",
        240,
        "Enter your idea",
        "Do not name patients or colleagues. People may know you by how you write.",
        rows=4,
    )

    def __init__(self, data: QueryDict | None = None, *, offers_lead: bool) -> None:
        super().__init__(data)
        if offers_lead:
            self.fields["for_lead_only"] = forms.BooleanField(
                label="Only show it to the improvement lead",
                help_text="Then the manager and the team do not see it or its answer.",
                required=False,
            )

    def clean_idea(self) -> str:
        """One line without links."""
        said = one_line(str(self.cleaned_data["idea"]))
        if not said:
            raise forms.ValidationError("Enter your idea")
        if has_marks(said):
            raise forms.ValidationError("Remove links, addresses and the signs < and >")
        return said

    @property
    def for_lead_only(self) -> bool:
        """The tick; none where it is not offered."""
        return bool(self.cleaned_data.get("for_lead_only"))


class CloseIdeasForm(NhsForm):
    """Of which unit, until when, and why: its team page says the last two."""

    submit = "Close ideas"
    unit = forms.ChoiceField(
        label="Which unit?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a unit"),
    )
    until = DateField(wanted="Enter a date, like 30/11/2026", label="Until which day?")
    why = words("Why?", 80, "Enter why", "For example, “the improvement lead is on leave”")

    def __init__(self, data: QueryDict | None = None, *, units: Sequence[Unit]) -> None:
        super().__init__(data)
        offered = [(str(one.pk), one.name) for one in units]
        if len(offered) == 1:
            self.initial["unit"] = offered[0][0]
        else:
            offered.insert(0, ("", "Choose a unit"))
        self.fields["unit"].choices = offered  # type: ignore[attr-defined]


class AnswerIdeaForm(NhsForm):
    """What becomes of it, and why: the team reads both. A unit that has closed `can_do` nothing."""

    submit = "Save the answer"
    answer = forms.ChoiceField(
        label="What is your answer?",
        choices=Idea.Answer.choices,
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose an answer"),
    )
    words = words(
        "Say more in 1 sentence",
        240,
        "",
        "The team reads it. Optional if you do not show the idea.",
        rows=2,
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, for_lead_only: bool, can_do: bool) -> None:
        super().__init__(data)
        if not can_do:
            self.fields["answer"].choices = [  # type: ignore[attr-defined]
                one for one in Idea.Answer.choices if one[0] != Idea.Answer.DO
            ]
        if for_lead_only:
            self.fields["words"].help_text = (
                "Only improvement leads can read the idea and your answer. "
                "Optional if you choose “Do not show it”."
            )

    def clean(self) -> dict[str, object]:
        """A sentence with every answer that is read."""
        answer = self.cleaned_data.get("answer")
        if answer and answer != Idea.Answer.HIDDEN and self.cleaned_data.get("words") == "":
            self.add_error("words", "Enter 1 sentence about your answer")
        return self.cleaned_data
