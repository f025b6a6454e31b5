"""What another program may read, and for how long."""

from django import forms

from organisations.forms.nhs_forms import NhsForm
from organisations.forms.text_fields import LineField
from organisations.models import AccessToken

DAYS = {30: "30 days", 90: "90 days", 365: "One year"}


class TokenForm(NhsForm):
    """A token for one program."""

    submit = "Create token"
    name = LineField(
        label="What is the token for?",
        help_text="For example, “Power BI for the quality team”",
        max_length=60,
        error_messages={"required": "Enter what the token is for"},
    )
    scopes = forms.MultipleChoiceField(
        label="What can it read?",
        help_text="It can never read more than you can see yourself.",
        choices=AccessToken.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )
    days = forms.TypedChoiceField(
        label="How long should it last?",
        choices=list(DAYS.items()),
        coerce=int,
        initial=90,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how long."},
    )
