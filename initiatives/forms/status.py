"""Why the status of an improvement changes, and from when."""

from django import forms
from django.http import QueryDict

from organisations.forms.nhs_forms import NhsForm
from organisations.forms.text_fields import LineField, no_links
from organisations.forms.typed_fields import DateField

LONGEST = 240


class StatusForm(NhsForm):
    """Why; it is kept with the improvement."""

    why = LineField(
        label="Why?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why. It is kept with the improvement.",
            "max_length": f"Reason must be {LONGEST} characters or fewer",
            "null_characters_not_allowed": "Remove any hidden characters. Try typing the "
            "text instead of pasting it.",
        },
        validators=[no_links],
    )

    # What had changed when the page was read: somebody else may be first.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: QueryDict | None = None, *, submit: str, help_text: str, seen: int
    ) -> None:
        super().__init__(data, initial={"seen": seen})
        self.fields["why"].help_text = help_text
        self.submit = submit


class StartForm(StatusForm):
    """And a later day, if it is not today."""

    day = DateField(
        wanted="Enter a start day, like 11 January 2027",
        label="Start day (optional)",
        help_text="Leave this blank to start today",
        required=False,
    )
