"""A spreadsheet's cells as text, read in bounded memory: for lists and for instruments alike.

A workbook is a zip file: its size, its unpacked size and its number of rows are checked before and
while it is read; openpyxl reads its XML by defusedxml, where that is installed, and it is (a test
tries); a formula is refused and never computed. Each fault is told with its place. No Django here.
"""

import io
import lzma
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException

MOST_PARTS = 200
MOST_BYTES_UNPACKED = 12_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 40
# Other files that are zip files, by what is in them.
_OTHERS = (
    ("word/document.xml", "a Word document"), ("ppt/presentation.xml", "a slide show"),
    ("xl/workbook.bin", "a binary spreadsheet"), ("content.xml", "an OpenDocument file"),
)  # fmt: skip
Rows = list[tuple[int, dict[str, str]]]
Found = TypeVar("Found")
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
# What a damaged file makes zipfile, openpyxl and the XML reader raise.
_DAMAGE = (
    InvalidFileException, CellCoordinatesException, zipfile.BadZipFile, zlib.error, lzma.LZMAError,
    struct.error, LookupError, ValueError, TypeError, AttributeError, OSError, EOFError,
    SyntaxError, NotImplementedError, ArithmeticError, RuntimeError, AssertionError,
)  # fmt: skip


class Faults(Protocol):
    """Keeps what is wrong with a file."""

    def add(self, where: str, reason: str) -> None:
        """One fault: `where` such as `sheet Staff, B3`."""


def zip_parts(content: bytes) -> list[zipfile.ZipInfo]:
    """What a zip file says that it holds; nothing where it is none, or a damaged one."""
    try:
        return zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return []


def _packed_badly(content: bytes) -> str:
    """Why the zip file must not be unpacked, or nothing."""
    parts = zip_parts(content)
    if not parts:
        return "not a spreadsheet, or the file is damaged."
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED:
        return "unpacks to far more than such a file holds."
    if any(part.flag_bits & 1 for part in parts):
        return "is locked by a password."
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        names = {part.filename for part in parts}
        what = next((what for name, what in _OTHERS if name in names), "no .xlsx spreadsheet")
        return f"this is {what}. Save the list as .xlsx."
    return ""


def _cell_text(cell: Any, where: str, faults: Faults) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        faults.add(where, "contains a formula. Replace it with text or a number.")
        return ""
    if cell.data_type == "e":
        faults.add(where, f"holds an error ({value}).")
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _rows(sheet: Any, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # a file may claim any size
    rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1)  # one more shows that there are more
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            faults.add(f"sheet {sheet.title}", f"more than {MOST_ROWS} rows.")
            return
        texts = [
            _cell_text(cell, f"sheet {sheet.title}, {get_column_letter(place)}{number}", faults)
            for place, cell in enumerate(cells, start=1)
        ]
        if any(text.strip() for text in texts):
            yield number, texts


def _table(sheet: Any, faults: Faults) -> Rows:
    """The sheet's rows by the names in its first row that is not empty, in lower case."""
    header: list[str] = []
    found: Rows = []
    for number, texts in _rows(sheet, faults):
        if not header:
            header = [" ".join(text.lower().split()) for text in texts]
            continue
        found.append((number, {n: t for n, t in zip(header, texts, strict=False) if n}))
    return found


def read_tables(content: bytes, faults: Faults) -> dict[str, Rows]:
    """Every sheet by its name in lower case; a fault of the file as a whole gives none."""
    return {
        title.lower(): rows
        for title, _, rows in _read(content, faults, lambda sheet: _table(sheet, faults))
    }


def read_sheets(
    content: bytes, faults: Faults
) -> list[tuple[str, bool, list[tuple[int, list[str]]]]]:
    """Every sheet, whether it can be seen, and the rows that hold something with their numbers;
    none if a fault was met.
    """
    return list(_read(content, faults, lambda sheet: list(_rows(sheet, faults))))


def _read(
    content: bytes, faults: Faults, each: Callable[[Any], Found]
) -> Iterator[tuple[str, bool, Found]]:
    """What `each` finds on every sheet, one after the other."""
    reason = _packed_badly(content)
    if reason:
        faults.add("file", reason)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles it does not know are not our concern
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            if len(book.sheetnames) < _number_of_sheets(content):
                faults.add("file", "a sheet is missing: this is a damaged spreadsheet.")
                return
            if not book.worksheets:
                faults.add("file", "this spreadsheet has no sheet.")
                return
            for sheet in book.worksheets:
                yield sheet.title, sheet.sheet_state == "visible", each(sheet)
    except _DAMAGE as error:
        faults.add("file", f"this is a damaged spreadsheet ({type(error).__name__}).")


def _number_of_sheets(content: bytes) -> int:
    """How many the workbook names. openpyxl leaves out, without a word, one that is not there."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(1 for _ in fromstring(archive.read("xl/workbook.xml")).iter(_SHEET))
