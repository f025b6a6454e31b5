"""The staff list's forms: pasted or uploaded, then checked and mended."""

import hashlib
import re
from collections.abc import Mapping

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from organisations.exchange.tables import NotUsed, Unreadable
from organisations.forms.list_fields import list_file, pasted_list
from organisations.forms.nhs_forms import NhsForm
from surveys.exchange.staff_table import (
    CELLS,
    LARGEST_FILE,
    Record,
    StaffTable,
    read_paste,
    read_upload,
)

SALT = "staff list"
# A list is corrected within a day, or uploaded again.
KEPT_FOR = 24 * 3600
LONGEST_MEND = 300
_MEND = re.compile(r"(mend|answer)-([0-9]{1,5})-([a-z]+)")


class StaffListForm(NhsForm):
    """A list as text or as a file; `table` is there once it is valid."""

    submit = "Check the list"
    people = pasted_list(
        "Enter one person on each line, or paste rows from a spreadsheet with their headings"
    )
    file = list_file("1MB")

    def __init__(
        self,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
    ) -> None:
        super().__init__(data, files)
        self.table = StaffTable()

    @property
    def source(self) -> str:
        """The file's name, for the page's caption."""
        file = self.cleaned_data.get("file")
        return str(file.name)[:80] if file else ""

    def clean(self) -> None:
        """Reads the file, or else what is pasted."""
        file = self.cleaned_data.get("file")
        field = "file" if file else "people"
        text = self.cleaned_data.get("people", "")
        if "file" in self.errors:
            return
        if not file and not text.strip():
            raise ValidationError({"people": "Paste a list or choose a file"})
        try:
            self.table = (
                read_upload(file.read(LARGEST_FILE + 1), file.name) if file else read_paste(text)
            )
        except Unreadable as unreadable:
            raise ValidationError({field: list(unreadable.sentences)}) from unreadable


def kept(table: StaffTable) -> str:
    """The list for a hidden field: nothing is stored while it is corrected."""
    rows = [
        [one.line, one.sheet, *(one.cells.get(column, "") for column in CELLS)]
        for one in table.records
    ]
    unused = [[one.text, one.row, one.column, one.sheet] for one in table.unused]
    return signing.dumps([rows, unused], salt=SALT, compress=True)


def key_of(text: str, leave_out: bool) -> str:
    """What marks one press on one checked page, for the button pressed twice."""
    return hashlib.sha256(f"{leave_out}{text}".encode()).hexdigest()


def brought_back(text: str) -> StaffTable | None:
    """The list of such a field; None if it is too old or not ours."""
    try:
        rows, unused = signing.loads(text, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return StaffTable(
        [Record(line, dict(zip(CELLS, cells, strict=True)), sheet) for line, sheet, *cells in rows],
        [NotUsed(*one) for one in unused],
    )


def corrections_in(post: Mapping[str, str]) -> dict[tuple[int, str], str]:
    """What was typed or chosen to correct cells, by the row's place and the column.

    An emptied cell is a correction; a question without an answer is none.
    """
    found = {}
    for name, text in post.items():
        match = _MEND.fullmatch(name)
        if match and (text or match[1] == "mend"):
            found[int(match[2]), match[3]] = text[:LONGEST_MEND]
    return found
