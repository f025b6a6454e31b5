"""A staff list as it comes: pasted, CSV or XLSX. Bytes in, cells by column out. No Django here.

With headings, wherever they stand, the cells are taken by column; without, each line is searched
for addresses. What is not used is named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from organisations.exchange.addresses import entries_in
from organisations.exchange.tables import (
    NotUsed,
    Table,
    Unreadable,
    table_in_text,
    tables_in_file,
)
from organisations.exchange.workbook import MOST_COLUMNS
from organisations.rules.plain_text import one_line
from surveys.exchange.staff_cards import one_line_each
from surveys.exchange.staff_entry import cells_of, one_of_two_addresses, read_rest
from surveys.exchange.staff_headings import side_by_side, staff_columns
from surveys.exchange.staff_words import (
    is_about_nights,
    is_shift,
    nights_of,
    nights_of_title,
    shift_behind,
)

LARGEST_FILE = 1_000_000
LARGEST_TEXT = 600_000
MOST_ROWS = 2_000
COLUMNS = {
    "email": "Email",
    "mobile": "Mobile",
    "name": "Name",
    "language": "Language",
    "nights": "Works nights",
    "unit": "Unit",
}
# Whether a row is the person whose address another row has too: asked, never in a file.
SAME = "same"
CELLS = (*COLUMNS, SAME)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its number as in the spreadsheet, its cells by our column names, and its sheet.

    `titles` stand above it: the sheet's name, then what stands over the rows, the nearest last.
    """

    line: int
    cells: dict[str, str]
    sheet: str = ""
    titles: tuple[str, ...] = ()

    def text(self, column: str) -> str:
        """The cell on one line with single spaces; empty where there is none."""
        return one_line(self.cells.get(column, ""))

    @property
    def where(self) -> str:
        """The row as a page names it."""
        return f"{self.line} ({self.sheet})" if self.sheet else str(self.line)


@dataclass(slots=True)
class StaffTable:
    """All rows, and what we make no use of."""

    records: list[Record] = field(default_factory=list)
    unused: list[NotUsed] = field(default_factory=list)


def read_upload(content: bytes, name: str) -> StaffTable:
    """A file of the kind CSV or XLSX. Raises `Unreadable`."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(
            "The file must be smaller than 1MB. Remove columns you do not need or split it into "
            "2 files"
        )
    try:
        found = tables_in_file(content, staff_columns, most_rows=MOST_ROWS)
    except Unreadable as unreadable:
        raise Unreadable(*(f"{name[:60]}: {one}" for one in unreadable.sentences)) from unreadable
    return read_paste(found) if isinstance(found, str) else _of_sheets(found)


def read_paste(text: str) -> StaffTable:
    """Rows pasted from a spreadsheet, a CSV file's text, or people one a line or several."""
    if len(text) > LARGEST_TEXT:
        raise Unreadable("The list is too long. Remove columns you do not need or split it")
    if "\x00" in text:
        raise Unreadable("The file must be a spreadsheet (.xlsx) or a CSV file")
    table = table_in_text(text, staff_columns, most_rows=MOST_ROWS)
    found = StaffTable()
    if table is not None:
        _read_headed(table, found)
    else:
        lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if one_line(line)]
        if lines:
            _read_lines(lines, found)
    return _checked(found)


def _of_sheets(tables: Sequence[Table]) -> StaffTable:
    """Every sheet with headings; without any, every sheet with an address on it. None that is
    hidden, since whoever uploads the file does not see who is on it.
    """
    found = StaffTable()
    with_headings = [table for table in tables if table.columns and not table.is_hidden]
    for table in tables:
        if table.is_hidden:
            found.unused.append(NotUsed(table.title, column="hidden worksheet"))
            continue
        if table in with_headings:
            _read_headed(table, found)
            continue
        lines = [(number, "\t".join(cells)) for number, cells in table.rows]
        if not with_headings and any(_has_address(line) for _, line in lines):
            _read_lines(lines, found, sheet=table.sheet)
        elif len(tables) > 1:
            found.unused.append(NotUsed(table.sheet, column="sheet"))
    far = (cell for table in tables for _, cells in table.rows for cell in cells[MOST_COLUMNS:])
    if not found.records and any(map(str.strip, far)):
        raise Unreadable(
            f"The first {MOST_COLUMNS} columns have no addresses. Remove columns you do not need"
        )
    return _checked(found)


def _checked(found: StaffTable) -> StaffTable:
    if len(found.records) > MOST_ROWS:
        raise Unreadable(f"The list has more than {MOST_ROWS} people. Split it")
    if not found.records:
        raise Unreadable("There are no people on this list")
    return found


# With headings


def _read_headed(table: Table, found: StaffTable) -> None:
    sheet = table.sheet
    found.unused += [
        NotUsed(" ".join(filter(None, map(one_line, cells))), number, sheet=sheet)
        for number, cells in table.above
    ]
    found.unused += table.other_columns()
    # Where no column says who works nights, a title or a line between the rows may.
    says_nights = bool(table.columns.keys() & {"nights", "shift"})
    titles = (table.title, *(one_line(" ".join(cells)) for _, cells in table.above))
    group = next(filter(None, map(nights_of_title, reversed(titles))), "")
    for part in side_by_side(table):
        _read_rows(part, found, titles, group, says_nights=says_nights)


def _read_rows(
    table: Table, found: StaffTable, titles: tuple[str, ...], group: str, *, says_nights: bool
) -> None:
    sheet = table.sheet
    for number, row in table.rows:
        if not any(re.search(r"\w", cell) for cell in row):
            continue  # signs alone are an empty row
        filled = [one_line(cell) for cell in row if cell.strip()]
        if len(filled) == 1 and is_shift(filled[0]) and not says_nights:
            found.unused.append(NotUsed(filled[0], number, sheet=sheet))
            group = nights_of_title(filled[0])
            continue
        cells = _cells(table, row)
        if any(cells.values()) and not cells.get("nights") and not says_nights:
            cells["nights"] = _nights_beside(table, row, cells) or group
        cells = {column: text for column, text in cells.items() if column in table.columns or text}
        if any(cells.values()):
            for one in _people_of(cells):
                found.records.append(Record(number, one, sheet, titles))
            found.unused += [
                NotUsed(text, number, column, sheet) for column, text in _left_over(table, row)
            ]
        else:
            text = " ".join(filter(None, map(one_line, row)))
            found.unused.append(NotUsed(text, number, sheet=sheet))


def _cells(table: Table, row: Sequence[str]) -> dict[str, str]:
    """The row by our column names: the likelier of two columns, parts of a name put together."""
    cells = {column: next(iter(table.cells(row, column)), "") for column in COLUMNS}
    parts = [next(iter(table.cells(row, part)), "") for part in ("first", "last")]
    if cells["name"] and parts[0] and not parts[1] and _apart(parts[0], cells["name"]):
        parts[1], cells["name"] = cells["name"], ""  # “Name” beside “First name” is the last name
    cells["name"] = cells["name"] or " ".join(filter(None, parts))
    contact = " ".join(table.cells(row, "contact"))
    if contact:
        cells["email" if "@" in contact or cells["mobile"] else "mobile"] = contact
    shifts = table.cells(row, "shift")
    if shifts and not cells["nights"]:
        cells["nights"] = _shift(table, shifts[0])
    return cells


def _nights_beside(table: Table, row: Sequence[str], cells: dict[str, str]) -> str:
    """What a row says of nights outside a column for it: behind a name, or among notes."""
    for head, text in table.other_cells(row):
        if is_about_nights(text):
            return text if is_shift(text) else f"{head}: {text}"
    name, shift = shift_behind(one_line(cells["name"]))
    if shift:
        cells["name"] = name
        return shift
    for column in ("name", "email", "mobile"):
        if not is_about_nights(cells.get(column, "")):
            continue
        for one in entries_in(cells[column]):
            for text in filter(is_about_nights, (one.name, *one.rest)):
                shift = shift_behind(text)[1]
                return shift or (text if is_shift(text) else f"“{text}”")
    return ""


def _shift(table: Table, text: str) -> str:
    """A shift says nights or days; N may be either, so it is asked about under its heading."""
    if not is_shift(text):
        return f"“{table.heads[table.columns['shift'][0]]}: {text}”"
    return text


def _left_over(table: Table, row: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What stands in the second column of a kind where the first is filled too."""
    for column in COLUMNS:
        for text in table.cells(row, column)[1:]:
            if text not in table.cells(row, column)[:1]:
                yield COLUMNS[column], text
    if table.cells(row, "name"):
        name, last = table.cells(row, "name")[0], table.cells(row, "last")
        for text in [*(table.cells(row, "first") if last else ()), *last]:
            if _apart(text, name):
                yield COLUMNS["name"], text
    if table.cells(row, "nights"):
        for text in table.cells(row, "shift"):
            yield "Shift", text


def _apart(part: str, name: str) -> bool:
    return part.casefold() not in name.casefold()


def _people_of(cells: dict[str, str]) -> list[dict[str, str]]:
    """A cell with several people in it is several people, unless the row describes one."""
    several = [one for one in entries_in(cells.get("email", "")) if one.email or one.broken]
    if len(several) < 2 or any(cells.get(column) for column in ("mobile", "name")):
        return [cells]
    # What stands beside the addresses is read, and named, from the whole cell of each.
    return [
        cells
        | {"email": " ".join([one.email or one.broken, *one.numbers, *one.rest])}
        | {column: text for column, text in cells_of(one).items() if column != "email"}
        for one in several
    ]


# Without headings


def _has_address(line: str) -> bool:
    return any(one.email or one.mobiles for one in entries_in(line))


def _read_lines(lines: Sequence[tuple[int, str]], found: StaffTable, sheet: str = "") -> None:
    started = False
    group, titles = nights_of_title(sheet), (sheet, "")
    for number, line in one_line_each(lines):
        for one in one_of_two_addresses(entries_in(line)):
            has_address = bool(one.email or one.mobiles or one.broken or one.numbers)
            shift = None if has_address else nights_of(" ".join([one.name, *one.rest]))
            if not has_address and len(lines) > 1 and (not started or shift is not None):
                # A title, or the heading of those who work nights or days.
                found.unused.append(NotUsed(one_line(line), number, sheet=sheet))
                group, titles = nights_of_title(one_line(line)), (sheet, one_line(line))
                continue
            started = started or has_address
            cells = cells_of(one)
            unused = read_rest(one, cells)
            if group:
                cells.setdefault("nights", group)
            found.records.append(Record(number, cells, sheet, titles))
            found.unused += [NotUsed(text, number, sheet=sheet) for text in unused]
    if not started and len(lines) > 1:
        raise Unreadable("There are no email addresses or mobile numbers on this list")
