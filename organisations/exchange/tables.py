"""Lists as people bring them, pasted, CSV or XLSX: where the headings are, and the rows below.

The headings are found below titles and empty rows, on whichever sheet; what a list calls its
columns is the caller's matter. What is not read is kept as `NotUsed`. No Django here.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, zip_longest

from organisations.exchange.workbook import MOST_COLUMNS, read_sheets
from organisations.rules.plain_text import one_line

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# So many rows with something in them may stand above the headings.
DEEPEST_HEADINGS = 20
LONGEST_HEADING = 40
LONGEST_NAMED = 60
_DELIMITERS = "\t;,|"
_HINT = re.compile(r'\ufeff?"?sep=(.)"?[\t;,|\s]*\r?\n', re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# What some systems give out under the name of a spreadsheet.
_WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|head|table|meta|\?xml)\b", re.IGNORECASE)
# Other files by how they begin.
_OTHERS = (
    (re.compile(r"%PDF"), "a PDF"),
    (re.compile(r"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|RIFF....WEBP", re.DOTALL), "a picture"),
    (re.compile(r"\{\\rtf"), "a text document"),
    (re.compile(r"\s*BEGIN:VCARD", re.IGNORECASE), "a file of contact cards (vCard)"),
    (re.compile(r"\s*(?:\[\s*)?\{\s*\""), "a file for programs (JSON)"),
)

Row = tuple[int, list[str]]
# By our names the places of columns, the best first; empty for a row that is no heading.
Columns = Mapping[str, Sequence[int]]
Recognise = Callable[[Sequence[str]], Columns]


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that a person must correct. `line` counts as a spreadsheet does: the head is 1."""

    line: int
    column: str
    wrote: str
    wrong: str
    mend: str


class Unreadable(Exception):
    """The list as a whole cannot be read; the sentences say what to do."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class NotUsed:
    """What a list holds and we do not use: a whole sheet or column, a row, part of a cell."""

    text: str
    row: int | None = None
    column: str = ""
    sheet: str = ""

    @property
    def words(self) -> str:
        """As a page names it."""
        text = f"“{self.text[:LONGEST_NAMED]}”"
        where = f" on sheet “{self.sheet}”" if self.sheet else ""
        if self.row is None:
            return f"{self.column} {text}{where}"
        column = f", {self.column}" if self.column else ""
        return f"row {self.row}{where}{column}: {text}"


@dataclass(slots=True)
class Table:
    """The rows of one sheet, below its headings; `columns` is empty where none were found."""

    rows: list[Row]
    heads: list[str] = field(default_factory=list)
    columns: Columns = field(default_factory=dict)
    above: list[Row] = field(default_factory=list)
    sheet: str = ""
    head_row: int = 0
    # The sheet's name, also of an only one.
    title: str = ""
    # Nobody who looked at the file saw it.
    is_hidden: bool = False

    def cells(self, row: Sequence[str], column: str) -> list[str]:
        """What a row has under our name for a column, the best first; empty cells are left out."""
        found = (row[place].strip() for place in self.columns.get(column, ()) if place < len(row))
        return [text for text in found if text]

    def other_columns(self) -> list[NotUsed]:
        """The columns that have no name of ours, and hold something."""
        named = {place for places in self.columns.values() for place in places}
        filled = {
            place for _, row in self.rows for place, cell in enumerate(row) if cell.strip()
        } | {place for place, head in enumerate(self.heads) if head}
        return [
            NotUsed(self._head(place), column="column", sheet=self.sheet)
            for place in sorted(filled - named)
            if place <= MOST_COLUMNS
        ]

    def other_cells(self, row: Sequence[str]) -> list[tuple[str, str]]:
        """What a row holds in columns that have no name of ours, each below its heading."""
        named = {place for places in self.columns.values() for place in places}
        return [
            (self._head(place), cell.strip())
            for place, cell in enumerate(row)
            if cell.strip() and place not in named
        ]

    def _head(self, place: int) -> str:
        if place == MOST_COLUMNS:
            return f"after the first {MOST_COLUMNS}"
        head = self.heads[place] if place < len(self.heads) else ""
        return head[:LONGEST_HEADING] or f"number {place + 1}"


def _refuse_others(text: str) -> None:
    """Raises `Unreadable` for a file of another kind, which it names."""
    what = next((what for begins, what in _OTHERS if begins.match(text)), "")
    if what:
        raise Unreadable(f"This is {what}. Save the list as .xlsx or CSV, or paste its rows")


def text_of(content: bytes) -> str:
    """The text of a CSV file, in UTF-8 or as Windows wrote it before. Raises `Unreadable`."""
    _refuse_others(content[:20].decode("latin-1"))
    if content.startswith(_UTF16) or content[:200].count(0) * 3 >= max(len(content[:200]), 4):
        raise Unreadable("The file is in UTF-16. Save it again as “CSV UTF-8”.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("The file’s letters cannot be read. Save it again as “CSV UTF-8”.")


def tables_in_file(content: bytes, recognise: Recognise, *, most_rows: int) -> list[Table] | str:
    """The tables of a spreadsheet; of any other file its text. Raises `Unreadable`."""
    if content.startswith(OLD_EXCEL):
        raise Unreadable(
            "The file was saved by an old Excel, or is locked. Save it as .xlsx, without a password"
        )
    if not content.startswith(ZIP):
        return text_of(content)
    faults = _Sentences()
    sheets = read_sheets(content, faults)
    if faults.sentences:
        raise Unreadable(*faults.sentences[:20])
    return [
        replace(
            _with_headings(rows, recognise, sheet=title if len(sheets) > 1 else "", most=most_rows),
            title=title,
            is_hidden=not is_seen,
        )
        for title, is_seen, rows in sheets
        if rows
    ]


def table_in_text(text: str, recognise: Recognise, *, most_rows: int) -> Table | None:
    """The table of a CSV file or of pasted cells; None for a text without headings."""
    if _WEB_PAGE.match(text.removeprefix("\ufeff")):
        raise Unreadable("This is a web page. Open it in Excel and save it as .xlsx")
    _refuse_others(text[:20])
    hint = _HINT.match(text)
    skipped = 1 if hint else 0
    body = text[hint.end() :] if hint else text.removeprefix("\ufeff")
    best, fault, delimiter = (0, 0), None, ""
    for mark in hint[1] if hint else _DELIMITERS:
        try:
            start = list(islice(_csv_rows(body, mark, skipped), DEEPEST_HEADINGS * 2))
            table = _with_headings(start, recognise, most=most_rows)
            found = len(table.columns), len(table.heads)
        except csv.Error as error:
            fault = error
            continue
        if found > best:
            best, delimiter = found, mark
    try:
        if delimiter:
            rows = _csv_rows(body, delimiter, skipped)
            return _with_headings(rows, recognise, most=most_rows)
    except csv.Error as error:
        fault = error
    if fault is not None:
        raise Unreadable("This is not a proper CSV file. Save it again as “CSV UTF-8”") from fault
    return None


def as_text(table: Table) -> str:
    """CSV whose lines are the rows of the sheet."""
    rows = [*table.above, *table.rows]
    by_number = {table.head_row: table.heads} | dict(rows)
    out = io.StringIO()
    writer = csv.writer(out)
    for number in range(1, max(by_number) + 1):
        writer.writerow([one_line(cell) for cell in by_number.get(number, [])])
    return out.getvalue()


def _csv_rows(text: str, delimiter: str, skipped: int) -> Iterable[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    for number, cells in enumerate(reader, start=1 + skipped):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _with_headings(
    rows: Iterable[Row], recognise: Recognise, *, most: int, sheet: str = ""
) -> Table:
    """The table; without headings near its top, all rows as they are."""
    above: list[Row] = []
    found: Table | None = None
    for number, cells in rows:
        if found is not None:
            heads = [one_line(cell) for cell in cells]
            if not found.rows and (both := _of_two_rows(found, heads, recognise)):
                above.append((found.head_row, found.heads))
                found.heads, found.columns = both
                found.head_row = number
            elif _folded(heads) != _folded(found.heads):  # repeated on each printed page
                found.rows.append((number, cells))
        else:
            heads = [one_line(cell) for cell in cells]
            columns = recognise(heads) if len(above) < DEEPEST_HEADINGS else {}
            if columns:
                found = Table([], heads, columns, above, sheet, number)
            else:
                above.append((number, cells))
        if len(found.rows if found else above) > most:
            raise Unreadable(f"The list has more than {most} rows. Split it")
    return found or Table(above, sheet=sheet)


def _of_two_rows(
    found: Table, heads: list[str], recognise: Recognise
) -> tuple[list[str], Columns] | None:
    """The headings, where a second row of them says more: below “Contact”, “Email” and “Mobile”."""
    if not recognise(heads):
        return None
    joined = [
        " ".join(filter(None, pair)) for pair in zip_longest(found.heads, heads, fillvalue="")
    ]
    best = max((found.heads, heads, joined), key=lambda row: _held(recognise(row)))
    return None if best is found.heads else (best, recognise(best))


def _held(columns: Columns) -> int:
    return sum(len(places) for places in columns.values())


def _folded(heads: Sequence[str]) -> list[str]:
    return [head.casefold() for head in heads]


class _Sentences:
    def __init__(self) -> None:
        self.sentences: list[str] = []

    def add(self, where: str, reason: str) -> None:
        self.sentences.append(f"{where[:1].upper()}{where[1:]}: {reason}")
