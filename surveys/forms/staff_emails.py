"""Fields of pasted addresses: staff of one unit or of each of several, and leaders."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError

from organisations.exchange.tables import NotUsed, Unreadable
from organisations.models import Unit
from surveys.exchange.addresses import Address, read_pasted
from surveys.exchange.staff_list import check_staff
from surveys.exchange.staff_table import read_paste
from surveys.rules import minimum_group

MOST_IN_ALL = 5000
NO_LINKS = "Teams of fewer than 8 answer together. Leave the staff list blank"
_NAMED_PROBLEMS = 20


class AddressesField(forms.CharField):
    """A text of addresses; its value is each address once. `of` begins the sentences."""

    def __init__(self, *, rows: int, label: str, of: str = "", help_text: str = "") -> None:
        self.of = of
        super().__init__(
            required=False,
            widget=forms.Textarea(attrs={"rows": rows, "label_class": "nhsuk-label--s"}),
            label=label,
            help_text=help_text,
        )

    def clean(self, value: object) -> list[Address]:
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

    not_used: Sequence[NotUsed] = ()

    def read(self, text: str) -> tuple[list[Address], list[str]]:
        """The same as the page for staff lists reads; what is not used is kept in `not_used`."""
        self.not_used = []
        if not text.strip():
            return [], []
        try:
            table = read_paste(text)
        except Unreadable as unreadable:
            return [], list(unreadable.sentences)
        found = check_staff(table.records, units=[self.of] if self.of else ())
        units = () if self.of else sorted({one.unit for one in found.people} - {""})
        self.not_used = [
            *table.unused,
            *found.not_used,
            *(NotUsed(u, column="unit") for u in units),
        ]
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
                field_name(unit), f"{unit.name}: select the unit or remove its email addresses"
            )
        elif addresses and minimum_group.is_joint(headcounts[str(unit.pk)]):
            form.add_error(field_name(unit), f"{unit.name}: {_inside(NO_LINKS, unit.name)}")
        total += len(addresses)
    if total > MOST_IN_ALL:
        form.add_error(
            "units", f"You can paste up to {MOST_IN_ALL} contacts in total. You have pasted {total}"
        )
