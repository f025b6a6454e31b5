"""A staff list as it comes: pasted, CSV or XLSX. Bytes in, cells by column out. No Django here.

The first row names the columns, in any order; without such a row a cell with @ is an e-mail, one of
digits a mobile number, and other words are a name.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.utils import parseaddr

from surveys.exchange_faults import Faults
from surveys.exchange_file import OLD_EXCEL, ZIP, decoded
from surveys.exchange_workbook import read_cells

LARGEST_FILE = 1_000_000
LARGEST_TEXT = 600_000
MOST_ROWS = 2_000
MOST_CELLS = 40
COLUMNS = {
    "email": "E-mail",
    "mobile": "Mobile",
    "name": "Name",
    "language": "Language",
    "nights": "Works nights",
    "unit": "Unit",
}
_HEADS = {
    "email": ("email", "e-mail", "e-mail address", "email address", "mail"),
    "mobile": ("mobile", "mobile number", "mobile phone", "phone", "phone number", "telephone"),
    "name": ("name", "full name", "staff name"),
    "language": ("language", "preferred language"),
    "nights": ("works nights", "nights", "night", "works at night", "night staff"),
    "unit": ("unit", "ward", "department", "team"),
}
_COLUMN_OF = {head: column for column, heads in _HEADS.items() for head in heads}
_DIGITS = re.compile(r"[\d\s()+.\-–/]{5,}")


class Unreadable(Exception):
    """The list as a whole cannot be read; the sentences say what to do."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its number as in the spreadsheet, and its cells by our column names."""

    line: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """The cell on one line with single spaces; empty where there is none."""
        return " ".join(self.cells.get(column, "").split())


@dataclass(slots=True)
class StaffTable:
    """All rows, and the columns that we make no use of."""

    records: list[Record] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def read_upload(content: bytes, name: str) -> StaffTable:
    """A file of the kind CSV or XLSX. Raises `Unreadable`."""
    if len(content) > LARGEST_FILE:
        raise Unreadable("The file is larger than 1 MB. Keep only the columns we name, or split it")
    if content.startswith(OLD_EXCEL):
        raise Unreadable(
            "The file was saved by an old Excel, or is locked. Save it as .xlsx, without password"
        )
    if content.startswith(ZIP):
        faults = Faults(name)
        rows = read_cells(content, faults)
        if faults.sentences:
            raise Unreadable(*faults.sentences[:20])
        return _table(rows)
    text, reason = decoded(content)
    if reason:
        raise Unreadable(f"{name[:60]}: {reason}")
    return read_paste(text)


def read_paste(text: str) -> StaffTable:
    """Rows pasted from a spreadsheet, a CSV file's text, or addresses one a line."""
    if len(text) > LARGEST_TEXT:
        raise Unreadable("The list is too long. Keep only the columns we name, or split it")
    if "\x00" in text:
        raise Unreadable("This is not a list. Choose a spreadsheet or a CSV file")
    first = next((line for line in text.splitlines() if line.strip()), "")
    sample = first if any(mark in first for mark in "\t;,") else text
    delimiter = max("\t;,", key=sample.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
        return _table(enumerate(rows, start=1))
    except csv.Error as error:
        raise Unreadable("This is not a proper CSV file. Save it again as “CSV UTF-8”") from error


def _table(rows: Iterable[tuple[int, list[str]]]) -> StaffTable:
    table = StaffTable()
    places: dict[str, int] | None = None
    for number, cells in rows:
        cells = [cell.strip() for cell in cells[:MOST_CELLS]]
        if not any(cells):
            continue
        if places is None:
            places = _places(cells, table)
            if places:
                continue
        if len(table.records) >= MOST_ROWS:
            raise Unreadable(f"The list has more than {MOST_ROWS} rows. Split it")
        if places:
            found = {column: cells[place] for column, place in places.items() if place < len(cells)}
            if any(found.values()):
                table.records.append(Record(number, found))
        else:
            table.records += [Record(number, one) for one in _guessed(cells)]
    if not table.records:
        raise Unreadable("There is nobody on this list")
    return table


def _places(cells: list[str], table: StaffTable) -> dict[str, int]:
    """Where each column stands; empty if this row is no heading."""
    heads = [" ".join(cell.replace("_", " ").casefold().split()) for cell in cells]
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        column = _COLUMN_OF.get(head)
        if column and column in places:
            raise Unreadable(f"Two columns are both “{COLUMNS[column]}”. Keep one of them")
        if column:
            places[column] = place
        elif head:
            table.unused.append(cells[place][:40])
    if not places or any("@" in cell for cell in cells):
        table.unused.clear()
        return {}
    if not places.keys() & {"email", "mobile"}:
        raise Unreadable("The first row must name a column “email” or “mobile”")
    return places


def _guessed(cells: list[str]) -> list[dict[str, str]]:
    """The people of one row without headings: one, or one for each e-mail address in it."""
    emails: list[str] = []
    rest: list[str] = []
    for cell in filter(None, cells):
        parts = [part for part in re.split(r"[,;\s]+", cell) if part]
        if "<" in cell or "@" not in cell or not all("@" in part for part in parts):
            (emails if "@" in cell else rest).append(cell)
        else:
            emails += parts
    mobile = next((cell for cell in rest if _DIGITS.fullmatch(cell)), "")
    name = next((cell for cell in rest if cell != mobile), "")
    if not emails:
        return [{"mobile": mobile, "name": name} if mobile else {"email": name}]
    people = [_named(email) for email in emails]
    if len(people) == 1:
        people[0].setdefault("name", name)
        people[0]["mobile"] = mobile
    return people


def _named(text: str) -> dict[str, str]:
    """`Ann Lee <ann@example.org>` in its two parts."""
    if "<" not in text:
        return {"email": text}
    name, email = parseaddr(text)
    return {"email": email or text, "name": name}
