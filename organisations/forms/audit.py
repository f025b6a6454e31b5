"""The filters of the audit trail, kept in the address."""

from typing import Any

from django import forms

DATE_WORDS = "Enter a date, like 24/11/2026."
FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y"]


def _date_field(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=FORMATS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"class": "nhsuk-input--width-10"}),
        error_messages={"invalid": DATE_WORDS},
    )


class AuditFilterForm(forms.Form):
    """What was done, and when."""

    action = forms.ChoiceField(
        label="What was done",
        required=False,
        error_messages={"invalid_choice": "Choose from the list."},
    )
    since = _date_field("From")
    until = _date_field("Until")

    def __init__(self, *args: Any, actions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", "Everything"), *actions]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["label_class"] = "nhsuk-label--s"

    def clean(self) -> dict[str, Any]:
        """The days must be in order."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        for name, day in (("since", since), ("until", until)):
            if day and not 2000 <= day.year <= 2100:
                self.add_error(name, DATE_WORDS)
        if since and until and since > until:
            self.add_error("until", "“Until” must not be before “From”.")
        return cleaned
