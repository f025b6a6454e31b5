"""One person of a staff list as a form. It reads as a list of one row does."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from organisations.forms.nhs_forms import NhsForm
from organisations.rules.mobile import national
from surveys.exchange.addresses import Address
from surveys.exchange.staff_list import check_staff
from surveys.exchange.staff_problem import Person
from surveys.exchange.staff_table import COLUMNS, Record
from surveys.models import Contact, SurveyUnit

LONGEST_TYPED = 300
_ADDRESS = ("email", "mobile")


def _line(label: str, hint: str = "", **attributes: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"label_class": "nhsuk-label--s", **attributes}),
        error_messages={"max_length": f"Use {LONGEST_TYPED} characters or fewer"},
    )


class ContactForm(NhsForm):
    """`person` is there once it is valid. An address that stays is not asked for again."""

    unit = forms.ChoiceField(
        label="Unit",
        widget=forms.Select(attrs={"label_class": "nhsuk-label--s"}),
        error_messages={"required": "Choose a unit", "invalid_choice": "Choose a unit"},
    )
    email = _line("Email", inputmode="email", autocomplete="off")
    mobile = _line("Mobile number", "Like 07700 900123", inputmode="tel", autocomplete="off")
    name = _line("Name", "Optional. Only shown on this list.", autocomplete="off")
    language = forms.ChoiceField(
        label="Language of the messages",
        choices=[("", "English"), ("cy", "Welsh")],
        required=False,
        widget=forms.Select(attrs={"label_class": "nhsuk-label--s"}),
        error_messages={"invalid_choice": "Choose English or Welsh"},
    )
    nights = forms.BooleanField(
        label="Works nights",
        help_text="They get messages between 6pm and 8pm",
        required=False,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        units: Sequence[SurveyUnit],
        contact: Contact | None = None,
        address_stays: bool = False,
    ) -> None:
        super().__init__(data, initial=_said_of(contact) if contact else None)
        self.submit = "Save" if contact else "Add this person"
        self._names = {str(unit.pk): unit.unit_name for unit in units}
        self._contact = contact
        self.person: Person | None = None
        if contact or len(units) == 1:
            del self.fields["unit"]
        else:
            choices = [("", "Choose a unit"), *self._names.items()]
            self.fields["unit"].choices = choices  # type: ignore[attr-defined]
        if address_stays:
            for name in _ADDRESS:
                del self.fields[name]

    def clean(self) -> None:
        """Reads the fields as the cells of a row."""
        if self.errors:
            return
        said = {**_said_of(self._contact), **self.cleaned_data}
        unit = self._names.get(str(said.pop("unit", "")), "")
        cells = {**said, "nights": "yes" if said["nights"] else ""}
        record = Record(1, {name: str(text) for name, text in cells.items()})
        found = check_staff([record], units=())
        for problem in found.problems:
            self.add_error(
                problem.column if problem.column in self.fields else None, problem.advice
            )
        fields = {label: column for column, label in COLUMNS.items()}
        for one in found.not_used:
            field = fields.get(one.column, "")
            self.add_error(
                field if field in self.fields else None,
                f"Remove “{one.text}”. We cannot use it here",
            )
        for person in found.people:
            self.person = Person(1, person.address, unit or next(iter(self._names.values()), ""))

    @property
    def address(self) -> Address:
        """What a valid form says of the person."""
        if self.person is None:
            raise ValueError("The form is not valid.")
        return self.person.address


def _said_of(contact: Contact | None) -> dict[str, object]:
    if contact is None:
        return {}
    return {
        "email": contact.email,
        "mobile": national(contact.mobile) if contact.mobile else "",
        "name": contact.name,
        "language": "" if contact.language == "en-GB" else contact.language,
        "nights": contact.works_nights,
    }
