"""The house rules of an organisation."""

from typing import Any
from zoneinfo import available_timezones

from django import forms

from organisations.actions.organisation import HouseRules
from organisations.models import Organisation
from organisations.nhs_forms import nhs_helper
from organisations.unit_list import clean_name

TIME_WORDS = "Enter a time, like 20:00."


def time_zones() -> list[tuple[str, str]]:
    """Places by continent, without the old names and abbreviations."""
    names = sorted(
        name
        for name in available_timezones()
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/", "US/"))
    )
    return [(name, name.replace("_", " ")) for name in ["UTC", *names]]


def _time_field(label: str, hint: str = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=hint,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "nhsuk-input--width-5"}),
        error_messages={"required": TIME_WORDS, "invalid": TIME_WORDS},
    )


class SettingsForm(forms.Form):
    """What an administrator may decide for the organisation."""

    name = forms.CharField(
        label="Name of the organisation",
        max_length=120,
        error_messages={
            "required": "Enter the name of the organisation.",
            "max_length": "Use 120 letters at most for the name.",
        },
    )
    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="All times on pages and in messages are meant in it.",
        error_messages={"invalid_choice": "Choose a time zone from the list."},
    )
    weekly_hours_limit = forms.IntegerField(
        label="Hours a week that improvements may take from one unit",
        help_text="Above it, the launch page shows a warning. It never blocks.",
        min_value=0,
        max_value=200,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3", "suffix": "hours"}
        ),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "Enter the hours as one whole number from 0 to 200.",
        ),
    )
    quiet_from = _time_field(
        "No messages from", "We write to nobody between these two times. Two equal times mean none."
    )
    quiet_until = _time_field(
        "No messages until",
        "Staff who work nights have hours of their own: 18:00 to 20:00, whatever you choose here.",
    )
    front_line_by_default = forms.TypedChoiceField(
        label="Wording of the ward sheet",
        choices=[
            ("yes", "Front-line edition: adapted wording, for the staff who answer"),
            ("no", "FFIT verbatim: as published, addressed to managers and the team"),
        ],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        error_messages={"required": "Choose a wording.", "invalid_choice": "Choose a wording."},
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        kwargs["initial"] = {
            **{field: getattr(organisation, field) for field in HouseRules.__annotations__},
            "front_line_by_default": "yes" if organisation.front_line_by_default else "no",
        }
        super().__init__(*args, **kwargs)
        zones = time_zones()
        if organisation.time_zone not in dict(zones):
            zones = [(organisation.time_zone, organisation.time_zone), *zones]
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]
        self.helper = nhs_helper("Save the settings")

    def clean_name(self) -> str:
        """One line without invisible characters."""
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Enter the name of the organisation.")
        return name

    def rules(self) -> HouseRules:
        """The valid form as house rules."""
        return HouseRules(**self.cleaned_data)
