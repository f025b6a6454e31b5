"""One question, half a year after an improvement was finished."""

from django import forms
from django.http import QueryDict

from initiatives.models import Commitment
from organisations.forms.nhs_forms import NhsForm


class StillDoneForm(NhsForm):
    """Yes, partly or no; none is chosen for anybody."""

    answer = forms.ChoiceField(
        label="Is it still done?",
        choices=Commitment.StillDone.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose yes, partly or no",
            "invalid_choice": "Choose yes, partly or no",
        },
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.submit = "Save answer"
