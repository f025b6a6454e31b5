"""Fields of people and their roles."""

from django import forms
from django.http import QueryDict

from organisations.actions.people import WHOLE
from organisations.exchange.addresses import entries_in
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.text_fields import LineField
from organisations.forms.units import UnitChoice
from organisations.models import Organisation, Role

WHOLE_ORGANISATION = "The whole organisation"
EXAMPLE = "name@example.nhs.uk"
LONGEST_NAME = 120
ROLE_WORDS = {
    Role.MANAGER: "Manager: launch surveys for a unit and see its results",
    Role.LEAD: "Improvement lead: see results for many units and plan with them",
    Role.REVIEWER: "Senior reviewer: see improvements and how busy each unit is",
    Role.EDITOR: "Question bank editor: edit statements and translations",
    Role.ADMINISTRATOR: "Administrator: manage units, people and settings",
}


class RoleForm(NhsForm):
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
        self,
        data: QueryDict | None = None,
        *,
        organisation: Organisation,
        submit: str = "Save",
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.submit = submit
        self.fields["unit"].offer(organisation, WHOLE_ORGANISATION)  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        """As a Role."""
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, object]:
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

    _named = ""
    email = LineField(
        label="Email address",
        help_text="They’ll use it to sign in. We’ll email them today.",
        max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
        error_messages={
            "required": "Enter an email address",
            "max_length": "Use 254 characters or fewer for the email address",
        },
    )
    name = LineField(
        label="Name",
        help_text="As colleagues know them. If the email address is known here, we keep its name.",
        max_length=LONGEST_NAME,
        required=False,
    )
    field_order = ("email", "name", "role", "unit")

    def clean_email(self) -> str:
        """One address; a name pasted with it is the person’s where none is typed."""
        people = entries_in(self.cleaned_data["email"])
        if len(people) != 1 or not people[0].email:
            better = people[0].better if people else ""
            raise forms.ValidationError(
                f"Enter an email address in the correct format, like {better or EXAMPLE}"
            )
        one = people[0]
        for extra in (*one.mobiles, *one.numbers, *one.rest):
            raise forms.ValidationError(f"Remove “{extra}”. Enter the email address only")
        self._named = one.name
        return one.email

    def clean_name(self) -> str:
        """The name typed, or the one that came with the address."""
        name = str(self.cleaned_data["name"]) or self._named
        if not name:
            raise forms.ValidationError("Enter the name")
        return name[:LONGEST_NAME]


class FindPersonForm(forms.Form):
    """The filters of the list, kept in the address."""

    q = forms.CharField(required=False, max_length=120)
    role = forms.ChoiceField(required=False, choices=[("", "Every role"), *Role.choices])
