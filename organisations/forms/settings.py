"""The house rules of an organisation."""

from zoneinfo import available_timezones

from django import forms
from django.http import QueryDict

from organisations.actions.organisation import HouseRules
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.text_fields import LineField
from organisations.forms.typed_fields import ClockField
from organisations.models import Organisation
from organisations.rules.short_name import LONGEST_TEXT_NAME

TIME_WORDS = "Enter a time, like 8pm"


def time_zones() -> list[tuple[str, str]]:
    """Places by continent, without the old names and abbreviations."""
    names = sorted(
        name
        for name in available_timezones()
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/", "US/"))
    )
    return [(name, name.replace("_", " ")) for name in ["UTC", *names]]


def _time_field(label: str, hint: str = "") -> ClockField:
    return ClockField(
        wanted=TIME_WORDS,
        label=label,
        help_text=hint,
    )


class SettingsForm(NhsForm):
    """What an administrator may decide for the organisation."""

    submit = "Save the settings"
    name = LineField(
        label="Name of the organisation",
        max_length=120,
        error_messages={
            "required": "Enter the name of the organisation.",
            "max_length": "Name must be 120 characters or fewer",
        },
    )
    text_name = LineField(
        label="Name in text messages (optional)",
        help_text="Up to 24 characters. If you leave it blank, we use the name of the organisation "
        "without “NHS”, “Foundation” and “Trust”, cut to whole words.",
        max_length=LONGEST_TEXT_NAME,
        required=False,
        error_messages={
            "max_length": f"Name in text messages must be {LONGEST_TEXT_NAME} characters or fewer"
        },
    )
    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="We use this for all times on pages and in messages",
        error_messages={"invalid_choice": "Choose a time zone from the list."},
    )
    quiet_from = _time_field(
        "No messages from",
        "We do not send messages between these times. To have no quiet "
        "hours, enter the same time twice.",
    )
    quiet_until = _time_field(
        "No messages until",
        "Staff who work nights always get messages between 6pm and 8pm, whatever you choose here.",
    )
    front_line_by_default = forms.TypedChoiceField(
        label="Wording of the staff form",
        choices=[
            ("yes", "Front-line edition: adapted wording, for the staff who answer"),
            ("no", "FFIT word for word: as published, written for managers and the team"),
        ],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        error_messages={"required": "Choose a wording.", "invalid_choice": "Choose a wording."},
    )

    def __init__(self, data: QueryDict | None = None, *, organisation: Organisation) -> None:
        initial = {
            **{field: getattr(organisation, field) for field in HouseRules.__annotations__},
            "front_line_by_default": "yes" if organisation.front_line_by_default else "no",
        }
        super().__init__(data, initial=initial)
        zones = time_zones()
        if organisation.time_zone not in dict(zones):
            zones = [(organisation.time_zone, organisation.time_zone), *zones]
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]

    def rules(self) -> HouseRules:
        """The valid form as house rules."""
        return HouseRules(**self.cleaned_data)
