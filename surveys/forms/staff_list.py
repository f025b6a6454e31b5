"""The staff list's forms: pasted or uploaded, then checked and mended."""

import hashlib
import re
from collections.abc import Mapping

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from organisations.nhs_forms import nhs_helper
from surveys.staff_table import COLUMNS, LARGEST_FILE, Record, Unreadable, read_paste, read_upload

SALT = "staff list"
# A list is mended within a day, or brought again.
KEPT_FOR = 24 * 3600
LONGEST_MEND = 300
_MEND = re.compile(r"mend-(\d{1,5})-([a-z]+)")


class StaffListForm(forms.Form):
    """A list as text or as a file; `records` and `unused` are there once it is valid."""

    people = forms.CharField(
        label="Paste the list",
        help_text="One person a line, or rows copied from a spreadsheet with their headings.",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label="Or choose a file",
        help_text="A spreadsheet (.xlsx) or a CSV file, up to 1 MB.",
        required=False,
        error_messages={"empty": "The file is empty", "invalid": "Choose a file"},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = nhs_helper("Check the list")
        self.records: list[Record] = []
        self.unused: list[str] = []

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
            table = (
                read_upload(file.read(LARGEST_FILE + 1), file.name) if file else read_paste(text)
            )
        except Unreadable as unreadable:
            raise ValidationError({field: list(unreadable.sentences)}) from unreadable
        self.records, self.unused = table.records, table.unused


def kept(records: list[Record]) -> str:
    """The rows for a hidden field: nothing is stored while a list is mended."""
    rows = [[one.line, *(one.cells.get(column, "") for column in COLUMNS)] for one in records]
    return signing.dumps(rows, salt=SALT, compress=True)


def key_of(text: str, leave_out: bool) -> str:
    """What marks one press on one checked page, for the button pressed twice."""
    return hashlib.sha256(f"{leave_out}{text}".encode()).hexdigest()


def brought_back(text: str) -> list[Record] | None:
    """The rows of such a field; None if it is too old or not ours."""
    try:
        rows = signing.loads(text, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return [Record(line, dict(zip(COLUMNS, cells, strict=True))) for line, *cells in rows]


def mends_in(post: Mapping[str, str]) -> dict[tuple[int, str], str]:
    """What was typed to mend cells, by the row's place and the column."""
    found = {}
    for name, text in post.items():
        match = _MEND.fullmatch(name)
        if match:
            found[int(match[1]), match[2]] = text[:LONGEST_MEND]
    return found
