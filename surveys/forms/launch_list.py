"""The launch page's staff list as a file, checked and mended there as on the list's own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from organisations.models import Unit
from surveys import minimum_group
from surveys.addresses import Address
from surveys.forms.staff_emails import NO_LINKS
from surveys.forms.staff_list import brought_back, kept, mends_in
from surveys.staff_list import Problem, StaffList, check_staff, mended
from surveys.staff_table import LARGEST_FILE, Record, Unreadable, read_upload

SHOWN = 50


@dataclass(frozen=True, slots=True)
class LaunchListState:
    """What the page shows of a list that was read: it stays with the page until it is launched."""

    source: str
    kept: str
    ready: int
    bad: int
    problems: Sequence[Problem]

    @property
    def hidden(self) -> int:
        """Rows to mend that are not shown yet."""
        return self.bad - len({problem.line for problem in self.problems})


class LaunchList(forms.Form):
    """A file, or the rows of one that was read before with what was typed to mend them."""

    staff_file = forms.FileField(
        label="Or a staff list as a file",
        help_text="A spreadsheet (.xlsx) or a CSV file, up to 1 MB and 2,000 rows.",
        required=False,
        widget=forms.FileInput(attrs={"label_class": "nhsuk-label--s"}),
        error_messages={"empty": "The file is empty", "invalid": "Choose a file"},
    )
    leave_out = forms.BooleanField(label="Leave these rows out", required=False)
    drop_list = forms.BooleanField(label="Launch without this list", required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files, initial=initial)
        self._records: list[Record] = []
        self._source = ""
        self._found = StaffList()

    def clean_staff_file(self) -> None:
        """Reads the file; without one, the rows that the page has kept."""
        file = self.cleaned_data.get("staff_file")
        if file:
            self._source = str(file.name)[:80]
            try:
                self._records = read_upload(file.read(LARGEST_FILE + 1), file.name).records
            except Unreadable as unreadable:
                raise ValidationError(list(unreadable.sentences)) from unreadable
        elif self.data.get("kept"):
            records = brought_back(self.data["kept"])
            if records is None:
                raise ValidationError("The list was read too long ago. Choose the file again")
            self._source = str(self.data.get("kept_source", ""))[:80]
            self._records = mended(records, _typed(self.data))

    def check_list(self, *, units: Sequence[Unit], headcounts: Mapping[int, int]) -> None:
        """Looks at every row once the units are known; a bad one is mended or left out."""
        if self.cleaned_data.get("drop_list"):
            self._records = []
        self._found = check_staff(self._records, units=[unit.name for unit in units])
        bad = len(self._found.bad_lines)
        if bad and not self.cleaned_data.get("leave_out"):
            rows = "1 row needs" if bad == 1 else f"{bad} rows need"
            self.add_error("staff_file", f"{rows} mending, or leave them out")
        joint = [unit for unit in units if minimum_group.is_joint(headcounts.get(unit.pk, 0))]
        if any(self.people_of(unit) for unit in joint):
            self.add_error("staff_file", NO_LINKS)

    def people_of(self, unit: Unit) -> list[Address]:
        """Whom the list names for this unit."""
        return [one.address for one in self._found.people if one.unit == unit.name]

    def not_on_list(self, addresses: Sequence[Address]) -> list[Address]:
        """Those of pasted addresses that the file does not hold too."""
        held = {text for one in self._found.people for text in _texts(one.address)}
        return [one for one in addresses if not held.intersection(_texts(one))]

    @property
    def list_state(self) -> LaunchListState | None:
        """For the page; None without a list."""
        if not self._records:
            return None
        bad = self._found.bad_lines
        shown = set(bad[:SHOWN])
        return LaunchListState(
            source=self._source,
            kept=kept(self._records),
            ready=len(self._found.people),
            bad=len(bad),
            problems=[one for one in self._found.problems if one.line in shown],
        )


def _typed(data: Mapping[str, Any]) -> dict[tuple[int, str], str]:
    return mends_in({name: str(text) for name, text in data.items()})


def _texts(one: Address) -> set[str]:
    return {one.email, one.mobile} - {""}
