"""Fields of a unit."""

from typing import Any

from django import forms

from organisations.models import Organisation, Unit
from organisations.nhs_forms import nhs_helper
from organisations.queries.units import names_by_path, open_units
from organisations.unit_list import LONGEST_NAME, MOST_POSTS, clean_name, reading_order

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

    def clean(self, value: Any) -> Unit | None:
        """The unit chosen; only what the list offers is accepted."""
        chosen = super().clean(value)
        if not chosen or self.organisation is None:
            return None
        return open_units(self.organisation).filter(pk=chosen).first()


def _name_field() -> forms.CharField:
    return forms.CharField(
        label="Name",
        help_text="As staff call it, like Ward 7 – Care of older people.",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter the name of the unit.",
            "max_length": f"Use {LONGEST_NAME} letters at most for the name.",
        },
    )


def _posts_field() -> forms.IntegerField:
    words = "Enter the number of posts as one whole number, like 22."
    return forms.IntegerField(
        label="Posts",
        help_text="How many posts are on its rota, nights included. You can leave it empty.",
        required=False,
        min_value=0,
        max_value=MOST_POSTS,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "nhsuk-input--width-4", "suffix": "posts"}
        ),
        error_messages={"invalid": words, "min_value": words, "max_value": words},
    )


class UnitForm(forms.Form):
    """Name and posts of a unit."""

    name = _name_field()
    posts = _posts_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = nhs_helper("Save")

    def clean_name(self) -> str:
        """One line without invisible characters."""
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Enter the name of the unit.")
        return name


class NewUnitForm(UnitForm):
    """A new unit, and where it belongs."""

    parent = UnitChoice(label="Part of", help_text="The division or department above it.")
    field_order = ("name", "parent", "posts")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(organisation, TOP)  # type: ignore[attr-defined]
        self.helper = nhs_helper("Add the unit")


class MoveForm(forms.Form):
    """Where a unit belongs from now on."""

    parent = UnitChoice(label="Part of", help_text="All that lies in the unit moves with it.")

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(unit.organisation, TOP, without_below=unit)  # type: ignore[attr-defined]
        self.helper = nhs_helper("Move the unit")


class MergeForm(forms.Form):
    """The unit that goes on in place of this one."""

    into = UnitChoice(label="Which unit goes on?")

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].offer(unit.organisation, "Choose a unit", without_below=unit)  # type: ignore[attr-defined]
        self.helper = nhs_helper("Merge and close")

    def clean_into(self) -> Unit:
        """A unit must be chosen."""
        into: Unit | None = self.cleaned_data["into"]
        if into is None:
            raise forms.ValidationError("Choose the unit that goes on.")
        return into


class ListFileForm(forms.Form):
    """A list of units to read."""

    file = forms.FileField(
        label="Your list",
        help_text="A file saved as “CSV UTF-8”.",
        error_messages={
            "required": "Choose a file.",
            "missing": "Choose a file.",
            "empty": "The file is empty.",
            "invalid": "Choose a file.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = nhs_helper("Check the list")


class ListTextForm(forms.Form):
    """The same list again, after it was checked."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=600_000)
