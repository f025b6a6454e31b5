"""What units are asked to stay below: the organisation's limits, and a unit's own."""

from django import forms
from django.http import QueryDict

from organisations.actions.limits import HouseLimits
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.typed_fields import WholeNumberField
from organisations.models import Organisation, Unit

MOST_HOURS, MOST_IMPROVEMENTS = 200, 20


def _number(
    label: str, thing: str, least: int, most: int, help_text: str = "", *, required: bool = True
) -> WholeNumberField:
    suffix = {} if thing == "improvements" else {"suffix": thing}
    return WholeNumberField(
        wanted=f"Enter the {thing} as one whole number from {least} to {most}.",
        label=label,
        help_text=help_text,
        least=least,
        most=most,
        required=required,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3", **suffix}
        ),
    )


class LimitsForm(NhsForm):
    """The limits of an organisation, the guess, and the weeks between reviews."""

    submit = "Save the limits"
    weekly_hours_limit = _number(
        "Staff hours a week that improvements can take on one unit",
        "hours",
        0,
        MOST_HOURS,
        "A unit that reaches it is shown with a warning. It never blocks.",
    )
    improvements_limit = _number(
        "Improvements on one unit at a time",
        "improvements",
        1,
        MOST_IMPROVEMENTS,
        "More than this shows a warning. It counts what is active, planned or proposed.",
    )
    hours_guess = _number(
        "Hours an improvement counts as while nobody has said",
        "hours",
        1,
        8,
        "It is marked as a guess.",
    )
    review_weeks = _number("Weeks until an improvement is reviewed", "weeks", 4, 26)

    def __init__(self, data: QueryDict | None = None, *, organisation: Organisation) -> None:
        fields = HouseLimits.__annotations__
        super().__init__(data, initial={name: getattr(organisation, name) for name in fields})

    def limits(self) -> HouseLimits:
        """The valid form."""
        return HouseLimits(**self.cleaned_data)


class OwnLimitsForm(NhsForm):
    """A unit's own limits; blank means the organisation's."""

    submit = "Save the limits"
    hours = _number(
        "Staff hours a week that improvements can take (optional)",
        "hours",
        0,
        MOST_HOURS,
        required=False,
    )
    improvements = _number(
        "Improvements at a time (optional)",
        "improvements",
        1,
        MOST_IMPROVEMENTS,
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, unit: Unit) -> None:
        initial = {"hours": unit.own_hours_limit, "improvements": unit.own_improvements_limit}
        super().__init__(data, initial=initial)
