"""Starting a small test, and saying how it went."""

from datetime import timedelta

from django import forms
from django.http import QueryDict
from django.utils import timezone

from initiatives.models import SmallTest
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words
from organisations.forms.typed_fields import DateField

USUAL = timedelta(days=14)


class StartTestForm(NhsForm):
    """What is tried, what is expected, until when."""

    submit = "Start the test"
    what = words(
        "What will you try, and where?",
        160,
        "Enter what you will try",
        "Once, on one shift or in one bay",
    )
    expects = words("What do you expect to happen?", 160, "Enter what you expect")
    until = DateField(wanted="Enter a date, like 30 11 2026", label="Until")

    def __init__(self, data: QueryDict | None = None, *, what: str = "") -> None:
        super().__init__(data, initial={"what": what, "until": timezone.localdate() + USUAL})


class EndTestForm(NhsForm):
    """What happened, what becomes of it, what is next."""

    happened = words("What happened?", 240, "Enter what happened", rows=3)
    outcome = forms.ChoiceField(
        label="What will you do now?",
        choices=SmallTest.Outcome.choices,
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what you will do now"),
    )
    following = words("What is next?", 160, "", "Optional. What you will change", required=False)
