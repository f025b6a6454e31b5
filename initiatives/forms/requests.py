"""Sending a request to a department or a member, and answering one."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from django import forms
from django.http import QueryDict

from initiatives.actions.requests import Said
from initiatives.models import DepartmentRequest
from initiatives.queries.requests import Recipient
from initiatives.rules.ideas import has_marks
from initiatives.rules.requests import LATEST
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words
from organisations.forms.typed_fields import DateField
from organisations.models import Department
from organisations.rules.plain_text import one_line

ANSWERS = DepartmentRequest.Answer
NOBODY = "unknown"


class SendRequestForm(NhsForm):
    """Who is asked, for what and by when: the usual day stands there, folded away."""

    submit = "Send the request"
    to = forms.ChoiceField(
        label="Who do you ask?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose who you ask"),
    )
    needs = words(
        "What do you need from them?",
        240,
        "Enter what you need from them",
        "They can read this, your priority and the statement it is about, but no figures of your "
        "result. Your team can read it too.",
        rows=3,
        is_sent=True,
    )
    answer_by = DateField(
        wanted="Enter a date, like 14 12 2026",
        label="When do you need the answer?",
        help_text=f"Up to {LATEST.days} days ahead",
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        recipients: Sequence[Recipient],
        usual: date,
        needs: str = "",
    ) -> None:
        super().__init__(data, initial={"needs": needs, "answer_by": usual})
        self.recipients = {one.key: one for one in recipients}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((one.key, _choice(one)) for one in recipients),
        ]

    def clean_needs(self) -> str:
        """One line, since it is in a message."""
        said = one_line(str(self.cleaned_data["needs"]))
        if not said:
            raise forms.ValidationError("Enter what you need from them")
        return said

    @property
    def recipient(self) -> Recipient:
        """Who a valid form asks."""
        return self.recipients[self.cleaned_data["to"]]


def _choice(one: Recipient) -> str:
    return f"{one.member}, {one.whom}" if one.member is not None else one.whom


class AnswerForm(NhsForm):
    """What the chosen answer needs: the day of a "yes", why not, or who else."""

    submit = "Send the answer"
    promised_on = DateField(wanted="Enter a date, like 8 1 2027", label="When will they have it?")
    why = words(
        "Why?", 240, "Enter why", "Use 1 sentence. The team can read it on its own page.", rows=3
    )
    instead = forms.ChoiceField(
        label="Who can help instead?",
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose who can help"),
    )
    NEEDS: ClassVar = {ANSWERS.YES: "promised_on", ANSWERS.NO: "why", ANSWERS.NOT_OURS: "instead"}

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        answer: DepartmentRequest.Answer,
        departments: Sequence[Department],
    ) -> None:
        super().__init__(data)
        self.answer = answer
        self.departments = {str(one.pk): one for one in departments}
        self.fields["instead"].choices = [  # type: ignore[attr-defined]
            *((key, one.name) for key, one in self.departments.items()),
            (NOBODY, "We do not know, or someone else"),
        ]
        for name in set(self.fields) - {self.NEEDS[answer]}:
            del self.fields[name]

    def clean_why(self) -> str:
        """One line without links: it is shown to the team without signing in."""
        said = one_line(str(self.cleaned_data["why"]))
        if not said:
            raise forms.ValidationError("Enter why")
        if has_marks(said):
            raise forms.ValidationError("Remove links, addresses and the signs < and >")
        return said

    @property
    def said(self) -> Said:
        """What a valid form says."""
        found = self.cleaned_data
        return Said(
            self.answer,
            words=found.get("why", ""),
            promised_on=found.get("promised_on"),
            instead=self.departments.get(found.get("instead", "")),
        )
