"""Fields of pasted addresses: staff of one unit or of each of several, and leaders."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from organisations.models import Unit
from surveys import minimum_group
from surveys.addresses import Address, read_pasted
from surveys.staff_list import check_staff
from surveys.staff_table import Unreadable, read_paste

MOST_IN_ALL = 5000
NO_LINKS = "A team of fewer than 8 scores together. Leave the staff list empty"
_NAMED_PROBLEMS = 20


class AddressesField(forms.CharField):
    """A text of addresses; its value is each address once. `of` begins the sentences."""

    def __init__(self, *, rows: int, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(
            required=False,
            widget=forms.Textarea(attrs={"rows": rows, "label_class": "nhsuk-label--s"}),
            **kwargs,
        )

    def clean(self, value: Any) -> list[Address]:
        """The addresses; a sentence for each line that holds something else."""
        addresses, problems = self.read(super().clean(value))
        if problems:
            begins = f"{self.of}, " if self.of else ""
            raise ValidationError(
                [begins + _inside(one, begins) for one in problems[:_NAMED_PROBLEMS]]
            )
        return addresses

    def read(self, text: str) -> tuple[list[Address], list[str]]:
        """What the text holds, and a sentence for each problem."""
        pasted = read_pasted(text)
        return pasted.addresses, pasted.problems


class StaffField(AddressesField):
    """A staff list of one unit: e-mails or mobiles, one a line, or rows of a spreadsheet."""

    def read(self, text: str) -> tuple[list[Address], list[str]]:
        """The same as the page for staff lists reads; a column for the unit is not looked at."""
        if not text.strip():
            return [], []
        try:
            found = check_staff(read_paste(text).records, units=())
        except Unreadable as unreadable:
            return [], list(unreadable.sentences)
        return [one.address for one in found.people], [one.sentence for one in found.problems]


def _inside(sentence: str, begins: str) -> str:
    return sentence[:1].lower() + sentence[1:] if begins else sentence


def field_name(unit: Unit) -> str:
    """The name of a unit's own field where several units are asked."""
    return f"emails_{unit.pk}"


def fields_of(units: Sequence[Unit]) -> dict[str, StaffField]:
    """A field for each unit."""
    return {field_name(unit): StaffField(label=unit.name, of=unit.name, rows=3) for unit in units}


def check_several(form: forms.Form, *, units: Sequence[Unit], headcounts: dict[str, int]) -> None:
    """Refuses addresses for a small team, for a unit that is not ticked, and too many in all."""
    ticked = form.cleaned_data.get("units")
    if ticked is None:
        return
    total = 0
    for unit in units:
        addresses = form.cleaned_data.get(field_name(unit)) or []
        if addresses and unit not in ticked:
            form.add_error(
                field_name(unit), f"{unit.name}: tick the unit, or take its addresses out"
            )
        elif addresses and minimum_group.is_joint(headcounts[str(unit.pk)]):
            form.add_error(field_name(unit), f"{unit.name}: {_inside(NO_LINKS, unit.name)}")
        total += len(addresses)
    if total > MOST_IN_ALL:
        form.add_error("units", f"Paste at most {MOST_IN_ALL} addresses in all. These are {total}")
