"""The form that adds an improvement to the register: six questions, and why where it is full."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from initiatives.forms.hours import clean_hours, hours_field, other_field
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words
from organisations.models import Unit


class AddForm(NhsForm):
    """Asks what the next reader needs; `why_now` is asked only by the page that says why."""

    submit = "Add improvement"
    units = forms.MultipleChoiceField(
        label="Which units?",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "nhsuk-checkboxes--small"}),
        error_messages={
            "required": "Select at least one unit",
            "invalid_choice": "Choose units from the list",
        },
    )
    title = words(
        "Short name", 80, "Enter a short name", "For example, “Fewer falls at night”", is_sent=True
    )
    problem = words("The problem", 240, "Enter the problem", "Use 1 sentence", rows=2, is_sent=True)
    change = words(
        "What would change", 240, "Enter what would change", "Use 1 sentence", rows=2, is_sent=True
    )
    hours = hours_field()
    hours_other = other_field()
    led_by = words(
        "Led by (optional)", 80, "", "A name or a role. For example, therapy lead", required=False
    )
    why_now = words("Why now? (optional)", 240, "", required=False)

    def __init__(
        self, data: QueryDict | None = None, *, units: Sequence[Unit], asks_why: bool
    ) -> None:
        offered = {str(unit.pk): unit for unit in units}
        initial = {"units": list(offered)} if len(offered) == 1 else {}
        super().__init__(data, initial=initial)
        self.offered = offered
        choices = [(key, unit.name) for key, unit in offered.items()]
        self.fields["units"].choices = choices  # type: ignore[attr-defined]
        if asks_why:
            self.fields["why_now"].help_text = "One line for the senior reviewer"
        else:
            del self.fields["why_now"]

    def clean(self) -> dict[str, object]:
        """The hours as `said`."""
        clean_hours(self)
        return self.cleaned_data

    @property
    def chosen(self) -> list[Unit]:
        """The ticked units of a valid form."""
        return [self.offered[key] for key in self.cleaned_data["units"]]
