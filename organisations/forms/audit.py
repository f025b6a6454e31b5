"""The filters of the audit trail, kept in the address."""

from django import forms
from django.http import QueryDict

from organisations.forms.typed_fields import DateField

DATE_WORDS = "Enter a date, like 24/11/2026."


def _date_field(label: str) -> DateField:
    return DateField(
        wanted=DATE_WORDS,
        label=label,
        required=False,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"class": "nhsuk-input--width-10"}),
    )


class AuditFilterForm(forms.Form):
    """What was done, and when."""

    action = forms.ChoiceField(
        label="Action",
        required=False,
        error_messages={"invalid_choice": "Choose from the list."},
    )
    since = _date_field("From")
    until = _date_field("Until")

    def __init__(self, data: QueryDict, *, actions: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["action"].choices = [("", "All actions"), *actions]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["label_class"] = "nhsuk-label--s"

    def clean(self) -> dict[str, object]:
        """The days must be in order."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", "“Until” must not be before “From”.")
        return cleaned
