"""What another program may read, and for how long."""

from typing import Any

from django import forms

from organisations.models import AccessToken
from organisations.nhs_forms import nhs_helper

DAYS = {30: "30 days", 90: "90 days", 365: "One year"}


class TokenForm(forms.Form):
    """A token for one program."""

    name = forms.CharField(
        label="Which program?",
        help_text="A name for yourself, such as “Power BI of the quality team”.",
        max_length=60,
        error_messages={"required": "Give it a name, so that you know later what it is for."},
    )
    scopes = forms.MultipleChoiceField(
        label="What may it read?",
        help_text="Never more than you may read yourself.",
        choices=AccessToken.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )
    days = forms.TypedChoiceField(
        label="For how long?",
        choices=list(DAYS.items()),
        coerce=int,
        initial=90,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how long."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = nhs_helper("Make the token")
