"""Fields of a unit."""

from django import forms
from django.http import QueryDict

from organisations.exchange.unit_list import LONGEST_NAME, MOST_POSTS
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.text_fields import LineField
from organisations.forms.typed_fields import WholeNumberField
from organisations.models import Organisation, Unit
from organisations.queries.units import names_by_path, open_units
from organisations.rules.reading_order import reading_order

TOP = "At the top, in no other unit"


def unit_choices(
    organisation: Organisation, *, without_below: Unit | None = None
) -> list[tuple[str, str]]:
    """Every open unit by its whole path; one query."""
    units = list(open_units(organisation))
    names = names_by_path(units)
    wanted = [u for u in units if not (without_below and u.path.startswith(without_below.path))]
    return sorted(
        ((str(u.pk), names[u.pk]) for u in wanted), key=lambda pair: reading_order(pair[1])
    )


class UnitChoice(forms.ChoiceField):
    """A unit of the organisation, read back as a Unit or as None for the first choice."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False)
        self.error_messages["invalid_choice"] = "Choose a unit from the list."
        self.organisation: Organisation | None = None

    def offer(
        self, organisation: Organisation, first: str, *, without_below: Unit | None = None
    ) -> None:
        """Fills the list, with the words of the first, empty choice."""
        self.organisation = organisation
        self.choices = [("", first), *unit_choices(organisation, without_below=without_below)]

    def clean(self, value: object) -> Unit | None:
        """The unit chosen; only what the list offers is accepted."""
        chosen = super().clean(value)
        if not chosen or self.organisation is None:
            return None
        return open_units(self.organisation).filter(pk=chosen).first()


def _name_field() -> LineField:
    return LineField(
        label="Name",
        help_text="Use the name staff use, for example Ward 7 – care of older people",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter the name of the unit.",
            "max_length": f"Name must be {LONGEST_NAME} characters or fewer",
        },
    )


def _posts_field() -> WholeNumberField:
    return WholeNumberField(
        wanted="Enter the number of posts as one whole number, like 22.",
        label="Number of staff",
        help_text="Count every post on the rota, including nights (optional)",
        required=False,
        least=0,
        most=MOST_POSTS,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "nhsuk-input--width-4", "suffix": "posts"}
        ),
    )


class UnitForm(NhsForm):
    """Name and posts of a unit."""

    name = _name_field()
    posts = _posts_field()


class NewUnitForm(UnitForm):
    """A new unit, and where it belongs."""

    submit = "Add the unit"
    parent = UnitChoice(
        label="Which unit is it part of?", help_text="The division or department above it."
    )
    field_order = ("name", "parent", "posts")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        organisation: Organisation,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["parent"].offer(organisation, TOP)  # type: ignore[attr-defined]


class MoveForm(NhsForm):
    """Where a unit belongs from now on."""

    submit = "Move the unit"
    parent = UnitChoice(
        label="Which unit is it part of?", help_text="All the units in it move with it."
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        unit: Unit,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["parent"].offer(unit.organisation, TOP, without_below=unit)  # type: ignore[attr-defined]


class MergeForm(NhsForm):
    """The unit that goes on in place of this one."""

    submit = "Merge and close this unit"
    into = UnitChoice(label="Which unit replaces it?")

    def __init__(self, data: QueryDict | None = None, *, unit: Unit) -> None:
        super().__init__(data)
        self.fields["into"].offer(unit.organisation, "Choose a unit", without_below=unit)  # type: ignore[attr-defined]

    def clean_into(self) -> Unit:
        """A unit must be chosen."""
        into: Unit | None = self.cleaned_data["into"]
        if into is None:
            raise forms.ValidationError("Choose the unit that replaces it")
        return into
