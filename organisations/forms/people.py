"""Fields of people and their roles."""

from typing import Any

from django import forms

from organisations.actions.people import WHOLE
from organisations.forms.units import UnitChoice
from organisations.models import Organisation, Role
from organisations.nhs_forms import nhs_helper
from organisations.unit_list import clean_name

WHOLE_ORGANISATION = "The whole organisation"
ROLE_WORDS = {
    Role.MANAGER: "Manager: launches surveys for the unit and sees its results",
    Role.LEAD: "Improvement lead: sees the results of many units and plans with them",
    Role.REVIEWER: "Senior reviewer: sees the improvements and the load on each unit",
    Role.EDITOR: "Question bank editor: keeps the statements and translations",
    Role.ADMINISTRATOR: "Administrator: keeps units, people and settings",
}


class RoleForm(forms.Form):
    """One role, for a unit and all in it or for the whole organisation."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, words) for role, words in ROLE_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role."},
    )
    unit = UnitChoice(
        label="For which unit?",
        help_text="The role counts for the unit and all units in it.",
    )

    def __init__(
        self, *args: Any, organisation: Organisation, submit: str = "Save", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(organisation, WHOLE_ORGANISATION)  # type: ignore[attr-defined]
        self.helper = nhs_helper(submit)

    def clean_role(self) -> Role:
        """As a Role."""
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        """Administrators and editors serve the whole organisation."""
        cleaned = super().clean() or {}
        role = cleaned.get("role")
        if role in WHOLE and cleaned.get("unit") is not None:
            self.add_error(
                "unit", f"{role.label}: choose “{WHOLE_ORGANISATION}”, at the top of the list."
            )
        return cleaned


class InviteForm(RoleForm):
    """A person by e-mail, and the role they get."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it. We write to them today.",
        max_length=254,
        error_messages={
            "required": "Enter an e-mail address.",
            "invalid": "Enter an e-mail address, like name@example.nhs.uk.",
        },
    )
    name = forms.CharField(
        label="Name",
        help_text="As colleagues know them. If the e-mail is known here, we keep its name.",
        max_length=120,
        error_messages={"required": "Enter the name."},
    )
    field_order = ("email", "name", "role", "unit")

    def clean_name(self) -> str:
        """One line without invisible characters."""
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Enter the name.")
        return name


class FindPersonForm(forms.Form):
    """The filters of the list, kept in the address."""

    q = forms.CharField(required=False, max_length=120)
    role = forms.ChoiceField(required=False, choices=[("", "Every role"), *Role.choices])
