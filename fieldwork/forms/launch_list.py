"""The launch page's staff list as a file, checked and corrected as on the list's own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from organisations.exchange.tables import Unreadable
from organisations.models import Unit
from surveys.exchange.addresses import Address
from surveys.exchange.staff_list import StaffList, check_staff, corrected
from surveys.exchange.staff_problem import Problem
from surveys.exchange.staff_table import LARGEST_FILE, StaffTable, read_upload
from surveys.forms.staff_emails import NO_LINKS
from surveys.forms.staff_list import brought_back, corrections_in, kept
from surveys.rules import minimum_group

SHOWN = 50


@dataclass(frozen=True, slots=True)
class LaunchListState:
    """What the page shows of a list that was read: it stays with the page until it is launched."""

    source: str
    kept: str
    ready: int
    bad: int
    problems: Sequence[Problem]
    not_used: Sequence[str]

    @property
    def hidden(self) -> int:
        """Rows to correct that are not shown yet."""
        return self.bad - len({problem.place for problem in self.problems})


class LaunchList(forms.Form):
    """A file, or the rows of one that was read before with what was typed to correct them."""

    staff_file = forms.FileField(
        label="Or upload a staff list",
        help_text="A spreadsheet (.xlsx) or a CSV file, up to 1MB and 2,000 rows",
        required=False,
        widget=forms.FileInput(attrs={"label_class": "nhsuk-label--s"}),
        error_messages={"empty": "The selected file is empty", "invalid": "Choose a file"},
    )
    leave_out = forms.BooleanField(label="Skip these rows", required=False)
    drop_list = forms.BooleanField(label="Launch without this list", required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        initial: dict[str, object],
    ) -> None:
        super().__init__(data, files, initial=initial)
        self._table = StaffTable()
        self._source = ""
        self._found = StaffList()

    def clean_staff_file(self) -> None:
        """Reads the file; without one, the rows that the page has kept."""
        file = self.cleaned_data.get("staff_file")
        if file:
            self._source = str(file.name)[:80]
            try:
                self._table = read_upload(file.read(LARGEST_FILE + 1), file.name)
            except Unreadable as unreadable:
                raise ValidationError(list(unreadable.sentences)) from unreadable
        elif self.data.get("kept"):
            table = brought_back(self.data["kept"])
            if table is None:
                raise ValidationError("Your list has expired. Choose the file again")
            self._source = str(self.data.get("kept_source", ""))[:80]
            table.records = corrected(table.records, _typed(self.data))
            self._table = table

    def check_list(self, *, units: Sequence[Unit], headcounts: Mapping[int, int]) -> None:
        """Looks at every row once the units are known; a bad one is corrected or skipped."""
        if self.cleaned_data.get("drop_list"):
            self._table = StaffTable()
        self._found = check_staff(self._table.records, units=[unit.name for unit in units])
        bad = len(self._found.bad_places)
        if bad and not self.cleaned_data.get("leave_out"):
            rows = "1 row" if bad == 1 else f"{bad} rows"
            self.add_error("staff_file", f"Correct {rows} of the list, or skip them")
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
    def not_used(self) -> list[str]:
        """What the list holds besides, as a page names it."""
        return [one.words for one in (*self._table.unused, *self._found.not_used)]

    @property
    def list_state(self) -> LaunchListState | None:
        """For the page; None without a list."""
        if not self._table.records:
            return None
        bad = self._found.bad_places
        shown = set(bad[:SHOWN])
        return LaunchListState(
            source=self._source,
            kept=kept(self._table),
            ready=len(self._found.people),
            bad=len(bad),
            problems=[one for one in self._found.problems if one.place in shown],
            not_used=self.not_used,
        )


def _typed(data: Mapping[str, object]) -> dict[tuple[int, str], str]:
    return corrections_in({name: str(text) for name, text in data.items()})


def _texts(one: Address) -> set[str]:
    return {one.email, one.mobile} - {""}
