"""A department and its address."""

from django import forms

from organisations.actions.departments import NO_ADDRESS
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.text_fields import LineField
from organisations.models.departments import LONGEST_NAME


class DepartmentForm(NhsForm):
    """Its name as teams read it, and where requests go."""

    submit = "Save the department"
    name = LineField(
        label="Name of the department",
        help_text="For example, “Estates” or “Pharmacy”",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter the name of the department",
            "max_length": f"Name must be {LONGEST_NAME} characters or fewer",
        },
    )
    email = forms.EmailField(
        label="Email address",
        help_text="We send requests there. Use a shared address that is read every day.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": NO_ADDRESS, "invalid": NO_ADDRESS},
    )

    def clean_email(self) -> str:
        """In small letters, as all addresses."""
        return str(self.cleaned_data["email"]).strip().lower()
